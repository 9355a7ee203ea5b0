//! A desk begins with the kinds and counters that the rules have for its kind of agency.

use base::{Error, Id, Now, Result};
use system::{App, Caller};

use super::{manage, set_serves, tell_of_desk};
use crate::access::MANAGE;
use crate::desk::{Counter, Kind};
use crate::queries;
use crate::rules::rules;

/// Gives the officer's own agency a desk.
///
/// # Errors
/// [`Error::Conflict`] when it has one.
pub async fn begin(app: &App, now: Now, caller: &Caller) -> Result<()> {
    let officer = caller.officer_who_may(MANAGE)?;
    let agency = directory::queries::agency(app.store.read(), officer.agency).await?.ok_or(Error::NotFound)?;
    let template = rules()?.template(&agency.kind).ok_or(Error::NotFound)?;
    app.store
        .write(async |tx| {
            if !queries::kinds(tx, agency.id).await?.is_empty() {
                return Err(Error::Conflict("queue-begun"));
            }
            let mut kinds = Vec::with_capacity(template.kinds.len());
            for kind in &template.kinds {
                let (letter, name) = (kind.letter.clone(), kind.name.clone());
                let kind = Kind { id: Id::new(now), agency: agency.id, letter, name };
                manage::insert_kind(tx, &kind).await?;
                kinds.push(kind);
            }
            for (number, counter) in (1..).zip(&template.counters) {
                let serves = kinds.iter().filter(|kind| counter.serves.contains(&kind.letter)).map(|kind| kind.id);
                let serves = serves.collect();
                let counter =
                    Counter { id: Id::new(now), agency: agency.id, number, name: counter.name.clone(), serves };
                manage::insert_counter(tx, &counter).await?;
                set_serves(tx, &counter).await?;
            }
            tell_of_desk(tx, now, &caller.actor(), "queue.begun", agency.id, agency.id).await
        })
        .await
}
