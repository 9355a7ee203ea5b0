//! A province with many dossiers: those of the demo again and again, with ids and codes of their own, spread over all
//! communes and over a year. Whatever lists and figures ask for comes along; the journal does not, since its chain belongs
//! to what happened.

use std::time::Instant;

use anyhow::{Context, Result};
use base::fold;
use store::{Sql, Store, Tx};

use super::figures;
use crate::ground::Kind;
use crate::told;

/// Copies that are made in one transaction.
const AT_ONCE: i64 = 100;
/// Days over which copies are mostly spread. Those of the last few are whole; of earlier ones only what was closed is copied, for
/// nothing stays open for a year.
pub(crate) const YEAR: i64 = 365;
pub(crate) const RECENT: i64 = 20;

/// A table and how its columns are taken over: those that are ids of what is copied, those that name an agency, the
/// code or what holds it, and the rest. Moments go back by the days of the copy.
struct Table {
    name: &'static str,
    /// The dossier to which a row `t` belongs; rows of nothing else are copied.
    dossier: &'static str,
    ids: &'static [&'static str],
    agencies: &'static [&'static str],
    codes: &'static [&'static str],
    /// First days of months, with the moments they follow from.
    months: &'static [(&'static str, &'static str)],
    rest: &'static str,
    /// Which of its rows are copied, with the table as `t`.
    only: &'static str,
}

/// The dossier of a case, or of a step, that owns a row.
const OF_OWNER: &str = "coalesce((SELECT c.subject_id FROM flow_cases c WHERE c.id = t.owner_id), \
    (SELECT c.subject_id FROM flow_steps s JOIN flow_cases c ON c.id = s.case_id WHERE s.id = t.owner_id))";

const TABLES: [Table; 12] = [
    Table {
        name: "dossiers",
        dossier: "t.id",
        ids: &["id", "form_id", "case_id"],
        agencies: &["agency_id", "receiving_id"],
        codes: &["code"],
        months: &[],
        rest: "procedure_id, procedure_code, procedure_name, applicant_id, applicant_name, filed_by, channel, state, answers, \
               fee, supplements, submitted_at, received_at, promised_at, finished_at, closed_at, answered_at, answer_minutes",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_agencies",
        dossier: "t.dossier_id",
        ids: &["dossier_id"],
        agencies: &["agency_id"],
        codes: &[],
        months: &[],
        rest: "state, procedure_code, entrance, owed_at",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_papers",
        dossier: "t.dossier_id",
        ids: &["id", "dossier_id"],
        agencies: &[],
        codes: &[],
        months: &[],
        rest: "component, file_hash, name, size, mime, added_at, replaced_at, applicant_id, reuse",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_supplements",
        dossier: "t.dossier_id",
        ids: &["id", "dossier_id", "case_id"],
        agencies: &[],
        codes: &[],
        months: &[],
        rest: "asked_at, asked_by, reason, marks, answered_at",
        only: "1 = 1",
    },
    Table {
        name: "dossiers_slips",
        dossier: "t.dossier_id",
        ids: &["id", "dossier_id"],
        agencies: &[],
        codes: &[],
        months: &[],
        rest: "kind, data, promised_at, made_at, file_hash, failed",
        only: "t.file_hash IS NOT NULL",
    },
    Table {
        name: "dossiers_results",
        dossier: "t.dossier_id",
        ids: &["id", "dossier_id", "case_id"],
        agencies: &["agency_id"],
        codes: &[],
        months: &[],
        rest: "name, series, number_pattern, data, places, stage, number, numbered_on, signer_person, proposed_at, signed_at, \
               numbered_at, voided_at, file_hash, failed, applicant_id, reuse, valid_months",
        only: "t.next_at IS NULL",
    },
    Table {
        name: "flow_cases",
        dossier: "t.subject_id",
        ids: &["id", "subject_id", "parent_step"],
        agencies: &["agency_id", "receiving_id"],
        codes: &["reference", "path"],
        months: &[],
        rest: "system, process_id, title, label, state, opened_at, closed_at",
        only: "1 = 1",
    },
    Table {
        name: "flow_steps",
        dossier: "(SELECT c.subject_id FROM flow_cases c WHERE c.id = t.case_id)",
        ids: &["id", "case_id"],
        agencies: &["agency_id"],
        codes: &[],
        months: &[],
        rest: "system, name, title, does, role, unit, claimed_by, claimed_person, opened_at, closed_at, outcome, note, \
               waiting_since, due_at, sort_at",
        only: "1 = 1",
    },
    Table {
        name: "worktime_clocks",
        dossier: OF_OWNER,
        ids: &["owner_id"],
        agencies: &["agency_id"],
        codes: &[],
        months: &[],
        rest: "owner_kind, budget, counting, cut_off, received_at, ended_at, due_at",
        only: "1 = 1",
    },
    Table {
        name: "worktime_pauses",
        dossier: OF_OWNER,
        ids: &["owner_id"],
        agencies: &[],
        codes: &[],
        months: &[],
        rest: "owner_kind, from_at, to_at, reason",
        only: "1 = 1",
    },
    Table {
        name: "worktime_rungs",
        dossier: OF_OWNER,
        ids: &["owner_id"],
        agencies: &[],
        codes: &[],
        months: &[],
        rest: "owner_kind, rung, due_at, fired_at",
        only: "1 = 1",
    },
    Table {
        name: "performance_facts",
        dossier: "t.id",
        ids: &["id"],
        agencies: &["agency_id", "receiving_id"],
        codes: &["code"],
        months: &[("month", "received_at"), ("end_month", "ended_at")],
        rest: "procedure_code, field, channel, state, submitted_at, received_at, promised_at, asked_at, supplements, \
               waiting_since, late_at, ended_at, minutes, fee, paid_online, result_due, electronic, components, digitised, \
               reused, outcome",
        only: "1 = 1",
    },
];

