//! A ward of a simulated province ends: nothing that is open in any system lies where nobody works any more.

use std::collections::BTreeMap;

use base::{Error, Id};
use journal::Actor;
use province::{End, Reorganisation};
use store::Sql;
use tinhso::Worker;

use crate::binary::run_at;
use crate::province::Province as Demo;

const ENDING: &str = "H32.101";
const HEIR: &str = "H32.103";

/// Tables in which open work stands, and the columns that say whose it is.
const OPEN: [(&str, &str); 8] = [
    ("flow_steps", "agency_id"),
    ("flow_cases", "agency_id"),
    ("flow_cases", "receiving_id"),
    ("dossiers", "agency_id"),
    ("dossiers", "receiving_id"),
    ("feedback_reports", "receiving_id"),
    ("petitions_petitions", "agency_id"),
    ("complaints_letters", "agency_id"),
];

#[store::test]
async fn nothing_open_is_left_where_nobody_works(demo: Demo) {
    let (ending, heir) = (agency(&demo, ENDING).await, agency(&demo, HEIR).await);
    let before = open(&demo, ending).await;
    assert!(before["dossiers.agency_id"] > 0 && before["feedback_reports.receiving_id"] > 0, "{before:?}");
    let gained = open(&demo, heir).await;
    begin(&demo, &[(ENDING, HEIR)]).await;
    // Killed after any piece of it, the program goes on with the rest: rounds of a worker that was made anew.
    for _ in 0..3 {
        Worker::new(&demo.demo.program).drain().await;
    }
    let after = open(&demo, ending).await;
    assert!(after.values().all(|count| *count == 0), "{after:?}");
    let now = open(&demo, heir).await;
    for (what, count) in &before {
        assert!(now[what] >= gained[what] + count, "{what}: {} and {count} became {}", gained[what], now[what]);
    }
    let parked = journal::parked(demo.store()).await.unwrap();
    assert!(parked.is_empty(), "{parked:?}");
    let ground = demo.close().await;
    let verified = run_at(&["verify"], &ground.place);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
}

async fn agency(demo: &Demo, code: &str) -> Id {
    directory::queries::any_agency_by_code(demo.store().read(), code).await.unwrap().unwrap().id
}

async fn open(demo: &Demo, agency: Id) -> BTreeMap<String, i64> {
    let mut open = BTreeMap::new();
    for (table, column) in OPEN {
        let sql = Sql::composed(format!("SELECT count(*) FROM {table} WHERE {column} = $1 AND closed_at IS NULL"));
        let count = sql.bind(agency.uuid()).one(demo.store().read(), |row| row.get(0)).await.unwrap();
        open.insert(format!("{table}.{column}"), count.unwrap());
    }
    open
}

/// Brings in a plan by which these agencies end today, each with its heir, and begins it.
pub(crate) async fn begin(demo: &Demo, ending: &[(&str, &str)]) {
    let (store, now) = (demo.store(), demo.app().now());
    let code = |code: &str| code.parse().unwrap();
    let end = |(ending, heir): &(&str, &str)| End {
        agency: code(ending),
        heir: Some(code(heir)),
        verified: false,
        note: String::new(),
    };
    let written = Reorganisation {
        title: "Phương án mẫu".to_owned(),
        on: now.today(),
        basis: "Mẫu".to_owned(),
        ends: ending.iter().map(end).collect(),
    };
    store
        .write(async |tx| {
            let plan = directory::actions::add_plan(tx, now, &Actor::PROGRAM, &written).await?;
            directory::actions::begin(tx, now, &Actor::PROGRAM, plan).await?;
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
}
