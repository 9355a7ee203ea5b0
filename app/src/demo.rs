//! A demo province: its directory, plainly fictitious people with accounts, sample keys, and dossiers in every state.

mod people;
mod staff;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};
use base::{Clock, FixedClock, FixedRandom, Id, Now, SystemClock, SystemRandom};
use dossiers::demo::Applicant;
use identity::{DemoAccount, DemoAccounts};
use journal::{Actor, Entry, Thing};
use store::{Durability, Kind, Sql, Store};
use system::Caller;
use uuid::Uuid;

use crate::account::{self, Listed};
use crate::assemble::{self, Program, Wanted};
use crate::folder::Folder;
use crate::place::{Place, told};
use crate::serve;
use crate::simulate::{self, Plan};
use crate::work::Worker;

pub(crate) use people::citizens;
pub(crate) use staff::{LAND, officers};

const PROVINCE: &str = "khanh-hoa";
/// Where a province is reached that nobody else looks at yet.
pub(crate) const NOBODY_ELSE: &str = "http://localhost:8080";
/// How long the sample work goes back: into the last month that is over, which public figures are about.
const DAYS: u32 = 45;
/// More dossiers than that are those of a year.
const MANY: u32 = 2000;
const YEAR: u32 = 365;

/// A demo province, open.
pub struct Demo {
    pub program: Program,
    /// Everybody who can sign in.
    pub accounts: Vec<Listed>,
    _folder: Folder,
}

impl Demo {
    /// Makes the demo province as it would be at the clock's moment, if the folder is empty, and opens it.
    ///
    /// # Errors
    /// When folder or database hold a real province, or another process works on the folder.
    pub async fn open(place: &Place, plan: Plan, clock: Arc<dyn Clock>) -> Result<Self> {
        Self::open_through(place, plan, clock, |store| store).await
    }

    /// The same over the store that `through` makes of its own: a watched one.
    pub async fn open_through(
        place: &Place,
        plan: Plan,
        clock: Arc<dyn Clock>,
        through: impl FnOnce(Store) -> Store,
    ) -> Result<Self> {
        Self::reached(place, plan, clock, through, NOBODY_ELSE).await
    }

    async fn reached(
        place: &Place,
        plan: Plan,
        clock: Arc<dyn Clock>,
        through: impl FnOnce(Store) -> Store,
        public_url: &str,
    ) -> Result<Self> {
        let folder = prepare(place, plan, clock.now()).await?;
        let store = through(assemble::connect(&place.location()?).await?);
        migrated(&store).await?;
        let accounts = account::kept(&place.data)?;
        let program = open(&folder, store, clock, &accounts, public_url).await?;
        Ok(Self { program, accounts, _folder: folder })
    }

    /// The people who have an account, as callers.
    pub async fn citizens(&self) -> Result<Vec<Applicant>> {
        citizens(&self.program, self.program.app.now()).await
    }

    /// One officer for each position of the demo's agencies, as callers.
    pub async fn officers(&self) -> Result<Vec<Caller>> {
        officers(&self.program, self.program.app.now()).await
    }
}

