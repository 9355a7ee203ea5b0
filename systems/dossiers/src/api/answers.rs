//! Dossiers as programs read them.

use std::collections::{BTreeSet, HashMap};

use base::{Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use flow::{OpenStep, Work};
use form::Values;
use serde::{Deserialize, Serialize};
use system::{App, Caller};
use utoipa::ToSchema;
use web::Visitor;
use worktime::ledger::{self, Owner};

use crate::dossier::{Dossier, State};
use crate::paper::{Mark, Paper};
use crate::queries;
use crate::slip::{Outcome, Slip, SlipKind, Stage};

/// A dossier in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct DossierSummary {
    #[schema(example = "H32.15-261120-0042")]
    code: String,
    state: StateDetail,
    /// National code of the procedure.
    #[schema(example = "1.001193")]
    procedure: String,
    procedure_name: String,
    applicant: String,
    /// `counter`, `online` or `post`.
    channel: &'static str,
    submitted_at: DateTime<Utc>,
    received_at: Option<DateTime<Utc>>,
    /// What the last slip promised.
    promised_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
}

/// One of the ten national states (`TrangThaiHoSo`).
#[derive(Serialize, ToSchema)]
struct StateDetail {
    #[schema(minimum = 1, maximum = 10)]
    code: u8,
    #[schema(example = "processing")]
    word: &'static str,
}

/// A dossier with everything its reader may know of it.
#[derive(Serialize, ToSchema)]
pub(super) struct DossierDetail {
    #[serde(flatten)]
    summary: DossierSummary,
    /// Identifier code of the agency that decides.
    #[schema(example = "H32.15")]
    agency: String,
    /// Identifier code of the agency that received it.
    receiving: String,
    /// Whole đồng.
    fee: i64,
    /// What the form was answered, in the shape of the procedure's schema.
    #[schema(value_type = Object)]
    answers: Values,
    /// Absent until the dossier is received.
    clock: Option<ClockDetail>,
    /// Open steps, of sub-cases too.
    steps: Vec<StepDetail>,
    papers: Vec<PaperDetail>,
    /// What the applicant is asked for now.
    supplement: Option<SupplementDetail>,
    slips: Vec<SlipDetail>,
    results: Vec<ResultDetail>,
}

