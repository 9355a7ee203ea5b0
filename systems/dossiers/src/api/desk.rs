//! What officers do at a step.

use axum::Json;
use axum::extract::State;
use base::{Error, FieldErrors, Id, Result};
use flow::OpenStep;
use serde::Deserialize;
use system::{App, Officer};
use utoipa::ToSchema;
use web::api::{Body, Once};
use web::{Answer, Path, Visitor};

use super::answers::{self, DossierDetail, MarkDetail};
use super::read::looked_at;
use super::refusals;
use crate::actions::{self, Decision};
use crate::dossier::Dossier;
use crate::paper::Mark;
use crate::{declared, queries};

/// Characters of one text that an officer writes.
const LONGEST: usize = 4000;

/// How a step ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionBody {
    /// An outcome of the step (`accept`, `assign`, `propose`, `approve`, `send-back`, `return`), `supplement` or `refuse`.
    #[schema(example = "accept", min_length = 1, max_length = 40)]
    outcome: String,
    /// For the next officer; must be there with `send-back`.
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
    /// With `supplement`: what the applicant is told.
    #[serde(default)]
    #[schema(max_length = 4000)]
    reason: String,
    /// With `refuse`: the reasons, each on its own.
    #[serde(default)]
    #[schema(max_items = 20)]
    reasons: Vec<String>,
    /// With `supplement`: everything that is wrong, once.
    #[serde(default)]
    #[schema(max_items = 60)]
    marks: Vec<MarkDetail>,
}

impl DecisionBody {
    /// # Errors
    /// [`Error::Invalid`] when something that the applicant or a colleague must know is missing.
    async fn decision(self, app: &App, dossier: &Dossier) -> Result<Decision> {
        let texts = self.reasons.iter().chain([&self.note, &self.reason]);
        if texts.into_iter().any(|text| text.chars().count() > LONGEST) {
            return Err(Error::invalid("body", "dossiers-text-too-long"));
        }
        match self.outcome.as_str() {
            "supplement" => {
                let marks = marks(app, dossier, self.marks).await?;
                Ok(Decision::Supplement { reason: self.reason, marks })
            }
            "refuse" => Ok(Decision::Refuse { reasons: self.reasons }),
            // The word by which processes know a supplement: it needs a reason and marks.
            "incomplete" => Err(Error::Conflict("flow-no-such-outcome")),
            "send-back" if self.note.trim().is_empty() => Err(Error::invalid("note", "dossiers-note-missing")),
            _ => Ok(Decision::Go { outcome: self.outcome, note: self.note }),
        }
    }
}

/// The marks, each on something the applicant can put right.
async fn marks(app: &App, dossier: &Dossier, marks: Vec<MarkDetail>) -> Result<Vec<Mark>> {
    let procedure = actions::version(app, dossier.procedure).await?;
    let form = declared::definition(&procedure)?;
    let marks: Vec<Mark> = marks.into_iter().map(Into::into).collect();
    let mut errors = FieldErrors::new();
    for (index, mark) in marks.iter().enumerate() {
        let (known, note) = match mark {
            Mark::Field { path, note } => (form.field(path).is_some(), note),
            Mark::Component { code, note } => (procedure.papers.iter().any(|paper| paper.code == *code), note),
        };
        if !known {
            errors.insert(format!("marks.{index}"), "dossiers-mark-unknown".to_owned());
        } else if note.trim().is_empty() {
            errors.insert(format!("marks.{index}.note"), "dossiers-mark-note-missing".to_owned());
        }
    }
    if errors.is_empty() { Ok(marks) } else { Err(Error::Invalid(errors)) }
}

/// Ends a step as the officer decided. The same decision again gives the dossier as it stands.
#[utoipa::path(
    post,
    path = "/api/v1/dossiers/{code}/steps/{step}/decision",
    operation_id = "decide_step",
    tag = "desk",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "Code of the dossier", example = "H32.15-261120-0042"),
        ("step" = uuid::Uuid, Path, description = "One of its open steps"),
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$"),
    ),
    request_body = DecisionBody,
    responses((status = 200, description = "The dossier as it stands now", body = DossierDetail), refusals::Changing)
)]
pub(super) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Once,
    Body(body): Body<DecisionBody>,
) -> Answer<Json<DossierDetail>> {
    let (dossier, step) = at_step(&app, &visitor, &code, step).await?;
    let decision = body.decision(&app, &dossier).await?;
    if is_done(&app, visitor.caller.officer()?, &dossier, &step, &decision).await? {
        return Ok(Json(answers::detail(&app, &visitor, dossier).await?));
    }
    let dossier = actions::decide(&app, visitor.now, &visitor.caller, dossier.id, step.id, decision).await?;
    Ok(Json(answers::detail(&app, &visitor, dossier).await?))
}

