//! One matter said in several places is answered once.

use base::{Error, Id, Now, Result};
use flow::Work;
use store::Sql;
use system::{App, Caller};

use super::{Change, current};
use crate::access::CLASSIFY;
use crate::petition::{Petition, State};
use crate::queries;

/// Joins a petition into another of the same meeting, which is answered for both. What was collected moves over; the code
/// stays with what it was given to, and leads to the other.
///
/// # Errors
/// [`Error::Conflict`] when an answer to the other is written already; [`Error::Invalid`] at `into` when there is no such
/// petition.
pub async fn join(app: &App, now: Now, caller: &Caller, petition: Id, step: Id, into: &str) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let works = &[Work::Receive, Work::Assign];
            let (officer, mut petition, open) = change.at_work(caller, petition, step, works).await?;
            let unknown = || Error::invalid("into", "petitions-into-missing");
            let other = queries::for_officer(tx, officer, into.trim()).await.map_err(|_| unknown())?;
            if other.id == petition.id || other.meeting != petition.meeting {
                return Err(unknown());
            }
            if !other.state.takes_in() {
                return Err(Error::Conflict("petitions-takes-in-no-more"));
            }
            change.flow().complete(officer, &open, "join", None).await?;
            Sql::new("UPDATE petitions_collected SET petition_id = $2 WHERE petition_id = $1")
                .bind(petition.id.uuid())
                .bind(other.id.uuid())
                .run(tx)
                .await?;
            // Those that were joined into this one before are answered by the other now.
            Sql::new("UPDATE petitions_petitions SET joined_id = $2 WHERE joined_id = $1")
                .bind(petition.id.uuid())
                .bind(other.id.uuid())
                .run(tx)
                .await?;
            petition.joined = Some(other.id);
            change.set_state(&mut petition, State::Joined, "petitions.joined").await?;
            count_places(&change, &[petition.id, other.id]).await?;
            change.share(other.id, petition.entered).await?;
            change.tell(&other, "petitions.took-in").await?;
            Ok(petition)
        })
        .await
}

/// Takes one of the collected ones out again: the petition with which it came is read anew.
///
/// # Errors
/// [`Error::Conflict`] for the one with which the petition itself came, and once an answer is written.
pub async fn take_out(app: &App, now: Now, caller: &Caller, petition: Id, collected: Id) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let officer = caller.officer_who_may(CLASSIFY)?;
            let petition = current(tx, petition).await?;
            if petition.receiving != officer.agency {
                return Err(Error::NotFound);
            }
            let collected = queries::collected_by_id(tx, collected).await?;
            let collected = collected.filter(|one| one.petition == petition.id).ok_or(Error::NotFound)?;
            if !petition.state.takes_in() || collected.own == petition.id {
                return Err(Error::Conflict("petitions-cannot-be-taken-out"));
            }
            Sql::new("UPDATE petitions_collected SET petition_id = own_id WHERE id = $1")
                .bind(collected.id.uuid())
                .run(tx)
                .await?;
            let mut own = current(tx, collected.own).await?;
            own.joined = None;
            own.agency = own.receiving;
            own.public_at = None;
            let case = change.new_case(&own).await?;
            own.case = change.flow().open(case).await?.id;
            change.set_state(&mut own, State::New, "petitions.taken-out").await?;
            count_places(&change, &[petition.id, own.id]).await?;
            change.tell(&petition, "petitions.gave-out").await?;
            Ok(own)
        })
        .await
}

/// Counts anew in how many places each of these was said. A joined one counts none: its places count where it went.
async fn count_places(change: &Change<'_>, petitions: &[Id]) -> Result<()> {
    for petition in petitions {
        Sql::new(
            "UPDATE petitions_petitions SET places = (SELECT count(DISTINCT k.place_id) FROM petitions_collected k \
             WHERE k.petition_id = $1) WHERE id = $1",
        )
        .bind(petition.uuid())
        .run(change.tx)
        .await?;
    }
    Ok(())
}
