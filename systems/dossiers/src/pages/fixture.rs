//! A province with its agencies and two procedures, and people before its pages.

use std::ops::Deref;
use std::sync::Arc;

use base::{Id, Now};
use contracts::questions::{Competence, Consent, Deadline, Fee, Paper, Procedure, Procedures, ResultPaper};
use contracts::{Answer, Questions};
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy};
use flow::Process;
use journal::Actor;
use store::testing::{OnDatabase, TestDatabase};
use system::{Caller, Citizen, Officer, Parts, PositionKind};
use web::testing::{self, Given, Known, Running};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::actions::{self, Decision};

/// Session cookies of people.
pub(super) const OWNER: &str = "owner";
pub(super) const OTHER: &str = "other";
/// An officer at the counter, and the same person at home.
pub(super) const DESK: &str = "desk";
pub(super) const OFF_DUTY: &str = "off-duty";
pub(super) const LEADER: &str = "leader";
pub(super) const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

pub(super) struct Fixture {
    running: Running,
    pub(super) agency: Agency,
    /// The people of [`OWNER`] and [`OTHER`].
    pub(super) owner: Id,
    pub(super) other: Id,
}

impl Deref for Fixture {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T09:00:00+07:00");
        let tables = [journal::MIGRATIONS, worktime::MIGRATIONS];
        let systems = vec![crate::system(), directory::system(), flow::system(), exchange::system(), notify::system()];
        let mut given = Given::on(&database, now, &tables, systems).await;
        given.texts.extend(form::TEXTS);
        let store = &given.store;
        let person = directory::testing::populated(store, now, numbered("", "056158000001", "1958-01-01")).await;
        let new = numbered("Lê Văn Demo", "056079000002", "1979-06-12");
        let other = store.write(async |tx| directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await);
        let other = other.await.unwrap();
        let process: Process = serde_json::from_str(include_str!("../../tests/declared/process.json")).unwrap();
        let process = store.write(async |tx| flow::actions::publish(tx, now, &process).await).await.unwrap();
        let committees =
            directory::queries::agencies_of_kind(store.read(), "commune-committee", now.today()).await.unwrap();
        let agency = committees.into_iter().next().unwrap();
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let parts = Parts::default()
            .with(print::Printer::new())
            .with(Connectors::new(Policy::parse(Policy::STANDARD).unwrap()))
            .with(Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new()));
        let app = given.app(parts);
        let mut questions = Questions::default();
        let procedures = [procedure(Id::new(now), process), completion(Id::new(now), process)];
        questions.answer::<dyn Procedures>(Arc::new(Few(procedures.map(Arc::new))));
        let desk = officer(now, &agency, PositionKind::Reception);
        let level_one = Citizen { assurance: 1, ..testing::citizen(person) };
        let known = Known::officers([(DESK, desk.clone()), (LEADER, officer(now, &agency, PositionKind::Leader))])
            .citizen(OFF_DUTY, testing::citizen(desk.person));
        let at_home = Citizen { name: "Lê Văn Demo".to_owned(), ..testing::citizen(other) };
        let known = known.citizen(OTHER, at_home).citizen("level-one", level_one);
        app.join(questions, known.others(testing::citizen(person)).doorkeeper());
        Self { running: Running::new(app, given), agency, owner: person, other }
    }
}

fn numbered(name: &str, number: &str, born: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        personal_number: Some(number.parse().unwrap()),
        birth_date: Some(born.parse().unwrap()),
        ..NewPerson::default()
    }
}

/// Somebody there with every permission of the system that the position holds.
fn officer(now: Now, agency: &Agency, kind: PositionKind) -> Officer {
    directory::testing::officer(now, agency, kind, crate::access::PERMISSIONS)
}

