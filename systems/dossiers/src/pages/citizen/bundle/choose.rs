//! What is filed together, what it takes, and where it goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use contracts::questions::Procedure;
use directory::Agency;
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Form, Query, Visitor, filters, redirect};

use super::papers::{Shared, shared};
use crate::actions;
use crate::dossier::Channel;
use crate::filing::{self, Comes, Identified, Receivers};

/// More than this is no longer one matter.
const MOST: usize = 8;

#[derive(Deserialize)]
pub(in crate::pages::citizen) struct Asked {
    /// Codes of procedures.
    #[serde(default, rename = "thu-tuc")]
    codes: Vec<String>,
    /// Those that were chosen before, by somebody who thinks again.
    #[serde(default, rename = "chon")]
    before: Vec<String>,
}

#[derive(Template)]
#[template(path = "dossiers/citizen/together_pick.html")]
struct Pick {
    fields: Vec<Field>,
    /// One alone was chosen.
    one: bool,
}

struct Field {
    name: String,
    items: Vec<Item>,
}

struct Item {
    value: String,
    text: String,
    checked: bool,
}

#[derive(Template)]
#[template(path = "dossiers/citizen/together_plan.html")]
struct Plan<'a> {
    csrf: &'a str,
    form_id: Id,
    procedures: &'a [Arc<Procedure>],
    papers: Vec<Shared<'a>>,
    destinations: &'a [Destination],
    fee: i64,
    errors: Errors,
}

/// Where those procedures go that the same agencies receive.
struct Destination {
    /// Name of its field.
    field: String,
    groups: Vec<Receivers>,
    /// Codes and names of the procedures.
    procedures: Vec<(String, String)>,
    /// Code of the agency.
    chosen: String,
}

impl Destination {
    fn agencies(&self) -> impl Iterator<Item = &Agency> {
        self.groups.iter().flat_map(|group| &group.agencies)
    }

    fn agency(&self) -> Option<&Agency> {
        self.agencies().find(|agency| agency.code == self.chosen)
    }

    fn is_for(&self, code: &str) -> bool {
        self.procedures.iter().any(|(known, _)| known == code)
    }
}

pub(in crate::pages::citizen) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let offered = offered(&app, &visitor).await?;
    let chosen = chosen(&offered, &asked.codes);
    if chosen.len() < 2 {
        let codes = [asked.codes, asked.before].concat();
        let page = Pick { fields: fields(&offered, &codes), one: chosen.len() == 1 };
        return visitor.page(&visitor.text("dossiers-together-title"), &page);
    }
    let destinations = destinations(&app, &visitor, &chosen, &[]).await?;
    plan(&visitor, visitor.form_id(), &chosen, &destinations, Errors::default())
}

fn plan(
    visitor: &Visitor,
    form_id: Id,
    procedures: &[Arc<Procedure>],
    destinations: &[Destination],
    errors: Errors,
) -> Answer {
    let applicant = Identified::by_account(visitor.caller.citizen()?);
    let page = Plan {
        csrf: visitor.csrf(),
        form_id,
        papers: shared(procedures.iter().map(AsRef::as_ref), applicant),
        fee: procedures.iter().map(|procedure| filing::fee(procedure, Channel::Online)).sum(),
        procedures,
        destinations,
        errors,
    };
    visitor.form(&visitor.text("dossiers-together-title"), &page.errors, &page)
}

/// What this person can file online today.
async fn offered(app: &App, visitor: &Visitor) -> Result<Vec<Arc<Procedure>>> {
    let citizen = visitor.caller.citizen()?;
    let mut offered = filing::catalogue(app)?.offered(visitor.now).await?;
    offered.retain(|procedure| filing::obstacle(procedure, citizen).is_none());
    Ok(offered)
}

fn chosen(offered: &[Arc<Procedure>], codes: &[String]) -> Vec<Arc<Procedure>> {
    let mut chosen: Vec<Arc<Procedure>> = Vec::new();
    for code in codes {
        if let Some(procedure) = offered.iter().find(|procedure| procedure.code == *code)
            && !chosen.iter().any(|known| known.code == *code)
        {
            chosen.push(procedure.clone());
        }
    }
    chosen.truncate(MOST);
    chosen
}

fn fields(offered: &[Arc<Procedure>], codes: &[String]) -> Vec<Field> {
    let mut fields: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for procedure in offered {
        fields.entry(&procedure.field).or_default().push(Item {
            value: procedure.code.clone(),
            text: procedure.name.clone(),
            checked: codes.contains(&procedure.code),
        });
    }
    fields.into_iter().map(|(name, items)| Field { name: name.to_owned(), items }).collect()
}

/// One choice for all procedures that the same agencies receive; where nobody else receives them there is none.
async fn destinations(
    app: &App,
    visitor: &Visitor,
    procedures: &[Arc<Procedure>],
    posted: &[(String, String)],
) -> Result<Vec<Destination>> {
    let mut destinations: Vec<Destination> = Vec::new();
    for procedure in procedures {
        let groups = filing::receivers(app, procedure, visitor.now).await?;
        let named = (procedure.code.clone(), procedure.name.clone());
        let ids = |groups: &[Receivers]| -> Vec<Id> {
            groups.iter().flat_map(|group| &group.agencies).map(|agency| agency.id).collect()
        };
        match destinations.iter_mut().find(|known| ids(&known.groups) == ids(&groups)) {
            Some(known) => known.procedures.push(named),
            None => destinations.push(Destination {
                field: format!("noi-nhan-{}", destinations.len() + 1),
                groups,
                procedures: vec![named],
                chosen: String::new(),
            }),
        }
    }
    for destination in &mut destinations {
        let only = match destination.agencies().collect::<Vec<_>>()[..] {
            [only] => only.code.clone(),
            _ => String::new(),
        };
        let said = posted.iter().find(|(name, _)| *name == destination.field).map(|(_, code)| code.clone());
        destination.chosen = said.unwrap_or(only);
    }
    Ok(destinations)
}

pub(in crate::pages::citizen) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let value = |wanted: &str| posted.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let form = value("form").and_then(|id| id.parse().ok()).unwrap_or_else(|| visitor.form_id());
    let codes: Vec<String> =
        posted.iter().filter(|(name, _)| name == "thu-tuc").map(|(_, code)| code.clone()).collect();
    let procedures = chosen(&offered(&app, &visitor).await?, &codes);
    if procedures.len() < 2 {
        return Ok(redirect("/nop-cung"));
    }
    let destinations = destinations(&app, &visitor, &procedures, &posted).await?;
    let mut wanted = Vec::new();
    let mut errors = Errors::default();
    for procedure in &procedures {
        let Some(destination) = destinations.iter().find(|one| one.is_for(&procedure.code)) else { continue };
        match destination.agency() {
            Some(agency) => wanted.push((procedure.clone(), agency.id)),
            None if errors.at(&destination.field).is_empty() => {
                errors.add(&destination.field, visitor.text("dossiers-place-missing"));
            }
            None => {}
        }
    }
    if !errors.is_empty() {
        return plan(&visitor, form, &procedures, &destinations, errors);
    }
    let person = visitor.caller.citizen()?.person;
    actions::begin_bundle(&app, visitor.now, form, person, &wanted).await?;
    Ok(redirect(&super::at(form)))
}
