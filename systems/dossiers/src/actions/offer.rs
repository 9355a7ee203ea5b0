//! Leaders are told, before the date promised passes, of what will not be done by then.

use std::collections::HashMap;

use base::{Id, Now, Result};
use chrono::{DateTime, Utc};
use contracts::Answer;
use journal::{Actor, Entry, record};
use notify::{Message, To};
use serde_json::json;
use store::{Connection, Sql};
use system::App;
use worktime::ledger::Calendars;
use worktime::{Budget, Calendar, Clock, Counting, Terms};

use super::{Change, message, thing};
use crate::queries::offers::{self, Ahead, Owing};
use crate::rules::rules;

const BATCH: usize = 500;

/// Tells, once for a promised date, that what is planned does not fit before it, where the rules say that it is near enough.
pub(crate) fn offer_apologies(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let (now, c) = (app.now(), app.store.read());
        let calendars = app.parts.get::<Calendars>()?;
        let near = Budget::Days(rules()?.apology.within_working_days);
        // The agencies' own calendars differ by hours and single days.
        let until = after(&calendars.of(Id::from_uuid(uuid::Uuid::nil())), now.utc(), near)? + chrono::Days::new(7);
        let (mut told, mut last) = (0, None);
        loop {
            let owing = offers::owing(c, now, until, last.as_ref(), BATCH).await?;
            let full = owing.len() == BATCH;
            last = owing.last().cloned();
            let ids: Vec<Id> = owing.iter().map(|owing| owing.dossier).collect();
            let mut ahead: HashMap<Id, Vec<Ahead>> = HashMap::new();
            for step in offers::ahead(c, &ids).await? {
                ahead.entry(step.dossier).or_default().push(step);
            }
            for owing in owing {
                let calendar = calendars.of(owing.agency);
                let steps = ahead.remove(&owing.dossier).unwrap_or_default();
                let planned = planned(c, &calendar, now, &steps).await?;
                if planned > owing.promised_at && after(&calendar, now.utc(), near)? >= owing.promised_at {
                    told += usize::from(tell(app, now, &owing, planned).await?);
                }
            }
            if !full {
                return Ok(told);
            }
        }
    })
}

/// When the open steps and all that must follow them would be done.
async fn planned(c: &impl Connection, calendar: &Calendar, now: Now, steps: &[Ahead]) -> Result<DateTime<Utc>> {
    let mut latest = now.utc();
    for step in steps {
        let process = flow::queries::process(c, step.process).await?;
        let day = calendar.day_minutes(now.today()).ok_or(worktime::OutOfCalendar)?;
        let Some(minutes) = process.planned_after(&step.step, day) else { continue };
        let own = step.due_at.map_or(now.utc(), |due| due.max(now.utc()));
        latest = latest.max(after(calendar, own, Budget::Minutes(minutes))?);
    }
    Ok(latest)
}

/// When so much working time is used up that begins at a moment.
fn after(calendar: &Calendar, from: DateTime<Utc>, budget: Budget) -> Result<DateTime<Utc>> {
    if budget == Budget::Minutes(0) {
        return Ok(from);
    }
    let terms = Terms { budget, counting: Counting::Hours, cut_off: None };
    let clock = Clock::begun(terms, from);
    Ok(clock.due(calendar)?.ok_or(worktime::OutOfCalendar)?)
}

async fn tell(app: &App, now: Now, owing: &Owing, planned: DateTime<Utc>) -> Result<bool> {
    app.store
        .write(async |tx| {
            let first = Sql::new(
                "INSERT INTO dossiers_offers (dossier_id, promised_at, planned_at, told_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (dossier_id) DO UPDATE SET promised_at = excluded.promised_at, \
                 planned_at = excluded.planned_at, told_at = excluded.told_at \
                 WHERE dossiers_offers.promised_at <> excluded.promised_at",
            )
            .bind(owing.dossier.uuid())
            .bind(owing.promised_at)
            .bind(planned)
            .bind(now.utc())
            .run(tx)
            .await?;
            if first != 1 {
                return Ok(false);
            }
            let change = Change { app, tx, now, actor: Actor::PROGRAM };
            let parameters = [("code", owing.code.clone()), ("at", message::moment(owing.promised_at))];
            let link = format!("/mot-cua/ho-so/{}", owing.code);
            let about = thing(owing.dossier);
            let message =
                Message { text: "dossiers-message-apology-offered", parameters: &parameters, link: &link, about };
            for person in super::late_part::leaders(&change, &[owing.agency].into()).await? {
                notify::tell(tx, app, now, &change.actor, To { person }, message).await?;
            }
            let data = json!({ "agency": owing.agency, "promised_at": owing.promised_at, "planned_at": planned });
            record(tx, now, &change.actor, Entry::new("dossiers.apology-offered", about, &data)?).await?;
            Ok(true)
        })
        .await
}
