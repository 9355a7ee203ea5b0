//! A sample day at a desk for demo and tests, through the same actions as the pages.

use base::{Id, Random, Result};
use system::{App, Caller};

use crate::actions::{self, At, Drawing};
use crate::queries;

/// So many tickets wait in the end.
const WAITING: usize = 7;

/// The head of a desk gives it counters.
pub async fn begin(app: &App, head: &Caller) -> Result<()> {
    actions::begin(app, app.now(), head).await
}

/// Somebody draws a ticket of one of the kinds of a desk.
pub async fn draw(app: &App, random: &(dyn Random + 'static), agency: Id) -> Result<()> {
    let kinds = queries::kinds(app.store.read(), agency).await?;
    let index = usize::try_from(random.below(kinds.len().max(1) as u64)).unwrap_or(0);
    let Some(kind) = kinds.get(index) else { return Ok(()) };
    let priority = if random.below(8) == 0 { "elderly" } else { "" };
    let id = Id::from_uuid(uuid::Builder::from_random_bytes(random.bytes()).into_uuid());
    let drawing = Drawing { id, agency, kind: kind.id, priority: priority.to_owned(), sender: None };
    actions::draw(app, app.now(), drawing).await?;
    Ok(())
}

/// A counter is done with whoever is there and calls the next, as long as enough wait.
pub async fn serve(app: &App, random: &(dyn Random + 'static), officer: &Caller) -> Result<()> {
    let (now, agency) = (app.now(), officer.officer()?.agency);
    for counter in queries::counters(app.store.read(), agency).await? {
        if let Some(ticket) = queries::at_counter(app.store.read(), counter.id, now.today()).await? {
            let at = if random.below(12) == 0 { At::Absent } else { At::Finish };
            actions::act(app, now, officer, counter.id, ticket.id, at).await?;
        }
        let waiting = queries::next(app.store.read(), agency, now.today(), WAITING + 1).await?;
        if waiting.len() > WAITING {
            actions::call_next(app, now, officer, counter.id).await?;
        }
    }
    Ok(())
}