fn procedure(id: Id, process: Id) -> Procedure {
    let paper = |code: &str, name: &str, required, condition: Option<&str>, reuse: Option<&str>| Paper {
        code: code.to_owned(),
        name: name.to_owned(),
        originals: 1,
        copies: 0,
        required,
        condition: condition.map(str::to_owned),
        declared: false,
        reuse: reuse.map(str::to_owned),
    };
    Procedure {
        id,
        code: "9.000001".to_owned(),
        name: "Cấp phép mẫu".to_owned(),
        field: "Ví dụ".to_owned(),
        assurance: 2,
        subjects: contracts::questions::Subjects { persons: true, authorised: true, organisations: true },
        consents: Vec::new(),
        channels: vec!["counter".to_owned(), "online".to_owned()],
        agencies: vec![Competence {
            kind: "commune-committee".to_owned(),
            receives: true,
            decides: true,
            notation: None,
        }],
        process,
        deadline: Deadline {
            unit: "days".to_owned(),
            amount: 15,
            counting: "hours".to_owned(),
            cut_off: None,
            written: "15 ngày làm việc".to_owned(),
        },
        papers: vec![
            paper("ban-ve", "Bản vẽ mặt bằng", true, None, Some("ban-ve")),
            paper("uy-quyen", "Văn bản ủy quyền", false, Some("Ủy quyền cho người khác"), None),
            paper("giay-phep-cu", "Giấy phép đã cấp", false, Some("Đã được cấp trước đây"), Some("giay-phep-mau")),
        ],
        fees: [("online", 75_000), ("counter", 150_000)]
            .map(|(channel, amount)| Fee {
                code: "le-phi".to_owned(),
                kind: "le-phi".to_owned(),
                name: "Lệ phí".to_owned(),
                channel: channel.to_owned(),
                amount,
            })
            .into(),
        results: vec![ResultPaper {
            code: "giay-phep".to_owned(),
            name: "Giấy phép mẫu".to_owned(),
            template: "building-permit".to_owned(),
            abbreviation: "GP".to_owned(),
            number: "{number}/GP-{agency}".to_owned(),
            reuse: Some("giay-phep-mau".to_owned()),
            valid_months: Some(6),
            by: None,
            prints: Vec::new(),
        }],
        form_schema: include_str!("../../tests/declared/form.schema.json").to_owned(),
        form_ui: include_str!("../../tests/declared/form.ui.toml").to_owned(),
    }
}

/// What follows the other: it asks for the same drawing by another name, and for the consent of who owns the land.
fn completion(id: Id, process: Id) -> Procedure {
    let mut completion = procedure(id, process);
    completion.code = "9.000002".to_owned();
    completion.name = "Hoàn công mẫu".to_owned();
    completion.consents = vec![Consent {
        role: "owner".to_owned(),
        label: "Chủ đất".to_owned(),
        level: 2,
        numbers: vec!["owner_number".to_owned()],
        days: 7,
    }];
    completion.papers.truncate(1);
    completion.papers[0].code = "ban-ve-hoan-cong".to_owned();
    completion.papers[0].name = "Bản vẽ đã được duyệt".to_owned();
    completion
}

/// A small catalogue.
struct Few([Arc<Procedure>; 2]);

impl Few {
    fn find(&self, wanted: impl Fn(&Procedure) -> bool) -> Option<Arc<Procedure>> {
        self.0.iter().find(|procedure| wanted(procedure)).cloned()
    }
}

impl Procedures for Few {
    fn in_force<'a>(&'a self, code: &'a str, _: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.find(|procedure| procedure.code == code)) })
    }

    fn version(&self, id: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.find(|procedure| procedure.id == id)) })
    }

    fn offered(&self, _: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.0.to_vec()) })
    }
}

impl Fixture {
    pub(super) fn officer(&self, kind: PositionKind) -> Caller {
        Caller::Officer(officer(self.app.now(), &self.agency, kind))
    }

    /// Decides the open step of a dossier.
    pub(super) async fn decide(&self, officer: &Caller, dossier: Id, decision: Decision) {
        self.try_to_decide(officer, dossier, decision).await.unwrap();
    }

    pub(super) async fn try_to_decide(&self, officer: &Caller, dossier: Id, decision: Decision) -> base::Result<()> {
        let steps = flow::queries::steps_of(self.app.store.read(), dossier).await.unwrap();
        let open = steps.into_iter().find(|step| step.closed_at.is_none()).unwrap();
        actions::decide(&self.app, self.app.now(), officer, dossier, open.id, decision).await.map(|_| ())
    }
}
