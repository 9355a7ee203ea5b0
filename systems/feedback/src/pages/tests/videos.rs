//! Videos are for those in charge.

use http::StatusCode;

use super::{DESK, Fixture, HOLE, LEADER, NOBODY, OTHER_DESK, SPECIALIST, code_of};
use crate::queries;

fn video(bytes: usize) -> Vec<u8> {
    let mut video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    video.resize(bytes, 7);
    video
}

#[store::test]
async fn a_video_is_seen_at_the_desk_in_charge_and_nowhere_else(f: Fixture) {
    let receipt = f.sent(NOBODY, HOLE, &[("video", "duong.mp4", &video(5000))]).await;
    let code = code_of(&receipt);
    let report = f.report(&code).await;
    let id = queries::video(f.app.store.read(), report.form_id).await.unwrap().unwrap().id;
    let address = format!("/phan-anh-xu-ly/{code}/video/{id}");
    let seen = f.get(DESK, &address).await;
    assert_eq!((seen.status, seen.kind.as_deref()), (StatusCode::OK, Some("video/mp4")));
    assert_eq!(journal::reads_of_person(&f.app.store, report.id, None, 10).await.unwrap().rows.len(), 1);
    assert!(f.get(DESK, &format!("/phan-anh-xu-ly/{code}")).await.page().contains(&address));
    for who in [OTHER_DESK, LEADER] {
        assert_eq!(f.get(who, &address).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    f.at_step(DESK, &code, "phan-loai", super::MODERATED).await.to();
    assert_eq!(f.get(SPECIALIST, &address).await.status, StatusCode::OK, "whoever works on it");
    let public = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    assert!(!public.contains("<video") && !public.contains(&id.to_string()), "{public}");
    assert!(!f.get(NOBODY, &receipt).await.page().contains("<video"));
}

#[store::test]
async fn a_video_that_is_too_large_or_none_is_refused_with_advice_and_nothing_is_lost(f: Fixture) {
    let secret = f.secret(NOBODY).await;
    let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(HOLE.iter().copied()).collect();
    for (bytes, advice) in [(video(61_000_000), "cắt ngắn còn nửa phút"), (vec![1; 3000], "Chỉ nhận video MP4")]
    {
        let files: &[(&str, &str, &[u8])] = &[("video", "dai.mp4", &bytes), ("photos", "a.jpg", &super::picture())];
        let refused = f.upload(NOBODY, "/phan-anh/gui", &fields, files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(advice) && refused.body.contains("Ổ gà sâu, anh Ba"), "{}", refused.body);
        assert!(refused.body.contains("Đã nhận 1 ảnh"), "what came after it is taken: {}", refused.body);
    }
    let receipt = f.upload(NOBODY, "/phan-anh/gui", &fields, &[]).await.to();
    let form = f.report(&code_of(&receipt)).await.form_id;
    assert_eq!(queries::video(f.app.store.read(), form).await.unwrap(), None);
}
