//! Before one begins: what is needed, how long it takes, what it costs, and where it goes.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use contracts::questions::{Paper, Procedure};
use directory::Agency;
use serde::Deserialize;
use system::{App, Citizen};
use web::{Answer, Errors, Form, Path, Visitor, filters, redirect};

use super::steps::{self, Step};
use super::whom::{self, Choice};
use super::{DRAFTS, principal};
use crate::behalf::Behalf;
use crate::dossier::Channel;
use crate::filing::{self, Comes, Identified, Obstacle, Receivers};
use crate::pages::filling::Filling;
use crate::paper::Draft;
use crate::{actions, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/guide.html")]
struct Guide<'a> {
    csrf: &'a str,
    form_id: Id,
    procedure: &'a Procedure,
    steps: Vec<Step>,
    papers: Vec<Needed<'a>>,
    fee: i64,
    groups: &'a [Receivers],
    /// Where nobody else receives it there is nothing to choose.
    only: Option<&'a Agency>,
    chosen: String,
    drafts: Vec<Draft>,
    obstacle: Option<Obstacle>,
    /// For whom; asked where there is more than one answer.
    whom: Vec<Choice>,
    for_whom: String,
    errors: Errors,
}

struct Needed<'a> {
    paper: &'a Paper,
    comes: Comes,
}

/// Why it cannot be begun here.
fn obstacle(procedure: &Procedure, citizen: &Citizen, receivers: &[Receivers], whom: &[Choice]) -> Option<Obstacle> {
    filing::obstacle(procedure, citizen)
        .or_else(|| receivers.is_empty().then_some(Obstacle::Nobody))
        .or_else(|| whom.is_empty().then_some(Obstacle::Organisations))
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let procedure = filing::in_force(&app, &code, visitor.now).await?.ok_or(Error::NotFound)?;
    show(&app, &visitor, &procedure, Begun::new(visitor.form_id()), Errors::default()).await
}

async fn show(app: &App, visitor: &Visitor, procedure: &Procedure, begun: Begun, errors: Errors) -> Answer {
    let citizen = visitor.caller.citizen()?;
    let groups = filing::receivers(app, procedure, visitor.now).await?;
    let mut drafts = queries::unsent_drafts(app.store.read(), citizen.person).await?;
    drafts.retain(|draft| draft.procedure_code == procedure.code && !draft.is_of_counter());
    let applicant = Identified::by_account(citizen);
    let whom = whom::choices(app, visitor, procedure).await?;
    let first = whom.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let page = Guide {
        csrf: visitor.csrf(),
        form_id: begun.form,
        procedure,
        steps: steps::ahead(),
        papers: procedure.papers.iter().map(|paper| Needed { paper, comes: filing::comes(paper, applicant) }).collect(),
        fee: filing::fee(procedure, Channel::Online),
        obstacle: obstacle(procedure, citizen, &groups, &whom),
        for_whom: if begun.whom.is_empty() { first } else { begun.whom },
        whom,
        only: only(&groups),
        chosen: usual(app, citizen, &groups).await?,
        groups: &groups,
        drafts,
        errors,
    };
    let title = visitor.text_with("dossiers-guide-title", &[("name", procedure.name.clone())]);
    visitor.form(&title, &page.errors, &page)
}

fn only(groups: &[Receivers]) -> Option<&Agency> {
    let mut agencies = groups.iter().flat_map(|group| &group.agencies);
    let (Some(only), None) = (agencies.next(), agencies.next()) else { return None };
    Some(only)
}

/// Code of the agency to which the person last sent something, of those that receive this too; empty where there is none.
async fn usual(app: &App, citizen: &Citizen, groups: &[Receivers]) -> Result<String> {
    let sent = queries::last_sent(app.store.read(), citizen.person).await?;
    let receives = |id: Id| groups.iter().flat_map(|group| &group.agencies).find(|agency| agency.id == id);
    let usual = sent.into_iter().find_map(|sent| receives(sent.receiving));
    Ok(usual.map(|agency| agency.code.clone()).unwrap_or_default())
}

#[derive(Deserialize)]
pub(super) struct Begun {
    form: Id,
    /// Identifier code of the agency it goes to; may be missing where there is only one.
    #[serde(default)]
    agency: String,
    /// For whom; empty where nothing was asked.
    #[serde(default, rename = "cho")]
    whom: String,
}

impl Begun {
    const fn new(form: Id) -> Self {
        Self { form, agency: String::new(), whom: String::new() }
    }
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(begun): Form<Begun>,
) -> Answer {
    let citizen = visitor.caller.citizen()?;
    let procedure = filing::in_force(&app, &code, visitor.now).await?.ok_or(Error::NotFound)?;
    let groups = filing::receivers(&app, &procedure, visitor.now).await?;
    let choices = whom::choices(&app, &visitor, &procedure).await?;
    if let Some(obstacle) = obstacle(&procedure, citizen, &groups, &choices) {
        return Err(obstacle.error().into());
    }
    let Some(subject) = whom::chosen(&choices, &begun.whom) else {
        let errors = Errors::one("cho", visitor.text("dossiers-whom-missing"));
        return show(&app, &visitor, &procedure, begun, errors).await;
    };
    let chosen = groups.iter().flat_map(|group| &group.agencies).find(|agency| agency.code == begun.agency);
    let Some(agency) = chosen.or_else(|| only(&groups)) else {
        let errors = Errors::one("agency", visitor.text("dossiers-place-missing"));
        return show(&app, &visitor, &procedure, begun, errors).await;
    };
    let person = citizen.person;
    let draft =
        actions::begin_draft(&app, visitor.now, begun.form, person, subject, &procedure.code, &procedure.name).await?;
    actions::set_agency(&app, visitor.now, &draft, agency.id).await?;
    let filling = Filling::of(&app, visitor.now, draft, DRAFTS).await?;
    let asks = filling.draft.behalf == Some(Behalf::Authorised);
    Ok(redirect(&if asks { filling.at(principal::PLACE) } else { filling.first_page() }))
}
