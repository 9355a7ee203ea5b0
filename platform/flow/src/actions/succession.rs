//! An agency has ended: its open work goes on at the one that took over.

use std::pin::Pin;

use base::{Id, Now, Result};
use contracts::events::AgencySucceeded;
use journal::{Actor, Entry, Event, Thing, record};
use serde_json::json;
use store::{Sql, Tx};
use system::App;
use worktime::ledger;

use super::Flow;

/// Moves open cases and steps of an agency that ended to its heir: whoever had taken a step and works for the heir keeps it,
/// the others lie in the heir's inbox; a step for a unit that the heir does not have is for all of it. Clocks go on by the
/// heir's calendar; what was promised to an applicant stays.
pub(crate) fn follow_agency<'a>(
    app: &'a App,
    tx: &'a Tx,
    event: &'a Event,
    now: Now,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
    Box::pin(async move {
        let AgencySucceeded { heir, .. } = serde_json::from_value(event.data.clone())?;
        let (from, flow) = (event.thing_id, Flow { tx, app, now, actor: Actor::PROGRAM });
        let steps = open(tx, "SELECT id FROM flow_steps WHERE agency_id = $1 AND closed_at IS NULL", from).await?;
        let cases = open(tx, "SELECT id FROM flow_cases WHERE agency_id = $1 AND closed_at IS NULL", from).await?;
        flow.keep_claims(from, heir).await?;
        flow.widen_units(from, heir).await?;
        for sql in [
            "UPDATE flow_steps SET agency_id = $2 WHERE agency_id = $1 AND closed_at IS NULL",
            "UPDATE flow_cases SET agency_id = $2 WHERE agency_id = $1 AND closed_at IS NULL",
            "UPDATE flow_cases SET receiving_id = $2 WHERE receiving_id = $1 AND closed_at IS NULL",
        ] {
            Sql::new(sql).bind(from.uuid()).bind(heir.uuid()).run(tx).await?;
        }
        flow.move_clocks("case", &cases, heir).await?;
        flow.move_clocks("step", &steps, heir).await?;
        let data = json!({ "heir": heir, "cases": cases.len(), "steps": steps.len() });
        let entry = Entry::new("flow.work-moved", Thing { kind: "agency", id: from }, &data)?;
        record(tx, now, &Actor::PROGRAM, entry).await?;
        Ok(())
    })
}

async fn open(tx: &Tx, sql: &'static str, agency: Id) -> Result<Vec<Id>> {
    Sql::new(sql).bind(agency.uuid()).all(tx, |row| Ok(Id::from_uuid(row.get(0)?))).await
}

impl Flow<'_> {
    /// Steps are taken by a position, and those of the old agency are no more.
    async fn keep_claims(&self, from: Id, heir: Id) -> Result<()> {
        let people = open(
            self.tx,
            "SELECT DISTINCT claimed_person FROM flow_steps WHERE agency_id = $1 AND closed_at IS NULL \
             AND claimed_person IS NOT NULL",
            from,
        )
        .await?;
        for person in people {
            let held = directory::queries::holdings_of(self.tx, person, self.now.today()).await?;
            let at_heir = held.iter().find(|held| held.position.agency == heir && held.acting_for.is_none());
            Sql::new(
                "UPDATE flow_steps SET claimed_by = $3, claimed_person = $4 \
                 WHERE agency_id = $1 AND claimed_person = $2 AND closed_at IS NULL",
            )
            .bind(from.uuid())
            .bind(person.uuid())
            .bind(at_heir.map(|held| held.position.id.uuid()))
            .bind(at_heir.map(|_| person.uuid()))
            .run(self.tx)
            .await?;
        }
        Ok(())
    }

    async fn widen_units(&self, from: Id, heir: Id) -> Result<()> {
        let units = directory::queries::units(self.tx, heir, self.now.today()).await?;
        let kept = if units.is_empty() {
            String::new()
        } else {
            format!("AND unit NOT IN ({})", store::marks(2, units.len()))
        };
        let sql = Sql::composed(format!(
            "UPDATE flow_steps SET unit = NULL WHERE agency_id = $1 AND closed_at IS NULL AND unit IS NOT NULL {kept}"
        ));
        units.into_iter().fold(sql.bind(from.uuid()), |sql, unit| sql.bind(unit.code)).run(self.tx).await?;
        Ok(())
    }

    async fn move_clocks(&self, kind: &'static str, owners: &[Id], heir: Id) -> Result<()> {
        for (owner, due) in ledger::change_agency(self.tx, self.calendars()?, kind, owners, heir).await? {
            self.deadline_moved(owner, due).await?;
        }
        Ok(())
    }
}
