//! Officers of a few agencies: one for each position, with an account, and a key for those who sign.

use anyhow::{Context, Result};
use base::{Error, Id, Now, Random};
use chrono::{Days, NaiveDate};
use complaints::demo::KeyHolders;
use directory::{Agency, NewHolding, NewPerson, Position};
use identity::Identity;
use identity::actions::NewOfficer;
use journal::Actor;
use sign::demo::DemoHolder;
use sign::{Holder, Keyring};
use system::{Caller, Officer, PositionKind};

use super::people::PASSWORD;
use crate::account::Listed;
use crate::assemble::{self, Program};
use crate::place::told;

/// Two wards, the agencies of the province that joint procedures need, its office and a department that answer to
/// voters, the one that receives denunciations, one more that reports from the field are given
/// to, the committee, whose administrator runs the program for all, and those that split land: the department that keeps
/// its register and the tax office.
const AGENCIES: [&str; 12] = [
    "H32.103",
    "H32.101",
    "H32.06",
    "H32.91",
    "H32.93",
    "H32.01",
    "H32.53",
    INSPECTORATE,
    "H32.17",
    "H32",
    LAND,
    "H32.96",
];
const INSPECTORATE: &str = "H32.19";
/// The department that keeps the land register.
pub(crate) const LAND: &str = "H32.54";

const FAMILY: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"];
const MIDDLE: [&str; 6] = ["Văn", "Thị", "Minh", "Thanh", "Ngọc", "Hữu"];
const GIVEN: [&str; 5] = ["Mẫu", "Ví Dụ", "Thử", "Minh Họa", "Demo"];

struct Employed {
    account: Id,
    person: Id,
    name: String,
    position: Position,
    agency: Agency,
}

/// Appoints somebody to every position of the demo's agencies, with an account, and keys for leaders and agencies.
pub(super) async fn employ(program: &Program, now: Now, random: &dyn Random) -> Result<Vec<Listed>> {
    let app = &program.app;
    let hash = Identity::of(app).map_err(told)?.hashing.hash(&*app.random, PASSWORD).await.map_err(told)?;
    let mut employed = Vec::new();
    let mut listed = Vec::new();
    for code in AGENCIES {
        let agency = directory::queries::agency_by_code(app.store.read(), code, now.today()).await.map_err(told)?;
        let agency = agency.with_context(|| format!("the demo's agency {code} is not in the directory"))?;
        for (number, position) in directory::queries::positions(app.store.read(), agency.id, now.today())
            .await
            .map_err(told)?
            .into_iter()
            .enumerate()
        {
            let name = name(listed.len());
            let login = format!("{}{}@{}", word(position.kind), number + 1, code.to_lowercase());
            let new = Employed {
                account: agency.id,
                person: agency.id,
                name: name.clone(),
                position,
                agency: agency.clone(),
            };
            let done = appoint(program, now, new, &login, &hash).await?;
            listed.push(entry(program, &done, login));
            employed.push(done);
        }
    }
    two_positions(program, now, &employed).await?;
    second_factor(program, now, random, &employed, &mut listed).await?;
    keys(program, now, &employed).await?;
    Ok(listed)
}

fn name(number: usize) -> String {
    let family = FAMILY[number % FAMILY.len()];
    let middle = MIDDLE[(number / FAMILY.len()) % MIDDLE.len()];
    format!("{family} {middle} {}", GIVEN[number % GIVEN.len()])
}

const fn word(kind: PositionKind) -> &'static str {
    match kind {
        PositionKind::Leader => "lanhdao",
        PositionKind::Head => "truongphong",
        PositionKind::Specialist => "chuyenvien",
        PositionKind::Clerk => "vanthu",
        PositionKind::Reception => "motcua",
        PositionKind::Administrator => "quantri",
    }
}

