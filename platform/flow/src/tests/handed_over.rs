//! A case that goes to another agency, and one that is taken up again where it was left.

use base::{Error, Id, Now};
use store::testing::{OnDatabase, TestDatabase};
use store::{Sql, Tx};
use system::{App, Officer, Parts, PositionKind};
use web::testing::{self, Given};
use worktime::ledger::Calendars;
use worktime::{Calendar, Rules};

use crate::{Case, Flow, NewCase, OpenStep, Process, actions, queries};

const PROCESS: &str = r#"
name = "handed-over"
title = "Chuyển cơ quan khác"
step = [
  { name = "receive", title = "Tiếp nhận", does = "receive", who = { role = "reception", at = "receiving" }, outcomes = { accept = "handle", refuse = "refuse" } },
  { name = "handle", title = "Xử lý", does = "examine", who = { role = "specialist" }, outcomes = { propose = "end", return = "receive" } },
]
"#;

struct Fixture {
    app: App,
    desk: Officer,
    _given: Given,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-19T09:00:00+07:00");
        let tables = [journal::MIGRATIONS, worktime::MIGRATIONS, crate::MIGRATIONS];
        let given = Given::on(&database, now, &tables, Vec::new()).await;
        let rules = Rules { name: "không có giờ nào".to_owned(), ..Rules::default() };
        let calendars = Calendars::new(Calendar::new(vec![rules]).unwrap(), String::new());
        let app = given.app(Parts::default().with(calendars));
        Self { app, desk: testing::officer(now, PositionKind::Reception, &[]), _given: given }
    }
}

impl Fixture {
    fn flow<'a>(&'a self, tx: &'a Tx) -> Flow<'a> {
        Flow { tx, app: &self.app, now: self.app.now(), actor: journal::Actor::PROGRAM }
    }

    async fn case(&self, tx: &Tx, at: Option<&str>) -> Case {
        let process: Process = toml::from_str(PROCESS).unwrap();
        let new = NewCase {
            system: "tests".to_owned(),
            subject: Id::new(self.app.now()),
            process: actions::publish(tx, self.app.now(), &process).await.unwrap(),
            agency: self.desk.agency,
            receiving: self.desk.agency,
            title: "Việc mẫu".to_owned(),
            reference: "1".to_owned(),
            label: String::new(),
            path: "/".to_owned(),
        };
        match at {
            Some(step) => self.flow(tx).open_at(new, step).await.unwrap(),
            None => self.flow(tx).open(new).await.unwrap(),
        }
    }
}

async fn open(tx: &Tx, case: &Case) -> Vec<OpenStep> {
    let steps = queries::steps_of_case(tx, case.id).await.unwrap();
    steps.into_iter().filter(|step| step.closed_at.is_none()).collect()
}

#[store::test]
async fn the_next_step_is_the_other_agencys_and_the_open_one_stays(f: Fixture) {
    let other = Id::new(f.app.now());
    f.app
        .store
        .write(async |tx| {
            let case = f.case(tx, None).await;
            let step = open(tx, &case).await.remove(0);
            f.flow(tx).hand_over(case.id, other).await?;
            assert_eq!(open(tx, &case).await[0].agency, f.desk.agency);
            f.flow(tx).complete(&f.desk, &step, "accept", None).await?;
            assert_eq!(open(tx, &case).await[0].agency, other);
            // Given back, it lies again where it was received.
            let there = Officer { agency: other, ..testing::officer(f.app.now(), PositionKind::Specialist, &[]) };
            f.flow(tx).complete(&there, &open(tx, &case).await[0], "return", None).await?;
            assert_eq!(open(tx, &case).await[0].agency, f.desk.agency);
            Ok(())
        })
        .await
        .unwrap();
}

#[store::test]
async fn what_is_closed_is_handed_to_nobody(f: Fixture) {
    f.app
        .store
        .write(async |tx| {
            let case = f.case(tx, None).await;
            f.flow(tx).complete(&f.desk, &open(tx, &case).await[0], "refuse", None).await?;
            let refused = f.flow(tx).hand_over(case.id, Id::new(f.app.now())).await.unwrap_err();
            assert!(matches!(refused, Error::Conflict(_)), "{refused:?}");
            Ok(())
        })
        .await
        .unwrap();
}

#[store::test]
async fn a_case_can_begin_at_a_later_step_of_its_process_and_at_no_other(f: Fixture) {
    f.app
        .store
        .write(async |tx| {
            let case = f.case(tx, Some("handle")).await;
            let names: Vec<String> = open(tx, &case).await.into_iter().map(|step| step.name).collect();
            assert_eq!(names, ["handle"]);
            Ok(())
        })
        .await
        .unwrap();
    let count = async || {
        let count = Sql::new("SELECT count(*) FROM flow_cases").one(f.app.store.read(), |row| row.get::<i64>(0)).await;
        count.unwrap().unwrap()
    };
    assert_eq!(count().await, 1);
    let lost = f.app.store.write(async |tx| {
        let case = f.case(tx, None).await;
        let new = NewCase {
            system: case.system,
            subject: case.subject,
            process: case.process,
            agency: case.agency,
            receiving: case.receiving,
            title: case.title,
            reference: case.reference,
            label: case.label,
            path: case.path,
        };
        f.flow(tx).open_at(new, "nowhere").await
    });
    assert!(lost.await.is_err());
    assert_eq!(count().await, 1);
}
