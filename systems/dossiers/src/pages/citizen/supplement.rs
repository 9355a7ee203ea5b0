//! The answer to a request: what was marked can be changed, everything else is shown as it is.
//!
//! The answer is kept as a draft under the id of the request, so that it too goes on on another device.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Result};
use contracts::questions::{Paper, Procedure};
use form::render::{self, Options};
use form::{Context, Definition, FieldErrors, Page, RowChange, Values};
use system::App;
use web::{Answer, Flash, Path, Upload, Visitor, filters, redirect, redirect_with};

use super::own;
use super::uploads::{self, Received, Wanted, Wrong};
use crate::actions::{self, Answered};
use crate::declared;
use crate::dossier::Dossier;
use crate::pages::filling as forms;
use crate::paper::{Draft, Mark, Supplement};
use crate::queries;

#[derive(Template)]
#[template(path = "dossiers/citizen/supplement.html")]
struct SupplementPage<'a> {
    csrf: &'a str,
    dossier: &'a Dossier,
    asked: &'a Supplement,
    sections: Vec<Section>,
    wanted: Vec<Wanted>,
    /// Made by the crate `form`, which escapes what people typed.
    field_errors: String,
    errors: &'a [Wrong],
}

struct Section {
    title: String,
    fields: String,
}

/// An answer on its way.
struct Answering {
    dossier: Dossier,
    asked: Supplement,
    procedure: Arc<Procedure>,
    form: Arc<Definition>,
    draft: Draft,
    /// The marks that stand on fields.
    marks: Vec<form::Mark>,
}

