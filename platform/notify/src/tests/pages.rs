use std::sync::Arc;

use base::{Error, Id, Result};
use contracts::Questions;
use http::StatusCode;
use journal::{Actor, Thing};
use store::Sql;
use system::{App, Caller};
use web::testing::{Answered, Doorkeeper, citizen};

use super::peer::MailServer;
use super::{Fixture, told};
use crate::{Message, To, tell, unread};

fn sign_in(app: &App, person: Id) {
    app.join(Questions::default(), Arc::new(Doorkeeper(move |_: &App, _: &str| Caller::Citizen(citizen(person)))));
}

async fn get(f: &Fixture, app: &App, address: &str) -> Answered {
    f.given.get(app, "x", address).await
}

async fn page(f: &Fixture, app: &App, address: &str) -> String {
    get(f, app, address).await.page()
}

async fn deliveries(app: &App) -> i64 {
    let sql = Sql::new("SELECT COUNT(*) FROM exchange_deliveries");
    sql.one(app.store.read(), |row| row.get(0)).await.unwrap().unwrap()
}

#[store::test]
async fn opening_a_message_marks_it_read_and_leads_to_its_thing(f: Fixture) {
    let app = f.without_mail();
    let person = f.person(None).await;
    sign_in(&app, person);
    let first = told(&app, person, "H32.15-261120-0001").await;
    told(&app, person, "H32.15-261120-0002").await;
    let list = page(&f, &app, "/thong-bao").await;
    assert!(list.contains("2 thông báo chưa đọc"), "{list}");
    let (newer, older) = (list.find("-0002").unwrap(), list.find("-0001").unwrap());
    assert!(newer < older, "newest first");
    for _ in 0..2 {
        let answer = get(&f, &app, &format!("/thong-bao/{first}")).await;
        assert_eq!(answer.to(), "/ho-so/H32.15-261120-0001");
    }
    assert_eq!(unread(app.store.read(), person).await.unwrap(), 1);
    let verbs: Vec<String> =
        journal::history(&app.store, first).await.unwrap().into_iter().map(|line| line.verb).collect();
    assert_eq!(verbs, ["notify.told", "notify.read"]);
}

#[store::test]
async fn nobody_sees_what_another_was_told(f: Fixture) {
    let app = f.without_mail();
    let (person, other) = (f.person(None).await, f.person(None).await);
    sign_in(&app, person);
    let theirs = told(&app, other, "H32.15-261120-0009").await;
    assert!(!page(&f, &app, "/thong-bao").await.contains("0009"));
    assert_eq!(get(&f, &app, &format!("/thong-bao/{theirs}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(unread(app.store.read(), other).await.unwrap(), 1);
}

#[store::test]
async fn all_messages_are_marked_as_read_at_once(f: Fixture) {
    let app = f.without_mail();
    let (person, other) = (f.person(None).await, f.person(None).await);
    sign_in(&app, person);
    for person in [person, person, other] {
        told(&app, person, "H32.15-261120-0001").await;
    }
    let answer = f.given.post(&app, "x", "/thong-bao/da-doc", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(unread(app.store.read(), person).await.unwrap(), 0);
    assert_eq!(unread(app.store.read(), other).await.unwrap(), 1);
}

#[store::test]
async fn without_a_mail_server_people_are_told_in_the_program_only(f: Fixture) {
    let app = f.without_mail();
    let person = f.person(Some("vidu@hopthu.example")).await;
    sign_in(&app, person);
    told(&app, person, "H32.15-261120-0001").await;
    assert_eq!(deliveries(&app).await, 0);
    assert!(page(&f, &app, "/thong-bao").await.contains("chưa nối máy chủ thư"));
}

#[store::test]
async fn the_page_says_whether_and_where_mails_go(f: Fixture) {
    let server = MailServer::start().await;
    for (mailbox, words, mails) in [(None, "chưa khai hộp thư", 0), (Some("vidu@hopthu.example"), "vi•••@hopthu", 1)]
    {
        let app = f.with_mail(&server.address);
        let person = f.person(mailbox).await;
        sign_in(&app, person);
        told(&app, person, "H32.15-261120-0001").await;
        assert_eq!(deliveries(&app).await, mails);
        assert!(page(&f, &app, "/thong-bao").await.contains(words), "{words}");
    }
}

#[store::test]
async fn a_long_list_goes_on_where_it_stopped(f: Fixture) {
    let app = f.without_mail();
    let person = f.person(None).await;
    sign_in(&app, person);
    for number in 0..31 {
        told(&app, person, &format!("H32.15-261120-{number:04}")).await;
    }
    let first = page(&f, &app, "/thong-bao").await;
    assert!(!first.contains("-0000"));
    let (_, rest) = first.split_once("?sau=").expect("a next page");
    let second = page(&f, &app, &format!("/thong-bao?sau={}", rest.split_once('"').unwrap().0)).await;
    assert!(second.contains("-0000") && !second.contains("-0001"));
}

#[store::test]
async fn a_message_never_leads_outside(f: Fixture) {
    let app = f.without_mail();
    let person = f.person(None).await;
    for link in ["https://elsewhere.example", "//elsewhere.example"] {
        let about = Thing { kind: "dossier", id: person };
        let message = Message { text: "tests-received", parameters: &[], link, about };
        let now = app.now();
        let told: Result<Id> =
            app.store.write(async |tx| tell(tx, &app, now, &Actor::PROGRAM, To { person }, message).await).await;
        assert!(matches!(told.unwrap_err(), Error::Inside(_)));
    }
    assert_eq!(unread(app.store.read(), person).await.unwrap(), 0);
}
