//! What people do with their own dossiers.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use base::{Error, Result};
use contracts::questions::Paper;
use flow::case::CaseState;
use form::render::{Options, error_message};
use form::{Context, Definition, Values};
use serde::Deserialize;
use system::App;
use utoipa::ToSchema;
use web::api::{Body, FieldProblem, Once, invalid};
use web::{Answer, Path, Visitor};

use super::answers::{self, DossierDetail};
use super::read::looked_at;
use super::refusals;
use crate::actions::{self, Answered, NewDossier};
use crate::dossier::{Channel, Dossier, State as Standing};
use crate::filing::{self, Identified};
use crate::paper::HandedIn;
use crate::supplement::Asked;
use crate::{access, declared, queries};

/// Files of one dossier.
const MOST: usize = 60;

/// A dossier to be sent in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDossierBody {
    /// National code of the procedure.
    #[schema(example = "1.001193")]
    procedure: String,
    /// Identifier code of an agency that receives it.
    #[schema(example = "H32.15")]
    agency: String,
    /// In the shape of the procedure's schema.
    #[schema(value_type = Object)]
    answers: Values,
    #[serde(default)]
    #[schema(max_items = 60)]
    papers: Vec<PaperBody>,
}

/// A file that stands for a component.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperBody {
    /// Code of the component.
    #[schema(example = "giay-chung-sinh")]
    component: String,
    /// `hash` of a file that this account sent to `/api/v1/files`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    file: String,
}

/// The answer to a request to complete a dossier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SupplementBody {
    /// The fields that were asked for; others stay as they were.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: Values,
    /// The components that were asked for.
    #[serde(default)]
    #[schema(max_items = 60)]
    papers: Vec<PaperBody>,
}

/// Sends a dossier in. The same key again gives the dossier that the first one made.
#[utoipa::path(
    post,
    path = "/api/v1/dossiers",
    operation_id = "send_dossier",
    tag = "dossiers",
    security(("token" = [])),
    params(("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$")),
    request_body = NewDossierBody,
    responses(
        (status = 201, description = "It is sent in", body = DossierDetail, headers(("Location" = String))),
        (status = 200, description = "It was sent in with this key before", body = DossierDetail),
        refusals::Making
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Once(form_id): Once,
    Body(body): Body<NewDossierBody>,
) -> Answer {
    let citizen = visitor.caller.citizen()?;
    if let Some(sent) = queries::by_form(app.store.read(), form_id).await? {
        let sent = access::own(app.store.read(), &visitor.caller, sent, visitor.now.today()).await?;
        return Ok(Json(answers::detail(&app, &visitor, sent).await?).into_response());
    }
    let procedure = filing::offered(&app, &body.procedure, citizen, visitor.now).await?;
    let agency = filing::receiver(&app, &procedure, &body.agency, visitor.now).await?;
    let agency = agency.ok_or_else(|| Error::invalid("agency", "dossiers-place-missing"))?.id;
    let form = declared::definition(&procedure)?;
    let context = Context { today: visitor.now.today(), lists: declared::lists()? };
    let accepted = form.accept(&body.answers, &context);
    let mut problems = Problems::new(&visitor);
    let wanted: Vec<&Paper> = procedure.files().collect();
    let papers = problems.papers(&app, &wanted, body.papers).await?;
    problems.missing(filing::missing(&procedure, Identified::by_account(citizen), &papers));
    let answers = match accepted {
        Ok(answers) if problems.found.is_empty() => answers,
        accepted => {
            problems.answers(&form, &accepted.err().unwrap_or_default())?;
            return Ok(invalid(&visitor, problems.found));
        }
    };
    let new = NewDossier {
        form_id,
        procedure: procedure.code.clone(),
        applicant: citizen.person,
        applicant_name: citizen.name.clone(),
        agency,
        receiving: agency,
        channel: Channel::Online,
        answers,
        papers,
        draft: None,
    };
    let dossier = actions::file(&app, visitor.now, &visitor.caller, new).await?;
    let location = format!("/api/v1/dossiers/{}", dossier.code);
    let detail = Json(answers::detail(&app, &visitor, dossier).await?);
    Ok((StatusCode::CREATED, [(LOCATION, location)], detail).into_response())
}

/// What is wrong with what was sent, field by field.
struct Problems<'a> {
    visitor: &'a Visitor,
    found: Vec<FieldProblem>,
}

impl<'a> Problems<'a> {
    const fn new(visitor: &'a Visitor) -> Self {
        Self { visitor, found: Vec::new() }
    }

    fn add(&mut self, field: String, key: &str) {
        self.found.push(FieldProblem { field, message: self.visitor.text(key) });
    }

    fn answers(&mut self, form: &Definition, errors: &form::FieldErrors) -> Result<()> {
        let text = |key: &str, parameters: &[(&str, String)]| self.visitor.text_with(key, parameters);
        let options = Options::new(&text, declared::lists()?);
        let problem = |error: &form::FieldError| FieldProblem {
            field: format!("answers.{}", error.path),
            message: error_message(form, error, &options),
        };
        self.found.extend(errors.iter().map(problem));
        Ok(())
    }

