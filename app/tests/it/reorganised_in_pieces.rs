//! A reorganisation that the power cuts off again and again ends as one that nothing disturbed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::SystemClock;
use serde_json::Value;
use store::testing::{OnDatabase, TestDatabase};
use store::{Kind, Sql, Store, portable};
use tinhso::{Plan, Worker};

use crate::binary::{Serving, run_at};
use crate::province::{Ground, Province};
use crate::reorganised::begin;

const PLAN: Plan = Plan { dossiers: 60, days: 6, seed: 3, papers: 1000 };
const ENDING: [(&str, &str); 4] =
    [("H32.101", "H32.103"), ("H32.06", "H32.91"), ("H32.93", "H32.91"), ("H32.53", "H32.01")];

/// How often the power goes.
const CUTS: u64 = 6;

/// What the reorganisation writes: tables, with the columns that say no more than it does. Ids and moments of rows that it
/// makes are those of the run.
const WRITTEN: [(&str, &[&str]); 15] = [
    ("directory_plan_lines", &["plan_id", "agency_id", "heir_id", "decided"]),
    ("directory_holdings", &["position_id", "person_id", "acting_for", "valid_from", "valid_to"]),
    ("flow_cases", &["id", "agency_id", "receiving_id", "state"]),
    ("flow_steps", &["id", "agency_id", "unit", "claimed_by", "claimed_person", "due_at", "sort_at"]),
    ("worktime_clocks", &["owner_kind", "owner_id", "agency_id", "due_at"]),
    ("dossiers", &["id", "code", "agency_id", "receiving_id", "state", "promised_at"]),
    ("dossiers_agencies", &["agency_id", "dossier_id", "state"]),
    ("dossiers_results", &["dossier_id", "case_id", "agency_id", "stage"]),
    ("performance_facts", &["id", "agency_id", "receiving_id", "month", "end_month", "outcome"]),
    (
        "performance_cells",
        &["month", "agency_id", "procedure_code", "channel", "field", "received", "closed", "minutes"],
    ),
    ("performance_agency_months", &["month", "agency_id", "received", "closed", "minutes"]),
    ("performance_procedure_months", &["month", "procedure_code", "field", "received", "closed", "minutes"]),
    ("feedback_reports", &["id", "agency_id", "receiving_id", "state"]),
    ("petitions_petitions", &["id", "agency_id", "state"]),
    ("complaints_letters", &["id", "agency_id", "state"]),
];

/// Entries of the journal that the reorganisation makes, each about a thing once.
const TOLD: &str = "'directory.agency-succeeded', 'directory.appointed', 'directory.plan-done', 'flow.work-moved', \
                    'dossiers.moved', 'feedback.work-moved', 'petitions.work-moved', 'complaints.work-moved'";

struct OnKind(Kind);

impl OnDatabase for OnKind {
    async fn on(database: TestDatabase) -> Self {
        Self(database.kind)
    }
}

#[store::test]
async fn a_reorganisation_that_is_killed_again_and_again_ends_as_one_that_is_not(on: OnKind) {
    let province = Province::open(Ground::new(on.0).await, PLAN, Arc::new(SystemClock)).await;
    begin(&province, &ENDING).await;
    let whole = province.close().await;
    let pieces = copied(&whole, on.0).await;
    let undisturbed = finished(whole).await;
    let mut cut_in_the_middle = 0;
    for cut in 1..=CUTS {
        let (before, after) = cut_off(&pieces, cut).await;
        cut_in_the_middle += u64::from(before < after && after < undisturbed.told);
    }
    assert!(cut_in_the_middle > 0, "every cut came too early or too late to matter");
    let disturbed = finished(pieces).await;
    assert_eq!(disturbed.told, undisturbed.told, "something was told twice or never");
    for (table, rows) in &undisturbed.rows {
        assert_eq!(&disturbed.rows[table], rows, "{table}");
    }
}

/// The same province in another place.
async fn copied(ground: &Ground, kind: Kind) -> Ground {
    let copy = Ground::new(kind).await;
    let file = ground.place.data.with_file_name("copy.zip");
    let file = file.to_str().unwrap();
    for (command, at) in [("backup", ground), ("restore", &copy)] {
        let done = run_at(&[command, file], &at.place);
        assert_eq!(done.code, Some(0), "{command}: {}{}", done.out, done.err);
    }
    copy
}

/// Lets the program carry out the plan until it has told of something more, and a little longer each time; then the power
/// goes. Gives how much was told before and after.
async fn cut_off(ground: &Ground, cut: u64) -> (i64, i64) {
    let store = ground.store().await;
    let before = told(&store).await;
    let mut serving = Serving::start(&["demo"], &ground.place);
    let patience = Instant::now() + Duration::from_secs(20);
    while told(&store).await <= before && Instant::now() < patience {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_millis(cut * 7 % 20)).await;
    serving.kill();
    let after = told(&store).await;
    store.close().await.unwrap();
    (before, after)
}

async fn told(store: &Store) -> i64 {
    let sql = Sql::composed(format!("SELECT count(*) FROM journal_entries WHERE verb IN ({TOLD})"));
    sql.one(store.read(), |row| row.get(0)).await.unwrap().unwrap()
}

/// How a province is once nothing is left to follow.
struct Finished {
    told: i64,
    rows: BTreeMap<&'static str, Vec<String>>,
}

async fn finished(ground: Ground) -> Finished {
    let province = Province::open(ground, PLAN, Arc::new(SystemClock)).await;
    Worker::new(&province.demo.program).drain().await;
    let parked = journal::parked(province.store()).await.unwrap();
    assert!(parked.is_empty(), "{parked:?}");
    let finished = Finished { told: told(province.store()).await, rows: written(province.store()).await };
    let ground = province.close().await;
    let verified = run_at(&["verify"], &ground.place);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    finished
}

/// The rows of [`WRITTEN`], each as text, in an order of their own.
async fn written(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let tables = portable::tables(store.read()).await.unwrap();
    let mut written = BTreeMap::new();
    for (name, columns) in WRITTEN {
        let table = tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}"));
        let place = |column: &&str| table.columns.iter().position(|known| known.name == *column).unwrap();
        let places: Vec<usize> = columns.iter().map(place).collect();
        let mut rows = Vec::new();
        let read = store.write(async |tx| {
            table
                .read(tx, async |line| {
                    let cells: Vec<Value> = serde_json::from_str(line)?;
                    rows.push(places.iter().map(|place| cells[*place].to_string()).collect::<Vec<_>>().join(" "));
                    Ok(())
                })
                .await
        });
        read.await.unwrap();
        rows.sort_unstable();
        written.insert(name, rows);
    }
    written
}
