//! What the national portal has, beside what it was told, day by day.

use base::Result;
use contracts::crossing::Crossed;
use exchange::{Compared, Day, Known, OWN};
use store::{Conditions, Row, Store};

use crate::queries::Fate;

/// The portal, as the page of reconciliation sees it.
pub(crate) const fn synchronised(store: Store) -> Compared {
    Compared { store, partner: ("national", "national-partner"), things, crossed }
}

/// Dossiers that changed on the day, and what was filed there on it and is no dossier here.
fn things(day: Day, values: &mut Conditions) -> String {
    let (from, to) = (values.bind(day.from), values.bind(day.to));
    let told = format!(
        "SELECT t.code AS key, CASE WHEN t.told_version = t.version THEN 'matched' \
         WHEN t.refused IS NOT NULL THEN 'different' \
         WHEN EXISTS (SELECT 1 FROM exchange_deliveries d WHERE d.subject_id = t.dossier_id AND d.connector = 'portal' \
          AND d.due_at IS NOT NULL) THEN 'waiting' \
         WHEN EXISTS (SELECT 1 FROM exchange_deliveries d WHERE d.subject_id = t.dossier_id AND d.connector = 'portal' \
          AND d.state IN ('failed', 'given-up')) THEN 'given-up' ELSE 'only-ours' END AS comparison, \
         t.agency_id AS agency, CAST(t.state AS text) AS ours, CAST(t.told_state AS text) AS theirs, \
         t.refused AS reason FROM national_dossiers t WHERE t.changed_at >= ${from} AND t.changed_at < ${to}"
    );
    let filed = format!(
        "SELECT a.code, CASE a.state WHEN 'filed' THEN 'matched' WHEN 'waiting' THEN 'waiting' ELSE 'only-theirs' END, \
         a.agency_id, coalesce(a.dossier_code, ''), a.state, a.reason \
         FROM national_arrivals a WHERE a.arrived_at >= ${from} AND a.arrived_at < ${to}"
    );
    format!("{told} UNION ALL {filed}")
}

fn crossed(known: Known, row: &Row) -> Result<Crossed> {
    let Known { key, comparison, agency } = known;
    let (ours, theirs): (String, Option<String>) = (row.get(OWN)?, row.get(OWN + 1)?);
    let fate = theirs.as_deref().and_then(Fate::parse);
    // What was filed there is a dossier here under another code.
    let href = match fate {
        Some(Fate::Filed) => format!("/mot-cua/ho-so/{ours}"),
        Some(_) => "/lien-thong-quoc-gia/tiep-nhan".to_owned(),
        None => format!("/mot-cua/ho-so/{key}"),
    };
    Ok(Crossed {
        key,
        comparison,
        ours,
        theirs: fate.map_or(theirs.unwrap_or_default(), |fate| fate.text().to_owned()),
        reason: row.get::<Option<String>>(OWN + 2)?.unwrap_or_default(),
        agency,
        href,
        note: None,
    })
}
