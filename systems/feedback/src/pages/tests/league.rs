//! Agencies side by side.

use super::{DESK, Fixture, HOLE, LEADER, MODERATED, NOBODY, SPECIALIST, code_of};
use crate::queries;

#[store::test]
async fn agencies_are_compared_by_the_middle_of_their_answers(f: Fixture) {
    let mut codes = Vec::new();
    for _ in 0..5 {
        let fields: Vec<(&str, &str)> = HOLE.iter().copied().chain([("van-gui", "yes")]).collect();
        codes.push(code_of(&f.sent(NOBODY, &fields, &[]).await));
    }
    // Four are answered within hours, one only the next day: the mean would say six hours and more.
    for (index, (code, hour)) in codes.iter().zip(["10:00", "11:00", "11:30", "14:00", "16:00"]).enumerate() {
        if index == 4 {
            let page = f.get(NOBODY, "/phan-anh/thong-ke").await.page();
            assert!(!page.contains("<li><span class=\"num\">1</span>"), "four answers give no place: {page}");
        }
        f.on(&format!("2026-11-{}T{hour}:00+07:00", if index == 4 { 20 } else { 19 }));
        f.at_step(DESK, code, "phan-loai", MODERATED).await.to();
        let id = format!("0198c0de-0000-7000-8000-00000000000{index}");
        f.at_step(SPECIALIST, code, "tra-loi", &[("id", &id), ("answer", "Đã vá.")]).await.to();
        f.at_step(LEADER, code, "duyet", &[]).await.to();
    }
    let since = f.report(&codes[0]).await.filed_at;
    let medians = queries::medians(f.app.store.read(), since).await.unwrap();
    assert_eq!((medians.get(&Some(f.ward.id)), medians.get(&None)), (Some(&150), Some(&150)));
    let page = f.get(NOBODY, "/phan-anh/thong-ke").await.page();
    assert!(page.contains("<li><span class=\"num\">1</span>") && page.contains("2 giờ"), "{page}");
}
