use std::collections::BTreeMap;

use base::{AgencyCode, Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::Actor;
use province::{Agency, Organisation, Province};
use store::{Sql, Tx, insert_many};

use super::agencies::{add_agency, add_succession, end_agency, rebuild_scopes};
use crate::agency::{Share, Tier};
use crate::tables::{positions, units};

/// What a load changed; nothing, when the directory had it all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    pub added: usize,
    pub ended: usize,
}

/// Brings the directory up to a province's data: agencies of every era with their units and positions, who took over
/// from whom, and the scopes. Agencies are known by their code: new ones are added, those that ended since are ended,
/// all others stay as they are.
///
/// # Errors
/// [`Error::Inside`] when the data names an agency it does not have, or two heirs to the main part of one agency.
pub async fn load(tx: &Tx, now: Now, province: &Province) -> Result<Loaded> {
    let organisation = Organisation::load()?;
    let mut ids = known(tx).await?;
    let mut loaded = Loaded::default();
    let mut new = Vec::new();
    for agency in in_order(province) {
        match ids.get(agency.code.as_str()) {
            None => {
                ids.insert(agency.code.to_string(), Known { id: Id::new(now), to: agency.to });
                new.push(agency);
            }
            Some(Known { id, to: None }) if let Some(last) = agency.to => {
                end_agency(tx, now, &Actor::PROGRAM, *id, last).await?;
                loaded.ended += 1;
            }
            Some(_) => {}
        }
    }
    let id_of = |code: &AgencyCode| {
        ids.get(code.as_str())
            .map(|known| known.id)
            .ok_or_else(|| Error::inside(format!("no agency has the code {code}")))
    };
    for agency in &new {
        let parent = agency.parent.as_ref().map(id_of).transpose()?;
        add_agency(tx, now, id_of(&agency.code)?, parent, agency).await?;
    }
    for agency in &new {
        let successor = id_of(&agency.code)?;
        for (codes, share) in [(&agency.predecessors, Share::Main), (&agency.partly_from, Share::Part)] {
            for code in codes {
                add_succession(tx, id_of(code)?, successor, share).await?;
            }
        }
    }
    let (mut all_units, mut all_positions) = (Vec::new(), Vec::new());
    for agency in &new {
        furnish(now, id_of(&agency.code)?, agency, &organisation, &mut all_units, &mut all_positions);
    }
    insert_many::<units::ActiveModel>(tx, all_units).await?;
    insert_many::<positions::ActiveModel>(tx, all_positions).await?;
    if !new.is_empty() {
        rebuild_scopes(tx).await?;
    }
    loaded.added = new.len();
    Ok(loaded)
}

struct Known {
    id: Id,
    to: Option<NaiveDate>,
}

async fn known(tx: &Tx) -> Result<BTreeMap<String, Known>> {
    let rows = Sql::new("SELECT code, id, valid_to FROM directory_agencies")
        .all(tx, |row| Ok((row.get(0)?, Known { id: Id::from_uuid(row.get(1)?), to: row.get(2)? })))
        .await?;
    Ok(rows.into_iter().collect())
}

/// By tier, then by the groups of the code as numbers: `H32.9` before `H32.10` before `H32.101`. Ids follow this order,
/// and lists follow the ids.
fn in_order(province: &Province) -> Vec<&Agency> {
    let mut agencies: Vec<&Agency> = province.agencies.values().collect();
    agencies.sort_by_cached_key(|agency| {
        let groups: Vec<(usize, &str)> = agency.code.as_str().split('.').map(|group| (group.len(), group)).collect();
        (Tier::of_division(&agency.area), groups)
    });
    agencies
}

/// The units and positions that the templates of its kind give an agency, each for as long as both exist.
fn furnish(
    now: Now,
    id: Id,
    agency: &Agency,
    organisation: &Organisation,
    all_units: &mut Vec<units::Model>,
    all_positions: &mut Vec<positions::Model>,
) {
    for template in organisation.templates.iter().filter(|template| template.kind == agency.kind) {
        let valid_from = agency.from.max(template.from);
        let valid_to = [agency.to, template.to].into_iter().flatten().min();
        if valid_to.is_some_and(|last| last < valid_from) {
            continue;
        }
        for unit in &template.units {
            all_units.push(units::Model {
                id: Id::new(now).uuid(),
                agency_id: id.uuid(),
                code: unit.code.clone(),
                name: unit.name.clone(),
                valid_from,
                valid_to,
            });
            all_positions.extend(unit.positions.iter().map(|position| positions::Model {
                id: Id::new(now).uuid(),
                agency_id: id.uuid(),
                unit: Some(unit.code.clone()),
                kind: position.kind.as_str().to_owned(),
                title: position.title.clone(),
                seats: position.seats.into(),
                valid_from,
                valid_to,
            }));
        }
    }
}
