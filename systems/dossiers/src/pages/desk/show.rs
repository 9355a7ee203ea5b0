use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use contracts::crossing::Posted;
use directory::Party;
use flow::pages::{Worked, time_left};
use form::Lists;
use form::render::{self, Options};
use serde::Deserialize;
use system::{App, Officer};
use web::{Answer, Path, Query, Sent, Visitor, filters};
use worktime::ledger::Calendars;

use super::apology::{self, Standing};
use super::history::{self, Happened, StepLine, SubCase};
use super::opened::Opened;
use super::panel::panel;
use crate::access::RECEIVE;
use crate::behalf::{Agent, Behalf};
use crate::consent::{Answer as Answered, Consent};
use crate::declared;
use crate::dossier::{Dossier, State as DossierState};
use crate::pages::late::{self, Late};
use crate::pages::{filling, post};
use crate::paper::{Mark, Supplement};
use crate::queries;
use crate::slip::{Slip, Stage};

#[derive(Template)]
#[template(path = "dossiers/desk/show.html")]
struct Show<'a> {
    csrf: &'a str,
    address: String,
    dossier: &'a Dossier,
    state: &'static str,
    tone: &'static str,
    channel: String,
    receiving: String,
    applicant: Option<Party>,
    /// Who filed it, where it was filed for another.
    agent: Option<Agent>,
    /// Whose consent it was sent with, by role.
    consents: Vec<(String, Answered)>,
    /// The officer's desk has still to look at the authorisation.
    to_check: bool,
    /// They tried without saying that they had.
    check_error: String,
    /// The number in full for whoever works on the dossier, else masked.
    number: String,
    phone: String,
    clock: Option<ClockBox>,
    panel: String,
    /// Made by the crate `form`, which escapes what people typed.
    answers: String,
    papers: Vec<PaperLine>,
    slips: Vec<Slip>,
    results: Vec<ResultLine>,
    asked: Vec<Asked>,
    steps: Vec<StepLine>,
    parts: Vec<SubCase>,
    late: Option<Late>,
    apology: Standing,
    journal: Vec<Happened>,
    posts: Vec<Posted>,
}

/// The clock of the whole dossier and what it counted.
struct ClockBox {
    left: String,
    state: &'static str,
    used: i64,
    written: String,
    pauses: Vec<worktime::Pause>,
}

/// A component, and the files that stand for it.
struct PaperLine {
    name: String,
    required: bool,
    files: Vec<crate::paper::Paper>,
}

struct ResultLine {
    id: Id,
    name: String,
    number: Option<String>,
    stage: &'static str,
    tone: &'static str,
    made: bool,
    failed: bool,
    /// Shown on the page itself, for whoever signs it.
    shown: bool,
}

struct Asked {
    request: Supplement,
    marks: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub(super) struct At {
    /// The step to work on.
    #[serde(default)]
    buoc: Option<Id>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(at): Query<At>,
) -> Answer {
    let opened = Opened::of(&app, &visitor, &code).await?;
    let content = content(&app, &visitor, &opened, at.buoc, &Sent::default()).await?;
    visitor.page(&opened.dossier.code, &content)
}

impl Worked for Dossier {
    const LIST: &'static str = "/mot-cua/ho-so";

    fn id(&self) -> Id {
        self.id
    }

    async fn for_officer(app: &App, officer: &Officer, code: &str) -> Result<Self> {
        queries::for_officer(app.store.read(), officer, code).await
    }

