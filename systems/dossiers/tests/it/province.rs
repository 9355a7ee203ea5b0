//! A ward and the social insurance of its province: people who file, officers of every kind, keys, papers.

use std::sync::Arc;

use base::{FixedClock, FixedRandom, Id, Now};
use contracts::Questions;
use contracts::questions::{Procedure, Procedures};
use directory::{Agency, NewPerson};
use dossiers::access::PERMISSIONS;
use dossiers::demo::{Applicant, answers};
use exchange::{Connectors, Policy};
use files::{Files, Limits, Place};
use flow::OpenStep;
use form::Values;
use print::Printer;
use sign::demo::DemoHolder;
use sign::{Holder, Keyring};
use store::Location;
use store::testing::{OnDatabase, TestDatabase, remove};
use system::{App, Authenticate, Caller, Citizen, Officer, Parts, PositionKind, Session, Settings};
use tempfile::TempDir;
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::procedures::Catalogue;

/// A working Friday.
pub(crate) const MOMENT: &str = "2026-11-20T08:00:00+07:00";

pub(crate) struct Province {
    pub(crate) app: App,
    pub(crate) clock: Arc<FixedClock>,
    /// What can be filed, with answers that its form accepts.
    pub(crate) offers: Vec<(Arc<Procedure>, Values)>,
    pub(crate) applicant: Applicant,
    pub(crate) ward: Agency,
    /// The ward that takes over when the first one ends.
    pub(crate) heir: Agency,
    pub(crate) insurance: Agency,
    /// Every officer is this person, whose key signs; positions tell them apart.
    person: Id,
    /// One for each kind of position, agency and colleague.
    positions: Vec<(Id, PositionKind, Id)>,
    location: Location,
    _folder: TempDir,
}

/// How many hold each kind of position in each agency.
pub(crate) const COLLEAGUES: usize = 2;

impl OnDatabase for Province {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse(MOMENT);
        let own = dossiers::system().migrations;
        let ground =
            [journal::MIGRATIONS, worktime::MIGRATIONS, directory::MIGRATIONS, flow::MIGRATIONS, sign::MIGRATIONS];
        let migrations = [&ground.concat(), exchange::MIGRATIONS, notify::MIGRATIONS, own].concat();
        let (store, location) = database.migrated(&migrations, now).await;
        let data = province::Province::load("khanh-hoa").unwrap();
        let demo = province::people().unwrap().into_iter().find(|person| person.phone.is_some()).unwrap();
        let someone = |name: &str| NewPerson { name: name.to_owned(), ..NewPerson::default() };
        let (catalogue, person, citizen) = store
            .write(async |tx| {
                directory::actions::load(tx, now, &data).await?;
                let by = &journal::Actor::PROGRAM;
                let person = directory::actions::add_person(tx, now, by, someone("Lê Thị Ví Dụ")).await?;
                let citizen = directory::actions::add_person(tx, now, by, someone(&demo.name)).await?;
                Ok((Catalogue::published(tx, now).await?, person, citizen))
            })
            .await
            .unwrap();
        let ward = directory::queries::agency_by_code(store.read(), "H32.103", now.today()).await.unwrap().unwrap();
        let heir = directory::queries::agency_by_code(store.read(), "H32.101", now.today()).await.unwrap().unwrap();
        let insurance = directory::queries::covering(store.read(), "social-insurance", ward.id, now.today());
        let insurance = insurance.await.unwrap().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::open(folder.path()).unwrap();
        let signs = |holder| DemoHolder { holder, name: "Ví Dụ".to_owned(), organisation: ward.name.clone() };
        let agencies = [ward.id, heir.id, insurance.id].map(Holder::Agency);
        let holders: Vec<DemoHolder> = [Holder::Person(person)].into_iter().chain(agencies).map(signs).collect();
        keyring.enrol_demo(&store, now, &holders).await.unwrap();
        let applicant = Applicant {
            caller: Caller::Citizen(Citizen {
                account: citizen,
                person: citizen,
                name: demo.name.clone(),
                assurance: 2,
            }),
            person: citizen,
            name: demo.name,
            birth_date: demo.birth_date,
            number: demo.id_number,
            phone: demo.phone.unwrap().reveal().to_owned(),
        };
        let lists = dossiers::declared::lists().unwrap();
        let random = FixedRandom::new(1);
        let filled = |procedure: Arc<Procedure>| {
            let values = answers(&procedure, &applicant, lists, now.today(), &random).unwrap();
            (procedure, values)
        };
        let offers = catalogue.filed().into_iter().map(filled).collect();
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let calendars = Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new());
        let connectors = Connectors::new(Policy::parse(Policy::STANDARD).unwrap());
        let parts = Parts::default().with(calendars).with(Printer::new()).with(keyring).with(connectors);
        let files = Files::open(&Place::Disk(folder.path().join("files")), Limits::default()).unwrap();
        let clock = Arc::new(FixedClock::new(now));
        let settings = settings(folder.path());
        let app = App::new(store, clock.clone(), Arc::new(random), files, settings, parts);
        let mut questions = Questions::default();
        questions.answer::<dyn Procedures>(Arc::new(catalogue));
        app.join(questions, Arc::new(Nobody));
        let agencies = [ward.id, heir.id, insurance.id];
        let kinds = PositionKind::ALL.into_iter().flat_map(|kind| agencies.map(|agency| (agency, kind)));
        let positions =
            kinds.flat_map(|(agency, kind)| (0..COLLEAGUES).map(move |_| (agency, kind, Id::new(now)))).collect();
        Self { app, clock, offers, applicant, ward, heir, insurance, person, positions, location, _folder: folder }
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

