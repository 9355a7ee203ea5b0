//! People are called in turn, each once, at the counter that serves them; strangers to a desk change nothing at it.

mod booking;
mod calling;
mod settings;

use base::Id;
use http::StatusCode;
use store::Sql;

use super::fixture::{DESK, Fixture, NOBODY, OTHER_DESK};
use crate::ticket::State;

#[store::test]
async fn a_ticket_is_drawn_followed_and_given_up_without_signing_in(f: Fixture) {
    f.draw("A", "").await;
    let kiosk = f.get(NOBODY, "/lay-so/H32.103").await.page();
    assert!(kiosk.contains("Hộ tịch, chứng thực") && kiosk.contains("75 tuổi"), "{kiosk}");
    let (kind, id) = (f.kind("A").await.id.to_string(), Id::new(f.app.now()).to_string());
    let fields = [("id", id.as_str()), ("kind", kind.as_str()), ("priority", "")];
    let address = f.post(NOBODY, "/lay-so/H32.103", &fields).await.to();
    assert_eq!(f.post(NOBODY, "/lay-so/H32.103", &fields).await.to(), address, "sent twice it is one");
    let page = f.get(NOBODY, &address).await.page();
    assert!(page.contains("A002") && page.contains("<b>1</b>"), "{page}");
    assert!(f.get(NOBODY, &format!("{address}/in")).await.page().contains("A002"));
    assert!(f.get(NOBODY, "/lay-so").await.page().contains("Nha Trang"));
    f.post(NOBODY, &format!("{address}/bo"), &[]).await.to();
    assert_eq!(f.ticket(id.parse().unwrap()).await.state, State::Dropped);
    assert_eq!(f.post(NOBODY, &format!("{address}/bo"), &[]).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn what_is_wrong_with_a_drawing_is_said_and_nothing_is_drawn(f: Fixture) {
    let id = Id::new(f.app.now()).to_string();
    let kind = f.kind("A").await.id.to_string();
    for (kind, priority, told) in [
        ("", "", "Chọn một loại việc"),
        (id.as_str(), "", "Chọn một loại việc"),
        (kind.as_str(), "rich", "diện ưu tiên"),
    ] {
        let fields = [("id", id.as_str()), ("kind", kind), ("priority", priority)];
        let answer = f.post(NOBODY, "/lay-so/H32.103", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    assert_eq!(f.get(NOBODY, "/lay-so/H32.101").await.status, StatusCode::NOT_FOUND, "the neighbour has no desk");
    let drawn = Sql::new("SELECT count(*) FROM queue_tickets").one(f.app.store.read(), |row| row.get::<i64>(0)).await;
    assert_eq!(drawn.unwrap(), Some(0));
}

#[store::test]
async fn the_counters_of_another_agency_do_not_exist(f: Fixture) {
    let ticket = f.draw("A", "").await;
    assert_eq!(f.call(1).await.as_deref(), Some("A001"));
    let counter = format!("/quay/{}", f.counter(1).await.id);
    let act = format!("{counter}/so/{}", ticket.id);
    assert_eq!(f.get(OTHER_DESK, &counter).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.post(OTHER_DESK, &format!("{counter}/goi"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.post(OTHER_DESK, &act, &[("viec", "xong")]).await.status, StatusCode::NOT_FOUND);
    assert!(!f.get(OTHER_DESK, "/quay").await.page().contains("A001"));
    assert_eq!(f.get(DESK, "/quay/thiet-lap").await.status, StatusCode::FORBIDDEN);
    assert_eq!(f.ticket(ticket.id).await.state, State::Called);
}

#[store::test]
async fn the_screen_shows_who_is_called_and_the_ticket_where_to_go(f: Fixture) {
    let ticket = f.draw("A", "").await;
    f.draw("A", "").await;
    assert!(f.get(NOBODY, "/man-hinh/H32.103").await.page().contains("Chưa gọi số nào"));
    f.call(1).await;
    let screen = f.get(NOBODY, "/man-hinh/H32.103").await.page();
    assert!(screen.contains("Mời số A001 đến quầy 1") && screen.contains("A002"), "{screen}");
    assert!(f.get(NOBODY, &format!("/so/{}", ticket.id)).await.page().contains("Mời đến quầy 1"));
    f.on("2026-11-23T08:00:00+07:00");
    assert!(f.get(NOBODY, "/man-hinh/H32.103").await.page().contains("Chưa gọi số nào"), "a day is a day");
    assert!(f.get(NOBODY, &format!("/so/{}", ticket.id)).await.page().contains("ngày đã qua"));
}