    /// The files as they are handed in: each for a component that is wanted, each sent in by this account.
    async fn papers(&mut self, app: &App, wanted: &[&Paper], sent: Vec<PaperBody>) -> Result<Vec<HandedIn>> {
        let account = self.visitor.caller.citizen()?.account;
        if sent.len() > MOST {
            self.add("papers".to_owned(), "dossiers-too-many-papers");
            return Ok(Vec::new());
        }
        let (mut seen, mut papers) = (BTreeSet::new(), Vec::new());
        for (index, PaperBody { component, file }) in sent.into_iter().enumerate() {
            if !wanted.iter().any(|paper| paper.code == component) {
                self.add(format!("papers.{index}.component"), "dossiers-component-unknown");
            } else if let Some(upload) = queries::upload(app.store.read(), account, &file).await? {
                if seen.insert((component.clone(), file)) {
                    papers.push(upload.stands_for(&component));
                }
            } else {
                self.add(format!("papers.{index}.file"), "dossiers-upload-unknown");
            }
        }
        Ok(papers)
    }

    fn missing(&mut self, missing: Vec<&Paper>) {
        let problem = |paper: &Paper| FieldProblem {
            field: "papers".to_owned(),
            message: self.visitor.text_with("dossiers-check-paper-missing", &[("name", paper.name.clone())]),
        };
        self.found.extend(missing.into_iter().map(problem));
    }
}

/// Answers a request to complete the dossier. The same answer again gives the dossier as it stands.
#[utoipa::path(
    post,
    path = "/api/v1/dossiers/{code}/supplement",
    operation_id = "answer_supplement",
    tag = "dossiers",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "Code of the dossier", example = "H32.15-261120-0042"),
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$"),
    ),
    request_body = SupplementBody,
    responses((status = 200, description = "The dossier as it stands now", body = DossierDetail), refusals::Changing)
)]
pub(super) async fn supplement(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    _: Once,
    Body(body): Body<SupplementBody>,
) -> Answer {
    let dossier = looked_at(&app, &visitor, &code).await?;
    let last = queries::supplements(app.store.read(), dossier.id).await?.pop();
    let last = last.filter(|_| !dossier.state.is_end()).ok_or(Error::Conflict("dossiers-nothing-asked"))?;
    let procedure = actions::version_of(&app, &dossier).await?;
    let answered_at = last.answered_at;
    let sent = match answered(&app, &visitor, &Asked::new(last, procedure)?, &dossier, body).await? {
        Ok(sent) => sent,
        Err(problems) => return Ok(invalid(&visitor, problems)),
    };
    let dossier = if answered_at.is_none() {
        actions::answer(&app, visitor.now, &visitor.caller, dossier.id, sent).await?
    } else if is_answered(&app, &dossier, &sent).await? {
        dossier
    } else {
        return Err(Error::Conflict("dossiers-nothing-asked").into());
    };
    Ok(Json(answers::detail(&app, &visitor, dossier).await?).into_response())
}

/// Whether the dossier holds exactly this answer already: the call was repeated because its answer was lost.
async fn is_answered(app: &App, dossier: &Dossier, sent: &Answered) -> Result<bool> {
    let papers = queries::papers(app.store.read(), dossier.id).await?;
    let held = |sent: &HandedIn| {
        papers
            .iter()
            .any(|held| held.replaced_at.is_none() && held.component == sent.component && held.file.hash == sent.hash)
    };
    Ok(dossier.answers == sent.answers && sent.papers.iter().all(held))
}

/// What was sent as an answer, or what is wrong with it.
async fn answered(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    dossier: &Dossier,
    body: SupplementBody,
) -> Result<std::result::Result<Answered, Vec<FieldProblem>>> {
    let mut problems = Problems::new(visitor);
    let wanted: Vec<&Paper> = asked.components().into_iter().map(|(paper, _)| paper).collect();
    let papers = problems.papers(app, &wanted, body.papers).await?;
    problems.missing(asked.missing(&papers));
    let mut answers = dossier.answers.clone();
    for page in asked.pages() {
        asked.merge(page, &mut answers, &body.answers);
    }
    problems.answers(&asked.form, &asked.errors(&answers, visitor.now)?)?;
    let answered = Answered { answers: asked.form.visible(&answers), papers };
    Ok(if problems.found.is_empty() { Ok(answered) } else { Err(problems.found) })
}

/// Takes a dossier back: at once while nobody works on it, else once an officer has agreed. Again changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/dossiers/{code}/withdrawal",
    operation_id = "withdraw_dossier",
    tag = "dossiers",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "Code of the dossier", example = "H32.15-261120-0042"),
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$"),
    ),
    responses((status = 200, description = "The dossier as it stands now", body = DossierDetail), refusals::Acting)
)]
pub(super) async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    _: Once,
) -> Answer<Json<DossierDetail>> {
    let mut dossier = looked_at(&app, &visitor, &code).await?;
    let case = flow::queries::case_by_id(app.store.read(), dossier.case).await?.ok_or(Error::NotFound)?;
    if dossier.state != Standing::WithdrawalAsked && case.state != CaseState::Withdrawn {
        dossier = actions::ask_to_withdraw(&app, visitor.now, &visitor.caller, dossier.id).await?;
    }
    Ok(Json(answers::detail(&app, &visitor, dossier).await?))
}
