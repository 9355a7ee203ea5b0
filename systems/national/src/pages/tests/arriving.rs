//! Filed at the portal.

use http::StatusCode;

use crate::pages::fixture::{DESK, Fixture, NUMBER, SECRET, STRANGER};
use crate::queries::Fate;

const CODE: &str = "000.00.00.G99-261120-0001";
const PROCEDURE: &str = "9.000001";

#[store::test]
async fn it_becomes_one_dossier_with_its_papers_and_is_known_there_by_its_code(f: Fixture) {
    let filed = f.filed(CODE, PROCEDURE, &[("ban-ve", "/tep/ban-ve")]);
    assert_eq!(f.calls(&filed, "khác").await, Err(StatusCode::FORBIDDEN));
    for _ in 0..2 {
        assert_eq!(f.calls(&filed, SECRET).await.unwrap().error_code, "00");
    }
    assert_eq!(f.arrival(CODE).await.unwrap().fate, Fate::Waiting);
    f.work().await;
    let arrival = f.arrival(CODE).await.unwrap();
    assert_eq!(arrival.fate, Fate::Filed);
    let (dossier, papers) = {
        let world = f.world.lock().unwrap();
        assert_eq!(world.filed.len(), 1);
        assert_eq!(world.filed[0].applicant_name, "Trần Thị Demo");
        (arrival.dossier.clone().unwrap(), world.filed[0].papers.clone())
    };
    assert_eq!((papers.len(), papers[0].component.as_str(), papers[0].mime.as_str()), (1, "ban-ve", "application/pdf"));
    let number = NUMBER.parse().unwrap();
    let known = directory::queries::person_by_number(f.app.store.read(), &number).await.unwrap().unwrap();
    assert_eq!(f.world.lock().unwrap().filed[0].applicant, known.id, "who is known is not made twice");
    // Sent again after all of it: the answer names the dossier, and nothing is made.
    assert_eq!(f.calls(&filed, SECRET).await.unwrap().message, dossier);
    f.work().await;
    assert_eq!(f.world.lock().unwrap().filed.len(), 1);
    assert!(f.get(DESK, "/lien-thong-quoc-gia/tiep-nhan").await.page().contains(&dossier));
    assert!(!f.get(STRANGER, "/lien-thong-quoc-gia/tiep-nhan").await.page().contains(&dossier));
}

#[store::test]
async fn what_cannot_be_taken_in_is_refused_with_the_reason_there_and_here(f: Fixture) {
    let strange = format!("{}.vi-du.vn/tep/ban-ve", f.at);
    let mut elsewhere = f.filed("4", PROCEDURE, &[("ban-ve", "/tep/ban-ve")]);
    elsewhere.agency = "H32.15".to_owned();
    let mut nobody = f.filed("5", PROCEDURE, &[("ban-ve", "/tep/ban-ve")]);
    nobody.dossier.identities.clear();
    for (filed, reason) in [
        (f.filed("1", "9.999999", &[]), "Thủ tục không có"),
        (f.filed("2", PROCEDURE, &[]), "Thiếu thành phần"),
        (f.filed("3", PROCEDURE, &[("ban-ve", &strange)]), "Tệp không nằm tại"),
        (elsewhere, "Cơ quan không tiếp nhận"),
        (nobody, "Thiếu họ tên hoặc số định danh"),
    ] {
        let reply = f.calls(&filed, SECRET).await.unwrap();
        assert!(reply.error_code == "01" && reply.message.contains(reason), "{reply:?}");
        assert_eq!(f.arrival(&filed.dossier.code).await.unwrap().fate, Fate::Refused);
    }
    let page = f.get(DESK, "/lien-thong-quoc-gia/tiep-nhan").await.page();
    assert!(page.contains("Thiếu thành phần") && page.contains("Tệp không nằm tại"), "{page}");
    let filed = f.filed("6", PROCEDURE, &[("ban-ve", "/tep/la")]);
    assert_eq!(f.calls(&filed, SECRET).await.unwrap().error_code, "00");
    f.work().await;
    let arrival = f.arrival("6").await.unwrap();
    assert_eq!((arrival.fate, arrival.reason.as_deref()), (Fate::Refused, Some("national-refused-file")));
    assert!(f.world.lock().unwrap().filed.is_empty());
    assert_eq!(f.calls(&f.filed("", PROCEDURE, &[]), SECRET).await, Err(StatusCode::UNPROCESSABLE_ENTITY));
}
