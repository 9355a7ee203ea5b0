use base::{Error, Id, PersonalNumber};
use chrono::TimeDelta;
use directory::NewPerson;
use journal::Actor;
use system::{Caller, PositionKind};

use super::{Demo, Fixture, PASSWORD, browser, day};
use crate::actions::{self, Begun, Claim, Confirmed};

const NUMBER: &str = "056068000056";

fn claim(contact: &str) -> Claim {
    Claim {
        number: NUMBER.parse().unwrap(),
        name: "Lê Thị Ví Dụ".to_owned(),
        birth_date: day("1990-05-06"),
        contact: contact.parse().unwrap(),
    }
}

async fn begin(f: &Fixture, id: Id, claim: &Claim) -> base::Result<Begun> {
    actions::begin_registration(&f.app, &browser(), id, claim, PASSWORD, PASSWORD).await
}

async fn begun(f: &Fixture, id: Id, claim: &Claim) -> String {
    match begin(f, id, claim).await.unwrap() {
        Begun::Shown(code) => code,
        other => panic!("{other:?}"),
    }
}

async fn confirm(f: &Fixture, id: Id, code: &str) -> Confirmed {
    actions::confirm_registration(&f.app, &browser(), id, code).await.unwrap()
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[store::test]
async fn a_citizen_registers_by_a_code_and_signs_in_by_number_or_telephone(f: Demo) {
    let f = f.0;
    let id = Id::new(f.app.now());
    let code = begun(&f, id, &claim("0901000001")).await;
    assert_eq!(begin(&f, id, &claim("0901000001")).await.unwrap(), Begun::Sent, "the same form changes nothing");
    assert_eq!(confirm(&f, id, wrong(&code)).await, Confirmed::Wrong { left: 4 });
    let Confirmed::Opened(opened) = confirm(&f, id, &code).await else { panic!("it opens") };
    let Caller::Citizen(citizen) = f.caller(&opened.secret).await else { panic!("a citizen") };
    assert_eq!((citizen.name.as_str(), citizen.assurance), ("Lê Thị Ví Dụ", 1));
    let person = directory::queries::person(f.app.store.read(), citizen.person).await.unwrap().unwrap();
    assert_eq!(person.personal_number.unwrap().reveal(), NUMBER);
    for login in ["056 068 000 056", "+84901000001"] {
        let opened = f.sign_in(login).await;
        assert_eq!(f.caller(&opened.secret).await.person(), Some(citizen.person));
    }
    let caller = f.caller(&opened.secret).await;
    let number = actions::change_password(&f.app, &caller, opened.session, PASSWORD, NUMBER, NUMBER).await;
    assert!(matches!(number, Err(Error::Invalid(fields)) if fields.contains_key("password")));
    assert_eq!(confirm(&f, id, &code).await, Confirmed::Ended, "a code makes one account");
    match begin(&f, Id::new(f.app.now()), &claim("0901000002")).await {
        Err(Error::Invalid(fields)) => assert!(fields.contains_key("number")),
        other => panic!("{other:?}"),
    }
}

#[store::test]
async fn five_wrong_codes_or_ten_minutes_end_a_registration(f: Demo) {
    let f = f.0;
    let id = Id::new(f.app.now());
    let code = begun(&f, id, &claim("0901000001")).await;
    for left in [4, 3, 2, 1, 0] {
        assert_eq!(confirm(&f, id, wrong(&code)).await, Confirmed::Wrong { left });
    }
    assert_eq!(confirm(&f, id, &code).await, Confirmed::Ended);
    let late = Id::new(f.app.now());
    let code = begun(&f, late, &claim("0901000001")).await;
    f.pass(TimeDelta::minutes(10));
    assert_eq!(confirm(&f, late, &code).await, Confirmed::Ended);
}

#[store::test]
async fn one_telephone_is_not_flooded_with_codes(f: Demo) {
    let f = f.0;
    for _ in 0..3 {
        begun(&f, Id::new(f.app.now()), &claim("0901000001")).await;
    }
    let fourth = begin(&f, Id::new(f.app.now()), &claim("0901000001")).await.unwrap();
    assert_eq!(fourth, Begun::Wait(f.app.now().utc() + TimeDelta::minutes(10)));
    begun(&f, Id::new(f.app.now()), &claim("0901000002")).await;
}

#[store::test]
async fn a_number_the_offices_know_is_theirs_who_holds_the_telephone_on_file(f: Demo) {
    let f = f.0;
    let known = NewPerson {
        name: "LÊ THỊ VÍ DỤ".to_owned(),
        birth_date: Some(day("1990-05-06")),
        personal_number: Some(NUMBER.parse::<PersonalNumber>().unwrap()),
        phone: Some("0901000001".parse().unwrap()),
        ..NewPerson::default()
    };
    let person =
        f.write(async |tx, now| directory::actions::add_person(tx, now, &Actor::PROGRAM, known).await).await.unwrap();
    let refused = async |claim: &Claim| matches!(begin(&f, Id::new(f.app.now()), claim).await, Err(Error::Invalid(fields)) if fields.contains_key("number"));
    assert!(refused(&claim("0901000002")).await, "another's telephone");
    assert!(refused(&claim("vidu@vidu.example")).await, "no mailbox on file");
    assert!(refused(&Claim { name: "Lê Thị Khác".to_owned(), ..claim("0901000001") }).await);
    assert!(refused(&Claim { birth_date: day("1991-05-06"), ..claim("0901000001") }).await);
    let id = Id::new(f.app.now());
    let code = begun(&f, id, &claim("0901000001")).await;
    let Confirmed::Opened(opened) = confirm(&f, id, &code).await else { panic!("it opens") };
    assert_eq!(f.caller(&opened.secret).await.person(), Some(person));
}

#[store::test]
async fn without_anybody_to_send_codes_nobody_registers_outside_a_demo(f: Fixture) {
    assert!(matches!(begin(&f, Id::new(f.app.now()), &claim("0901000001")).await, Err(Error::Conflict(_))));
}

#[store::test]
async fn what_is_wrong_is_told_field_by_field(f: Demo) {
    let f = f.0;
    let odd = Claim { name: "Dụ".to_owned(), birth_date: day("2026-11-20"), ..claim("0901000001") };
    let outcome = actions::begin_registration(&f.app, &browser(), Id::new(f.app.now()), &odd, NUMBER, NUMBER).await;
    let Err(Error::Invalid(fields)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["birth-date", "name", "password"]);
}

#[store::test]
async fn an_officer_at_the_desk_raises_the_level(f: Demo) {
    let f = f.0;
    let id = Id::new(f.app.now());
    let code = begun(&f, id, &claim("0901000001")).await;
    let Confirmed::Opened(citizen) = confirm(&f, id, &code).await else { panic!("it opens") };
    let account = f.caller(&citizen.secret).await.actor().account.unwrap();
    f.officer("demo.lan", PositionKind::Specialist).await;
    f.officer("demo.motcua", PositionKind::Reception).await;
    let raise = async |login: &str, account| {
        let officer = f.officer_of(&f.sign_in(login).await.secret).await;
        f.write(async |tx, now| actions::raise_assurance(tx, now, &officer, account).await).await
    };
    assert!(matches!(raise("demo.lan", account).await, Err(Error::Forbidden(_))));
    assert!(matches!(raise("demo.motcua", id).await, Err(Error::NotFound)));
    raise("demo.motcua", account).await.unwrap();
    raise("demo.motcua", account).await.unwrap();
    assert_eq!(f.caller(&citizen.secret).await.citizen().unwrap().assurance, 2);
    let raised = f.verbs(account).await.iter().filter(|verb| *verb == "identity.assurance-raised").count();
    assert_eq!(raised, 1);
}
