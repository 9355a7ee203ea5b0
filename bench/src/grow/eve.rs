//! The eve of a reorganisation that has long been: what is open at an agency lies at those from which it took over, and half of
//! its officers work there.

use anyhow::{Context, Result};
use store::{Sql, Store};

use super::figures;
use crate::ground::Kind;
use crate::told;

/// Tables with open rows: the agencies in them, the dossier of a row, and which rows are open.
const OPEN: [(&str, &[&str], &str, &str); 6] = [
    ("dossiers_results", &["agency_id"], "dossiers_results.dossier_id", "signed_at IS NULL AND voided_at IS NULL"),
    ("worktime_clocks", &["agency_id"], OF_OWNER, "ended_at IS NULL"),
    (
        "flow_steps",
        &["agency_id"],
        "(SELECT c.subject_id FROM flow_cases c WHERE c.id = flow_steps.case_id)",
        "closed_at IS NULL",
    ),
    ("flow_cases", &["agency_id", "receiving_id"], "flow_cases.subject_id", "closed_at IS NULL"),
    ("performance_facts", &["agency_id", "receiving_id"], "performance_facts.id", "1 = 1"),
    ("dossiers", &["agency_id", "receiving_id"], "dossiers.id", "closed_at IS NULL"),
];
const OF_OWNER: &str = "coalesce((SELECT c.subject_id FROM flow_cases c WHERE c.id = worktime_clocks.owner_id), \
    (SELECT c.subject_id FROM flow_steps s JOIN flow_cases c ON c.id = s.case_id WHERE s.id = worktime_clocks.owner_id))";

/// Puts open work and officers back to the agencies of before; gives how many open dossiers lie there.
pub(crate) async fn put_back(store: &Store, kind: Kind) -> Result<i64> {
    let mut statements = vec![
        "CREATE TABLE bench_before AS SELECT successor, predecessor, \
         row_number() OVER (PARTITION BY successor ORDER BY predecessor) - 1 AS turn, \
         count(*) OVER (PARTITION BY successor) AS all_of_them FROM directory_successions s \
         JOIN directory_agencies a ON a.id = s.predecessor \
         WHERE a.valid_to = (SELECT max(valid_to) FROM directory_agencies)"
            .to_owned(),
        "CREATE INDEX bench_before_of ON bench_before (successor)".to_owned(),
        "CREATE TABLE bench_open AS SELECT id, row_number() OVER (ORDER BY id) AS number FROM dossiers \
         WHERE closed_at IS NULL"
            .to_owned(),
        "CREATE UNIQUE INDEX bench_open_id ON bench_open (id)".to_owned(),
    ];
    for (table, agencies, dossier, open) in OPEN {
        let before = |agency: &&str| {
            format!(
                "{agency} = coalesce((SELECT b.predecessor FROM bench_open o JOIN bench_before b \
                 ON b.turn = o.number % b.all_of_them WHERE o.id = {dossier} AND b.successor = {table}.{agency}), \
                 {table}.{agency})"
            )
        };
        let set: Vec<String> = agencies.iter().map(before).collect();
        statements.push(format!(
            "UPDATE {table} SET {} WHERE {open} AND {dossier} IN (SELECT id FROM bench_open)",
            set.join(", ")
        ));
    }
    for agency in ["agency_id", "receiving_id"] {
        statements.push(format!(
            "INSERT INTO dossiers_agencies (agency_id, dossier_id, state, procedure_code, entrance, owed_at) \
             SELECT d.{agency}, d.id, d.state, d.procedure_code, max(v.entrance), max(v.owed_at) FROM dossiers d \
             JOIN dossiers_agencies v ON v.dossier_id = d.id WHERE d.closed_at IS NULL \
             GROUP BY d.{agency}, d.id, d.state, d.procedure_code ON CONFLICT DO NOTHING"
        ));
    }
    let position = |column: &str| {
        format!(
            "(SELECT p.{column} FROM bench_persons w JOIN bench_before b ON b.successor = w.agency_id \
             AND b.turn = w.number / 2 % b.all_of_them JOIN directory_positions p ON p.agency_id = b.predecessor \
             JOIN directory_positions own ON own.id = directory_holdings.position_id AND own.kind = p.kind \
             WHERE w.id = directory_holdings.person_id ORDER BY p.id LIMIT 1)"
        )
    };
    statements.push(format!(
        "UPDATE directory_holdings SET position_id = {}, valid_from = {} \
         WHERE person_id IN (SELECT id FROM bench_persons WHERE number % 2 = 0) AND {} IS NOT NULL",
        position("id"),
        position("valid_from"),
        position("id"),
    ));
    store
        .write(async |tx| {
            for statement in statements {
                Sql::composed(statement).run(tx).await?;
            }
            figures::add_up(tx).await
        })
        .await
        .map_err(told)?;
    super::tidy(store, kind).await?;
    let lying = "SELECT count(*) FROM dossiers d JOIN directory_agencies a ON a.id = d.agency_id \
                 WHERE d.closed_at IS NULL AND a.valid_to IS NOT NULL";
    Sql::new(lying).one(store.read(), |row| row.get(0)).await.map_err(told)?.context("a count")
}
