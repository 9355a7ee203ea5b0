//! The page on which anybody has a signed PDF judged.

use axum::body::Body;
use base::Id;
use http::{Request, StatusCode};
use sign::{Holder, Layer};
use system::Parts;

use crate::support::{self, Province};

const PATH: &str = "/kiem-tra-chu-ky";
const NO_MARK: &[Layer<'static>] = &[];

async fn answer(f: &Province, request: Request<Body>) -> (StatusCode, String) {
    let app = f.given.app(Parts::default().with(f.keyring.clone()));
    let answered = f.given.ask(&app, request).await;
    (answered.status, answered.body)
}

/// As a browser without JavaScript sends the form.
fn sent(name: &str, bytes: &[u8]) -> Request<Body> {
    let mut body = b"--gioi-han\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n\r\n".to_vec();
    body.extend(
        format!(
            "--gioi-han\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--gioi-han--\r\n");
    Request::post(PATH).header("Content-Type", "multipart/form-data; boundary=gioi-han").body(Body::from(body)).unwrap()
}

async fn signed(f: &Province) -> Vec<u8> {
    let holder = Holder::Person(Id::new(f.now));
    f.enrol(holder).await;
    let signer = f.keyring.signer(f.store.read(), holder, f.now).await.unwrap();
    support::prepared().sign_personal(signer.as_ref(), NO_MARK, f.now.utc()).unwrap().into_bytes()
}

#[store::test]
async fn a_signed_paper_is_told_with_its_reasons(f: Province) {
    let pdf = signed(&f).await;
    let (status, html) = answer(&f, sent("giay-khai-sinh.pdf", &pdf)).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    for words in [
        "giay-khai-sinh.pdf",
        "<strong class=\"tag ok\">Hợp lệ</strong>",
        "MẪU - Trần Thị Demo",
        "UBND xã Ví Dụ",
        "MẪU - Tỉnh Số Demo CA",
        "10:00 ngày 20/11/2026",
        "Toàn bộ tệp",
        "Không thay đổi",
        "Chưa tra cứu tình trạng thu hồi của chứng thư.",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
}

#[store::test]
async fn an_altered_paper_is_told_in_the_readers_language(f: Province) {
    let pdf = signed(&f).await;
    let page = support::revised(&pdf, |update| {
        let page = support::first_page(update);
        support::changed(update, page).set("Rotate", 180);
    });
    let mut request = sent("a.pdf", &page);
    request.headers_mut().insert("Cookie", "ngon-ngu=en".parse().unwrap());
    let (status, html) = answer(&f, request).await;
    assert_eq!(status, StatusCode::OK);
    for words in [
        "<strong class=\"tag late\">Invalid</strong>",
        "The content of the pages was changed after signing.",
        "Revision 3 of 4 of the file",
        "No signature covers the whole file",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(!html.contains("sign-"), "a text is missing: {html}");
}

#[store::test]
async fn what_is_no_signed_paper_gets_a_plain_answer(f: Province) {
    let (status, html) = answer(&f, Request::get(PATH).body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("enctype=\"multipart/form-data\"") && html.contains("type=\"file\""), "{html}");

    let (status, html) = answer(&f, sent("a.pdf", &support::decision())).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Tệp không có chữ ký số nào."), "{html}");

    let large = vec![b'%'; 25 * 1024 * 1024 + 1];
    for (bytes, words) in [
        (b"PK\x03\x04".as_slice(), "Tệp này không phải tệp PDF."),
        (b"", "Chưa chọn tệp"),
        (large.as_slice(), "Tệp lớn hơn 25 MB"),
    ] {
        let (status, html) = answer(&f, sent("a.pdf", bytes)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains(words), "{words} in {html}");
        assert!(html.contains("href=\"#file\"") && html.contains("id=\"file-error\""), "{html}");
    }
}

#[store::test]
async fn a_name_cannot_write_markup(f: Province) {
    let (_, html) = answer(&f, sent("<b>x.pdf", &support::decision())).await;
    assert!(html.contains("&#60;b&#62;x.pdf") || html.contains("&lt;b&gt;x.pdf"), "{html}");
}
