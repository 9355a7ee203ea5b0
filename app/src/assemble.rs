//! Puts the program together: database, files, platform services, systems.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use base::{Clock, Random, SystemClock, SystemRandom};
use contracts::Questions;
use exchange::Keeper as _;
use files::{Files, Limits, Place as FilePlace};
use identity::{Authenticator, DemoAccounts, Identity};
use print::Printer;
use sha2::{Digest, Sha256};
use sign::Keyring;
use store::{Durability, Location, Migration, Store};
use system::{App, Parts, Permission, Province, Settings, System};
use web::{Site, Texts};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::folder::Folder;
use crate::place::told;
use crate::systems;

/// What differs between the ways of running.
pub(crate) struct Wanted<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) province: &'a str,
    pub(crate) demo: Option<DemoAccounts>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) public_url: String,
    pub(crate) trusted_proxies: Vec<String>,
}

/// The program over an open province.
pub struct Program {
    pub app: App,
    pub systems: Vec<System>,
}

pub(crate) fn migrations(systems: &[System]) -> Vec<Migration> {
    systems.iter().flat_map(|system| system.migrations.iter().copied()).collect()
}

pub(crate) fn permissions(systems: &[System]) -> Vec<Permission> {
    systems.iter().flat_map(|system| system.permissions.iter().copied()).collect()
}

pub(crate) async fn connect(location: &Location) -> Result<Store> {
    connect_as(location, Durability::PowerCut).await
}

/// Opens what is made anew if it is lost.
pub(crate) async fn connect_as(location: &Location, durability: Durability) -> Result<Store> {
    Store::connect(location, durability).await.map_err(told).with_context(|| format!("{location:?} does not open"))
}

/// Opens the province of a folder as it is, with the clock and the chance of this machine.
pub(crate) async fn real(
    store: Store,
    folder: &Folder,
    public_url: String,
    trusted_proxies: Vec<String>,
) -> Result<Program> {
    let wanted = Wanted {
        folder,
        province: &province_of(&folder.path)?,
        demo: None,
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        public_url,
        trusted_proxies,
    };
    program(store, wanted).await
}

/// Opens a province. Its database must have the shape of this program already.
pub(crate) async fn program(store: Store, wanted: Wanted<'_>) -> Result<Program> {
    let systems = systems::all();
    let data = province::Province::load(wanted.province).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let texts: Vec<system::Texts> = web::TEXTS
        .iter()
        .chain(form::TEXTS)
        .copied()
        .chain(systems.iter().flat_map(|system| system.texts.iter().copied()))
        .collect();
    let texts = Texts::load(texts.iter()).map_err(told)?;
    let menu = systems.iter().flat_map(|system| system.menu.iter().copied()).collect();
    let mut parts = Parts::default()
        .with(Site::new(texts, menu, &wanted.folder.secret()?))
        .with(calendars(&store, &data).await?)
        .with(Printer::new())
        .with(Keyring::open(&wanted.folder.path).map_err(told)?)
        .with(Identity::new(identity_policy()?).map_err(told)?)
        .with(connectors()?);
    let demo = wanted.demo.is_some();
    parts = if demo {
        let secret = hex::encode(Sha256::digest(wanted.folder.secret()?));
        parts
            .with(payments::Ways::demo(&wanted.public_url, &secret))
            .with(payments::demo::Gateway::default())
            .with(post::Carriers::of(&format!("{}{}", wanted.public_url, post::demo::PATH), &secret))
            .with(post::demo::Carrier)
            .with(national::Portals::of(national::demo::URL, "MINH-HOA", &secret))
            .with(national::demo::Portal)
    } else {
        parts
            .with(payments::Ways::open(&wanted.folder.path).map_err(told)?)
            .with(post::Carriers::open(&wanted.folder.path).map_err(told)?)
            .with(national::Portals::open(&wanted.folder.path).map_err(told)?)
    };
    if let Some(accounts) = wanted.demo {
        parts = parts.with(accounts);
    }
    let files = Files::open(&FilePlace::Disk(wanted.folder.path.join("files")), Limits::default())?;
    let settings = Settings {
        data: wanted.folder.path.clone(),
        province: Province {
            key: wanted.province.to_owned(),
            name: data.settings.name.clone(),
            code: data.settings.code.to_string(),
            hotline: data.settings.hotline.clone(),
        },
        demo,
        trusted_proxies: wanted.trusted_proxies,
        public_url: wanted.public_url,
    };
    let app = App::new(store, wanted.clock, wanted.random, files, settings, parts);
    let mut questions = Questions::default();
    for register in systems.iter().filter_map(|system| system.answers) {
        register(&app, &mut questions);
    }
    app.join(questions, Arc::new(Authenticator::new(&permissions(&systems))));
    procedures::Catalogue::of(&app).map_err(told)?.refresh().await.map_err(told)?;
    Ok(Program { app, systems })
}