/// The dossier and the step, if the officer may see it and the step is one of its own.
async fn at_step(app: &App, visitor: &Visitor, code: &str, step: Id) -> Result<(Dossier, OpenStep)> {
    visitor.caller.officer()?;
    let dossier = looked_at(app, visitor, code).await?;
    let steps = flow::queries::steps_of(app.store.read(), dossier.id).await?;
    let step = steps.into_iter().find(|known| known.id == step).ok_or(Error::NotFound)?;
    Ok((dossier, step))
}

/// Whether this position has decided exactly this already: the call was repeated because its answer was lost.
async fn is_done(
    app: &App,
    officer: &Officer,
    dossier: &Dossier,
    step: &OpenStep,
    decision: &Decision,
) -> Result<bool> {
    Ok(match decision {
        Decision::Go { outcome, note } => ended(officer, step, outcome, note.trim()),
        Decision::Refuse { reasons } => {
            let reasons: Vec<&str> =
                reasons.iter().map(|reason| reason.trim()).filter(|reason| !reason.is_empty()).collect();
            ended(officer, step, "refuse", &reasons.join("\n"))
        }
        Decision::Supplement { reason, marks } => {
            let asked = queries::open_supplement(app.store.read(), dossier.id).await?;
            step.claimed_by == Some(officer.position)
                && step.waiting_since.is_some()
                && asked.is_some_and(|asked| {
                    asked.case == step.case && asked.reason == reason.trim() && asked.marks == *marks
                })
        }
    })
}

fn ended(officer: &Officer, step: &OpenStep, outcome: &str, note: &str) -> bool {
    step.closed_at.is_some()
        && step.claimed_by == Some(officer.position)
        && step.outcome.as_deref() == Some(outcome)
        && step.note.as_deref().unwrap_or_default() == note
}

/// Ends a step that has one way to end; again gives the dossier as it stands.
async fn press(
    app: &App,
    visitor: &Visitor,
    (code, step): (String, Id),
    outcome: &str,
    act: impl AsyncFnOnce(Id, Id) -> Result<Dossier>,
) -> Answer<Json<DossierDetail>> {
    let (mut dossier, step) = at_step(app, visitor, &code, step).await?;
    if !ended(visitor.caller.officer()?, &step, outcome, "") {
        dossier = act(dossier.id, step.id).await?;
    }
    Ok(Json(answers::detail(app, visitor, dossier).await?))
}

/// Signs the result that waits at a step; its paper bears the signature a moment later.
#[utoipa::path(
    post,
    path = "/api/v1/dossiers/{code}/steps/{step}/signature",
    operation_id = "sign_result",
    tag = "desk",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "Code of the dossier", example = "H32.15-261120-0042"),
        ("step" = uuid::Uuid, Path, description = "Its open step `sign`"),
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$"),
    ),
    responses((status = 200, description = "The dossier as it stands now", body = DossierDetail), refusals::Acting)
)]
pub(super) async fn sign(
    State(app): State<App>,
    visitor: Visitor,
    Path(at): Path<(String, Id)>,
    _: Once,
) -> Answer<Json<DossierDetail>> {
    let sign = async |dossier, step| actions::sign(&app, visitor.now, &visitor.caller, dossier, step).await;
    press(&app, &visitor, at, "sign", sign).await
}

/// Gives the result its number; its paper bears number, date and seal a moment later.
#[utoipa::path(
    post,
    path = "/api/v1/dossiers/{code}/steps/{step}/number",
    operation_id = "number_result",
    tag = "desk",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "Code of the dossier", example = "H32.15-261120-0042"),
        ("step" = uuid::Uuid, Path, description = "Its open step `number`"),
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$"),
    ),
    responses((status = 200, description = "The dossier as it stands now", body = DossierDetail), refusals::Acting)
)]
pub(super) async fn number(
    State(app): State<App>,
    visitor: Visitor,
    Path(at): Path<(String, Id)>,
    _: Once,
) -> Answer<Json<DossierDetail>> {
    let issue = async |dossier, step| actions::issue(&app, visitor.now, &visitor.caller, dossier, step).await;
    press(&app, &visitor, at, "issue", issue).await
}
