use base::Id;
use chrono::TimeDelta;
use exchange::{Delivery, State};
use journal::Actor;
use store::Sql;
use system::App;

use super::peer::{MailServer, Mood};
use super::{Fixture, told};

/// The delivery of the one mail that was queued.
async fn delivery(app: &App) -> Delivery {
    let subject = Sql::new("SELECT subject_id FROM exchange_deliveries")
        .one(app.store.read(), |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
        .unwrap()
        .expect("a delivery was queued");
    exchange::queries::about(app.store.read(), subject).await.unwrap().remove(0)
}

#[store::test]
async fn a_mail_says_which_dossier_and_where_to_look_and_nothing_more(f: Fixture) {
    let server = MailServer::start().await;
    let app = f.with_mail(&server.address);
    let person = f.person(Some("vidu@hopthu.example")).await;
    let message = told(&app, person, "H32.15-261120-0001").await;
    assert_eq!(exchange::run(&app).await.unwrap(), 1);
    assert_eq!(exchange::run(&app).await.unwrap(), 0);
    let [mail] = &server.mails()[..] else { panic!("one mail") };
    assert_eq!(mail.header("To"), "vidu@hopthu.example");
    assert_eq!(mail.header("Subject"), "Hồ sơ H32.15-261120-0001 đã được tiếp nhận.");
    assert_eq!(mail.header("Message-ID"), format!("<{message}@tinh.example>"));
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert_eq!(mail.header("Date"), "Fri, 20 Nov 2026 01:00:00 +0000");
    let body = mail.body();
    assert!(body.contains("https://dichvucong.tinh.example/ho-so/H32.15-261120-0001"), "{body}");
    assert!(body.contains("Dữ liệu minh họa") && body.contains("1022"), "{body}");
    assert!(!body.contains("Lê Thị Ví Dụ"), "{body}");
    let delivery = delivery(&app).await;
    assert_eq!((delivery.state, delivery.receipt.as_deref()), (State::Delivered, Some("250 queued as 7F00")));
    assert_eq!(delivery.destination, "vi•••@hopthu.example");
    assert!(!delivery.payload.contains("vidu"), "{}", delivery.payload);
}

#[store::test]
async fn a_real_province_does_not_speak_of_sample_data(mut f: Fixture) {
    let server = MailServer::start().await;
    f.given.settings.demo = false;
    let app = f.with_mail(&server.address);
    told(&app, f.person(Some("vidu@hopthu.example")).await, "H32.15-261120-0001").await;
    exchange::run(&app).await.unwrap();
    assert!(!server.mails()[0].body().contains("minh họa"));
}

#[store::test]
async fn a_mail_server_that_asks_to_come_again_gets_the_mail_later(f: Fixture) {
    let server = MailServer::start().await;
    let app = f.with_mail(&server.address);
    told(&app, f.person(Some("vidu@hopthu.example")).await, "H32.15-261120-0001").await;
    for mood in [Mood::Greylists, Mood::ForbidsSender] {
        server.set(mood);
        exchange::run(&app).await.unwrap();
        assert_eq!(delivery(&app).await.state, State::Queued);
        f.pass(TimeDelta::minutes(2));
    }
    server.set(Mood::Takes);
    exchange::run(&app).await.unwrap();
    assert_eq!((delivery(&app).await.state, server.mails().len()), (State::Delivered, 1));
}

#[store::test]
async fn a_mailbox_that_does_not_exist_is_not_tried_again(f: Fixture) {
    let server = MailServer::start().await;
    server.set(Mood::Refuses);
    let app = f.with_mail(&server.address);
    told(&app, f.person(Some("vidu@hopthu.example")).await, "H32.15-261120-0001").await;
    exchange::run(&app).await.unwrap();
    let delivery = delivery(&app).await;
    assert_eq!(delivery.state, State::Failed);
    assert!(delivery.error.as_deref().is_some_and(|error| error.contains("no such mailbox")), "{:?}", delivery.error);
}

#[store::test]
async fn a_mail_sent_twice_over_a_broken_line_is_known_as_one(f: Fixture) {
    let server = MailServer::start().await;
    server.set(Mood::TakesAndBreaksOff);
    let app = f.with_mail(&server.address);
    told(&app, f.person(Some("vidu@hopthu.example")).await, "H32.15-261120-0001").await;
    exchange::run(&app).await.unwrap();
    server.set(Mood::Takes);
    f.pass(TimeDelta::minutes(2));
    exchange::run(&app).await.unwrap();
    let [first, second] = &server.mails()[..] else { panic!("two mails") };
    for name in ["Message-ID", "Date", "Subject", "To"] {
        assert_eq!(first.header(name), second.header(name));
    }
    assert_eq!(delivery(&app).await.state, State::Delivered);
}

#[store::test]
async fn a_mail_server_that_is_away_is_asked_again(f: Fixture) {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let app = f.with_mail(&free.to_string());
    told(&app, f.person(Some("vidu@hopthu.example")).await, "H32.15-261120-0001").await;
    exchange::run(&app).await.unwrap();
    let delivery = delivery(&app).await;
    assert_eq!((delivery.state, delivery.tries), (State::Queued, 1));
    assert!(delivery.error.is_some());
}

#[store::test]
async fn an_erased_mailbox_gets_no_mail_that_still_waited(f: Fixture) {
    let server = MailServer::start().await;
    let app = f.with_mail(&server.address);
    let id = f.person(Some("vidu@hopthu.example")).await;
    told(&app, id, "H32.15-261120-0001").await;
    let mut person = directory::queries::person(app.store.read(), id).await.unwrap().unwrap();
    person.email = None;
    let now = app.now();
    let change = async |tx: &store::Tx| directory::actions::change_person(tx, now, &Actor::PROGRAM, &person).await;
    app.store.write(change).await.unwrap();
    exchange::run(&app).await.unwrap();
    let delivery = delivery(&app).await;
    assert_eq!((delivery.state, delivery.error.as_deref()), (State::Failed, Some("notify-error-no-mailbox")));
    assert_eq!(server.mails().len(), 0);
}
