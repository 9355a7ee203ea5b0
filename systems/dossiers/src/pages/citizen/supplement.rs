//! The answer to a request: what was marked can be changed, everything else is shown as it is.
//!
//! The answer is kept as a draft under the id of the request, so that it too goes on on another device.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Result};
use contracts::questions::Paper;
use form::render::{self, Options};
use form::{FieldErrors, Page, RowChange, Values};
use system::App;
use web::{Answer, Errors, Flash, Path, Upload, Visitor, filters, redirect, redirect_with};

use super::own;
use crate::actions::{self, Answered};
use crate::behalf::Subject;
use crate::declared;
use crate::dossier::Dossier;
use crate::filing::{Comes, Identified};
use crate::pages::filling;
use crate::pages::filling::uploads::{self, Received, Wanted};
use crate::paper::{Draft, Supplement};
use crate::queries;
use crate::supplement::Asked;

#[derive(Template)]
#[template(path = "dossiers/citizen/supplement.html")]
struct SupplementPage<'a> {
    csrf: &'a str,
    dossier: &'a Dossier,
    asked: &'a Supplement,
    sections: Vec<Section>,
    wanted: Vec<Wanted<'a>>,
    /// Made by the crate `form`, which escapes what people typed.
    field_errors: String,
    errors: &'a Errors,
}

struct Section {
    title: String,
    fields: String,
}

/// An answer on its way.
struct Answering {
    dossier: Dossier,
    asked: Asked,
    draft: Draft,
}

impl Answering {
    /// # Errors
    /// [`Error::Conflict`] when nothing is asked any more.
    async fn open(app: &App, visitor: &Visitor, code: &str) -> Result<Self> {
        let dossier = own(app, visitor, code).await?;
        let person = visitor.caller.citizen()?.person;
        let asked = queries::open_supplement(app.store.read(), dossier.id).await?;
        let asked = asked.filter(|_| !dossier.state.is_end()).ok_or(Error::Conflict("dossiers-nothing-asked"))?;
        let procedure = actions::version_of(app, &dossier).await?;
        let draft = match queries::draft_of(app.store.read(), person, asked.id).await {
            Ok(draft) => draft,
            Err(Error::NotFound) => Draft {
                id: asked.id,
                owner: person,
                applicant: dossier.applicant,
                procedure_code: dossier.procedure_code.clone(),
                procedure_name: dossier.procedure_name.clone(),
                agency: Some(dossier.agency),
                answers: dossier.answers.clone(),
                papers: Vec::new(),
                reused: Vec::new(),
                saved_at: visitor.now.utc(),
                bundle: None,
                behalf: None,
                principal: None,
            },
            Err(error) => return Err(error),
        };
        Ok(Self { asked: Asked::new(asked, procedure)?, dossier, draft })
    }

    /// Makes the row of the draft, which is there from the first saving on.
    async fn keep(&mut self, app: &App, visitor: &Visitor) -> Result<()> {
        let Draft { id, owner, applicant, procedure_code, procedure_name, .. } = &self.draft;
        let begun = actions::begin_draft(
            app,
            visitor.now,
            *id,
            *owner,
            Subject::Person(*applicant),
            procedure_code,
            procedure_name,
        )
        .await?;
        if begun.answers.is_empty() {
            actions::save_answers(app, visitor.now, &begun, &self.draft.answers).await?;
        }
        self.draft = queries::draft_of(app.store.read(), *owner, *id).await?;
        Ok(())
    }

    /// Takes over what may be changed of what was typed.
    fn typed(&self, posted: &[(String, String)]) -> (Values, bool) {
        let mut answers = self.draft.answers.clone();
        let mut rows_changed = false;
        for page in self.asked.pages() {
            let (mut typed, _) = self.asked.form.read(page, posted);
            if let Some(change) = RowChange::find(&self.asked.form, page, posted) {
                change.apply(&mut typed);
                rows_changed = true;
            }
            self.asked.merge(page, &mut answers, &typed);
        }
        (answers, rows_changed)
    }

