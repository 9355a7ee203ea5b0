//! What a person follows.

use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use directory::queries::Names;
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use crate::{actions, queries, rules};

const PAGE: &str = "/phan-anh/theo-doi";

#[derive(Template)]
#[template(path = "feedback/citizen/follow.html")]
struct Page<'a> {
    csrf: &'a str,
    rows: Vec<Line>,
}

struct Line {
    id: Id,
    /// Empty where all kinds are followed; so is `commune`.
    kind: String,
    commune: String,
    href: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let c = app.store.read();
    let mut names = Names::default();
    let mut rows = Vec::new();
    for one in queries::subscriptions(c, visitor.caller.citizen()?.person).await? {
        let mut wanted = Vec::new();
        if let Some(kind) = &one.kind {
            wanted.push(("loai", kind.clone()));
        }
        let commune = match one.commune {
            Some(commune) => {
                let agency = directory::queries::agency(c, commune).await?;
                wanted.extend(agency.map(|agency| ("xa", agency.code)));
                names.of(c, commune).await?
            }
            None => String::new(),
        };
        rows.push(Line {
            id: one.id,
            kind: one.kind.as_deref().map(rules::kind_title).unwrap_or_default(),
            commune,
            href: web::address("/phan-anh", &wanted)?,
        });
    }
    visitor.page(&visitor.text("feedback-follow-title"), &Page { csrf: visitor.csrf(), rows })
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    loai: String,
    #[serde(default)]
    xa: String,
}

pub(super) async fn follow(State(app): State<App>, visitor: Visitor, Form(wanted): Form<Wanted>) -> Answer {
    let commune = match wanted.xa.as_str() {
        "" => None,
        code => directory::queries::agency_by_code(app.store.read(), code, visitor.now.today()).await?,
    };
    let kind = Some(wanted.loai.as_str()).filter(|kind| !kind.is_empty());
    let commune = commune.map(|agency| agency.id);
    match actions::subscribe(&app, visitor.now, &visitor.caller, kind, commune).await {
        Ok(()) => Ok(redirect_with(PAGE, Flash::success("feedback-told-following"))),
        Err(Error::Invalid(errors)) => {
            Ok(redirect_with(PAGE, Flash::error(&errors.into_values().next().unwrap_or_default())))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn stop(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    actions::unsubscribe(&app, visitor.now, &visitor.caller, id).await?;
    Ok(redirect_with(PAGE, Flash::success("feedback-told-not-following")))
}
