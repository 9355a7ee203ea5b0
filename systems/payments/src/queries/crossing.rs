//! What gateway and banks have, beside what was counted, day by day.

use base::{Id, Money, Result};
use contracts::crossing::{Comparison, Crossed};
use exchange::{Compared, Day, Known, OWN};
use store::{Conditions, Row, Store};

/// Gateway and banks, as the page of reconciliation sees them.
pub(crate) const fn paid(store: Store) -> Compared {
    Compared { store, partner: ("payments", "payments-partner"), things, crossed }
}

/// Lines of the day's files, and attempts begun on it of which the gateway has not told yet.
fn things(day: Day, values: &mut Conditions) -> String {
    let (date, from, to) = (values.bind(day.date), values.bind(day.from), values.bind(day.to));
    let lines = format!(
        "SELECT l.order_id || ' ' || CAST(l.number AS text) AS key, CASE l.outcome WHEN 'refunded' THEN 'matched' \
         WHEN 'amount-differs' THEN 'different' ELSE l.outcome END AS comparison, l.agency_id AS agency, \
         l.ours AS ours, l.theirs AS theirs, l.note AS note, l.statement_id AS place FROM payments_lines l \
         JOIN payments_statements s ON s.id = l.statement_id WHERE s.day = ${date}"
    );
    let begun = format!(
        "SELECT a.order_id, 'waiting', c.agency_id, a.amount, CAST(NULL AS bigint), CAST(NULL AS text), c.id \
         FROM payments_attempts a JOIN payments_charges c ON c.id = a.charge_id \
         WHERE a.state = 'begun' AND a.way = 'gateway' AND a.started_at >= ${from} AND a.started_at < ${to}"
    );
    format!("{lines} UNION ALL {begun}")
}

fn crossed(known: Known, row: &Row) -> Result<Crossed> {
    let Known { key, comparison, agency } = known;
    let amount = |amount: Option<i64>| amount.map(|amount| Money(amount).to_string()).unwrap_or_default();
    let place = Id::from_uuid(row.get(OWN + 3)?);
    let statement = format!("/thanh-toan-xu-ly/doi-soat/{place}");
    let (reason, href) = match comparison {
        Comparison::Waiting => ("payments-tried-begun", format!("/thanh-toan-xu-ly/{place}")),
        Comparison::OnlyOurs => ("payments-reason-only-ours", statement),
        Comparison::OnlyTheirs => ("payments-reason-only-theirs", statement),
        Comparison::Different => ("payments-reason-amount-differs", statement),
        Comparison::Matched | Comparison::GivenUp => ("", statement),
    };
    Ok(Crossed {
        key,
        comparison,
        ours: amount(row.get(OWN)?),
        theirs: amount(row.get(OWN + 1)?),
        reason: reason.to_owned(),
        agency,
        href,
        note: row.get(OWN + 2)?,
    })
}
