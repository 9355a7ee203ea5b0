//! People who follow a place or a kind.

use http::StatusCode;

use super::{DESK, Fixture, HOLE, MODERATED, NOBODY, OTHER, OWNER, answered, assigned, code_of};
use crate::actions;
use crate::queries;

async fn told(f: &Fixture, who: &str) -> usize {
    while actions::digest(&f.app).await.unwrap() > 0 {}
    f.get(who, "/thong-bao").await.page().matches("Tuần qua").count()
}

#[store::test]
async fn one_message_a_week_tells_of_everything_that_is_followed(f: Fixture) {
    let follow = async |who, kind, commune| {
        f.post(who, "/phan-anh/theo-doi", &[("loai", kind), ("xa", commune)]).await.to();
    };
    // The same report by its kind and by its place; what is followed twice is followed once.
    follow(OWNER, "o-ga", "").await;
    follow(OWNER, "", "H32.103").await;
    follow(OWNER, "", "H32.103").await;
    follow(OTHER, "rac", "").await;
    assert_eq!(queries::subscriptions(f.app.store.read(), f.person).await.unwrap().len(), 2);
    f.on("2026-11-20T09:00:00+07:00");
    answered(&f, NOBODY).await;
    f.on("2026-11-21T09:00:00+07:00");
    let another: Vec<(&str, &str)> = HOLE.iter().copied().chain([("van-gui", "yes")]).collect();
    let code = code_of(&f.sent(NOBODY, &another, &[]).await);
    f.at_step(DESK, &code, "phan-loai", MODERATED).await.to();
    assert_eq!(told(&f, OWNER).await, 0, "the week is not over");
    f.on("2026-11-26T09:00:01+07:00");
    assert_eq!((told(&f, OWNER).await, told(&f, OTHER).await), (1, 0), "nothing happened to what the other follows");
    let messages = f.get(OWNER, "/thong-bao").await.page();
    assert!(messages.contains("2 phản ánh mới và 1 trả lời"), "{messages}");
    f.on("2026-12-04T09:00:00+07:00");
    assert_eq!(told(&f, OWNER).await, 1, "a week in which nothing happened has no message");
}

#[store::test]
async fn whoever_follows_no_more_is_told_no_more(f: Fixture) {
    f.post(OWNER, "/phan-anh/theo-doi", &[("loai", "o-ga"), ("xa", "")]).await.to();
    let page = f.get(OWNER, "/phan-anh/theo-doi").await.page();
    assert!(page.contains("Ổ gà, hư hỏng mặt đường"), "{page}");
    let id = queries::subscriptions(f.app.store.read(), f.person).await.unwrap().remove(0).id;
    let stop = format!("/phan-anh/theo-doi/{id}/bo");
    assert_eq!(f.post(OTHER, &stop, &[]).await.status, StatusCode::NOT_FOUND);
    f.post(OWNER, &stop, &[]).await.to();
    assigned(&f, NOBODY).await;
    f.on("2026-11-30T09:00:00+07:00");
    assert_eq!(told(&f, OWNER).await, 0);
    let unknown = f.post(OWNER, "/phan-anh/theo-doi", &[("loai", "khong-co"), ("xa", "")]).await;
    assert_eq!(unknown.status, StatusCode::SEE_OTHER);
    assert!(queries::subscriptions(f.app.store.read(), f.person).await.unwrap().is_empty());
}
