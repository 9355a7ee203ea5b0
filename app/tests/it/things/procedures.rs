//! Procedures as a province keeps them: for officers, a draft under way, and a package on its way.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use procedures::actions::{drafts, exchange};

use super::Thing;
use crate::province::{Person, Province};

/// Of the demo's dossiers some follow it.
const CODE: &str = "1.009994";
const FOLDER: &str = "1.009994-cap-giay-phep-xay-dung";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    let permissions: &[&str] = match name {
        "procedure-kept" | "procedure-draft" | "procedure-parcel" => {
            &["procedures.manage", "procedures.edit", "procedures.publish"]
        }
        "procedure-under-way" => &["dossiers.migrate"],
        _ => return None,
    };
    let may = |one: &Person| one.officer().is_some_and(|one| permissions.iter().all(|permission| one.may(permission)));
    let owner = province.officers().await.into_iter().find(may)?;
    let app = province.app();
    let thing = Thing::of(owner.clone()).with("code", CODE).with("section", "phi").everyones();
    let thing = thing.with("fresh", format!("mau-{}", base::Id::new(app.now())));
    Some(match name {
        "procedure-draft" => {
            let files = ::province::national().folder("procedures").folder(FOLDER);
            // Another route may have begun one.
            let seen = drafts::last(app, CODE).await.unwrap().map_or(0, |draft| draft.number);
            drafts::save(app, app.now(), &owner.caller, CODE, seen, &files).await.unwrap();
            thing
        }
        "procedure-parcel" => {
            let parcel = exchange::send_out(app, app.now(), CODE).await.unwrap();
            thing.with("parcel", STANDARD.encode(&parcel)).with_file(parcel)
        }
        _ => thing,
    })
}
