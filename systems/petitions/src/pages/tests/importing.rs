//! Tables as offices send them.

use http::StatusCode;

use super::{CLERK, Fixture, LIST, NOBODY, STRANGER};
use crate::import::samples::{ROWS, docx, far_cell, ods, xlsx};
use crate::petition::State;
use crate::queries::{self, Filter};

async fn codes(f: &Fixture) -> Vec<String> {
    let page = f.get(CLERK, LIST).await.page();
    let mut codes: Vec<String> =
        page.split(&format!("href=\"{LIST}/KN-")).skip(1).map(|rest| format!("KN-{}", &rest[..9])).collect();
    codes.sort();
    codes
}

#[store::test]
async fn every_usual_file_is_read_looked_at_and_entered(f: Fixture) {
    let files = [("bang.docx", docx(ROWS)), ("bang.xlsx", xlsx(ROWS)), ("bang.ods", ods(ROWS))];
    for (number, (name, bytes)) in (12..).zip(files) {
        let meeting = f.meeting(&number.to_string(), "2026-12-08").await;
        let id = f.id();
        let fields = [("id", id.as_str()), ("meeting", &meeting), ("sitting", "after")];
        let address = f.table(CLERK, &fields, (name, &bytes)).await.to();
        assert_eq!(f.get(STRANGER, &address).await.status, StatusCode::NOT_FOUND);
        let preview = f.get(CLERK, &address).await.page();
        for part in
            ["Nội dung kiến nghị", "Xã Không Có Thật", "phường Nha Trang", "Sở Xây dựng", "Giao thông, xây dựng"]
        {
            assert!(preview.contains(part), "{name}: {part}: {preview}");
        }
        let row = preview.split("name=\"place-").nth(1).unwrap().split('"').next().unwrap();
        let place = format!("place-{row}");
        let unplaced = f.post(CLERK, &address, &[]).await;
        assert_eq!(unplaced.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: a place must be chosen");
        assert!(unplaced.body.contains("Xin chọn xã"), "{name}");
        f.post(CLERK, &address, &[(place.as_str(), "H32.101")]).await.to();
        // Confirmed twice, or uploaded by the same form, it enters nothing more.
        f.post(CLERK, &address, &[(place.as_str(), "H32.101")]).await.to();
        f.table(CLERK, &fields, (name, &bytes)).await.to();
        let filter = Filter { meeting: Some(meeting.parse().unwrap()), ..Filter::default() };
        let c = f.app.store.read();
        let counted = queries::public_list(c, f.app.store.kind(), &filter, None, 10).await.unwrap();
        assert!(counted.rows.is_empty(), "{name}: nothing is public yet");
        assert!(f.get(CLERK, &address).await.page().contains("đã được nhập: 4"), "{name}");
    }
    let codes = codes(&f).await;
    assert_eq!(codes.len(), 12);
    let second = f.petition(&codes[1]).await;
    let collected = queries::collected_in(f.app.store.read(), second.id).await.unwrap().remove(0);
    assert_eq!((second.state, second.field.as_str()), (State::New, "giao-thong"));
    assert_eq!((collected.place, collected.voter.as_str()), (f.ward.id, "Tổ dân phố Ví Dụ"), "as merged cells have it");
    let first = f.petition(&codes[0]).await;
    assert_eq!(first.proposed, Some(f.department.id));
    assert!(!f.get(NOBODY, "/kien-nghi-cu-tri").await.page().contains("KN-"));
}

#[store::test]
async fn a_row_can_be_left_out_and_the_same_file_is_told_of(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let bytes = docx(ROWS);
    for time in 0..2 {
        let id = f.id();
        let fields = [("id", id.as_str()), ("meeting", &meeting), ("sitting", "before")];
        let address = f.table(CLERK, &fields, ("bang.docx", &bytes)).await.to();
        let preview = f.get(CLERK, &address).await.page();
        assert_eq!(preview.contains("đã được nhập trước đây"), time == 1, "{preview}");
        if time == 0 {
            let row = preview.split("name=\"place-").nth(1).unwrap().split('"').next().unwrap().to_owned();
            f.post(CLERK, &address, &[("left-out", row.as_str())]).await.to();
        }
    }
    assert_eq!(codes(&f).await.len(), 3);
}

#[store::test]
async fn what_cannot_be_read_is_said_at_once_and_nothing_is_lost(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let mut damaged = xlsx(ROWS);
    damaged.truncate(damaged.len() / 2);
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("bang.pdf", b"%PDF-1.7 no table".to_vec(), "Chỉ nhận tệp"),
        ("bang.csv", b"STT;Noi dung".to_vec(), "Chỉ nhận tệp"),
        ("hong.xlsx", damaged, "Không mở được tệp này"),
        ("xa.xlsx", far_cell(), "quá nhiều dòng hoặc cột"),
        ("khac.docx", docx(&[&["Tên", "Số"], &["A", "1"]]), "Không thấy bảng nào"),
        ("rong.docx", Vec::new(), "Chỉ nhận tệp"),
    ];
    for (name, bytes, told) in cases {
        let id = f.id();
        let fields = [("id", id.as_str()), ("meeting", &meeting), ("sitting", "after")];
        let answer = f.table(CLERK, &fields, (name, &bytes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains(told), "{name}: {}", answer.body);
        assert!(answer.body.contains("value=\"after\" selected"), "{name}: what was chosen is kept");
    }
    let none = f.post(CLERK, &format!("{LIST}/nhap"), &[("id", &f.id())]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}
