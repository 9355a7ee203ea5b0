//! What a person has begun and what they have sent.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::{DateTime, Utc};
use directory::queries::Names;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Pick, Query, Visitor, filters};

use super::whom;
use crate::dossier::Dossier;
use crate::queries;

const SIZE: usize = 20;
/// What was filed for those who authorised the reader, as the address says it.
const AUTHORISED: &str = "uy-quyen";

#[derive(Template)]
#[template(path = "dossiers/citizen/mine.html")]
struct Mine {
    picks: Vec<Pick>,
    drafts: Vec<Begun>,
    rows: Vec<Line>,
    first: bool,
    next: String,
}

struct Begun {
    name: String,
    saved_at: DateTime<Utc>,
    href: String,
    remove: String,
    /// Where it is sent from, with what is filled in beside it.
    together: Option<String>,
}

struct Line {
    dossier: Dossier,
    agency: String,
    state: &'static str,
    tone: &'static str,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    truoc: String,
    /// Whose: an organisation by its id, [`AUTHORISED`], or one's own.
    #[serde(default)]
    cho: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let person = visitor.caller.citizen()?.person;
    let before = Cursor::read(&asked.truoc)?;
    let (held, today) = (whom::represented(&app, &visitor, visitor.caller.citizen()?).await?, visitor.now.today());
    let organisation = whom::whose(&held, &asked.cho);
    let authorised = asked.cho == AUTHORISED;
    let own = organisation.is_none() && !authorised;
    let drafts = if before.is_none() { queries::unsent_drafts(app.store.read(), person).await? } else { Vec::new() };
    let slice = if authorised {
        queries::filed_as_authorised(app.store.read(), person, today, before, SIZE).await?
    } else {
        queries::of_applicant(app.store.read(), organisation.unwrap_or(person), before, SIZE).await?
    };
    let any =
        authorised || !queries::filed_as_authorised(app.store.read(), person, today, None, 1).await?.rows.is_empty();
    let pick = |text: String, cho: &str, current| Pick { href: here(cho), text, current };
    let mut picks = Vec::new();
    if any || !held.is_empty() {
        picks.push(pick(visitor.text("dossiers-mine-own"), "", own));
        picks.extend(held.iter().map(|one| {
            let id = one.organisation.id;
            pick(one.organisation.name.clone(), &id.to_string(), organisation == Some(id))
        }));
    }
    if any {
        picks.push(pick(visitor.text("dossiers-mine-authorised"), AUTHORISED, authorised));
    }
    let and = if own { '?' } else { '&' };
    let address = here(if own { "" } else { &asked.cho });
    let page = Mine {
        picks,
        drafts: drafts
            .into_iter()
            .filter(|draft| !draft.is_of_counter())
            .map(|draft| Begun {
                href: go_on(draft.id),
                remove: super::draft_at(draft.id, "xoa"),
                together: draft.bundle.map(super::bundle::at),
                name: draft.procedure_name,
                saved_at: draft.saved_at,
            })
            .collect(),
        rows: lines(&app, slice.rows).await?,
        first: before.is_none(),
        next: slice.next.map(|cursor| format!("{address}{and}truoc={cursor}")).unwrap_or_default(),
    };
    visitor.page(&visitor.text("dossiers-mine-title"), &page)
}

fn here(cho: &str) -> String {
    if cho.is_empty() { "/ho-so".to_owned() } else { format!("/ho-so?cho={cho}") }
}

/// The page that says what is still missing is where one who comes back goes on.
fn go_on(draft: Id) -> String {
    super::draft_at(draft, "kiem-tra")
}

async fn lines(app: &App, dossiers: Vec<Dossier>) -> Result<Vec<Line>> {
    let mut names = Names::default();
    let mut lines = Vec::new();
    for dossier in dossiers {
        let agency = names.of(app.store.read(), dossier.receiving).await?;
        let (state, tone) = super::standing(app, &dossier).await?;
        lines.push(Line { dossier, agency, state, tone });
    }
    Ok(lines)
}