/// Makes the province's dossiers at least so many, spread over so many days.
pub(crate) async fn grow(store: &Store, kind: Kind, wanted: u32, over: i64) -> Result<()> {
    let (there, closed): (i64, i64) = Sql::new("SELECT count(*), count(closed_at) FROM dossiers")
        .one(store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
        .await
        .map_err(told)?
        .context("a count")?;
    // So many come of as many copies as there are days.
    let of_all = (closed * over + (there - closed) * RECENT.min(over)).max(1);
    let copies = ((i64::from(wanted) - there).max(0) * over + of_all - 1) / of_all;
    let communes: i64 = store
        .write(async |tx| {
            remember(tx, kind).await?;
            Sql::new("SELECT count(*) FROM bench_communes").one(tx, |row| row.get(0)).await
        })
        .await
        .map_err(told)?
        .context("no communes")?;
    let run = Run { kind, copies, over, communes };
    let began = Instant::now();
    for first in (1..=copies).step_by(usize::try_from(AT_ONCE)?) {
        let last = (first + AT_ONCE - 1).min(copies);
        store.write(async |tx| run.copy(tx, first, last).await).await.map_err(told)?;
        if first % (10 * AT_ONCE) == 1 {
            println!("{kind}: {last} of {copies} copies ({:.0} s)", began.elapsed().as_secs_f32());
        }
    }
    store.write(async |tx| figures::add_up(tx).await).await.map_err(told)?;
    super::tidy(store, kind).await
}

pub(crate) async fn count(store: &Store) -> Result<i64> {
    let count = Sql::new("SELECT count(*) FROM dossiers").one(store.read(), |row| row.get(0)).await.map_err(told)?;
    count.context("a count")
}

/// What is to be copied, the communes it is spread over, who takes its steps, and the words it is found by.
async fn remember(tx: &Tx, kind: Kind) -> base::Result<()> {
    for Table { name, dossier, ids, only, .. } in &TABLES {
        let made: Vec<String> =
            ids.iter().map(|id| format!("{} AS made_{id}", made(kind, &format!("t.{id}")))).collect();
        Sql::composed(format!(
            "CREATE TABLE bench_{name} AS SELECT t.*, d.closed_at IS NULL AS still_open, {} FROM {name} t \
             JOIN dossiers d ON d.id = {dossier} WHERE {only}",
            made.join(", ")
        ))
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
    Sql::new(
        "CREATE TABLE bench_takers AS SELECT p.agency_id, p.kind AS role, h.position_id, h.person_id, \
         row_number() OVER (PARTITION BY p.agency_id, p.kind ORDER BY h.id) - 1 AS turn, \
         count(*) OVER (PARTITION BY p.agency_id, p.kind) AS colleagues \
         FROM directory_holdings h JOIN directory_positions p ON p.id = h.position_id WHERE h.acting_for IS NULL",
    )
    .run(tx)
    .await?;
    Sql::new("CREATE INDEX bench_takers_of_agency ON bench_takers (agency_id, role)").run(tx).await?;
    let named: Vec<(uuid::Uuid, String)> = Sql::new("SELECT id, applicant_name || ' ' || procedure_name FROM dossiers")
        .all(tx, |row| Ok((row.get(0)?, row.get(1)?)))
        .await?;
    for (id, words) in named {
        Sql::new("INSERT INTO bench_words (id, words) VALUES ($1, $2)").bind(id).bind(fold(&words)).run(tx).await?;
    }
    Ok(())
}

/// Copies of the whole: copy `n` gives every id the number `n` in its last bytes, which are nothing but chance, moves what a
/// commune has to the `n`-th commune after it, and lies so many days back, the first copy furthest.
struct Run {
    kind: Kind,
    copies: i64,
    over: i64,
    communes: i64,
}

impl Run {
    async fn copy(&self, tx: &Tx, first: i64, last: i64) -> base::Result<()> {
        let Self { copies, over, .. } = self;
        let numbers = format!(
            "WITH RECURSIVE numbers(n) AS (SELECT CAST({first} AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}), \
             copies AS (SELECT n, ({copies} - n) * {over} / {copies} AS days FROM numbers)"
        );
        let rows = format!("c.days < {RECENT} OR NOT o.still_open");
        for table in &TABLES {
            let name = table.name;
            let (columns, values): (Vec<&str>, Vec<String>) = self.columns(table).into_iter().unzip();
            let (columns, values) = (columns.join(", "), values.join(", "));
            // Two agencies of one dossier may both have moved to one commune.
            let twice = if name == "dossiers_agencies" { "ON CONFLICT DO NOTHING" } else { "" };
            Sql::composed(format!(
                "INSERT INTO {name} ({columns}) {numbers} SELECT {values} FROM copies c CROSS JOIN bench_{name} o \
                 WHERE {rows} {twice}"
            ))
            .run(tx)
            .await?;
        }
        let marks = match self.kind {
            Kind::Sqlite => "group_concat(' zza' || lower(hex(v.agency_id)), '')",
            Kind::Postgres => "string_agg(' zza' || replace(v.agency_id::text, '-', ''), '')",
        };
        let found = format!(
            "{numbers} SELECT {id} AS id, replace(replace(lower({}), '.', ' '), '-', ' ') || ' ' || w.words || ' zzs' || o.state \
             || coalesce((SELECT {marks} FROM dossiers_agencies v WHERE v.dossier_id = {id}), '') AS words \
             FROM copies c CROSS JOIN bench_dossiers o JOIN bench_words w ON w.id = o.id WHERE {rows}",
            code("code"),
            id = self.id("id"),
        );
        match self.kind {
            Kind::Sqlite => {
                let newest = "(SELECT coalesce(max(doc), 0) FROM dossiers_search_rows)";
                let newest: Option<i64> = Sql::composed(format!("SELECT {newest}")).one(tx, |row| row.get(0)).await?;
                Sql::composed(format!("INSERT INTO dossiers_search_rows (id, words) {found} ORDER BY 1"))
                    .run(tx)
                    .await?;
                Sql::new("INSERT INTO dossiers_search (rowid, body) SELECT doc, words FROM dossiers_search_rows WHERE doc > $1")
                    .bind(newest)
                    .run(tx)
                    .await?;
            }
            Kind::Postgres => {
                Sql::composed(format!(
                    "INSERT INTO dossiers_search (id, words, body) SELECT f.id, f.words, to_tsvector('simple', f.words) \
                     FROM ({found}) f ORDER BY f.id"
                ))
                .run(tx)
                .await?;
            }
        }
        Ok(())
    }

    /// The columns of a table, each with its value in a copy `c` of a row `o`.
    fn columns(&self, table: &Table) -> Vec<(&'static str, String)> {
        let mut columns: Vec<(&str, String)> = Vec::new();
        columns.extend(table.ids.iter().map(|column| (*column, self.id(column))));
        columns.extend(table.agencies.iter().map(|column| (*column, self.agency(&format!("o.{column}")))));
        columns.extend(table.codes.iter().map(|column| (*column, code(column))));
        for (month, from) in table.months {
            columns.push((month, format!("CASE WHEN o.{month} IS NOT NULL THEN {} END", self.month(from))));
        }
        for column in table.rest.split(", ").filter(|column| !column.is_empty()) {
            let value = match column {
                "claimed_by" => self.taker("position_id", column),
                "claimed_person" => self.taker("person_id", column),
                _ if column.ends_with("_at") || column.ends_with("_since") => self.moment(column),
                _ => format!("o.{column}"),
            };
            columns.push((column, value));
        }
        columns
    }

    fn id(&self, column: &str) -> String {
        let made = format!("o.made_{column} - c.days * 86400000");
        match self.kind {
            Kind::Sqlite => format!(
                "CASE WHEN o.{column} IS NOT NULL THEN unhex(printf('%012X', {made}) || substr(hex(o.{column}), 13, 12) \
                 || printf('%08X', c.n)) END"
            ),
            Kind::Postgres => format!(
                "(lpad(to_hex({made}), 12, '0') || substr(replace(o.{column}::text, '-', ''), 13, 12) \
                 || lpad(to_hex(c.n), 8, '0'))::uuid"
            ),
        }
    }

    fn moment(&self, column: &str) -> String {
        match self.kind {
            Kind::Sqlite => {
                format!("date(substr(o.{column}, 1, 10), '-' || c.days || ' days') || substr(o.{column}, 11)")
            }
            Kind::Postgres => format!("o.{column} - c.days * interval '1 day'"),
        }
    }

    fn month(&self, column: &str) -> String {
        let moment = self.moment(column);
        match self.kind {
            Kind::Sqlite => format!("date({moment}, '+7 hours', 'start of month')"),
            Kind::Postgres => format!("date_trunc('month', ({moment}) AT TIME ZONE interval '7 hours')::date"),
        }
    }

    fn agency(&self, column: &str) -> String {
        format!(
            "coalesce((SELECT moved.id FROM bench_communes own JOIN bench_communes moved \
             ON moved.turn = (own.turn + c.n) % {} WHERE own.id = {column}), {column})",
            self.communes
        )
    }

    /// A step that is open and taken was taken by somebody of the agency to which it moved, where anybody works there.
    fn taker(&self, what: &str, column: &str) -> String {
        format!(
            "CASE WHEN o.{column} IS NOT NULL AND o.closed_at IS NULL THEN (SELECT k.{what} FROM bench_takers k \
             WHERE k.agency_id = {} AND k.role = o.role AND k.turn = c.n % k.colleagues) ELSE o.{column} END",
            self.agency("o.agency_id")
        )
    }
}

/// When an id was made, in milliseconds: its first twelve digits.
fn made(kind: Kind, column: &str) -> String {
    match kind {
        Kind::Sqlite => {
            let digit = |place: u32| {
                format!("instr('123456789ABCDEF', substr(hex({column}), {place}, 1)) * {}", 1_i64 << (4 * (12 - place)))
            };
            (1..=12).map(digit).collect::<Vec<_>>().join(" + ")
        }
        Kind::Postgres => format!("('x' || substr(replace({column}::text, '-', ''), 1, 12))::bit(48)::bigint"),
    }
}

/// The number at the end of a code, and of an address that ends in one, made larger: `…-0042` becomes `…-70042`.
fn code(column: &str) -> String {
    format!("substr(o.{column}, 1, length(o.{column}) - 4) || c.n || substr(o.{column}, length(o.{column}) - 3)")
}
