//! Accounts: new ones for every call, since much of what is done to an account cannot be done twice.

use base::{Id, PersonalNumber};
use chrono::TimeDelta;
use directory::{NewHolding, NewPerson};
use identity::actions::{Begun, Browser, Claim, NewOfficer, NewToken};
use identity::{Contact, Identity, Login, SessionSecret};
use journal::Actor;
use store::Sql;
use system::PositionKind;
use totp_rs::{Builder, Secret};

use super::{Owner, Thing};
use crate::province::{Person, Province};

const PASSWORD: &str = "mat-khau-cua-phep-thu";
const NEW_PASSWORD: &str = "mat-khau-moi-cua-phep-thu";
const SECRET: &[u8; 20] = b"demo-second-factor-0";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    Some(match name {
        "account" | "own-holding" | "own-session" | "own-token" => account(province, name != "account").await,
        "credentials" => credentials(province).await,
        "account-administered" => administered(province).await,
        "account-enrolling" => enrolling(province).await,
        "account-with-second-factor" => with_second_factor(province).await,
        "sign-in-at-code" => at_code(province).await,
        "sign-in-at-password" => at_password(province).await,
        "sign-in-at-enrolment" => at_enrolment(province).await,
        "newcomer" => unregistered(province),
        "registration" => registration(province).await,
        _ => return None,
    })
}

/// An officer appointed a moment ago, signed in.
pub(super) async fn newcomer(province: &Province, agency: &str, kind: PositionKind) -> Person {
    let login = appointed(province, agency, kind).await;
    province.sign_in(&login, PASSWORD).await
}

async fn appointed(province: &Province, agency: &str, kind: PositionKind) -> String {
    let (app, now) = (province.app(), province.app().now());
    let agency = directory::queries::agency_by_code(app.store.read(), agency, now.today()).await.unwrap().unwrap();
    let positions = directory::queries::positions(app.store.read(), agency.id, now.today()).await.unwrap();
    let position = positions.into_iter().find(|position| position.kind == kind).unwrap();
    let hashing = &Identity::of(app).unwrap().hashing;
    let password = hashing.hash(&*app.random, PASSWORD).await.unwrap();
    let login = format!("moi-{}@{}", &Id::new(now).uuid().simple().to_string()[20..], agency.code.to_lowercase());
    let parsed = Login::parse(&login).unwrap();
    app.store
        .write(async |tx| {
            let person = NewPerson { name: "Trần Thị Ví Dụ".to_owned(), ..NewPerson::default() };
            let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, person).await?;
            let holding = NewHolding { position: position.id, person, acting_for: None, from: now.today(), to: None };
            directory::actions::appoint(tx, now, &Actor::PROGRAM, holding).await?;
            let officer = NewOfficer { login: parsed, person, agency: agency.id, password, must_change: false };
            identity::actions::create_officer(tx, now, &Actor::PROGRAM, officer).await
        })
        .await
        .unwrap();
    login
}

async fn colleague(province: &Province) -> Person {
    newcomer(province, "H32.103", PositionKind::Administrator).await
}

/// A new officer's account, with a second session and a token.
async fn account(province: &Province, hidden: bool) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let login = appointed(province, "H32.103", PositionKind::Administrator).await;
    let other = province.begin_sign_in(&login, PASSWORD).await;
    let other = app.authenticator().unwrap().session(app, other.reveal()).await.unwrap().unwrap();
    let person = province.sign_in(&login, PASSWORD).await;
    let officer = person.officer().unwrap();
    let holding = directory::queries::holdings_of(app.store.read(), officer.person, now.today()).await.unwrap();
    let tokens = identity::queries::tokens_of(app.store.read(), officer.account, now).await.unwrap();
    let strangers = [province.officers().await[0].clone(), province.citizens().await[0].clone()];
    let thing = Thing::of(person.clone())
        .with("password", PASSWORD)
        .with("new-password", NEW_PASSWORD)
        .with("holding", holding[0].id)
        .with("session", other.id)
        .with("token", tokens[0].id);
    if hidden { thing.hidden_from(strangers) } else { thing }
}

async fn credentials(province: &Province) -> Thing {
    let login = appointed(province, "H32.103", PositionKind::Administrator).await;
    Thing::of(Owner::Anyone).with("login", login).with("password", PASSWORD)
}

/// An account that its agency's administrator looks after.
async fn administered(province: &Province) -> Thing {
    let (person, administrator) = (colleague(province).await, colleague(province).await);
    let elsewhere = newcomer(province, "H32.101", PositionKind::Administrator).await;
    let account = person.officer().unwrap().account;
    Thing::of(administrator).with("account", account).hidden_from([elsewhere])
}