impl Answering {
    /// # Errors
    /// [`Error::Conflict`] when nothing is asked any more.
    async fn open(app: &App, visitor: &Visitor, code: &str) -> Result<Self> {
        let dossier = own(app, visitor, code).await?;
        let person = visitor.caller.citizen()?.person;
        let asked = queries::open_supplement(app.store.read(), dossier.id).await?;
        let asked = asked.filter(|_| !dossier.state.is_end()).ok_or(Error::Conflict("dossiers-nothing-asked"))?;
        let procedure = actions::version(app, dossier.procedure).await?;
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
                saved_at: visitor.now.utc(),
            },
            Err(error) => return Err(error),
        };
        let marks = asked.marks.iter().filter_map(|mark| match mark {
            Mark::Field { path, note } => Some(form::Mark { path: path.clone(), note: note.clone() }),
            Mark::Component { .. } => None,
        });
        let marks = marks.collect();
        Ok(Self { form: declared::definition(&procedure)?, dossier, asked, procedure, draft, marks })
    }

    /// Makes the row of the draft, which is there from the first saving on.
    async fn keep(&mut self, app: &App, visitor: &Visitor) -> Result<()> {
        let Draft { id, owner, applicant, procedure_code, procedure_name, .. } = &self.draft;
        let begun =
            actions::begin_draft(app, visitor.now, *id, *owner, *applicant, procedure_code, procedure_name).await?;
        if begun.answers.is_empty() {
            actions::save_answers(app, visitor.now, &begun, &self.draft.answers).await?;
        }
        self.draft = queries::draft_of(app.store.read(), *owner, *id).await?;
        Ok(())
    }

    /// The pages on which something is marked; without marks on fields there is nothing to fill in.
    fn pages(&self) -> Vec<&Page> {
        let marked = |page: &Page| {
            self.marks.iter().any(|mark| self.form.page_of(&mark.path).is_some_and(|marked| marked.name == page.name))
        };
        self.form.pages().iter().filter(|page| marked(page)).collect()
    }

    /// The components asked for, with the officer's words.
    fn components(&self) -> Vec<(&Paper, &str)> {
        let wanted = self.asked.marks.iter().filter_map(|mark| match mark {
            Mark::Component { code, note } => Some((code, note)),
            Mark::Field { .. } => None,
        });
        let papers = &self.procedure.papers;
        wanted
            .filter_map(|(code, note)| Some((papers.iter().find(|paper| paper.code == *code)?, note.as_str())))
            .collect()
    }

    /// Takes over what may be changed of what was typed.
    fn typed(&self, posted: &[(String, String)]) -> (Values, bool) {
        let mut answers = self.draft.answers.clone();
        let mut rows_changed = false;
        for page in self.pages() {
            let (mut typed, _) = self.form.read(page, posted);
            if let Some(change) = RowChange::find(&self.form, page, posted) {
                change.apply(&mut typed);
                rows_changed = true;
            }
            form::draft::merge_marked(&self.form, page, &mut answers, &typed, &self.marks);
        }
        (answers, rows_changed)
    }

    /// What is still wrong on the pages that were asked about.
    fn field_errors(&self, visitor: &Visitor) -> Result<FieldErrors> {
        let context = Context { today: visitor.now.today(), lists: declared::lists()? };
        let pages = self.pages();
        Ok(pages.into_iter().flat_map(|page| self.form.page_errors(page, &self.draft.answers, &context)).collect())
    }

    fn missing(&self, visitor: &Visitor) -> Vec<Wrong> {
        let held = |code: &str| self.draft.papers.iter().any(|held| held.component == code);
        let missing = self.components().into_iter().filter(|(paper, _)| !held(&paper.code));
        missing
            .map(|(paper, _)| Wrong {
                field: format!("paper.{}", paper.code),
                text: visitor.text_with("dossiers-check-paper-missing", &[("name", paper.name.clone())]),
            })
            .collect()
    }

    fn show(&self, visitor: &Visitor, field_errors: &FieldErrors, errors: &[Wrong]) -> Answer<Response> {
        let citizen = visitor.caller.citizen()?;
        let text = forms::texts(visitor);
        let options = Options { marks: &self.marks, ..Options::new(&text, declared::lists()?) };
        let section = |page: &Page| Section {
            title: page.title.clone(),
            fields: render::page(&self.form, page, &self.draft.answers, field_errors, &options),
        };
        let wanted = self.components().into_iter().map(|(paper, note)| Wanted {
            note: Some(note.to_owned()),
            required: true,
            known: false,
            ..Wanted::new(paper, &self.draft, citizen, errors)
        });
        let page = SupplementPage {
            csrf: visitor.csrf(),
            dossier: &self.dossier,
            asked: &self.asked,
            sections: self.pages().into_iter().map(section).collect(),
            wanted: wanted.collect(),
            // All sections stand on this one page, so that every link leads to a place on it.
            field_errors: render::error_summary(
                &self.form,
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
    Answering::open(&app, &visitor, &code).await?.show(&visitor, &Vec::new(), &[])
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, upload: Upload) -> Answer {
    let mut answering = Answering::open(&app, &visitor, &code).await?;
    answering.keep(&app, &visitor).await?;
    let Received { posted, errors, whole } = {
        let mut draft = answering.draft.clone();
        let components: Vec<&Paper> = answering.components().into_iter().map(|(paper, _)| paper).collect();
        let received = uploads::receive(&app, &visitor, &mut draft, &components, upload).await?;
        answering.draft = draft;
        received
    };
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
    let (field_errors, missing) = (answering.field_errors(&visitor)?, answering.missing(&visitor));
    if !field_errors.is_empty() || !missing.is_empty() {
        return answering.show(&visitor, &field_errors, &missing);
    }
    send(&app, &visitor, answering).await
}

async fn send(app: &App, visitor: &Visitor, answering: Answering) -> Answer {
    let Answering { dossier, form, draft, .. } = answering;
    let sent = Answered { answers: form.visible(&draft.answers), papers: draft.papers.clone() };
    let dossier = actions::answer(app, visitor.now, &visitor.caller, dossier.id, sent).await?;
    actions::drop_draft(app, &draft).await?;
    Ok(redirect_with(&format!("/ho-so/{}", dossier.code), Flash::success("dossiers-answer-sent")))
}
