use askama::Template;
use axum::extract::State;
use directory::queries::Names;
use system::App;
use web::{Answer, Path, Visitor, filters};

use super::LIST;
use crate::petition::Petition;
use crate::{actions, queries};

/// Who said it. The look is written down before anything is shown.
#[derive(Template)]
#[template(path = "petitions/desk/voters.html")]
struct Voters<'a> {
    back: String,
    petition: &'a Petition,
    rows: Vec<Row>,
}

struct Row {
    place: String,
    voter: String,
    words: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let petition = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    actions::look_at_voters(&app, visitor.now, &visitor.caller, &petition).await?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    for collected in queries::collected_in(app.store.read(), petition.id).await? {
        rows.push(Row {
            place: directory::commune_name(&names.of(app.store.read(), collected.place).await?).to_owned(),
            voter: collected.voter,
            words: collected.words,
        });
    }
    let page = Voters { back: format!("{LIST}/{code}"), petition: &petition, rows };
    visitor.page(&visitor.text("petitions-voters-title"), &page)
}