async fn appoint(
    program: &Program,
    now: Now,
    mut new: Employed,
    login: &str,
    hash: &identity::PasswordHash,
) -> Result<Employed> {
    let from = new.position.from.max(NaiveDate::from_ymd_opt(2025, 7, 1).unwrap_or(new.position.from));
    let login = identity::Login::parse(login).with_context(|| format!("{login} is no sign-in name"))?;
    let (person, account) = program
        .app
        .store
        .write(async |tx| {
            let person = NewPerson { name: new.name.clone(), ..NewPerson::default() };
            let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, person).await?;
            let holding = NewHolding { position: new.position.id, person, acting_for: None, from, to: None };
            directory::actions::appoint(tx, now, &Actor::PROGRAM, holding).await?;
            let officer =
                NewOfficer { login, person, agency: new.agency.id, password: hash.clone(), must_change: false };
            let account = identity::actions::create_officer(tx, now, &Actor::PROGRAM, officer).await?;
            Ok::<_, Error>((person, account))
        })
        .await
        .map_err(told)?;
    new.person = person;
    new.account = account;
    Ok(new)
}

fn entry(program: &Program, employed: &Employed, login: String) -> Listed {
    Listed {
        login,
        person: employed.name.clone(),
        position: employed.position.title.clone(),
        agency: employed.agency.name.clone(),
        permissions: held(program, employed.position.kind, &employed.agency.kind),
        password: Some(PASSWORD.to_owned()),
        second_factor: None,
        passphrase: None,
        group: if employed.agency.kind == "commune-committee" {
            "identity-demo-communes".to_owned()
        } else {
            "identity-demo-departments".to_owned()
        },
    }
}

fn held(program: &Program, kind: PositionKind, agency_kind: &str) -> Vec<String> {
    let all = assemble::permissions(&program.systems);
    all.iter()
        .filter(|permission| permission.is_held(kind, agency_kind))
        .map(|permission| permission.key.to_owned())
        .collect()
}

/// The first specialist also stands in for a colleague of the other ward for a month.
async fn two_positions(program: &Program, now: Now, employed: &[Employed]) -> Result<()> {
    let specialist = |code: &str| {
        employed.iter().find(|one| one.agency.code == code && one.position.kind == PositionKind::Specialist)
    };
    let (Some(own), Some(other)) = (specialist(AGENCIES[0]), specialist(AGENCIES[1])) else { return Ok(()) };
    let holding = NewHolding {
        position: other.position.id,
        person: own.person,
        acting_for: Some(other.person),
        from: now.today(),
        to: now.today().checked_add_days(Days::new(60)),
    };
    program
        .app
        .store
        .write(async |tx| directory::actions::appoint(tx, now, &Actor::PROGRAM, holding).await)
        .await
        .map_err(told)?;
    Ok(())
}

/// One officer has a second factor; the secret stands in the list of accounts.
async fn second_factor(
    program: &Program,
    now: Now,
    random: &dyn Random,
    employed: &[Employed],
    listed: &mut [Listed],
) -> Result<()> {
    let found = employed
        .iter()
        .position(|one| one.agency.code == AGENCIES[1] && one.position.kind == PositionKind::Administrator);
    let Some((one, listed)) = found.and_then(|index| Some((employed.get(index)?, listed.get_mut(index)?))) else {
        return Ok(());
    };
    let mut secret = [0; 20];
    random.fill(&mut secret);
    program
        .app
        .store
        .write(async |tx| identity::actions::enrol_totp(tx, now, &Actor::PROGRAM, one.account, &secret).await)
        .await
        .map_err(told)?;
    listed.second_factor = Some(data_encoding::BASE32_NOPAD.encode(&secret));
    Ok(())
}

