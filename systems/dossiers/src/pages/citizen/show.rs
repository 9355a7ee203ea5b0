//! One dossier: where it is, how much time is left, what came out, who looked.

use askama::Template;
use axum::extract::State;
use base::Result;
use contracts::crossing::Posting;
use contracts::questions::{Charged, Payments};
use directory::queries::Names;
use system::App;
use web::{Answer, Path, Visitor, filters};

use super::clock::{self, Card};
use super::holder::{self, Holder};
use super::readers::{self, Looks};
use super::timeline::{self, SlipLink, Station, Story};
use crate::apology::{self, Apology};
use crate::behalf::{Agent, Behalf};
use crate::dossier::{Dossier, State as Standing};
use crate::pages::filling::uploads;
use crate::pages::late::{self, Late};
use crate::slip::{Outcome, Slip, Stage};
use crate::{actions, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/show.html")]
struct Show<'a> {
    dossier: &'a Dossier,
    state: &'static str,
    tone: &'static str,
    agency: String,
    stations: Vec<Station>,
    clock: Option<Card>,
    written: &'a str,
    holders: Vec<Holder>,
    results: Vec<Ready>,
    slips: Vec<SlipLink>,
    papers: Vec<HandedIn>,
    /// What was said of a date that is not kept, while the result is owed.
    again: Option<&'a Apology>,
    late: Option<Late>,
    looks: Looks,
    /// What was sent in with it.
    together: Vec<Dossier>,
    asked: bool,
    may_withdraw: bool,
    /// What was said of how it was dealt with.
    rated: Option<bool>,
    csrf: &'a str,
    /// Who filed it, where it was filed for another.
    agent: Option<Agent>,
    /// The reader authorised them and may take that back.
    may_take_back: bool,
    charges: Vec<Charged>,
    posting: Option<Posting>,
    /// What the duty is for, while one is due.
    duty: String,
}

struct Ready {
    name: String,
    number: Option<String>,
    /// Absent while the paper is being made.
    href: Option<String>,
}

struct HandedIn {
    component: String,
    name: String,
    size: String,
    href: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let read = app.store.read();
    let procedure = actions::version_of(&app, &dossier).await?;
    let (state, tone) = super::standing(&app, &dossier).await?;
    let steps = flow::queries::steps_of(read, dossier.id).await?;
    let case = flow::queries::case_by_id(read, dossier.case).await?.ok_or(base::Error::NotFound)?;
    let process = flow::queries::process(read, case.process).await?;
    let holders = if dossier.state.is_end() { Vec::new() } else { holder::holders(&app, &steps, visitor.now).await? };
    let supplements = queries::supplements(read, dossier.id).await?;
    let slips = queries::slips(read, dossier.id).await?;
    let apology = queries::apology(read, dossier.id).await?;
    let history = journal::history(&app.store, dossier.id).await?;
    let story = Story {
        app: &app,
        visitor: &visitor,
        dossier: &dossier,
        history: &history,
        steps: &steps,
        holders: &holders,
        supplements: &supplements,
        apology: apology.as_ref(),
        slips: &slips,
        process: &process,
    };
    let agent = queries::agent(read, dossier.id).await?;
    let authorised = agent.as_ref().is_some_and(|agent| agent.is_authorised(visitor.now.today()));
    let page = Show {
        may_take_back: authorised && dossier.applicant == visitor.caller.citizen()?.person,
        agent,
        state,
        tone,
        agency: Names::default().of(app.store.read(), dossier.receiving).await?,
        stations: story.stations().await?,
        clock: clock::card(&app, &visitor, &dossier, &procedure).await?,
        written: &procedure.deadline.written,
        results: queries::outcomes(read, dossier.id)
            .await?
            .iter()
            .filter_map(|outcome| ready(&dossier, outcome))
            .collect(),
        slips: given(&dossier, &slips),
        papers: handed_in(&app, &dossier, &procedure.papers).await?,
        again: apology.as_ref().filter(|_| apology::is_owed(&dossier)),
        late: late::late(&app, &visitor, &dossier, &steps, &history).await?,
        looks: readers::looks(&app, &dossier).await?,
        together: together(&app, &visitor, &dossier).await?,
        asked: supplements.iter().any(|supplement| supplement.answered_at.is_none()) && !dossier.state.is_end(),
        rated: queries::satisfied(read, dossier.id).await?,
        csrf: visitor.csrf(),
        may_withdraw: dossier.state.allows(Standing::WithdrawalAsked),
        charges: match app.ask::<dyn Payments>() {
            Some(payments) => payments.charged(dossier.id).await?,
            None => Vec::new(),
        },
        posting: crate::pages::post::posting(&app, dossier.id).await?,
        duty: match dossier.state {
            Standing::PaymentAsked => queries::newest_duty(read, dossier.id).await?.map(|duty| duty.reason),
            _ => None,
        }
        .unwrap_or_default(),
        holders,
        dossier: &dossier,
    };
    visitor.page(&format!("{} · {}", dossier.code, dossier.procedure_name), &page)
}

async fn together(app: &App, visitor: &Visitor, dossier: &Dossier) -> Result<Vec<Dossier>> {
    let Some(bundle) = queries::bundle_of(app.store.read(), dossier.id).await? else { return Ok(Vec::new()) };
    let mut together = queries::sent_together(app.store.read(), bundle).await?;
    // What is sent together is the sender's own.
    let person = visitor.caller.citizen()?.person;
    together.retain(|one| one.id != dossier.id && one.applicant == person);
    Ok(together)
}

fn given(dossier: &Dossier, slips: &[Slip]) -> Vec<SlipLink> {
    slips.iter().filter(|slip| timeline::for_applicant(slip)).map(|slip| timeline::slip_link(dossier, slip)).collect()
}

/// A result is the applicant's once it has its number; the paper follows in a moment.
fn ready(dossier: &Dossier, outcome: &Outcome) -> Option<Ready> {
    let issued = outcome.stage == Stage::Issued && outcome.file.is_some();
    matches!(outcome.stage, Stage::Numbered | Stage::Issued).then(|| Ready {
        name: outcome.name.clone(),
        number: outcome.full_number(),
        href: issued.then(|| format!("/ho-so/{}/ket-qua/{}", dossier.code, outcome.id)),
    })
}

async fn handed_in(app: &App, dossier: &Dossier, wanted: &[contracts::questions::Paper]) -> Result<Vec<HandedIn>> {
    let papers = queries::papers(app.store.read(), dossier.id).await?;
    let current = papers.into_iter().filter(|paper| paper.replaced_at.is_none());
    let shown = current.map(|paper| {
        let component = wanted.iter().find(|wanted| wanted.code == paper.component);
        HandedIn {
            component: component.map_or_else(|| paper.component.clone(), |wanted| wanted.name.clone()),
            size: uploads::size(paper.file.size),
            name: paper.file.name,
            href: format!("/ho-so/{}/tep/{}", dossier.code, paper.id),
        }
    });
    Ok(shown.collect())
}
