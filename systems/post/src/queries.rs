//! Reading orders and what was said of them.

mod crossing;

use base::{Error, Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::crossing::{ExchangedDossiers, Posted, Posting};
use directory::queries::within_sql;
use store::{Conditions, Connection, Cursor, Slice, Sql};
use system::{App, Officer};

use crate::Carriers;
use crate::order::{Leg, Order, State};
use crate::rules;
use crate::tables::{HEARD, ORDER, heard, order};

pub(crate) use crossing::carried;

pub use crate::tables::Heard;

/// Whoever asks: the caller decides who may know it.
pub async fn by_id(c: &impl Connection, id: Id) -> Result<Option<Order>> {
    Sql::composed(format!("SELECT {ORDER} FROM post_orders o WHERE o.id = $1"))
        .bind(id.uuid())
        .one(c, |row| order(&row))
        .await
}

/// Whoever asks, by the code of the order.
pub async fn by_code(c: &impl Connection, code: &str) -> Result<Option<Order>> {
    Sql::composed(format!("SELECT {ORDER} FROM post_orders o WHERE o.code = $1"))
        .bind(code)
        .one(c, |row| order(&row))
        .await
}

/// What one form made.
pub(crate) async fn by_form(c: &impl Connection, form: Id) -> Result<Vec<Order>> {
    Sql::composed(format!("SELECT {ORDER} FROM post_orders o WHERE o.form_id = $1 ORDER BY o.id"))
        .bind(form.uuid())
        .all(c, |row| order(&row))
        .await
}

/// The orders of a dossier, oldest first.
pub async fn of_dossier(c: &impl Connection, dossier: Id) -> Result<Vec<Order>> {
    Sql::composed(format!("SELECT {ORDER} FROM post_orders o WHERE o.dossier_id = $1 ORDER BY o.id"))
        .bind(dossier.uuid())
        .all(c, |row| order(&row))
        .await
}

/// For an officer: what lies outside the scope of the position does not exist.
pub async fn for_officer(c: &impl Connection, officer: &Officer, id: Id) -> Result<Order> {
    Sql::composed(format!("SELECT {ORDER} FROM post_orders o WHERE o.id = $1 AND {}", within_sql("o.agency_id", 2)))
        .bind(id.uuid())
        .bind(officer.agency.uuid())
        .one(c, |row| order(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// What an officer sees, newest first.
pub async fn for_desk(
    c: &impl Connection,
    officer: &Officer,
    state: Option<State>,
    before: Option<Cursor>,
    size: usize,
) -> Result<Slice<Order>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into()]);
    if let Some(state) = state {
        conditions.and(|n| format!("o.state = ${n}"), state.as_str());
    }
    if let Some(Cursor(before)) = before {
        conditions.and(|n| format!("o.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {ORDER} FROM post_orders o WHERE {}{} ORDER BY o.id DESC LIMIT {}",
        within_sql("o.agency_id", 1),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| order(&row)).await?;
    Ok(Slice::of(rows, size, |order| order.id))
}

/// What an agency hands over to the carrier on a day, in the order in which it was sent; at most `size`.
pub async fn handed_over(c: &impl Connection, officer: &Officer, day: NaiveDate, size: usize) -> Result<Vec<Order>> {
    let (from, to) = base::hours_of(day);
    Sql::composed(format!(
        "SELECT {ORDER} FROM post_orders o WHERE o.agency_id = $1 AND o.created_at >= $2 AND o.created_at < $3 \
         AND o.leg = $4 AND o.state <> 'cancelled' ORDER BY o.created_at, o.id LIMIT {size}"
    ))
    .bind(officer.agency.uuid())
    .bind(from)
    .bind(to)
    .bind(Leg::Return.as_str())
    .all(c, |row| order(&row))
    .await
}

/// What the carrier has and has not ended, newest first; for a carrier that plays.
pub async fn with_carrier(c: &impl Connection, size: usize) -> Result<Vec<Order>> {
    Sql::composed(format!(
        "SELECT {ORDER} FROM post_orders o WHERE o.state IN ('created', 'accepted', 'delivering', 'failed') \
         ORDER BY o.id DESC LIMIT {size}"
    ))
    .all(c, |row| order(&row))
    .await
}

/// Orders of which the carrier has said nothing for too long.
pub(crate) async fn silent(c: &impl Connection, now: DateTime<Utc>, size: usize) -> Result<Vec<Order>> {
    Sql::composed(format!("SELECT {ORDER} FROM post_orders o WHERE o.ask_at <= $1 ORDER BY o.ask_at LIMIT {size}"))
        .bind(now)
        .all(c, |row| order(&row))
        .await
}

/// What the carrier said of an order, in the order in which it happened.
pub async fn heard_of(c: &impl Connection, of: Id) -> Result<Vec<Heard>> {
    Sql::composed(format!("SELECT {HEARD} FROM post_words WHERE order_id = $1 ORDER BY at, id"))
        .bind(of.uuid())
        .all(c, |row| heard(&row))
        .await
}

/// What may still be chosen for a dossier in this state that has these orders.
pub(crate) fn offered(app: &App, state: u8, orders: &[Order]) -> Result<Vec<Leg>> {
    if app.parts.get::<Carriers>()?.carrier.is_none() {
        return Ok(Vec::new());
    }
    let terms = &rules()?.terms;
    let in_time = |leg: &Leg| match leg {
        Leg::Collect => terms.collect_in.contains(&state),
        Leg::Return => terms.return_in.contains(&state),
    };
    let open = |leg: Leg| {
        orders.iter().any(|order| order.leg == leg && !matches!(order.state, State::Cancelled | State::Returned))
    };
    Ok(Leg::ALL.into_iter().filter(|leg| in_time(leg) && !open(*leg)).collect())
}

/// What other systems ask of the post.
pub(crate) struct Asked(App);

impl Asked {
    pub(crate) const fn new(app: App) -> Self {
        Self(app)
    }
}

impl contracts::crossing::Posts for Asked {
    fn of(&self, dossier: Id) -> contracts::Answer<'_, Option<Posting>> {
        Box::pin(async move {
            let Some(dossiers) = self.0.ask::<dyn ExchangedDossiers>() else { return Ok(None) };
            let Some(dossier) = dossiers.by_id(dossier).await? else { return Ok(None) };
            let orders = of_dossier(self.0.store.read(), dossier.id).await?;
            let offered = !offered(&self.0, dossier.state, &orders)?.is_empty();
            let stands = |order: &Order| !matches!(order.state, State::Cancelled | State::Returned);
            let returns = orders.iter().any(|order| order.leg == Leg::Return && stands(order));
            let posted = |order: Order| Posted {
                desk: format!("/buu-chinh-xu-ly/{}", order.id),
                code: order.code,
                leg: order.leg.text().to_owned(),
                state: order.state.text().to_owned(),
                tone: order.state.tone().to_owned(),
                tracking: order.tracking,
            };
            let orders = orders.into_iter().map(posted).collect();
            Ok(Some(Posting { path: format!("/buu-chinh/{}", dossier.code), offered, returns, orders }))
        })
    }
}
