//! What the carrier has, beside what it was told, day by day.

use base::{Id, Result};
use contracts::crossing::Crossed;
use exchange::{Compared, Day, Known, OWN};
use store::{Conditions, Row, Store};

use crate::order::State;

/// The carrier, as the page of reconciliation sees it.
pub(crate) const fn carried(store: Store) -> Compared {
    Compared { store, partner: ("post", "post-partner"), things, crossed }
}

/// Orders sent on the day, and words of the day about orders that nobody knows.
fn things(day: Day, values: &mut Conditions) -> String {
    let (from, to) = (values.bind(day.from), values.bind(day.to));
    let sent = format!(
        "SELECT o.code AS key, o.agency_id AS agency, o.state AS ours, \
         (SELECT w.status FROM post_words w WHERE w.order_id = o.id ORDER BY w.at DESC, w.id DESC LIMIT 1) AS theirs, \
         (SELECT w.verdict FROM post_words w WHERE w.order_id = o.id \
          AND w.verdict IN ('wrong-tracking', 'after-cancel') ORDER BY w.id DESC LIMIT 1) AS odd, \
         (SELECT d.error FROM exchange_deliveries d WHERE d.subject_id = o.id AND d.state IN ('failed', 'given-up') \
          ORDER BY d.id DESC LIMIT 1) AS error, \
         (SELECT count(*) FROM exchange_deliveries d WHERE d.subject_id = o.id AND d.due_at IS NOT NULL) AS open, \
         (SELECT count(*) FROM exchange_deliveries d WHERE d.subject_id = o.id \
          AND d.state IN ('failed', 'given-up')) AS lost, o.id AS id \
         FROM post_orders o WHERE o.created_at >= ${from} AND o.created_at < ${to}"
    );
    let strange = format!(
        "SELECT DISTINCT w.order_code, CAST(NULL AS uuid), '', w.status, CAST('unknown-order' AS text), \
         CAST(NULL AS text), 0, 0, CAST(NULL AS uuid) FROM post_words w \
         WHERE w.order_id IS NULL AND w.heard_at >= ${from} AND w.heard_at < ${to}"
    );
    format!(
        "SELECT x.key, CASE WHEN x.id IS NULL THEN 'only-theirs' WHEN x.odd IS NOT NULL THEN 'different' \
         WHEN x.theirs IS NOT NULL THEN 'matched' WHEN x.open > 0 THEN 'waiting' \
         WHEN x.lost > 0 THEN 'given-up' ELSE 'only-ours' END AS comparison, x.agency, x.ours, x.theirs, x.odd, x.error, \
         x.id FROM ({sent} UNION ALL {strange}) x"
    )
}

fn crossed(known: Known, row: &Row) -> Result<Crossed> {
    let Known { key, comparison, agency } = known;
    let state = |text: &str| State::parse(text).map_or(String::new(), |state| state.text().to_owned());
    let (ours, theirs): (String, Option<String>) = (row.get(OWN)?, row.get(OWN + 1)?);
    let (odd, error): (Option<String>, Option<String>) = (row.get(OWN + 2)?, row.get(OWN + 3)?);
    let id = row.get::<Option<_>>(OWN + 4)?.map(Id::from_uuid);
    Ok(Crossed {
        key,
        comparison,
        ours: state(&ours),
        theirs: theirs.as_deref().map(state).unwrap_or_default(),
        reason: odd.map(|verdict| format!("post-verdict-{verdict}")).or(error).unwrap_or_default(),
        agency,
        href: id.map(|id| format!("/buu-chinh-xu-ly/{id}")).unwrap_or_default(),
        note: None,
    })
}
