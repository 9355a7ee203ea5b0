//! A province with many dossiers: those of the demo again and again, with ids and codes of their own, spread over all
//! communes. Whatever the lists ask for comes along; the journal does not, since its chain belongs to what happened.

use std::time::Instant;

use anyhow::{Context, Result};
use base::fold;
use store::{Sql, Store, Tx};

use crate::ground::Kind;
use crate::told;

/// Copies that are made in one transaction.
const AT_ONCE: u32 = 25;

/// A table and how its columns are taken over: those that are ids of what is copied, the one that names an agency, the
/// code or what holds it, and the rest.
struct Table {
    name: &'static str,
    ids: &'static [&'static str],
    agencies: &'static [&'static str],
    codes: &'static [&'static str],
    rest: &'static str,
    /// Which of its rows are copied, with the table under its own name.
    only: &'static str,
}

const TABLES: [Table; 11] = [
    Table {
        name: "dossiers",
        ids: &["id", "form_id", "case_id"],
        agencies: &["agency_id", "receiving_id"],
        codes: &["code"],
        rest: "procedure_id, procedure_code, procedure_name, applicant_id, applicant_name, filed_by, channel, state, answers, \
               fee, supplements, submitted_at, received_at, promised_at, finished_at, closed_at",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_agencies",
        ids: &["dossier_id"],
        agencies: &["agency_id"],
        codes: &[],
        rest: "",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_papers",
        ids: &["id", "dossier_id"],
        agencies: &[],
        codes: &[],
        rest: "component, file_hash, name, size, mime, added_at, replaced_at",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_supplements",
        ids: &["id", "dossier_id", "case_id"],
        agencies: &[],
        codes: &[],
        rest: "asked_at, asked_by, reason, marks, answered_at",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_slips",
        ids: &["id", "dossier_id"],
        agencies: &[],
        codes: &[],
        rest: "kind, data, promised_at, made_at, file_hash, failed",
        only: "file_hash IS NOT NULL",
    },
    Table {
        name: "dossiers_results",
        ids: &["id", "dossier_id", "case_id"],
        agencies: &["agency_id"],
        codes: &[],
        rest: "name, series, number_pattern, data, places, stage, number, numbered_on, signer_person, proposed_at, signed_at, \
               numbered_at, voided_at, file_hash, failed",
        only: "next_at IS NULL",
    },
    Table {
        name: "flow_cases",
        ids: &["id", "subject_id", "parent_step"],
        agencies: &["agency_id", "receiving_id"],
        codes: &["reference", "path"],
        rest: "system, process_id, title, label, state, opened_at, closed_at",
        only: "1 = 1",
    },
    Table {
        name: "flow_steps",
        ids: &["id", "case_id"],
        agencies: &["agency_id"],
        codes: &[],
        rest: "system, name, title, does, role, unit, claimed_by, claimed_person, opened_at, closed_at, outcome, note, \
               waiting_since, due_at, sort_at",
        only: "1 = 1",
    },
    Table {
        name: "worktime_clocks",
        ids: &["owner_id"],
        agencies: &["agency_id"],
        codes: &[],
        rest: "owner_kind, budget, counting, cut_off, received_at, ended_at, due_at",
        only: "1 = 1",
    },
    Table {
        name: "worktime_pauses",
        ids: &["owner_id"],
        agencies: &[],
        codes: &[],
        rest: "owner_kind, from_at, to_at, reason",
        only: "1 = 1",
    },
    Table {
        name: "worktime_rungs",
        ids: &["owner_id"],
        agencies: &[],
        codes: &[],
        rest: "owner_kind, rung, due_at, fired_at",
        only: "1 = 1",
    },
];

/// Makes the province's dossiers at least so many.
pub(crate) async fn grow(store: &Store, kind: Kind, wanted: u32) -> Result<()> {
    let there: i64 = count(store).await?;
    let copies = wanted.div_ceil(u32::try_from(there)?.max(1)).saturating_sub(1);
    let communes: i64 = store
        .write(async |tx| {
            remember(tx, kind).await?;
            Sql::new("SELECT count(*) FROM bench_communes").one(tx, |row| row.get(0)).await
        })
        .await
        .map_err(told)?
        .context("no communes")?;
    let began = Instant::now();
    for first in (1..=copies).step_by(usize::try_from(AT_ONCE)?) {
        let last = (first + AT_ONCE - 1).min(copies);
        store.write(async |tx| copy(tx, kind, first, last, communes).await).await.map_err(told)?;
        println!("{kind}: {} of {copies} copies ({:.0} s)", last, began.elapsed().as_secs_f32());
    }
    super::tidy(store, kind).await
}

pub(crate) async fn count(store: &Store) -> Result<i64> {
    let count = Sql::new("SELECT count(*) FROM dossiers").one(store.read(), |row| row.get(0)).await.map_err(told)?;
    count.context("a count")
}

