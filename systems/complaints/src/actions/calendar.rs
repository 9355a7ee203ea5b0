//! The days on which leaders receive citizens, and who came.

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::{Entry, Thing, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller};

use super::said;
use crate::access::{self, RECEIVE};
use crate::queries;

/// A day to be announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReception {
    /// Made by the page.
    pub id: Id,
    pub held_on: NaiveDate,
    /// `08:00`.
    pub begins: String,
    pub place: String,
    pub leader: String,
}

/// Announces a day of the officer's agency.
///
/// # Errors
/// [`Error::Invalid`] for a day that is past or announced already, and for what is missing.
pub async fn plan_reception(app: &App, now: Now, caller: &Caller, new: NewReception) -> Result<()> {
    let officer = access::may(caller, RECEIVE)?;
    if new.held_on < now.today() {
        return Err(Error::invalid("held-on", "complaints-day-past"));
    }
    let begins = chrono::NaiveTime::parse_from_str(new.begins.trim(), "%H:%M")
        .map_err(|_| Error::invalid("begins", "complaints-hour-wrong"))?;
    let (place, leader) = (said(&new.place, "place")?, said(&new.leader, "leader")?);
    app.store
        .write(async |tx| {
            let added = Sql::new(
                "INSERT INTO complaints_receptions (id, agency_id, held_on, begins, place, leader) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            )
            .bind(new.id.uuid())
            .bind(officer.agency.uuid())
            .bind(new.held_on)
            .bind(begins.format("%H:%M").to_string())
            .bind(place)
            .bind(leader)
            .run(tx)
            .await?;
            if added == 0 {
                let same = queries::reception(tx, officer, new.id).await.is_ok();
                return if same { Ok(()) } else { Err(Error::invalid("held-on", "complaints-day-taken")) };
            }
            let data = json!({ "agency": officer.agency, "day": new.held_on });
            let thing = Thing { kind: "reception", id: new.id };
            record(tx, now, &caller.actor(), Entry::new("complaints.reception-planned", thing, &data)?).await?;
            Ok(())
        })
        .await
}

/// Somebody who came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVisit {
    /// Made by the page.
    pub id: Id,
    pub reception: Id,
    pub people: i64,
    pub about: String,
    pub answer: String,
    /// Code of the letter that they left; empty for none.
    pub letter: String,
}

/// Notes a visit. Nobody is named in it: a letter that they leave has its own register.
///
/// # Errors
/// [`Error::Invalid`] at `letter` for one that the officer does not know.
pub async fn record_visit(app: &App, now: Now, caller: &Caller, new: NewVisit) -> Result<()> {
    let officer = access::may(caller, RECEIVE)?;
    app.store
        .write(async |tx| {
            let reception = queries::reception(tx, officer, new.reception).await?;
            let letter = match new.letter.trim() {
                "" => None,
                code => Some(
                    queries::for_officer(tx, officer, code)
                        .await
                        .map_err(|_| Error::invalid("letter", "complaints-letter-missing"))?,
                ),
            };
            let (about, answer) = (said(&new.about, "about")?, said(&new.answer, "answer")?);
            let added = Sql::new(
                "INSERT INTO complaints_visits (id, reception_id, people, about, answer, letter_id, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            )
            .bind(new.id.uuid())
            .bind(reception.id.uuid())
            .bind(new.people.max(1))
            .bind(about)
            .bind(answer)
            .bind(letter.map(|letter| letter.id.uuid()))
            .bind(now.utc())
            .run(tx)
            .await?;
            if added == 1 {
                let data = json!({ "agency": officer.agency, "people": new.people.max(1) });
                let thing = Thing { kind: "reception", id: reception.id };
                record(tx, now, &caller.actor(), Entry::new("complaints.visit-recorded", thing, &data)?).await?;
            }
            Ok(())
        })
        .await
}
