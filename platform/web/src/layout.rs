use std::sync::Arc;

use askama::Template;
use base::Result;
use cookie::Key;
use system::{App, Caller, Face, MenuEntry};

use crate::filters;
use crate::flash::Flash;
use crate::texts::Texts;
use crate::visitor::Visitor;

/// What all pages share: texts, menus, and the key that signs what a page leaves for the next.
pub struct Site {
    pub texts: Arc<Texts>,
    pub menu: Vec<MenuEntry>,
    pub key: Key,
}

impl Site {
    /// `secret` are 64 random bytes kept with the province's other keys.
    pub fn new(texts: Texts, menu: Vec<MenuEntry>, secret: &[u8; 64]) -> Self {
        Self { texts: Arc::new(texts), menu, key: Key::from(secret) }
    }
}

#[derive(Template)]
#[template(path = "layout.html")]
struct Layout<'a> {
    lang: &'a str,
    title: &'a str,
    brand: &'a str,
    province: &'a str,
    demo: bool,
    desk: bool,
    top: &'a [MenuItem],
    side: &'a [MenuGroup],
    user: Option<&'a UserBox>,
    csrf: &'a str,
    flash: Option<&'a FlashBox>,
    other_lang_href: &'a str,
    content: &'a str,
    css: &'a str,
    js: &'a str,
    footer_lines: &'a [String],
}

struct MenuItem {
    label: String,
    href: String,
    count: Option<i64>,
    current: bool,
}

struct MenuGroup {
    title: String,
    items: Vec<MenuItem>,
}

struct UserBox {
    name: String,
    role: String,
    profile_href: String,
    sign_out_href: String,
}

struct FlashBox {
    kind: String,
    text: String,
}

/// Puts the shell around what a handler made.
pub(crate) async fn whole_page(
    app: &App,
    visitor: &Visitor,
    path: &str,
    title: &str,
    content: &str,
    flash: Option<&Flash>,
) -> Result<String> {
    let site = app.parts.get::<Site>()?;
    let desk = matches!(visitor.caller, Caller::Officer(_));
    let (top, groups) = menus(app, site, visitor, path).await?;
    let account = user_box(visitor);
    let flash = flash.map(|flash| {
        let parameters: Vec<(&str, String)> =
            flash.parameters.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        FlashBox { kind: flash.kind.clone(), text: visitor.text_with(&flash.key, &parameters) }
    });
    let province = &app.settings.province;
    visitor.fragment(&Layout {
        lang: visitor.lang.as_str(),
        title,
        brand: &visitor.text(if desk { "web-brand-desk" } else { "web-brand" }),
        province: &province.name,
        demo: app.settings.demo,
        desk,
        top: &top,
        side: &groups,
        user: account.as_ref(),
        csrf: visitor.csrf(),
        flash: flash.as_ref(),
        other_lang_href: &format!("/ngon-ngu/{}?ve={path}", visitor.lang.other().as_str()),
        content,
        css: ui::url("main.css"),
        js: ui::url("main.js"),
        footer_lines: &[
            visitor.text_with(
                "web-footer-owner",
                &[("province", province.name.clone()), ("hotline", province.hotline.clone())],
            ),
            visitor.text("web-footer-access"),
        ],
    })
}

async fn menus(app: &App, site: &Site, visitor: &Visitor, path: &str) -> Result<(Vec<MenuItem>, Vec<MenuGroup>)> {
    let desk = matches!(visitor.caller, Caller::Officer(_));
    let shown = |face: Face| matches!(face, Face::Desk(_)) == desk;
    // An entry may stand in both menus: what is not shown is not counted.
    let entries = site.menu.iter().filter(|entry| shown(entry.face) && visitor.caller.check(entry.access).is_ok());
    let mut top = Vec::new();
    let mut groups: Vec<(&'static str, MenuGroup)> = Vec::new();
    for entry in entries {
        let count = match entry.count.zip(visitor.caller.person()) {
            Some((count, person)) => Some(count(app, person).await?).filter(|count| *count > 0),
            None => None,
        };
        let item = MenuItem {
            label: visitor.text(entry.text),
            href: entry.path.to_owned(),
            count,
            current: path == entry.path,
        };
        match entry.face {
            Face::Citizen => top.push(item),
            Face::Desk(group) => match groups.iter_mut().find(|(key, _)| *key == group) {
                Some((_, found)) => found.items.push(item),
                None => groups.push((group, MenuGroup { title: visitor.text(group), items: vec![item] })),
            },
        }
    }
    if matches!(visitor.caller, Caller::Anonymous) {
        let href = "/dang-nhap".to_owned();
        top.push(MenuItem { label: visitor.text("web-sign-in"), current: path == href, href, count: None });
    }
    Ok((top, groups.into_iter().map(|(_, group)| group).collect()))
}

fn user_box(visitor: &Visitor) -> Option<UserBox> {
    let (name, role) = match &visitor.caller {
        Caller::Anonymous | Caller::Client(_) => return None,
        Caller::Citizen(citizen) => (citizen.name.clone(), String::new()),
        Caller::Officer(officer) => (officer.name.clone(), format!("{} · {}", officer.title, officer.agency_name)),
    };
    Some(UserBox { name, role, profile_href: "/tai-khoan".to_owned(), sign_out_href: "/dang-xuat".to_owned() })
}
