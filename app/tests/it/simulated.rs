//! A simulated past: the same seed makes the same, and papers that wait for somebody to open them change nothing of it.

use std::sync::Arc;

use base::{FixedClock, Id, Now};
use chrono::{DateTime, NaiveDate, Utc};
use http::StatusCode;
use sign::{Keyring, Verdict};
use store::Sql;
use store::testing::{OnDatabase, TestDatabase};
use system::Method;
use tinhso::Plan;

use crate::browser::{By, Payload};
use crate::province::{Ground, Province};

const MOMENT: &str = "2026-11-19T10:15:00+07:00";

/// The same past twice: once with all papers, once with those of a few dossiers.
struct Pasts {
    made: Province,
    left: Province,
}

impl OnDatabase for Pasts {
    async fn on(database: TestDatabase) -> Self {
        let past = async |papers| {
            let clock = Arc::new(FixedClock::new(Now::parse(MOMENT)));
            let plan = Plan { dossiers: 60, days: 6, seed: 3, papers };
            Province::open(Ground::new(database.kind).await, plan, clock).await
        };
        Self { made: past(60).await, left: past(4).await }
    }
}

type Told = (String, i64, Option<String>, Option<i64>, Option<NaiveDate>, [Option<DateTime<Utc>>; 4]);

/// Codes and states of all dossiers; stages, numbers and moments of their results.
async fn told(province: &Province) -> Vec<Told> {
    Sql::new(
        "SELECT d.code, d.state, r.stage, r.number, r.numbered_on, r.signed_at, r.numbered_at, d.finished_at, d.closed_at \
         FROM dossiers d LEFT JOIN dossiers_results r ON r.dossier_id = d.id ORDER BY d.code, r.id",
    )
    .all(province.store().read(), |row| {
        let moments = [row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?];
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, moments))
    })
    .await
    .unwrap()
}

/// A paper that nobody has opened yet: its id, and the dossier's code and receiving agency.
async fn unopened(province: &Province, sql: &'static str) -> (Id, String, Id) {
    let found = Sql::new(sql)
        .one(province.store().read(), |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?, Id::from_uuid(row.get(2)?))))
        .await;
    found.unwrap().expect("a paper is left to whoever opens it")
}

async fn hash(province: &Province, sql: &'static str, id: Id) -> Option<String> {
    Sql::new(sql).bind(id.uuid()).one(province.store().read(), |row| row.get(0)).await.unwrap().flatten()
}

#[store::test]
async fn a_past_is_the_same_whenever_its_papers_are_made(pasts: Pasts) {
    let Pasts { made, left } = pasts;
    let past = told(&left).await;
    assert_eq!(past, told(&made).await);
    assert!(past.iter().any(|(_, _, stage, ..)| stage.as_deref() == Some("issued")));
    let missing = "SELECT count(*) FROM dossiers_results WHERE file_hash IS NULL AND stage <> 'void'";
    let missing = async |province: &Province| {
        Sql::new(missing).one(province.store().read(), |row| row.get::<i64>(0)).await.unwrap().unwrap()
    };
    assert_eq!(missing(&made).await, 0);
    assert!(missing(&left).await > 0);
    let (findings, _) = journal::verify(left.store()).await.unwrap();
    assert!(findings.is_empty(), "{findings:?}");

    let officers = left.officers().await;
    let desk = |agency: Id| {
        let found = officers.iter().find(|person| person.officer().is_some_and(|officer| officer.agency == agency));
        By::Browser(found.expect("an officer of the desk").secret.clone())
    };
    let (id, code, agency) = unopened(
        &left,
        "SELECT r.id, d.code, d.receiving_id FROM dossiers_results r JOIN dossiers d ON d.case_id = r.case_id \
         WHERE r.stage = 'issued' AND r.file_hash IS NULL ORDER BY r.id LIMIT 1",
    )
    .await;
    let address = format!("/mot-cua/ho-so/{code}/ket-qua/{id}");
    let page = left.send(Method::Get, &format!("/mot-cua/ho-so/{code}"), &desk(agency), Payload::Nothing).await;
    assert!(page.text.contains(&address), "the page leads to the paper");
    let opened = left.send(Method::Get, &address, &desk(agency), Payload::Nothing).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    let kept = async || hash(&left, "SELECT file_hash FROM dossiers_results WHERE id = $1", id).await.unwrap();
    let first = kept().await;
    let paper = left.app().files.read(&first).await.unwrap().to_vec();
    let keyring = left.app().parts.get::<Keyring>().unwrap();
    let check = keyring.check(left.store().read(), paper, left.app().now()).await.unwrap();
    assert_eq!((check.verdict, check.signatures.len()), (Verdict::Valid, 2), "{check:?}");
    left.send(Method::Get, &address, &desk(agency), Payload::Nothing).await;
    assert_eq!(kept().await, first, "it is made once");

    let (id, code, agency) = unopened(
        &left,
        "SELECT s.id, d.code, d.receiving_id FROM dossiers_slips s JOIN dossiers d ON d.id = s.dossier_id \
         WHERE s.file_hash IS NULL ORDER BY s.id LIMIT 1",
    )
    .await;
    let address = format!("/mot-cua/ho-so/{code}/giay/{id}");
    let opened = left.send(Method::Get, &address, &desk(agency), Payload::Nothing).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert!(hash(&left, "SELECT file_hash FROM dossiers_slips WHERE id = $1", id).await.is_some());
}
