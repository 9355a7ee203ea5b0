//! What crossed the border and differs on both sides.

use ::post::carrier::{Status, Trail, Word};
use base::Id;
use system::PositionKind;

use super::Thing;
use super::accounts::newcomer;
use super::post::sent;
use crate::province::Province;

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    if name != "crossing" {
        return None;
    }
    let app = province.app();
    let order = sent(province).await;
    let word = |number: &str, status| Word {
        event: Id::new(app.now()).to_string(),
        status,
        tracking: number.to_owned(),
        station: String::new(),
        at: app.now().utc(),
    };
    // The carrier names two numbers of one order.
    let words = vec![word("VD1", Status::Accepted), word("VD2", Status::Delivering)];
    ::post::actions::hear(app, app.now(), Trail { order: order.code.clone(), words }).await.unwrap();
    let runs_it = newcomer(province, &app.settings.province.code, PositionKind::Administrator).await;
    let thing = Thing::of(runs_it).with("partner", "post").with("day", app.now().today());
    Some(thing.with("key", order.code).everyones())
}
