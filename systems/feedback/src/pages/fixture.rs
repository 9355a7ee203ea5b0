//! A province with its agencies, somebody who reports, and the officers of one ward.

use std::ops::Deref;

use base::{Id, Now};
use contracts::Questions;
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy};
use flow::OpenStep;
use store::testing::{OnDatabase, TestDatabase};
use system::{Officer, Parts, PositionKind};
use web::testing::{self, Answered, Given, Known, Running};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::queries;
use crate::report::Report;

/// Session cookies.
pub(crate) const NOBODY: &str = "";
pub(crate) const OWNER: &str = "owner";
pub(crate) const OTHER: &str = "other";
/// The ward's reception, a specialist and a leader.
pub(crate) const DESK: &str = "reception";
pub(crate) const SPECIALIST: &str = "specialist";
pub(crate) const LEADER: &str = "leader";
/// The same of another ward, and of the police.
pub(crate) const OTHER_DESK: &str = "other-reception";
pub(crate) const POLICE: &str = "police-specialist";

pub(crate) struct Fixture {
    running: Running,
    pub(crate) ward: Agency,
    pub(crate) police: Agency,
    pub(crate) person: Id,
}

impl Deref for Fixture {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-19T09:00:00+07:00");
        let tables = [journal::MIGRATIONS, worktime::MIGRATIONS, identity::MIGRATIONS];
        let systems = vec![crate::system(), directory::system(), flow::system(), exchange::system(), notify::system()];
        let given = Given::on(&database, now, &tables, systems).await;
        let new = NewPerson { phone: "0901000001".parse().ok(), ..NewPerson::default() };
        let person = directory::testing::populated(&given.store, now, new).await;
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let parts = Parts::default()
            .with(Connectors::new(Policy::parse(Policy::STANDARD).unwrap()))
            .with(Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new()));
        let app = given.app(parts);
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let (ward, neighbour, police) = (agency("H32.103").await, agency("H32.101").await, agency("H32.91").await);
        let officers = [
            (DESK, officer(now, &ward, PositionKind::Reception)),
            (SPECIALIST, officer(now, &ward, PositionKind::Specialist)),
            (LEADER, officer(now, &ward, PositionKind::Leader)),
            (OTHER_DESK, officer(now, &neighbour, PositionKind::Reception)),
            (POLICE, officer(now, &police, PositionKind::Specialist)),
        ];
        let known = Known::officers(officers).citizen(OTHER, testing::citizen(Id::new(now)));
        let known = known.others(testing::citizen(person));
        app.join(Questions::default(), known.doorkeeper());
        Self { running: Running::new(app, given), ward, police, person }
    }
}

/// Somebody there, with the permissions of the position.
fn officer(now: Now, agency: &Agency, kind: PositionKind) -> Officer {
    directory::testing::officer(now, agency, kind, crate::access::PERMISSIONS)
}

impl Fixture {
    pub(crate) async fn report(&self, code: &str) -> Report {
        queries::by_code(self.app.store.read(), code).await.unwrap().unwrap()
    }

    pub(crate) async fn step(&self, code: &str) -> OpenStep {
        let report = self.report(code).await;
        let steps = flow::queries::steps_of(self.app.store.read(), report.id).await.unwrap();
        steps.into_iter().find(|step| step.closed_at.is_none()).unwrap()
    }

    /// Does something at the open step of a report.
    pub(crate) async fn at_step(&self, who: &str, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answered {
        let address = format!("/phan-anh-xu-ly/{code}/buoc/{}/{verb}", self.step(code).await.id);
        if verb == "tra-loi" {
            return self.upload(who, &address, fields, &[]).await;
        }
        self.post(who, &address, fields).await
    }

    /// Fills the form in and sends it; gives the address of the receipt.
    pub(crate) async fn sent(&self, who: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> String {
        let secret = self.secret(who).await;
        let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.upload(who, "/phan-anh/gui", &fields, files).await.to()
    }

    /// What the page of the form holds.
    pub(crate) async fn secret(&self, who: &str) -> String {
        let page = self.get(who, "/phan-anh/gui").await.page();
        let rest = page.split("name=\"khoa\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

/// The code in the address of a receipt.
pub(crate) fn code_of(receipt: &str) -> String {
    let rest = receipt.trim_start_matches("/phan-anh/da-gui/");
    rest.split('?').next().unwrap().to_owned()
}