#[derive(Serialize, ToSchema)]
struct ClockDetail {
    /// When the time is used up, as the clock stands now.
    due_at: Option<DateTime<Utc>>,
    /// It stands still: the applicant was asked for something.
    paused: bool,
    ended_at: Option<DateTime<Utc>>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct StepDetail {
    #[schema(value_type = uuid::Uuid)]
    id: Id,
    title: String,
    /// `receive`, `assign`, `examine`, `review`, `sign`, `number`, `return`, `sub-case`.
    #[schema(value_type = String)]
    does: Work,
    /// Identifier code of the agency that has it in hand.
    agency: String,
    due_at: Option<DateTime<Utc>>,
    /// The applicant was asked for something.
    waiting: bool,
}

/// A file that stands for a component.
#[derive(Serialize, ToSchema)]
struct PaperDetail {
    #[schema(value_type = uuid::Uuid)]
    id: Id,
    component: String,
    /// SHA-256.
    file: String,
    name: String,
    size: i64,
    mime: String,
    added_at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
struct SupplementDetail {
    asked_at: DateTime<Utc>,
    reason: String,
    marks: Vec<MarkDetail>,
}

/// One thing that is wrong.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "on", deny_unknown_fields)]
pub(super) enum MarkDetail {
    /// A field of the form, by its path: `child.full_name`.
    Field { path: String, note: String },
    /// A component, by its code.
    Component { code: String, note: String },
}

#[derive(Serialize, ToSchema)]
struct SlipDetail {
    /// `receipt`, `supplement`, `refusal`, `apology` or `follow-up` (Circular 03/2025/TT-VPCP).
    kind: &'static str,
    made_at: DateTime<Utc>,
    promised_at: Option<DateTime<Utc>>,
    /// Its paper can be opened.
    ready: bool,
}

#[derive(Serialize, ToSchema)]
struct ResultDetail {
    #[schema(value_type = uuid::Uuid)]
    id: Id,
    name: String,
    /// `proposed`, `printed`, `signing`, `signed`, `numbered`, `issued` or `void`; an applicant learns of the result once it
    /// has its number.
    stage: &'static str,
    #[schema(example = "15/GPXD-UBND")]
    number: Option<String>,
    numbered_on: Option<NaiveDate>,
}

pub(super) fn summary(dossier: &Dossier) -> DossierSummary {
    DossierSummary {
        code: dossier.code.clone(),
        state: StateDetail { code: dossier.state.code(), word: word(dossier.state) },
        procedure: dossier.procedure_code.clone(),
        procedure_name: dossier.procedure_name.clone(),
        applicant: dossier.applicant_name.clone(),
        channel: dossier.channel.as_str(),
        submitted_at: dossier.submitted_at,
        received_at: dossier.received_at,
        promised_at: dossier.promised_at,
        finished_at: dossier.finished_at,
        closed_at: dossier.closed_at,
    }
}

const fn word(state: State) -> &'static str {
    match state {
        State::Submitted => "submitted",
        State::Received => "received",
        State::NotReceived => "not-received",
        State::Processing => "processing",
        State::SupplementAsked => "supplement-asked",
        State::PaymentAsked => "payment-asked",
        State::WithdrawalAsked => "withdrawal-asked",
        State::Stopped => "stopped",
        State::Finished => "finished",
        State::Returned => "returned",
    }
}

/// The whole of it. An applicant is not told what only agencies know: sheets of their own, results that are still drafts.
pub(super) async fn detail(app: &App, visitor: &Visitor, dossier: Dossier) -> Result<DossierDetail> {
    let c = app.store.read();
    let inside = matches!(visitor.caller, Caller::Officer(_));
    let mut steps = flow::queries::steps_of(c, dossier.id).await?;
    steps.retain(|step| step.closed_at.is_none());
    let codes = codes(app, steps.iter().map(|step| step.agency).chain([dossier.agency, dossier.receiving])).await?;
    let code = |agency: Id| codes.get(&agency).cloned().unwrap_or_default();
    let clock = ledger::find(c, Owner { kind: "case", id: dossier.case }).await?;
    let asked = queries::open_supplement(c, dossier.id).await?.filter(|_| !dossier.state.is_end());
    let slips = queries::slips(c, dossier.id).await?;
    let outcomes = queries::outcomes(c, dossier.id).await?;
    let papers = queries::papers(c, dossier.id).await?;
    Ok(DossierDetail {
        summary: summary(&dossier),
        agency: code(dossier.agency),
        receiving: code(dossier.receiving),
        fee: dossier.fee,
        answers: dossier.answers,
        clock: clock.map(|held| ClockDetail {
            due_at: held.due_at,
            paused: held.clock.ended.is_none() && held.clock.pauses.iter().any(|pause| pause.to.is_none()),
            ended_at: held.clock.ended,
        }),
        steps: steps.into_iter().map(|open| step(code(open.agency), open)).collect(),
        papers: papers.into_iter().filter(|paper| paper.replaced_at.is_none()).map(paper).collect(),
        supplement: asked.map(|asked| SupplementDetail {
            asked_at: asked.asked_at,
            reason: asked.reason,
            marks: asked.marks.into_iter().map(Into::into).collect(),
        }),
        slips: slips.iter().filter(|slip| inside || slip.kind != SlipKind::FollowUp).map(slip).collect(),
        results: outcomes.iter().filter(|outcome| inside || is_numbered(outcome)).map(result).collect(),
    })
}

const fn is_numbered(outcome: &Outcome) -> bool {
    matches!(outcome.stage, Stage::Numbered | Stage::Issued)
}

/// Identifier codes of a few agencies.
pub(super) async fn codes(app: &App, agencies: impl Iterator<Item = Id>) -> Result<HashMap<Id, String>> {
    let mut codes = HashMap::new();
    for id in agencies.collect::<BTreeSet<_>>() {
        if let Some(agency) = directory::queries::agency(app.store.read(), id).await? {
            codes.insert(id, agency.code);
        }
    }
    Ok(codes)
}

pub(super) fn step(agency: String, step: OpenStep) -> StepDetail {
    StepDetail {
        id: step.id,
        title: step.title,
        does: step.does,
        agency,
        due_at: step.due_at,
        waiting: step.waiting_since.is_some(),
    }
}

fn paper(paper: Paper) -> PaperDetail {
    PaperDetail {
        id: paper.id,
        component: paper.component,
        file: paper.file.hash,
        name: paper.file.name,
        size: paper.file.size,
        mime: paper.file.mime,
        added_at: paper.added_at,
    }
}

const fn slip(slip: &Slip) -> SlipDetail {
    SlipDetail {
        kind: slip.kind.as_str(),
        made_at: slip.made_at,
        promised_at: slip.promised_at,
        ready: slip.file.is_some(),
    }
}

fn result(outcome: &Outcome) -> ResultDetail {
    ResultDetail {
        id: outcome.id,
        name: outcome.name.clone(),
        stage: outcome.stage.as_str(),
        number: outcome.full_number(),
        numbered_on: outcome.numbered_on,
    }
}

impl From<Mark> for MarkDetail {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::Field { path, note } => Self::Field { path, note },
            Mark::Component { code, note } => Self::Component { code, note },
        }
    }
}

impl From<MarkDetail> for Mark {
    fn from(mark: MarkDetail) -> Self {
        match mark {
            MarkDetail::Field { path, note } => Self::Field { path, note },
            MarkDetail::Component { code, note } => Self::Component { code, note },
        }
    }
}
