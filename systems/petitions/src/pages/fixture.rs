//! A province with its agencies: the office that enters, classifies and assigns, a department and a ward that answer.

use std::ops::Deref;

use base::{Id, Now};
use contracts::Questions;
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy};
use flow::OpenStep;
use store::testing::{OnDatabase, TestDatabase};
use system::{Officer, Parts, PositionKind};
use web::testing::{Answered, Given, Known, Running};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::petition::Petition;
use crate::queries;

/// Session cookies.
pub(crate) const NOBODY: &str = "";
/// Of the province's office.
pub(crate) const CLERK: &str = "clerk";
pub(crate) const DESK: &str = "desk";
pub(crate) const HEAD: &str = "head";
/// Of the department of construction.
pub(crate) const SPECIALIST: &str = "specialist";
pub(crate) const LEADER: &str = "leader";
/// Of a ward.
pub(crate) const WARD_CLERK: &str = "ward-clerk";
pub(crate) const WARD_SPECIALIST: &str = "ward-specialist";
pub(crate) const WARD_LEADER: &str = "ward-leader";
/// Of another ward.
pub(crate) const STRANGER: &str = "stranger";

pub(crate) struct Fixture {
    running: Running,
    pub(crate) ward: Agency,
    pub(crate) department: Agency,
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
        let tables = [journal::MIGRATIONS, worktime::MIGRATIONS];
        let systems = vec![crate::system(), directory::system(), flow::system(), exchange::system(), notify::system()];
        let given = Given::on(&database, now, &tables, systems).await;
        directory::testing::populated(&given.store, now, NewPerson::default()).await;
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let parts = Parts::default()
            .with(Connectors::new(Policy::parse(Policy::STANDARD).unwrap()))
            .with(print::Printer::new())
            .with(Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new()));
        let app = given.app(parts);
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let (office, department) = (agency("H32.01").await, agency("H32.53").await);
        let (ward, neighbour) = (agency("H32.103").await, agency("H32.101").await);
        let officers = [
            (CLERK, officer(now, &office, PositionKind::Clerk)),
            (DESK, officer(now, &office, PositionKind::Reception)),
            (HEAD, officer(now, &office, PositionKind::Head)),
            (SPECIALIST, officer(now, &department, PositionKind::Specialist)),
            (LEADER, officer(now, &department, PositionKind::Leader)),
            (WARD_CLERK, officer(now, &ward, PositionKind::Clerk)),
            (WARD_SPECIALIST, officer(now, &ward, PositionKind::Specialist)),
            (WARD_LEADER, officer(now, &ward, PositionKind::Leader)),
            (STRANGER, officer(now, &neighbour, PositionKind::Clerk)),
        ];
        app.join(Questions::default(), Known::officers(officers).doorkeeper());
        Self { running: Running::new(app, given), ward, department }
    }
}

/// Somebody there, with the permissions of the position.
fn officer(now: Now, agency: &Agency, kind: PositionKind) -> Officer {
    directory::testing::officer(now, agency, kind, crate::access::PERMISSIONS)
}

/// Where the petitions of the desk stand.
pub(crate) const LIST: &str = "/kien-nghi-cu-tri-xu-ly";

impl Fixture {
    /// Sends a table in.
    pub(crate) async fn table(&self, who: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answered {
        self.upload(who, &format!("{LIST}/nhap"), fields, &[("file", file.0, file.1)]).await
    }

    /// A fresh id, as pages make them for their forms.
    pub(crate) fn id(&self) -> String {
        Id::new(self.app.now()).to_string()
    }

    /// A meeting of the province's council that opens on this day; gives its id.
    pub(crate) async fn meeting(&self, number: &str, opens_on: &str) -> String {
        let id = self.id();
        let title = format!("Kỳ họp thứ {number}, HĐND tỉnh khóa XI");
        let fields = [
            ("id", id.as_str()),
            ("body", "province-council"),
            ("term", "XI"),
            ("number", number),
            ("title", title.as_str()),
            ("opens-on", opens_on),
        ];
        self.post(CLERK, &format!("{LIST}/ky-hop/them"), &fields).await.to();
        id
    }

    /// Voters of a place say something; gives the code.
    pub(crate) async fn entered(&self, meeting: &str, place: &str, words: &str) -> String {
        let id = self.id();
        let fields = [
            ("id", id.as_str()),
            ("meeting", meeting),
            ("sitting", "before"),
            ("place", place),
            ("voter", "Bà Trần Thị Demo"),
            ("words", words),
            ("field", "giao-thong"),
        ];
        code_of(&self.post(CLERK, &format!("{LIST}/them"), &fields).await.to())
    }

    pub(crate) async fn petition(&self, code: &str) -> Petition {
        queries::by_code(self.app.store.read(), code).await.unwrap().unwrap()
    }

    pub(crate) async fn step(&self, code: &str) -> OpenStep {
        let petition = self.petition(code).await;
        let steps = flow::queries::steps_of(self.app.store.read(), petition.id).await.unwrap();
        steps.into_iter().find(|step| step.closed_at.is_none()).unwrap()
    }

    /// Does something at the open step of a petition.
    pub(crate) async fn at_step(&self, who: &str, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answered {
        self.post(who, &format!("{LIST}/{code}/buoc/{}/{verb}", self.step(code).await.id), fields).await
    }

    /// Classified and assigned to the department.
    pub(crate) async fn assigned(&self, code: &str) {
        let words = self.petition(code).await.words;
        let fields = [("field", "giao-thong"), ("public-words", words.as_str()), ("agency", "H32.53")];
        self.at_step(DESK, code, "phan-loai", &fields).await.to();
        self.at_step(HEAD, code, "giao", &[("agency", "H32.53")]).await.to();
    }

    /// Answered by the department and approved.
    pub(crate) async fn answered(&self, code: &str, fields: &[(&str, &str)]) {
        let id = self.id();
        let fields: Vec<(&str, &str)> = [("id", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.at_step(SPECIALIST, code, "tra-loi", &fields).await.to();
        self.at_step(LEADER, code, "duyet", &[]).await.to();
    }
}

/// The code at the end of an address.
pub(crate) fn code_of(address: &str) -> String {
    address.rsplit('/').next().unwrap().to_owned()
}
