//! What was sent on a day, beside what the carrier has of it.

use contracts::crossing::Comparison;
use http::StatusCode;

use crate::carrier::Status;
use crate::pages::fixture::{ADMINISTRATOR, DESK, Fixture, SECRET, said};

const PAGE: &str = "/quan-tri/doi-soat";

#[store::test]
async fn every_order_of_a_day_is_in_one_figure_and_each_difference_is_closed_with_a_note(f: Fixture) {
    let (matched, odd, refused) = (f.sent(1).await, f.sent(2).await, f.sent(3).await);
    f.carrier.lock().unwrap().refused.insert(refused.code.clone());
    f.work().await;
    let waiting = f.sent(4).await;
    f.calls(&matched.code, &[said(&matched.code, Status::Accepted, 1)], SECRET).await;
    f.calls(&odd.code, &[said(&odd.code, Status::Accepted, 1)], SECRET).await;
    let mut wrong = said(&odd.code, Status::Delivered, 2);
    wrong.tracking = "VD-khác".to_owned();
    f.calls(&odd.code, &[wrong], SECRET).await;
    f.calls("H32.103-261120-0099-1", &[said("lạ", Status::Accepted, 1)], SECRET).await;
    let one_each =
        [Comparison::Matched, Comparison::OnlyTheirs, Comparison::Different, Comparison::Waiting, Comparison::GivenUp];
    assert_eq!(f.compared("2026-11-20").await, one_each.map(|comparison| (comparison, 1)).into());
    assert!(f.compared("2026-11-19").await.is_empty());
    assert_eq!(f.get(DESK, PAGE).await.status, StatusCode::FORBIDDEN);
    let page = f.get(ADMINISTRATOR, PAGE).await.page();
    assert!(page.contains("Bưu chính") && page.contains("Chỉ bên kia có"), "{page}");
    let rows = async |comparison: &str| {
        f.get(ADMINISTRATOR, &format!("{PAGE}/post?ngay=2026-11-20&ket-qua={comparison}")).await.page()
    };
    for (comparison, code) in [("matched", &matched.code), ("waiting", &waiting.code), ("given-up", &refused.code)] {
        assert!(rows(comparison).await.contains(code.as_str()), "{comparison}");
    }
    assert!(rows("only-theirs").await.contains("H32.103-261120-0099-1"));
    let different = rows("different").await;
    assert!(different.contains(&odd.code) && different.contains("Sai mã vận đơn"), "{different}");
    assert!(different.contains(&f.ward.name), "who deals with it");
    let close = async |key: &str, note: &str| {
        let fields = [("ngay", "2026-11-20"), ("ket-qua", "different"), ("key", key), ("note", note)];
        f.post(ADMINISTRATOR, &format!("{PAGE}/post/dong"), &fields).await
    };
    assert_eq!(close(&odd.code, " ").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(close(&matched.code, "không khác").await.status, StatusCode::NOT_FOUND);
    close(&odd.code, "Bưu cục ghi nhầm số").await.to();
    assert!(rows("different").await.contains("Bưu cục ghi nhầm số"));
    assert_eq!(f.get(ADMINISTRATOR, &format!("{PAGE}/khong-co")).await.status, StatusCode::NOT_FOUND);
}
