//! Before one begins: what is needed, how long it takes, what it costs.

use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use contracts::questions::{Paper, Procedure};
use serde::Deserialize;
use system::{App, Citizen};
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::steps::{self, Step};
use super::{DRAFTS, draft_at};
use crate::dossier::Channel;
use crate::filing::{self, Identified, Obstacle, Receivers};
use crate::pages::filling::Filling;
use crate::paper::Draft;
use crate::{actions, queries};

/// More agencies than these are named by their kind only.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "dossiers/citizen/guide.html")]
struct Guide<'a> {
    csrf: &'a str,
    form_id: Id,
    procedure: &'a Procedure,
    steps: Vec<Step>,
    papers: Vec<Needed<'a>>,
    fee: i64,
    receivers: Vec<Receiver>,
    drafts: Vec<Draft>,
    obstacle: Option<Obstacle>,
}

struct Needed<'a> {
    paper: &'a Paper,
    required: bool,
    known: bool,
}

enum Receiver {
    Named(String),
    /// Key of the name of the kind.
    Any(String),
}

/// Why it cannot be begun here.
fn obstacle(procedure: &Procedure, citizen: &Citizen, receivers: &[Receivers]) -> Option<Obstacle> {
    filing::obstacle(procedure, citizen).or_else(|| receivers.is_empty().then_some(Obstacle::Nobody))
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let citizen = visitor.caller.citizen()?;
    let procedure = filing::in_force(&app, &code, visitor.now).await?.ok_or(Error::NotFound)?;
    let receivers = filing::receivers(&app, &procedure, visitor.now).await?;
    let mut drafts = queries::unsent_drafts(app.store.read(), citizen.person).await?;
    drafts.retain(|draft| draft.procedure_code == procedure.code && !draft.is_for_another());
    let applicant = Identified::by_account(citizen);
    let page = Guide {
        csrf: visitor.csrf(),
        form_id: visitor.form_id(),
        procedure: &procedure,
        steps: steps::ahead(),
        papers: procedure
            .papers
            .iter()
            .map(|paper| Needed {
                paper,
                required: filing::must_be_there(paper, applicant),
                known: filing::is_known(paper, applicant),
            })
            .collect(),
        fee: filing::fee(&procedure, Channel::Online),
        obstacle: obstacle(&procedure, citizen, &receivers),
        receivers: named(receivers),
        drafts,
    };
    visitor.page(&visitor.text_with("dossiers-guide-title", &[("name", procedure.name.clone())]), &page)
}

fn named(receivers: Vec<Receivers>) -> Vec<Receiver> {
    let name = |group: Receivers| {
        if group.agencies.len() > NAMED {
            vec![Receiver::Any(format!("directory-kind-{}", group.kind))]
        } else {
            group.agencies.into_iter().map(|agency| Receiver::Named(agency.name)).collect()
        }
    };
    receivers.into_iter().flat_map(name).collect()
}

#[derive(Deserialize)]
pub(super) struct Begun {
    form: Id,
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(begun): Form<Begun>,
) -> Answer {
    let citizen = visitor.caller.citizen()?;
    let procedure = filing::in_force(&app, &code, visitor.now).await?.ok_or(Error::NotFound)?;
    let receivers = filing::receivers(&app, &procedure, visitor.now).await?;
    if let Some(obstacle) = obstacle(&procedure, citizen, &receivers) {
        return Err(obstacle.error().into());
    }
    let person = citizen.person;
    let draft =
        actions::begin_draft(&app, visitor.now, begun.form, person, person, &procedure.code, &procedure.name).await?;
    Ok(redirect(&first_step(&app, &visitor, draft, receivers).await?))
}

/// Where only one agency receives the procedure there is nothing to choose.
async fn first_step(app: &App, visitor: &Visitor, draft: Draft, receivers: Vec<Receivers>) -> base::Result<String> {
    let mut agencies = receivers.into_iter().flat_map(|group| group.agencies);
    let (Some(only), None) = (agencies.next(), agencies.next()) else { return Ok(draft_at(draft.id, "noi-nhan")) };
    actions::set_agency(app, visitor.now, &draft, only.id).await?;
    Ok(Filling::of(app, visitor.now, draft, DRAFTS).await?.first_page())
}