pub(crate) async fn run(place: &Place, listen: SocketAddr, dossiers: u32) -> Result<ExitCode> {
    let plan = Plan { dossiers, days: if dossiers > MANY { YEAR } else { DAYS }, seed: 1, papers: simulate::SAMPLE };
    let here = if listen.ip().is_unspecified() { format!("localhost:{}", listen.port()) } else { listen.to_string() };
    let public_url = format!("http://{here}");
    let demo = Demo::reached(place, plan, Arc::new(SystemClock), |store| store, &public_url).await?;
    account::print_table(&demo.accounts);
    let worker = Worker::new(&demo.program);
    serve::http(&demo.program, listen, None, Vec::new(), Some(worker)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the demo province if folder and database are empty; refuses every folder and database that is not a demo's.
pub(crate) async fn prepare(place: &Place, plan: Plan, now: Now) -> Result<Folder> {
    if !Folder::is_empty(&place.data) && !Folder::is_demo(&place.data) {
        bail!("{} holds a real province; a demo never touches it", place.data.display());
    }
    let folder = Folder::open(&place.data, true)?;
    let prepared = Folder::is_demo(&place.data) && account::are_kept(&place.data);
    if !prepared && Folder::is_demo(&place.data) {
        folder.drop_database()?;
    }
    // What the power cuts off here is made anew, so nothing waits for the disk before the end.
    let store = assemble::connect_as(&place.location()?, Durability::ProcessEnd).await?;
    let holds = holds(&store).await?;
    // The database in the folder is what the folder is.
    let foreign = holds == Holds::Real && store.kind() == Kind::Postgres;
    if foreign {
        bail!("the database holds a real province; a demo never touches it");
    }
    if prepared && holds != Holds::Nothing {
        store.close().await.map_err(told)?;
        return Ok(folder);
    }
    if holds == Holds::Demo {
        bail!(
            "the database holds a demo of another folder, or one whose preparation was cut off; give it an empty one"
        );
    }
    folder.mark_demo()?;
    migrated(&store).await?;
    mark(&store, now).await?;
    let began = simulate::beginning(now, plan.days);
    let clock = Arc::new(FixedClock::new(began));
    let program = open(&folder, store.clone(), clock.clone(), &[], NOBODY_ELSE).await?;
    let accounts = populate(&program, began).await?;
    simulate::go(&program, &clock, now, plan).await?;
    store.close().await.map_err(told)?;
    folder.keep_database()?;
    account::keep(&folder, &accounts)?;
    Ok(folder)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    Demo,
    Real,
}

async fn holds(store: &Store) -> Result<Holds> {
    let all = assemble::migrations(&crate::systems::all());
    if store.pending(&all).await.map_err(told)?.len() >= all.len() {
        return Ok(Holds::Nothing);
    }
    Ok(if is_marked(store).await? { Holds::Demo } else { Holds::Real })
}

/// What a demo's database is known by, wherever its folder went: an entry about this thing.
const MARK: Thing = Thing { kind: "demo", id: Id::from_uuid(Uuid::nil()) };

/// Whether the database was made by a demo.
pub(crate) async fn is_marked(store: &Store) -> Result<bool> {
    let found = Sql::new("SELECT 1 FROM journal_entries WHERE thing_id = $1 AND thing_kind = $2 LIMIT 1")
        .bind(MARK.id.uuid())
        .bind(MARK.kind)
        .one(store.read(), |_| Ok(()))
        .await
        .map_err(told)?;
    Ok(found.is_some())
}

async fn mark(store: &Store, now: Now) -> Result<()> {
    let begun = Entry::new("demo.begun", MARK, &serde_json::json!({})).map_err(told)?;
    store.write(async |tx| journal::record(tx, now, &Actor::PROGRAM, begun).await).await.map_err(told)?;
    Ok(())
}

async fn migrated(store: &Store) -> Result<()> {
    store.migrate(&assemble::migrations(&crate::systems::all()), SystemClock.now()).await.map_err(told)?;
    Ok(())
}

/// The program over a demo folder, with the accounts that its sign-in page offers.
pub(crate) async fn open(
    folder: &Folder,
    store: Store,
    clock: Arc<dyn Clock>,
    accounts: &[Listed],
    public_url: &str,
) -> Result<Program> {
    let offered = accounts
        .iter()
        .map(|account| DemoAccount {
            group: account.group.clone(),
            login: account.login.clone(),
            password: account.password.clone().unwrap_or_default(),
            name: account.person.clone(),
            role: format!("{} · {}", account.position, account.agency),
        })
        .collect();
    assemble::program(
        store,
        Wanted {
            folder,
            province: PROVINCE,
            demo: Some(DemoAccounts(offered)),
            clock,
            random: Arc::new(SystemRandom),
            public_url: public_url.to_owned(),
            trusted_proxies: Vec::new(),
        },
    )
    .await
}

/// Directory, procedures, people, accounts and keys.
async fn populate(program: &Program, now: Now) -> Result<Vec<Listed>> {
    let app = &program.app;
    let data = province::Province::load(PROVINCE).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    app.store.write(async |tx| directory::actions::load(tx, now, &data).await).await.map_err(told)?;
    let packages = procedures::Package::embedded().map_err(|error| anyhow::anyhow!("{error}"))?;
    procedures::actions::publish_all(app, now, &packages).await.map_err(told)?;
    procedures::Catalogue::of(app).map_err(told)?.refresh().await.map_err(told)?;
    let random = FixedRandom::new(7);
    let mut accounts = staff::employ(program, now, &random).await?;
    staff::seal(program, now, &mut accounts).await?;
    accounts.extend(people::register(program, now).await?);
    people::represent(program, now).await?;
    Ok(accounts)
}
