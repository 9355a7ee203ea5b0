//! What is filled in together: how far each form is, which papers are there, and one button that sends all.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result};
use directory::queries::Names;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use super::papers::{Shared, shared};
use crate::dossier::{Channel, Dossier};
use crate::filing::{self, Comes, Identified};
use crate::pages::citizen::{DRAFTS, check, draft_at};
use crate::pages::filling::Filling;
use crate::{actions, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/together.html")]
struct Together<'a> {
    csrf: &'a str,
    forms: &'a [Filled],
    papers: Vec<Paper<'a>>,
    /// Procedures that have ended since they were begun.
    ended: &'a [Ended],
    sent: &'a [Dossier],
    fee: i64,
    ready: bool,
    /// It was tried to send it as it is.
    refused: bool,
    send: String,
}

/// One form with what is missing in it.
struct Filled {
    filling: Filling,
    agency: String,
    missing: usize,
    href: String,
    remove: String,
}

struct Ended {
    name: String,
    remove: String,
}

struct Paper<'a> {
    shared: Shared<'a>,
    files: Vec<&'a str>,
    /// The page on which it is handed in, for all.
    href: String,
}

struct Bundle {
    forms: Vec<Filled>,
    ended: Vec<Ended>,
    sent: Vec<Dossier>,
}

impl Bundle {
    /// # Errors
    /// [`Error::NotFound`] when nothing of it is this person's.
    async fn of(app: &App, visitor: &Visitor, id: Id) -> Result<Self> {
        let person = visitor.caller.citizen()?.person;
        let drafts = queries::bundled(app.store.read(), person, id).await?;
        let mut sent = queries::sent_together(app.store.read(), id).await?;
        sent.retain(|one| one.applicant == person);
        if drafts.is_empty() && sent.is_empty() {
            return Err(Error::NotFound);
        }
        let (mut forms, mut ended, mut names) = (Vec::new(), Vec::new(), Names::default());
        for draft in drafts {
            let (name, remove) = (draft.procedure_name.clone(), draft_at(draft.id, "xoa"));
            match Filling::of(app, visitor.now, draft, DRAFTS).await {
                Ok(filling) => forms.push(filled(app, visitor, filling, &mut names, remove).await?),
                Err(Error::Conflict(_)) => ended.push(Ended { name, remove }),
                Err(error) => return Err(error),
            }
        }
        Ok(Self { forms, ended, sent })
    }

    fn is_ready(&self) -> bool {
        !self.forms.is_empty() && self.ended.is_empty() && self.forms.iter().all(|form| form.missing == 0)
    }
}

async fn filled(app: &App, visitor: &Visitor, filling: Filling, names: &mut Names, remove: String) -> Result<Filled> {
    let missing = check::missing_in(app, visitor, &filling).await?.len();
    let agency = match filling.draft.agency {
        Some(agency) => names.of(app.store.read(), agency).await?,
        None => String::new(),
    };
    // A form that nobody has looked at may have papers already, handed in beside it.
    let untouched = filling.draft.answers.is_empty();
    let href = if untouched { filling.first_page() } else { filling.at("kiem-tra") };
    Ok(Filled { filling, agency, missing, href, remove })
}

pub(in crate::pages::citizen) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let bundle = Bundle::of(&app, &visitor, id).await?;
    draw(&visitor, id, &bundle, false)
}

fn draw(visitor: &Visitor, id: Id, bundle: &Bundle, refused: bool) -> Answer<Response> {
    let applicant = Identified::by_account(visitor.caller.citizen()?);
    let papers = shared(bundle.forms.iter().map(|form| &*form.filling.procedure), applicant);
    let page = Together {
        csrf: visitor.csrf(),
        papers: papers.into_iter().map(|shared| paper(bundle, shared)).collect(),
        forms: &bundle.forms,
        ended: &bundle.ended,
        sent: &bundle.sent,
        fee: bundle.forms.iter().map(|form| filing::fee(&form.filling.procedure, Channel::Online)).sum(),
        ready: bundle.is_ready(),
        refused,
        send: format!("{}/gui", super::at(id)),
    };
    let title = visitor.text("dossiers-together-title");
    if refused { visitor.rejected(&title, &page) } else { visitor.page(&title, &page) }
}

fn paper<'a>(bundle: &'a Bundle, shared: Shared<'a>) -> Paper<'a> {
    let mut files: Vec<&str> = Vec::new();
    let mut href = String::new();
    for form in &bundle.forms {
        for asked in form.filling.procedure.files().filter(|asked| filing::is_same(asked, shared.paper)) {
            if href.is_empty() {
                href = format!("{}#{}", form.filling.at("giay-to"), crate::pages::filling::uploads::field(asked));
            }
            files.extend(form.filling.files(&asked.code).map(|file| file.name.as_str()));
        }
    }
    files.sort_unstable();
    files.dedup();
    Paper { shared, files, href }
}

pub(in crate::pages::citizen) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let bundle = Bundle::of(&app, &visitor, id).await?;
    let mut ready = Vec::new();
    for form in &bundle.forms {
        ready.extend(check::ready(&app, &visitor, &form.filling).await?);
    }
    if ready.len() < bundle.forms.len() || !bundle.ended.is_empty() {
        return draw(&visitor, id, &bundle, true);
    }
    let sent = ready.len();
    for new in ready {
        actions::file(&app, visitor.now, &visitor.caller, new).await?;
    }
    Ok(redirect_with(&super::at(id), Flash::success("dossiers-together-sent").with("count", sent)))
}