fn code(province: &Province, secret: &[u8]) -> String {
    let totp = Builder::new().with_secret(Secret::new(secret.into())).build().unwrap();
    totp.generate(u64::try_from(province.app().now().utc().timestamp()).unwrap()).to_string()
}

async fn enrol(province: &Province, account: Id) {
    let (app, now) = (province.app(), province.app().now());
    app.store
        .write(async |tx| identity::actions::enrol_totp(tx, now, &Actor::PROGRAM, account, SECRET).await)
        .await
        .unwrap();
}

async fn with_second_factor(province: &Province) -> Thing {
    let person = colleague(province).await;
    enrol(province, person.officer().unwrap().account).await;
    Thing::of(person).with("code", code(province, SECRET))
}

async fn enrolling(province: &Province) -> Thing {
    let (app, person) = (province.app(), colleague(province).await);
    let session = app.authenticator().unwrap().session(app, person.secret.reveal()).await.unwrap().unwrap();
    identity::actions::start_enrolment(app, session.id).await.unwrap();
    let secret = identity::queries::pending_enrolment(app.store.read(), session.id).await.unwrap().unwrap();
    Thing::of(person).with("code", code(province, &secret))
}

impl From<SessionSecret> for Owner {
    fn from(secret: SessionSecret) -> Self {
        Self::Session(secret)
    }
}

async fn at_code(province: &Province) -> Thing {
    let person = colleague(province).await;
    enrol(province, person.officer().unwrap().account).await;
    Thing::of(province.begin_sign_in(&person.login, PASSWORD).await).with("code", code(province, SECRET))
}

async fn at_password(province: &Province) -> Thing {
    let (person, administrator) = (colleague(province).await, colleague(province).await);
    let account = person.officer().unwrap().account;
    let handed_out =
        identity::actions::reset_password(province.app(), administrator.officer().unwrap(), account).await.unwrap();
    Thing::of(province.begin_sign_in(&person.login, &handed_out).await).with("new-password", NEW_PASSWORD)
}

/// A demo asks nobody to enrol, so a session is put at this step by hand.
async fn at_enrolment(province: &Province) -> Thing {
    let (app, person) = (province.app(), colleague(province).await);
    let session = app.authenticator().unwrap().session(app, person.secret.reveal()).await.unwrap().unwrap();
    app.store
        .write(async |tx| {
            Sql::new("UPDATE identity_sessions SET awaits = 'enrol', totp_new = $2 WHERE id = $1")
                .bind(session.id.uuid())
                .bind(SECRET.to_vec())
                .run(tx)
                .await
        })
        .await
        .unwrap();
    Thing::of(person.secret).with("code", code(province, SECRET))
}

/// A number of the one list of demo numbers that no person of the demo has.
fn free_number(index: usize) -> PersonalNumber {
    let people = province::people().unwrap();
    let mut numbers = province::id_numbers().unwrap();
    numbers.retain(|number| people.iter().all(|person| person.id_number != *number));
    numbers.swap_remove(index)
}

/// Somebody who has no account yet.
fn unregistered(province: &Province) -> Thing {
    Thing::of(Owner::Anyone)
        .with("id", Id::new(province.app().now()))
        .with("number", free_number(0).reveal())
        .with("name", "Lê Thị Ví Dụ")
        .with("contact", "le.thi.vi.du@example.vn")
        .with("password", PASSWORD)
}

async fn registration(province: &Province) -> Thing {
    let (app, id) = (province.app(), Id::new(province.app().now()));
    let claim = Claim {
        number: free_number(1),
        name: "Phạm Văn Mẫu".to_owned(),
        birth_date: chrono::NaiveDate::from_ymd_opt(1990, 1, 5).unwrap(),
        contact: "pham.van.mau@example.vn".parse::<Contact>().unwrap(),
    };
    let begun = identity::actions::begin_registration(app, &Browser::default(), id, &claim, PASSWORD, PASSWORD).await;
    let Begun::Shown(code) = begun.unwrap() else { panic!("a demo shows the code") };
    Thing::of(Owner::Anyone).with("registration", id).with("code", code)
}

/// The token of a program with one scope.
pub(crate) async fn client_token(province: &Province, scope: &str) -> String {
    let (app, now) = (province.app(), province.app().now());
    let policy = &Identity::of(app).unwrap().policy;
    let secret = app
        .store
        .write(async |tx| {
            let account = identity::actions::create_client(tx, now, &Actor::PROGRAM, "Chương trình mẫu").await?;
            let new = NewToken {
                id: Id::new(now),
                account,
                holding: None,
                scopes: [scope.to_owned()].into(),
                name: "mẫu".to_owned(),
                ends_at: now.utc() + TimeDelta::days(1),
            };
            identity::actions::create_token(tx, now, &*app.random, policy, &Actor::PROGRAM, new).await
        })
        .await
        .unwrap();
    secret.reveal().to_owned()
}
