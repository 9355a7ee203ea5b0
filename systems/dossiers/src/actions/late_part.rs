//! Who is told when another agency's part of a dossier is late.

use std::collections::BTreeSet;

use base::{Id, Now, PositionKind, Result};
use contracts::events::PartLate;
use journal::{Actor, Entry, Event, record};
use notify::{Message, To};
use serde_json::json;
use store::Tx;
use system::App;

use super::{Change, message, thing};
use crate::queries;

/// Tells the applicant, and the leaders of the late agency and of the one that answers for the dossier. The promised date
/// stays: a promise moves only by a new slip.
pub(crate) async fn tell_part_late(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let late: PartLate = serde_json::from_value(event.data.clone())?;
    let Some(dossier) = queries::by_id(tx, late.subject).await? else { return Ok(()) };
    let change = Change { app, tx, now, actor: Actor::PROGRAM };
    let agency = directory::queries::agency(tx, late.agency).await?.map(|agency| agency.name).unwrap_or_default();
    let parameters = [("code", dossier.code.clone()), ("agency", agency), ("at", message::moment(late.due_at))];
    let about = thing(dossier.id);
    let (text, link) = ("dossiers-message-part-late", format!("/ho-so/{}", dossier.code));
    let own = Message { text, parameters: &parameters, link: &link, about };
    message::tell_all(&change, &dossier, own).await?;
    let (text, link) = ("dossiers-message-part-late-office", format!("/mot-cua/ho-so/{}", dossier.code));
    let office = Message { text, parameters: &parameters, link: &link, about };
    let told: BTreeSet<Id> = [late.agency, dossier.agency].into();
    for person in leaders(&change, &told).await? {
        notify::tell(tx, app, now, &change.actor, To { person }, office).await?;
    }
    let data = json!({ "part": event.thing_id, "agency": late.agency, "due_at": late.due_at, "told": told });
    record(tx, now, &change.actor, Entry::new("dossiers.part-late", about, &data)?).await?;
    Ok(())
}

/// Who leads these agencies today.
pub(super) async fn leaders(change: &Change<'_>, agencies: &BTreeSet<Id>) -> Result<BTreeSet<Id>> {
    let mut people = BTreeSet::new();
    for agency in agencies {
        let held = directory::queries::holdings_in(change.tx, *agency, change.now.today()).await?;
        let leading = held.into_iter().filter(|held| held.position.kind == PositionKind::Leader);
        people.extend(leading.map(|held| held.person));
    }
    Ok(people)
}
