//! Who lives the day, and what is there before it begins.

use std::sync::Arc;

use anyhow::{Context, Result};
use base::{FixedRandom, Random};
use contracts::questions::{Procedure, Procedures};
use directory::NewPerson;
use dossiers::demo::{answers, sample_paper};
use form::Values;
use identity::Identity;
use identity::actions::NewCitizen;
use journal::Actor;
use serde_json::Value;
use store::Sql;
use system::App;
use tinhso::{Demo, Place, Worker};

use crate::Bench;
use crate::ground::{self, Ground};
use crate::grow::{self, dossiers::RECENT, officers::Among};
use crate::told;

/// Of everybody: who signs in is counted, not guessed at.
pub(super) const PASSWORD: &str = "mau-cho-mot-ngay-lam-viec";
/// What lies in the province already.
const DOSSIERS: u32 = 50_000;
/// People written down in one transaction.
const AT_ONCE: usize = 500;

pub(super) struct People {
    /// By what they sign in.
    pub(super) officers: Vec<String>,
    pub(super) citizens: Vec<String>,
    pub(super) filing: Arc<Filing>,
}

/// What those who file fill in.
pub(super) struct Filing {
    /// Code of the procedure.
    pub(super) procedure: String,
    /// Codes of the agencies that receive it.
    agencies: Vec<String>,
    /// By the names of the fields.
    pub(super) answers: Vec<(String, String)>,
    /// Fields of the papers, and what is handed in for each.
    pub(super) files: Vec<String>,
    pub(super) paper: Vec<u8>,
    /// Code of a dossier that is there.
    pub(super) known: String,
}

impl Filing {
    pub(super) fn agency(&self, random: &FixedRandom) -> &str {
        let turn = (random as &dyn Random).below(u64::try_from(self.agencies.len()).unwrap_or(1));
        &self.agencies[usize::try_from(turn).unwrap_or_default()]
    }
}

impl People {
    pub(super) async fn prepared(bench: &Bench, ground: &Ground, place: &Place) -> Result<Self> {
        let store = ground::bare(place).await?;
        grow::dossiers::grow(&store, ground.kind, bench.dossiers.unwrap_or(DOSSIERS), RECENT).await?;
        grow::officers::grow(&store, ground.kind, bench.officers, Among::AtWork).await?;
        store.close().await.map_err(told)?;
        let demo = ground.open(place).await?;
        let app = &demo.program.app;
        let most = usize::try_from(bench.officers)?;
        let officers = grow::officers::accounts(app, PASSWORD, None, most).await?;
        let citizens = citizens(app, usize::try_from(bench.citizens)?).await?;
        let filing = Arc::new(filing(&demo).await?);
        Worker::new(&demo.program).drain().await;
        let store = app.store.clone();
        drop(demo);
        store.close().await.map_err(told)?;
        println!("{}: {} officers, {} people", ground.kind, officers.len(), citizens.len());
        Ok(Self { officers, citizens, filing })
    }
}

/// Persons with an account of level 2; nobody will have their numbers before the year 2300.
async fn citizens(app: &App, wanted: usize) -> Result<Vec<String>> {
    let hash = Identity::of(app).map_err(told)?.hashing.hash(&*app.random, PASSWORD).await.map_err(told)?;
    let mut logins = Vec::with_capacity(wanted);
    for first in (0..wanted).step_by(AT_ONCE) {
        let some = first..wanted.min(first + AT_ONCE);
        app.store
            .write(async |tx| {
                for turn in some {
                    let now = app.now();
                    let number = format!("056800{turn:06}");
                    let new = NewPerson { name: format!("Người dân Mẫu {turn}"), ..NewPerson::default() };
                    let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await?;
                    let account = NewCitizen {
                        person,
                        number: number.parse().map_err(base::Error::inside)?,
                        contact: None,
                        password: hash.clone(),
                        assurance: 2,
                    };
                    identity::actions::create_citizen(tx, now, &Actor::PROGRAM, account).await?;
                    logins.push(number);
                }
                Ok::<_, base::Error>(())
            })
            .await
            .map_err(told)?;
    }
    Ok(logins)
}

/// The shortest form that communes receive and that costs nothing.
async fn filing(demo: &Demo) -> Result<Filing> {
    let app = &demo.program.app;
    let procedures = app.ask::<dyn Procedures>().context("nobody knows procedures")?;
    let offered = procedures.offered(app.now()).await.map_err(told)?;
    let suits = |one: &&Arc<Procedure>| {
        one.is_received_by(directory::COMMUNE_COMMITTEE, "")
            && one.fees.is_empty()
            && one.channels.iter().any(|c| c == "online")
    };
    let mut short: Vec<(usize, Arc<Procedure>)> = Vec::new();
    for one in offered.iter().filter(suits) {
        short.push((
            dossiers::declared::definition(one).map_err(told)?.pages().len() + one.files().count(),
            one.clone(),
        ));
    }
    short.sort_by_key(|(length, one)| (*length, one.code.clone()));
    let (_, procedure) = short.into_iter().next().context("nothing short to file")?;
    let applicant = demo.citizens().await?.into_iter().next().context("nobody files")?;
    let lists = dossiers::declared::lists().map_err(told)?;
    let random = FixedRandom::new(7);
    let values = answers(&procedure, &applicant, lists, app.now().today(), &random).map_err(told)?;
    let communes = directory::queries::communes(app.store.read(), app.now().today()).await.map_err(told)?;
    let sample = sample_paper(app, app.now()).await.map_err(told)?;
    let paper = app.files.read(&sample.hash).await.map_err(|error| told(error.into()))?;
    let known =
        Sql::new("SELECT max(code) FROM dossiers").one(app.store.read(), |row| row.get(0)).await.map_err(told)?;
    Ok(Filing {
        procedure: procedure.code.clone(),
        agencies: communes.into_iter().map(|commune| commune.code).collect(),
        answers: typed(&values),
        files: procedure.files().filter(|paper| paper.required).map(|paper| format!("paper.{}", paper.code)).collect(),
        paper: paper.to_vec(),
        known: known.context("no dossiers")?,
    })
}

/// As a browser posts them: the fields within groups and rows by their dotted paths.
fn typed(values: &Values) -> Vec<(String, String)> {
    fn add(path: &str, value: &Value, all: &mut Vec<(String, String)>) {
        let inner = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| add(&inner(name), value, all)),
            Value::Array(rows) if rows.iter().any(Value::is_object) => {
                rows.iter().enumerate().for_each(|(number, row)| add(&inner(&number.to_string()), row, all));
            }
            Value::Array(chosen) => chosen.iter().for_each(|one| add(path, one, all)),
            Value::String(text) => all.push((path.to_owned(), text.clone())),
            other => all.push((path.to_owned(), other.to_string())),
        }
    }
    let mut all = Vec::new();
    for (name, value) in values {
        add(name, value, &mut all);
    }
    all
}
