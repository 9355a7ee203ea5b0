//! A person's papers (kho dữ liệu cá nhân): what was issued to them, and what they handed in.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::NaiveDate;
use directory::queries::Names;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Pick, Query, Visitor, filters};

use super::whom;
use crate::held::{Held, Origin, Standing};
use crate::{actions, queries};

const SIZE: usize = 20;
const HERE: &str = "/giay-to-cua-toi";
/// The kind of what was handed in, as the address says it.
const FILES: &str = "da-nop";

#[derive(Template)]
#[template(path = "dossiers/citizen/papers.html")]
struct Papers {
    /// The reader and the organisations they represent, where there are any.
    whose: Vec<Pick>,
    picks: Vec<Pick>,
    rows: Vec<Line>,
    /// Of files that were handed in, not of results.
    files: bool,
    first: bool,
    next: String,
}

struct Line {
    name: String,
    /// Number of a result, name of a file.
    under: String,
    href: Option<String>,
    state: &'static str,
    tone: &'static str,
    /// Last day on which a result may be used.
    until: Option<NaiveDate>,
    on: NaiveDate,
    agency: String,
    dossier: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    loai: String,
    #[serde(default)]
    truoc: String,
    /// Whose: an organisation by its id, or one's own.
    #[serde(default)]
    cho: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let citizen = visitor.caller.citizen()?;
    let held = whom::represented(&app, &visitor, citizen).await?;
    let organisation = whom::whose(&held, &asked.cho);
    let party = organisation.unwrap_or(citizen.person);
    let before = Cursor::read(&asked.truoc)?;
    let files = asked.loai == FILES;
    let slice = if files {
        queries::files_held(app.store.read(), party, before, SIZE).await?
    } else {
        queries::results_held(app.store.read(), party, before, SIZE).await?
    };
    let at = |files: bool, organisation: Option<Id>| {
        let kind = files.then(|| format!("loai={FILES}"));
        let wanted: Vec<String> = kind.into_iter().chain(organisation.map(|id| format!("cho={id}"))).collect();
        if wanted.is_empty() { HERE.to_owned() } else { format!("{HERE}?{}", wanted.join("&")) }
    };
    let here = at(files, organisation);
    let and = if here.contains('?') { '&' } else { '?' };
    let next = slice.next.map(|cursor| format!("{here}{and}truoc={cursor}")).unwrap_or_default();
    let mut names = Names::default();
    let mut rows = Vec::new();
    for held in slice.rows {
        let agency = names.of(app.store.read(), held.agency).await?;
        rows.push(line(&app, held, agency, visitor.now.today()).await?);
    }
    let pick = |key: &str, href: String, current| Pick { href, text: visitor.text(key), current };
    let mut whose = Vec::new();
    if !held.is_empty() {
        whose.push(pick("dossiers-mine-own", at(files, None), organisation.is_none()));
        whose.extend(held.into_iter().map(|one| {
            let id = one.organisation.id;
            Pick { href: at(files, Some(id)), text: one.organisation.name, current: organisation == Some(id) }
        }));
    }
    let page = Papers {
        whose,
        picks: vec![
            pick("dossiers-papers-results", at(false, organisation), !files),
            pick("dossiers-papers-files", at(true, organisation), files),
        ],
        rows,
        files,
        first: before.is_none(),
        next,
    };
    visitor.page(&visitor.text("dossiers-papers-title"), &page)
}

async fn line(app: &App, held: Held, agency: String, today: NaiveDate) -> Result<Line> {
    let standing = held.standing(today);
    let (on, dossier) = (held.on, held.dossier);
    Ok(match held.origin {
        Origin::Result { name, number, .. } => {
            let (state, tone, until) = match standing {
                Standing::Valid(Some(last)) => ("dossiers-paper-valid", "ok", Some(last)),
                // Of how long it may be used nothing is known here.
                Standing::Valid(None) => ("dossiers-paper-issued", "ok", None),
                Standing::Expired(last) => ("dossiers-paper-expired", "warn", Some(last)),
                Standing::Revoked => ("dossiers-paper-revoked", "late", None),
            };
            let issued = standing != Standing::Revoked;
            let href = issued.then(|| format!("/ho-so/{dossier}/ket-qua/{}", held.id));
            Line { name, under: number, href, state, tone, until, on, agency, dossier }
        }
        Origin::File { file, reused } => {
            let procedure = actions::version(app, held.procedure).await?;
            let component = procedure.papers.iter().find(|paper| paper.code == file.component);
            let (state, tone) =
                if reused { ("dossiers-paper-reused", "ok") } else { ("dossiers-paper-handed-in", "wait") };
            Line {
                name: component.map_or(file.component, |component| component.name.clone()),
                under: file.name,
                href: Some(format!("/ho-so/{dossier}/tep/{}", held.id)),
                state,
                tone,
                until: None,
                on,
                agency,
                dossier,
            }
        }
    })
}