    fn missing(&self, visitor: &Visitor) -> Errors {
        let mut errors = Errors::default();
        for paper in self.asked.missing(&self.draft.papers) {
            let text = visitor.text_with("dossiers-check-paper-missing", &[("name", paper.name.clone())]);
            errors.add(&uploads::field(paper), text);
        }
        errors
    }

    fn show(&self, visitor: &Visitor, field_errors: &FieldErrors, errors: &Errors) -> Answer<Response> {
        let applicant = Identified::by_account(visitor.caller.citizen()?);
        let (form, text) = (&self.asked.form, filling::texts(visitor));
        let options = Options { marks: &self.asked.marks, ..Options::new(&text, declared::lists()?) };
        let section = |page: &Page| Section {
            title: page.title.clone(),
            fields: render::page(form, page, &self.draft.answers, field_errors, &options),
        };
        let wanted = self.asked.components().into_iter().map(|(paper, note)| Wanted {
            note: Some(note),
            comes: Comes::Needed,
            ..Wanted::new(paper, &self.draft, applicant, errors)
        });
        let page = SupplementPage {
            csrf: visitor.csrf(),
            dossier: &self.dossier,
            asked: &self.asked.supplement,
            sections: self.asked.pages().into_iter().map(section).collect(),
            wanted: wanted.collect(),
            // All sections stand on this one page, so that every link leads to a place on it.
            field_errors: render::error_summary(
                form,
                None,
                field_errors,
                &Options { change: Some(&|_| String::new()), ..options },
            ),
            errors,
        };
        let title = visitor.text("dossiers-answer-title");
        if field_errors.is_empty() && errors.is_empty() {
            visitor.page(&title, &page)
        } else {
            visitor.rejected(&title, &page)
        }
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    Answering::open(&app, &visitor, &code).await?.show(&visitor, &Vec::new(), &Errors::default())
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, upload: Upload) -> Answer {
    let mut answering = Answering::open(&app, &visitor, &code).await?;
    answering.keep(&app, &visitor).await?;
    let components: Vec<&Paper> = answering.asked.components().into_iter().map(|(paper, _)| paper).collect();
    let Received { posted, errors, whole } =
        uploads::receive(&app, &visitor, &mut answering.draft, &components, upload).await?;
    let here = format!("/ho-so/{}/bo-sung", answering.dossier.code);
    let mut rows_changed = false;
    if whole {
        (answering.draft.answers, rows_changed) = answering.typed(&posted);
        actions::save_answers(&app, visitor.now, &answering.draft, &answering.draft.answers).await?;
    }
    if uploads::take_out(&app, &visitor, &answering.draft, &posted).await? {
        return Ok(redirect_with(&here, Flash::success("dossiers-file-removed")));
    }
    if !errors.is_empty() {
        return answering.show(&visitor, &Vec::new(), &errors);
    }
    if rows_changed || !posted.iter().any(|(name, value)| name == "do" && value == "send") {
        return Ok(redirect(&here));
    }
    let (field_errors, missing) =
        (answering.asked.errors(&answering.draft.answers, visitor.now)?, answering.missing(&visitor));
    if !field_errors.is_empty() || !missing.is_empty() {
        return answering.show(&visitor, &field_errors, &missing);
    }
    send(&app, &visitor, answering).await
}

async fn send(app: &App, visitor: &Visitor, answering: Answering) -> Answer {
    let Answering { dossier, asked, draft } = answering;
    let sent = Answered { answers: asked.form.visible(&draft.answers), papers: draft.papers.clone() };
    let dossier = actions::answer(app, visitor.now, &visitor.caller, dossier.id, sent).await?;
    actions::drop_draft(app, &draft).await?;
    Ok(redirect_with(&format!("/ho-so/{}", dossier.code), Flash::success("dossiers-answer-sent")))
}