impl Province {
    /// One of the colleagues who hold such a position.
    pub(crate) fn officer(&self, agency: Id, kind: PositionKind, unit: Option<&str>, colleague: usize) -> Caller {
        let held = self.positions.iter().filter(|(at, held, _)| (*at, *held) == (agency, kind));
        let (_, _, position) = held.copied().nth(colleague % COLLEAGUES).unwrap();
        let places = [&self.ward, &self.heir, &self.insurance];
        let agency = places.into_iter().find(|one| one.id == agency).unwrap();
        let permissions = PERMISSIONS.iter().filter(|permission| permission.is_held(kind, &agency.kind));
        Caller::Officer(Officer {
            account: position,
            person: self.person,
            name: "Lê Thị Ví Dụ".to_owned(),
            position,
            kind,
            title: "Công chức".to_owned(),
            agency: agency.id,
            agency_name: agency.name.clone(),
            unit: unit.map(str::to_owned),
            permissions: permissions.map(|permission| permission.key.to_owned()).collect(),
            acting_for: None,
        })
    }

    /// Somebody whose work the step is; none where it waits for a sub-case.
    pub(crate) fn officer_for(&self, step: &OpenStep, colleague: usize) -> Option<Caller> {
        let role = step.role.as_deref()?;
        let kind = PositionKind::ALL.into_iter().find(|kind| kind.as_str() == role)?;
        Some(self.officer(step.agency, kind, step.unit.as_deref(), colleague))
    }
}

fn settings(folder: &std::path::Path) -> Settings {
    Settings {
        data: folder.to_owned(),
        province: system::Province {
            key: "khanh-hoa".to_owned(),
            name: "Tỉnh Khánh Hòa".to_owned(),
            code: "H32".to_owned(),
            hotline: "1022".to_owned(),
        },
        demo: true,
        trusted_proxies: Vec::new(),
        public_url: "http://localhost".to_owned(),
    }
}

/// Actions are called with their callers; nobody comes in by a page.
struct Nobody;

impl Authenticate for Nobody {
    fn session<'a>(&'a self, _: &'a App, _: &'a str) -> contracts::Answer<'a, Option<Session>> {
        Box::pin(async { Ok(None) })
    }

    fn token<'a>(&'a self, _: &'a App, _: &'a str) -> contracts::Answer<'a, Option<Caller>> {
        Box::pin(async { Ok(None) })
    }
}