async fn keys(program: &Program, now: Now, employed: &[Employed]) -> Result<()> {
    // In some processes a head of unit signs.
    let signs = |kind| matches!(kind, PositionKind::Leader | PositionKind::Head);
    let mut holders: Vec<DemoHolder> = employed
        .iter()
        .filter(|one| signs(one.position.kind))
        .filter(|one| one.position.kind == PositionKind::Leader || one.agency.kind != "commune-committee")
        .map(|one| DemoHolder {
            holder: Holder::Person(one.person),
            name: one.name.clone(),
            organisation: one.agency.name.clone(),
        })
        .collect();
    let mut agencies: Vec<&Agency> = employed.iter().map(|one| &one.agency).collect();
    agencies.dedup_by_key(|agency| agency.id);
    holders.extend(agencies.into_iter().map(|agency| DemoHolder {
        holder: Holder::Agency(agency.id),
        name: agency.name.clone(),
        organisation: agency.name.clone(),
    }));
    let keyring = program.app.parts.get::<Keyring>().map_err(told)?;
    keyring.enrol_demo(&program.app.store, now, &holders).await.map_err(told)?;
    Ok(())
}

/// The officers of the demo as callers, for the simulation.
pub(crate) async fn officers(program: &Program, now: Now) -> Result<Vec<Caller>> {
    let app = &program.app;
    let mut callers = Vec::new();
    for code in AGENCIES {
        let agency = directory::queries::agency_by_code(app.store.read(), code, now.today()).await.map_err(told)?;
        let agency = agency.with_context(|| format!("no agency {code}"))?;
        for held_one in directory::queries::holdings_in(app.store.read(), agency.id, now.today()).await.map_err(told)? {
            if held_one.acting_for.is_some() {
                continue;
            }
            let person = directory::queries::person(app.store.read(), held_one.person).await.map_err(told)?;
            callers.push(Caller::Officer(Officer {
                account: held_one.person,
                person: held_one.person,
                name: person.map(|person| person.name).unwrap_or_default(),
                position: held_one.position.id,
                kind: held_one.position.kind,
                title: held_one.position.title.clone(),
                agency: agency.id,
                agency_name: agency.name.clone(),
                unit: held_one.position.unit.clone(),
                permissions: held(program, held_one.position.kind, &held_one.agency_kind).into_iter().collect(),
                acting_for: None,
            }));
        }
    }
    Ok(callers)
}

/// Two leaders and a head of the inspectorate hold the keys of what is sealed, and its first specialist receives denunciations; the
/// passphrase stands in the list of accounts.
pub(super) async fn seal(program: &Program, now: Now, listed: &mut [Listed]) -> Result<()> {
    let app = &program.app;
    let inspectorate =
        directory::queries::agency_by_code(app.store.read(), INSPECTORATE, now.today()).await.map_err(told)?;
    let inspectorate = inspectorate.with_context(|| format!("no agency {INSPECTORATE}"))?;
    let staff: Vec<Caller> = officers(program, now)
        .await?
        .into_iter()
        .filter(|caller| caller.officer().is_ok_and(|officer| officer.agency == inspectorate.id))
        .collect();
    let of = |kind: PositionKind| {
        staff.iter().filter(move |caller| caller.officer().is_ok_and(|officer| officer.kind == kind))
    };
    let mut leaders = of(PositionKind::Leader);
    let (Some(first), Some(second), Some(third), Some(appointed), Some(desk)) = (
        leaders.next(),
        leaders.next(),
        of(PositionKind::Head).next(),
        of(PositionKind::Specialist).next(),
        of(PositionKind::Reception).next(),
    ) else {
        anyhow::bail!("the inspectorate of the demo has too few people");
    };
    let holders = [first, second, third];
    for caller in holders.into_iter().chain([appointed]) {
        let officer = caller.officer().map_err(told)?;
        let own =
            listed.iter_mut().find(|listed| listed.person == officer.name && listed.agency == officer.agency_name);
        own.context("an officer without an account")?.passphrase = Some(complaints::demo::PASSPHRASE.to_owned());
    }
    complaints::demo::appoint(app, KeyHolders { holders, appointed }).await.map_err(told)?;
    complaints::demo::calendar(app, desk, 8).await.map_err(told)
}