    async fn again(app: &App, visitor: &Visitor, code: &str, step: Option<Id>, sent: Sent) -> Answer {
        let opened = Opened::of(app, visitor, code).await?;
        let content = content(app, visitor, &opened, step, &sent).await?;
        visitor.rejected(&opened.dossier.code, &content)
    }
}

async fn content<'a>(
    app: &App,
    visitor: &'a Visitor,
    opened: &'a Opened,
    wanted: Option<Id>,
    sent: &Sent,
) -> Result<Show<'a>> {
    let officer = visitor.caller.officer()?;
    let own = opened.own_steps(officer);
    let step = own.iter().find(|step| Some(step.id) == wanted).or(own.first()).copied();
    let process = match step {
        Some(step) => {
            let case = opened.cases.iter().find(|case| case.id == step.case).ok_or(base::Error::NotFound)?;
            Some((step, flow::queries::process(app.store.read(), case.process).await?))
        }
        None => None,
    };
    let charged = super::payment::charged(app, opened.dossier.id).await?;
    let process = process.as_ref().map(|(step, process)| (*step, process.as_ref()));
    let panel = panel(app, visitor, officer, opened, process, sent, charged.as_deref())?;
    let c = app.store.read();
    let dossier = &opened.dossier;
    let party = directory::queries::party(c, dossier.applicant).await?;
    let (number, phone) = party.as_ref().map(|party| contact(party, step.is_some())).unwrap_or_default();
    let agent = queries::agent(c, dossier.id).await?;
    let unchecked = agent.as_ref().is_some_and(|one| one.is_unchecked() && one.is_authorised(visitor.now.today()));
    let requests = queries::supplements(c, dossier.id).await?;
    let (state, tone) = standing(dossier, &requests);
    let signing = step.filter(|step| step.does == flow::Work::Sign).map(|step| step.case);
    Ok(Show {
        csrf: visitor.csrf(),
        address: opened.address(),
        dossier,
        state,
        tone,
        channel: visitor.text(&format!("dossiers-channel-{}", dossier.channel.as_str())),
        receiving: opened.names.agency(dossier.receiving),
        applicant: party,
        agent,
        consents: consents(opened, queries::consents(c, dossier.form_id).await?),
        to_check: unchecked && officer.may(RECEIVE) && officer.agency == dossier.receiving && !dossier.state.is_end(),
        check_error: sent.errors.at("authorisation").to_owned(),
        number,
        phone,
        clock: clock(app, visitor, opened)?,
        panel: visitor.fragment(&panel)?,
        answers: answers(visitor, opened, step.is_none(), declared::lists()?),
        papers: papers(opened, queries::papers(c, dossier.id).await?),
        slips: queries::slips(c, dossier.id).await?,
        results: results(opened, signing),
        asked: requests.into_iter().map(|request| asked(opened, request)).collect(),
        steps: history::steps(app, visitor, opened)?,
        parts: history::sub_cases(app, visitor, opened).await?,
        late: late::late(app, visitor, dossier, &opened.steps, &opened.journal).await?,
        apology: apology::standing(
            officer,
            dossier,
            queries::apology(c, dossier.id).await?,
            queries::offers::is_offered(c, dossier.id, dossier.promised_at).await?,
            sent,
        ),
        journal: history::journal(visitor, opened),
        posts: post::posting(app, opened.dossier.id).await?.map(|posting| posting.orders).unwrap_or_default(),
    })
}

/// The state and its colour. One that was asked to be completed before it was accepted keeps that state until the desk
/// accepts it, though the applicant has answered.
fn standing(dossier: &Dossier, requests: &[Supplement]) -> (&'static str, &'static str) {
    let answered = requests.iter().all(|request| request.answered_at.is_some());
    if dossier.state == DossierState::SupplementAsked && answered {
        ("dossiers-state-answered", "wait")
    } else {
        (dossier.state.text(), dossier.state.tone())
    }
}

/// Identity number and telephone, in full only for whoever works on the dossier; of an organisation its tax code.
fn contact(party: &Party, works: bool) -> (String, String) {
    let person = match party {
        Party::Person(person) => person,
        Party::Organisation(organisation) => return (organisation.tax_code.as_str().to_owned(), String::new()),
    };
    let number = person.personal_number.as_ref();
    let number = number.map(|number| if works { number.reveal().to_owned() } else { number.masked() });
    let phone = person.phone.as_ref().filter(|_| works).map(|phone| phone.reveal().to_owned());
    (number.unwrap_or_default(), phone.unwrap_or_default())
}

