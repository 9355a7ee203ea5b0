//! Plans of reorganisation, for communes in which the demo has nobody.

use base::{AgencyCode, Id};
use journal::Actor;
use province::{End, Reorganisation};
use system::PositionKind;

use super::Thing;
use crate::province::Province;

const ENDING: &str = "H32.118";
const HEIR: &str = "H32.117";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    let heir = match name {
        "plan" | "plan-to-decide" => None,
        "plan-to-begin" => Some(HEIR),
        _ => return None,
    };
    let app = province.app();
    let administrators = province.officers().await.into_iter();
    let administrators: Vec<_> = administrators
        .filter(|one| one.officer().is_some_and(|officer| officer.kind == PositionKind::Administrator))
        .collect();
    let committee =
        directory::queries::agency_by_code(app.store.read(), "H32", app.now().today()).await.unwrap().unwrap();
    let (here, others): (Vec<_>, Vec<_>) =
        administrators.into_iter().partition(|one| one.officer().is_some_and(|officer| officer.agency == committee.id));
    let code = |code: &str| code.parse::<AgencyCode>().unwrap();
    let end = End { agency: code(ENDING), heir: heir.map(code), verified: false, note: String::new() };
    let plan = Reorganisation {
        title: format!("Phương án mẫu {}", Id::new(app.now())),
        on: app.now().today(),
        basis: "Mẫu".to_owned(),
        ends: vec![end],
    };
    let add = async |tx: &store::Tx| directory::actions::add_plan(tx, app.now(), &Actor::PROGRAM, &plan).await;
    let plan = app.store.write(add).await.unwrap();
    let ending = directory::queries::any_agency_by_code(app.store.read(), ENDING).await.unwrap().unwrap().id;
    let thing = Thing::of(here[0].clone()).with("plan", plan).with("agency", ending).with("heir", HEIR);
    Some(if name == "plan" { thing.everyones() } else { thing.hidden_from(others) })
}
