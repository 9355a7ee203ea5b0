//! What the person hands over, scanned at the counter.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use contracts::questions::Paper;
use files::Rejected;
use system::App;
use web::{Answer, Path, Upload, UploadPart, Visitor, filters, redirect};

use super::Filled;
use crate::pages::desk::sent::Wrong;
use crate::paper::HandedIn;
use crate::{actions, queries};

const FIELD: &str = "giay.";

#[derive(Template)]
#[template(path = "dossiers/desk/counter/papers.html")]
struct PapersPage<'a> {
    csrf: &'a str,
    procedure: &'a str,
    wanted: Vec<Wanted<'a>>,
    errors: &'a [Wrong],
    action: String,
    back: String,
}

/// A component, with what is there for it.
struct Wanted<'a> {
    paper: &'a Paper,
    /// Name of its field: `giay.ban-ve`.
    field: String,
    must: bool,
    files: Vec<&'a HandedIn>,
    error: &'a str,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filled = Filled::open(&app, &visitor, id).await?;
    show(&visitor, &filled, &[])
}

fn show(visitor: &Visitor, filled: &Filled, errors: &[Wrong]) -> Answer {
    let wanted = |paper| wanted(filled, paper, errors);
    let pages = form::draft::pages(&filled.form, &filled.draft.answers);
    let page = PapersPage {
        csrf: visitor.csrf(),
        procedure: &filled.procedure.name,
        wanted: filled.procedure.papers.iter().map(wanted).collect(),
        errors,
        action: filled.at("giay-to"),
        back: pages.last().map_or_else(|| "/mot-cua/tiep-nhan".to_owned(), |page| filled.page_at(page)),
    };
    let title = visitor.text("dossiers-counter-papers");
    if errors.is_empty() { visitor.page(&title, &page) } else { visitor.rejected(&title, &page) }
}

fn wanted<'a>(filled: &'a Filled, paper: &'a Paper, errors: &'a [Wrong]) -> Wanted<'a> {
    let field = format!("{FIELD}{}", paper.code);
    let wrong = errors.iter().find(|wrong| wrong.field == field);
    Wanted {
        paper,
        must: must_be_there(paper),
        files: filled.draft.papers.iter().filter(|held| held.component == paper.code).collect(),
        error: wrong.map_or("", |wrong| wrong.text.as_str()),
        field,
    }
}

/// Whether a dossier without the paper would be incomplete in any case. The identity card is looked at, not kept.
pub(super) fn must_be_there(paper: &Paper) -> bool {
    paper.required && paper.condition.is_none() && paper.reuse.as_deref() != Some("can-cuoc")
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>, mut upload: Upload) -> Answer {
    let mut filled = Filled::open(&app, &visitor, id).await?;
    let (mut errors, mut taken_out, mut more) = (Vec::new(), None, false);
    while let Some(part) = upload.next().await? {
        match part {
            UploadPart::Value(name, value) if name == "remove" => taken_out = Some(value),
            UploadPart::Value(name, value) => more |= name == "do" && value == "more",
            UploadPart::File(field, name, pieces) => {
                let code = field.strip_prefix(FIELD).unwrap_or_default().to_owned();
                if !filled.procedure.papers.iter().any(|paper| paper.code == code) {
                    continue;
                }
                match app.files.receive(pieces).await {
                    Ok(stored) => {
                        let size = i64::try_from(stored.size).unwrap_or(i64::MAX);
                        let paper = HandedIn { component: code, hash: stored.hash, name, size, mime: stored.mime };
                        keep(&app, &visitor, &mut filled, paper).await?;
                    }
                    Err(rejected) => errors.push(Wrong { text: explain(&visitor, &name, &rejected), field }),
                }
            }
        }
    }
    if let Some((component, hash)) = taken_out.as_deref().and_then(|value| value.split_once('|')) {
        actions::take_paper_out(&app, visitor.now, &filled.draft, component, hash).await?;
        return Ok(redirect(&filled.at("giay-to")));
    }
    if !errors.is_empty() {
        return show(&visitor, &filled, &errors);
    }
    Ok(redirect(&filled.at(if more { "giay-to" } else { "kiem-tra" })))
}

async fn keep(app: &App, visitor: &Visitor, filled: &mut Filled, paper: HandedIn) -> Result<()> {
    actions::save_paper(app, visitor.now, &filled.draft, paper).await?;
    filled.draft = queries::draft_of(app.store.read(), filled.draft.owner, filled.draft.id).await?;
    Ok(())
}

fn explain(visitor: &Visitor, name: &str, rejected: &Rejected) -> String {
    let (key, limit) = match rejected {
        Rejected::TooLarge(limit) => ("dossiers-file-too-large", limit / 1024 / 1024),
        Rejected::UnknownType => ("dossiers-file-unknown-type", 0),
        Rejected::Empty => ("dossiers-file-empty", 0),
        Rejected::BrokenOff => ("dossiers-file-broken-off", 0),
        Rejected::Storage(error) => {
            tracing::error!(%error, "A file that was handed in could not be kept");
            ("dossiers-file-no-room", 0)
        }
    };
    visitor.text_with(key, &[("name", name.to_owned()), ("megabytes", limit.to_string())])
}
