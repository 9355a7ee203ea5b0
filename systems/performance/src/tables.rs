//! Rows as they are read and written.

use base::{Id, Result};
use store::{Row, Sql};

use crate::fact::Fact;
use crate::measure::{Counts, Measure};
use crate::report::Report;

pub(crate) const FACT: &str = "id, code, procedure_code, field, agency_id, receiving_id, channel, state, submitted_at, \
    received_at, promised_at, asked_at, supplements, waiting_since, late_at, ended_at, minutes, fee, paid_online, \
    result_due, electronic, components, digitised, reused, identified, known_nationally, disliked";

pub(crate) fn fact(row: &Row) -> Result<Fact> {
    Ok(Fact {
        id: Id::from_uuid(row.get(0)?),
        code: row.get(1)?,
        procedure: row.get(2)?,
        field: row.get(3)?,
        agency: Id::from_uuid(row.get(4)?),
        receiving: Id::from_uuid(row.get(5)?),
        channel: row.get(6)?,
        state: row.get(7)?,
        submitted_at: row.get(8)?,
        received_at: row.get(9)?,
        promised_at: row.get(10)?,
        asked_at: row.get(11)?,
        supplements: row.get(12)?,
        waiting_since: row.get(13)?,
        late_at: row.get(14)?,
        ended_at: row.get(15)?,
        minutes: row.get(16)?,
        fee: row.get(17)?,
        paid_online: row.get(18)?,
        result_due: row.get(19)?,
        electronic: row.get(20)?,
        components: row.get(21)?,
        digitised: row.get(22)?,
        reused: row.get(23)?,
        identified: row.get(24)?,
        known_nationally: row.get(25)?,
        disliked: row.get(26)?,
    })
}

/// Puts a fact in, with what lists and figures look for: its months and its outcome.
pub(crate) fn insert(fact: &Fact) -> Sql {
    let places: Vec<String> = (1..=30).map(|place| format!("${place}")).collect();
    let values = places.join(", ");
    Sql::composed(format!("INSERT INTO performance_facts ({FACT}, month, end_month, outcome) VALUES ({values})"))
        .bind(fact.id.uuid())
        .bind(fact.code.as_str())
        .bind(fact.procedure.as_str())
        .bind(fact.field.as_str())
        .bind(fact.agency.uuid())
        .bind(fact.receiving.uuid())
        .bind(fact.channel.as_str())
        .bind(fact.state)
        .bind(fact.submitted_at)
        .bind(fact.received_at)
        .bind(fact.promised_at)
        .bind(fact.asked_at)
        .bind(fact.supplements)
        .bind(fact.waiting_since)
        .bind(fact.late_at)
        .bind(fact.ended_at)
        .bind(fact.minutes)
        .bind(fact.fee)
        .bind(fact.paid_online)
        .bind(fact.result_due)
        .bind(fact.electronic)
        .bind(fact.components)
        .bind(fact.digitised)
        .bind(fact.reused)
        .bind(fact.identified)
        .bind(fact.known_nationally)
        .bind(fact.disliked)
        .bind(fact.month())
        .bind(fact.end_month())
        .bind(fact.outcome().map(crate::fact::Outcome::as_str))
}

/// The columns of all measures in their order, each made into a term.
pub(crate) fn measures(term: impl Fn(&str) -> String) -> String {
    Measure::ALL.map(|measure| term(measure.column())).join(", ")
}

/// The measures from the column `from` on.
pub(crate) fn counts(row: &Row, from: usize) -> Result<Counts> {
    let mut counts = Counts::default();
    for (place, measure) in Measure::ALL.into_iter().enumerate() {
        counts[measure] = row.get(from + place)?;
    }
    Ok(counts)
}

pub(crate) const REPORT: &str = "r.id, r.code, r.agency_id, r.filed_at, r.refused_at, r.answered_at, r.late_at";

pub(crate) fn report(row: &Row) -> Result<Report> {
    Ok(Report {
        id: Id::from_uuid(row.get(0)?),
        code: row.get(1)?,
        agency: Id::from_uuid(row.get(2)?),
        filed_at: row.get(3)?,
        refused_at: row.get(4)?,
        answered_at: row.get(5)?,
        late_at: row.get(6)?,
    })
}

/// Puts a report in, with the month that figures look for.
pub(crate) fn insert_report(report: &Report) -> Sql {
    Sql::new(
        "INSERT INTO performance_reports (id, code, agency_id, filed_at, refused_at, answered_at, late_at, month) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(report.id.uuid())
    .bind(report.code.as_str())
    .bind(report.agency.uuid())
    .bind(report.filed_at)
    .bind(report.refused_at)
    .bind(report.answered_at)
    .bind(report.late_at)
    .bind(report.month())
}