/// What is to be copied, the communes it is spread over, and the words it is found by.
async fn remember(tx: &Tx, kind: Kind) -> base::Result<()> {
    for table in &TABLES {
        let name = table.name;
        Sql::composed(format!("CREATE TABLE bench_{name} AS SELECT * FROM {name} WHERE {}", table.only))
            .run(tx)
            .await?;
    }
    let uuid = if kind == Kind::Sqlite { "blob" } else { "uuid" };
    Sql::composed(format!("CREATE TABLE bench_communes (turn integer NOT NULL PRIMARY KEY, id {uuid} NOT NULL)"))
        .run(tx)
        .await?;
    Sql::composed(format!("CREATE TABLE bench_words (id {uuid} NOT NULL PRIMARY KEY, words text NOT NULL)"))
        .run(tx)
        .await?;
    Sql::new(
        "INSERT INTO bench_communes SELECT row_number() OVER (ORDER BY id) - 1, id FROM directory_agencies \
         WHERE kind = 'commune-committee' AND valid_to IS NULL",
    )
    .run(tx)
    .await?;
    let named: Vec<(uuid::Uuid, String)> = Sql::new("SELECT id, applicant_name || ' ' || procedure_name FROM dossiers")
        .all(tx, |row| Ok((row.get(0)?, row.get(1)?)))
        .await?;
    for (id, words) in named {
        Sql::new("INSERT INTO bench_words (id, words) VALUES ($1, $2)").bind(id).bind(fold(&words)).run(tx).await?;
    }
    Ok(())
}

/// One run of copies. Copy `n` gives every id the number `n` in its last bytes, which are nothing but chance, and moves
/// what a commune has to the `n`-th commune after it.
async fn copy(tx: &Tx, kind: Kind, first: u32, last: u32, communes: i64) -> base::Result<()> {
    let numbers =
        format!("WITH RECURSIVE copies(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM copies WHERE n < {last})");
    for table in &TABLES {
        let name = table.name;
        let mut columns: Vec<&str> = Vec::new();
        let mut values: Vec<String> = Vec::new();
        for column in table.ids {
            columns.push(column);
            values.push(id(kind, &format!("o.{column}")));
        }
        for column in table.agencies {
            columns.push(column);
            values.push(agency(&format!("o.{column}"), communes));
        }
        for column in table.codes {
            columns.push(column);
            values.push(code(&format!("o.{column}")));
        }
        for column in table.rest.split(", ").filter(|column| !column.is_empty()) {
            columns.push(column);
            values.push(format!("o.{column}"));
        }
        let (columns, values) = (columns.join(", "), values.join(", "));
        // Two agencies of one dossier may both have moved to one commune.
        let twice = if name == "dossiers_agencies" { "ON CONFLICT DO NOTHING" } else { "" };
        Sql::composed(format!(
            "INSERT INTO {name} ({columns}) {numbers} SELECT {values} FROM bench_{name} o, copies WHERE 1 = 1 {twice}"
        ))
        .run(tx)
        .await?;
    }
    let (id, code) = (id(kind, "o.id"), code("o.code"));
    match kind {
        Kind::Sqlite => {
            Sql::composed(format!(
                "INSERT INTO dossiers_search_rows (id) {numbers} SELECT {id} FROM bench_dossiers o, copies"
            ))
            .run(tx)
            .await?;
            Sql::composed(format!(
                "INSERT INTO dossiers_search (rowid, body) {numbers} SELECT r.doc, \
                 replace(replace(lower({code}), '.', ' '), '-', ' ') || ' ' || w.words \
                 FROM bench_dossiers o JOIN copies ON 1 = 1 JOIN bench_words w ON w.id = o.id \
                 JOIN dossiers_search_rows r ON r.id = {id}"
            ))
            .run(tx)
            .await?;
        }
        Kind::Postgres => {
            Sql::composed(format!(
                "INSERT INTO dossiers_search (id, body) {numbers} SELECT {id}, to_tsvector('simple', \
                 replace(replace(lower({code}), '.', ' '), '-', ' ') || ' ' || w.words) \
                 FROM bench_dossiers o JOIN bench_words w ON w.id = o.id, copies"
            ))
            .run(tx)
            .await?;
        }
    }
    Ok(())
}

fn id(kind: Kind, column: &str) -> String {
    match kind {
        Kind::Sqlite => {
            format!("CASE WHEN {column} IS NOT NULL THEN unhex(substr(hex({column}), 1, 24) || printf('%08X', n)) END")
        }
        Kind::Postgres => format!("(substr({column}::text, 1, 28) || lpad(to_hex(n), 8, '0'))::uuid"),
    }
}

fn agency(column: &str, communes: i64) -> String {
    format!(
        "coalesce((SELECT moved.id FROM bench_communes own JOIN bench_communes moved \
         ON moved.turn = (own.turn + n) % {communes} WHERE own.id = {column}), {column})"
    )
}

/// The number at the end of a code, and of an address that ends in one, made larger: `…-0042` becomes `…-70042`.
fn code(column: &str) -> String {
    format!("substr({column}, 1, length({column}) - 4) || n || substr({column}, length({column}) - 3)")
}
