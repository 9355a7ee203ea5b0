//! What is filed at the national portal.

use ::national::demo;
use contracts::questions::Procedures;

use super::{Owner, Thing};
use crate::province::Province;

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    if name != "portal-dossier" {
        return None;
    }
    let app = province.app();
    let procedure = app.ask::<dyn Procedures>().unwrap().offered(app.now()).await.unwrap().swap_remove(0);
    let filed = demo::filed("000.00.00.G99-261120-0001", &procedure.code, "H32.103", ("", ""), &[]);
    Some(Thing::of(Owner::Anyone).with_file(demo::told(app, &filed).unwrap()))
}
