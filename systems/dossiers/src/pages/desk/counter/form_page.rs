use askama::Template;
use axum::extract::State;
use base::Id;
use system::App;
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::DRAFTS;
use crate::pages::filling::{FormPage, Saved};

#[derive(Template)]
#[template(path = "dossiers/desk/counter/form.html")]
struct View<'a> {
    csrf: &'a str,
    shown: &'a FormPage<'a>,
    back: &'a str,
}

impl<'a> View<'a> {
    fn new(visitor: &'a Visitor, shown: &'a FormPage<'a>) -> Self {
        Self { csrf: visitor.csrf(), shown, back: shown.before.as_deref().unwrap_or(DRAFTS) }
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path((id, name)): Path<(Id, String)>) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    let shown = filling.page(&app, &visitor, &name).await?;
    visitor.page(&shown.page.title, &View::new(&visitor, &shown))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(Id, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    match filling.save_page(&app, &visitor, &name, &posted).await? {
        Saved::Row(next) | Saved::Right(next) => Ok(redirect(&next)),
        Saved::Wrong(shown) => visitor.rejected(&shown.page.title, &View::new(&visitor, &shown)),
    }
}