fn clock(app: &App, visitor: &Visitor, opened: &Opened) -> Result<Option<ClockBox>> {
    let Some(held) = opened.clock.as_ref().filter(|held| held.clock.ended.is_none()) else { return Ok(None) };
    let (left, state, used) = time_left(held, app.parts.get::<Calendars>()?, visitor.now)?;
    let written = opened.procedure.deadline.written.clone();
    Ok(Some(ClockBox { left, state, used, written, pauses: held.clock.pauses.clone() }))
}

fn answers(visitor: &Visitor, opened: &Opened, mask: bool, lists: &Lists) -> String {
    let text = filling::texts(visitor);
    let options = Options { mask, ..Options::new(&text, lists) };
    render::summary(&opened.form, &opened.dossier.answers, &options)
}

/// Who agreed, in the words of the procedure.
fn consents(opened: &Opened, asked: Vec<Consent>) -> Vec<(String, Answered)> {
    let agreed = asked.into_iter().filter_map(|one| Some((one.role, one.answer.filter(|answer| answer.agreed)?)));
    let label = |role: String| {
        let wanted = opened.procedure.consents.iter().find(|wanted| wanted.role == role);
        wanted.map_or(role, |wanted| wanted.label.clone())
    };
    agreed.map(|(role, answer)| (label(role), answer)).collect()
}

/// The components the procedure asks for, in its order, with the files handed in for each.
fn papers(opened: &Opened, mut files: Vec<crate::paper::Paper>) -> Vec<PaperLine> {
    let mut lines = Vec::new();
    for wanted in &opened.procedure.papers {
        let (own, rest) = files.into_iter().partition(|file| file.component == wanted.code);
        files = rest;
        lines.push(PaperLine { name: wanted.name.clone(), required: wanted.required, files: own });
    }
    let other =
        |file: crate::paper::Paper| PaperLine { name: file.component.clone(), required: false, files: vec![file] };
    lines.extend(files.into_iter().map(other));
    lines.retain(|line| line.required || !line.files.is_empty());
    lines
}

fn results(opened: &Opened, signing: Option<Id>) -> Vec<ResultLine> {
    let line = |outcome: &crate::slip::Outcome| {
        let (stage, tone) = stage_of(outcome.stage);
        ResultLine {
            id: outcome.id,
            name: outcome.name.clone(),
            number: outcome.full_number(),
            stage,
            tone,
            made: outcome.file.is_some(),
            failed: outcome.failed.is_some(),
            shown: outcome.file.is_some() && outcome.stage == Stage::Printed && signing == Some(outcome.case),
        }
    };
    opened.outcomes.iter().map(line).collect()
}

const fn stage_of(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Proposed => ("dossiers-stage-proposed", "wait"),
        Stage::Printed => ("dossiers-stage-printed", "ok"),
        Stage::Signing => ("dossiers-stage-signing", "wait"),
        Stage::Signed => ("dossiers-stage-signed", "ok"),
        Stage::Numbered => ("dossiers-stage-numbered", "wait"),
        Stage::Issued => ("dossiers-stage-issued", "ok"),
        Stage::Void => ("dossiers-stage-void", "late"),
    }
}

/// A request with the names of what was marked.
fn asked(opened: &Opened, request: Supplement) -> Asked {
    let named = |mark: &Mark| match mark {
        Mark::Field { path, note } => {
            let title = opened.form.field(path).map_or(path.as_str(), |field| field.title.as_str());
            (title.to_owned(), note.clone())
        }
        Mark::Component { code, note } => {
            let paper = opened.procedure.papers.iter().find(|paper| paper.code == *code);
            (paper.map_or(code.as_str(), |paper| paper.name.as_str()).to_owned(), note.clone())
        }
    };
    Asked { marks: request.marks.iter().map(named).collect(), request }
}
