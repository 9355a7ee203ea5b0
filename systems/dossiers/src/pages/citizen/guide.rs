//! Before one begins: what is needed, how long it takes, what it costs.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use contracts::questions::{Paper, Procedure};
use serde::Deserialize;
use system::{App, Citizen};
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::filing::{self, Filing, Receivers, Stage, Step};
use crate::declared;
use crate::filing::must_be_there;
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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    CounterOnly,
    Assurance,
    Nobody,
}

fn obstacle(procedure: &Procedure, citizen: &Citizen, receivers: &[Receivers]) -> Option<Obstacle> {
    if !procedure.channels.iter().any(|channel| channel == "online") {
        Some(Obstacle::CounterOnly)
    } else if procedure.assurance > citizen.assurance {
        Some(Obstacle::Assurance)
    } else {
        receivers.is_empty().then_some(Obstacle::Nobody)
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let citizen = visitor.caller.citizen()?;
    let procedure = filing::in_force(&app, &code, visitor.now).await?.ok_or(Error::NotFound)?;
    let receivers = filing::receivers(&app, &procedure, visitor.now).await?;
    let mut drafts = queries::unsent_drafts(app.store.read(), citizen.person).await?;
    drafts.retain(|draft| draft.procedure_code == procedure.code);
    let page = Guide {
        csrf: visitor.csrf(),
        form_id: visitor.form_id(),
        procedure: &procedure,
        steps: steps(),
        papers: procedure
            .papers
            .iter()
            .map(|paper| Needed {
                paper,
                required: must_be_there(paper, citizen),
                known: filing::is_known(paper, citizen),
            })
            .collect(),
        fee: filing::online_fee(&procedure),
        obstacle: obstacle(&procedure, citizen, &receivers),
        receivers: named(receivers),
        drafts,
    };
    visitor.page(&visitor.text_with("dossiers-guide-title", &[("name", procedure.name.clone())]), &page)
}

fn steps() -> Vec<Step> {
    let all = [
        (Stage::Guide, "dossiers-step-guide"),
        (Stage::Place, "dossiers-step-place"),
        (Stage::Form, "dossiers-step-form"),
        (Stage::Documents, "dossiers-step-documents"),
        (Stage::Check, "dossiers-step-check"),
    ];
    all.into_iter().map(|(stage, text)| Step { text, href: String::new(), current: stage == Stage::Guide }).collect()
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
    match obstacle(&procedure, citizen, &receivers) {
        None => {}
        Some(Obstacle::CounterOnly) => return Err(Error::Conflict("dossiers-guide-counter-only").into()),
        Some(Obstacle::Assurance) => return Err(Error::Conflict("dossiers-guide-assurance").into()),
        Some(Obstacle::Nobody) => return Err(Error::Conflict("dossiers-guide-nobody").into()),
    }
    let person = citizen.person;
    let draft =
        actions::begin_draft(&app, visitor.now, begun.form, person, person, &procedure.code, &procedure.name).await?;
    let begun = Begin { app: &app, visitor: &visitor, procedure };
    Ok(redirect(&begun.first_step(draft, receivers).await?))
}

struct Begin<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    procedure: Arc<Procedure>,
}

impl Begin<'_> {
    /// Where only one agency receives the procedure there is nothing to choose.
    async fn first_step(self, draft: Draft, receivers: Vec<Receivers>) -> base::Result<String> {
        let mut agencies = receivers.into_iter().flat_map(|group| group.agencies);
        let (Some(only), None) = (agencies.next(), agencies.next()) else {
            return Ok(filing::address(draft.id, "noi-nhan"));
        };
        actions::set_agency(self.app, self.visitor.now, &draft, only.id).await?;
        let form = declared::definition(&self.procedure)?;
        Ok(Filing { draft, procedure: self.procedure, form }.first_page())
    }
}
