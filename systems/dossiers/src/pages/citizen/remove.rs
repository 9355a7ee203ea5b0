//! Throwing a draft away, after asking once.

use askama::Template;
use axum::extract::State;
use base::Id;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use super::draft_at;
use crate::paper::Draft;
use crate::{actions, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/remove.html")]
struct Remove<'a> {
    csrf: &'a str,
    draft: &'a Draft,
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let owner = visitor.caller.citizen()?.person;
    let draft = queries::unsent_draft(app.store.read(), owner, id).await?;
    let page = Remove {
        csrf: visitor.csrf(),
        action: draft_at(draft.id, "xoa"),
        back: draft_at(draft.id, "kiem-tra"),
        draft: &draft,
    };
    visitor.page(&visitor.text("dossiers-remove-title"), &page)
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let owner = visitor.caller.citizen()?.person;
    let draft = queries::unsent_draft(app.store.read(), owner, id).await?;
    actions::drop_draft(&app, &draft).await?;
    Ok(redirect_with("/ho-so", Flash::success("dossiers-draft-removed")))
}
