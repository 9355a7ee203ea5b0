//! A carrier that plays: it carries nothing, and a demo talks to it as to a real one.

use base::{Error, Id, Now, Result};
use system::{App, Caller};

use crate::actions::{self, Ask, Choice, Verdict, let_go};
use crate::carrier::{Carriers, Status, Trail, Word};
use crate::order::{Leg, Order, Party, State};
use crate::queries;

/// Where it stands.
pub const PATH: &str = "/buu-chinh-minh-hoa";

/// One of the parts of a demo. It keeps nothing of its own: what it was told stands in the orders.
pub struct Carrier;

impl Carrier {
    /// What it answers to an errand.
    pub(crate) fn answer(order: &Order, ask: Ask, now: Now) -> Trail {
        match ask {
            Ask::Carry => word(order, Status::Created, now),
            Ask::Cancel if order.state == State::Created => let_go(order, now),
            Ask::Cancel | Ask::State => Trail { order: order.code.clone(), words: Vec::new() },
        }
    }
}

/// What it says when an order is so far.
fn word(order: &Order, status: Status, now: Now) -> Trail {
    let state = status.state();
    let word = Word {
        event: format!("MH-{}-{}", order.code, state.as_str()),
        status,
        tracking: if state == State::Created { String::new() } else { format!("MH{}", order.code.replace('-', "")) },
        station: "Bưu cục minh họa".to_owned(),
        at: now.utc(),
    };
    Trail { order: order.code.clone(), words: vec![word] }
}

/// The carrier says that an order is so far, sealed and read as from outside.
///
/// # Errors
/// [`Error::NotFound`] when the province has no carrier.
pub async fn tell(app: &App, order: &Order, status: Status) -> Result<Vec<Verdict>> {
    let carrier = app.parts.get::<Carriers>()?.carrier.as_ref().ok_or(Error::NotFound)?;
    actions::hear(app, app.now(), Trail::read(&told(app, order, status)?, &carrier.secret)?).await
}

/// What the carrier sends for that.
///
/// # Errors
/// [`Error::NotFound`] when the province has no carrier.
pub fn told(app: &App, order: &Order, status: Status) -> Result<Vec<u8>> {
    let carrier = app.parts.get::<Carriers>()?.carrier.as_ref().ok_or(Error::NotFound)?;
    word(order, status, app.now()).signed(&carrier.secret)
}

/// An applicant of the demo wishes for the result by post.
pub async fn choose(app: &App, applicant: &Caller, code: &str, party: Party) -> Result<()> {
    let now = app.now();
    let choice = Choice {
        form: Id::new(now),
        legs: vec![Leg::Return],
        party,
        service: "standard".to_owned(),
        cod: false,
        note: String::new(),
    };
    actions::choose(app, now, applicant, code, choice).await?;
    Ok(())
}

/// Whatever the carrier has goes on by a step; every seventh comes back.
pub async fn carry(app: &App) -> Result<()> {
    for (number, order) in queries::with_carrier(app.store.read(), 100).await?.into_iter().enumerate() {
        let next = match order.state {
            State::Created => Status::Accepted,
            State::Accepted => Status::Delivering,
            State::Delivering if number % 7 == 6 => Status::Failed,
            State::Delivering => Status::Delivered,
            _ => Status::Returned,
        };
        tell(app, &order, next).await?;
    }
    Ok(())
}