/// The national calendar, the province's over it, and an agency's own over both.
async fn calendars(store: &Store, data: &province::Province) -> Result<Calendars> {
    let read = |text: &str| Rules::from_toml(text).map_err(|error| anyhow::anyhow!("calendar: {error}"));
    let national = province::national();
    let mut layers = vec![read(national.text("calendar.toml").context("the national calendar is missing")?)?];
    if let Some(own) = &data.calendar {
        layers.push(read(own)?);
    }
    let whole =
        |layers: Vec<Rules>| worktime::Calendar::new(layers).map_err(|error| anyhow::anyhow!("calendar: {error}"));
    let named: BTreeMap<&str, &str> =
        data.agencies.values().filter_map(|agency| Some((agency.code.as_str(), agency.calendar.as_deref()?))).collect();
    let mut fingerprint = Sha256::new();
    fingerprint.update(format!("{layers:?}{named:?}{:?}", data.calendars));
    let calendars = Calendars::new(whole(layers.clone())?, hex::encode(fingerprint.finalize()));
    for (code, name) in named {
        let agency = directory::queries::any_agency_by_code(store.read(), code).await.map_err(told)?;
        if let (Some(agency), Some(text)) = (agency, data.calendars.get(name)) {
            let mut own = layers.clone();
            own.push(read(text)?);
            calendars.set(agency.id, whole(own)?);
        }
    }
    Ok(calendars)
}

fn identity_policy() -> Result<identity::Policy> {
    identity::Policy::parse(identity::Policy::STANDARD).map_err(told)
}

/// Mail goes out when `TINHSO_SMTP_URL` and `TINHSO_SMTP_FROM` say how.
fn connectors() -> Result<exchange::Connectors> {
    let policy = exchange::Policy::parse(exchange::Policy::STANDARD).map_err(told)?;
    let inquiry = payments::actions::Inquiry::new().map_err(told)?;
    let handover = post::actions::Handover::new().map_err(told)?;
    let tell = national::actions::Tell::new().map_err(told)?;
    let fetch = national::actions::Fetch::new().map_err(told)?;
    let connectors = exchange::Connectors::new(policy)
        .with(Arc::new(inquiry))
        .with(Arc::new(handover))
        .with(Arc::new(tell))
        .with(Arc::new(fetch));
    Ok(match (std::env::var("TINHSO_SMTP_URL"), std::env::var("TINHSO_SMTP_FROM")) {
        (Ok(url), Ok(from)) => connectors.with(Arc::new(notify::Smtp::new(&url, &from).map_err(told)?)),
        _ => connectors,
    })
}

/// The folder a demo or real province lies in says which it is.
pub(crate) fn province_of(path: &Path) -> Result<String> {
    let file = path.join("province");
    match std::fs::read_to_string(&file) {
        Ok(name) => Ok(name.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok("khanh-hoa".to_owned()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}
