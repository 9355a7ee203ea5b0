use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use base::Id;
use chrono::TimeDelta;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, StatusCode};
use journal::{Read, Thing};
use system::PositionKind;
use tower::ServiceExt as _;

use super::{Demo, Fixture, PASSWORD};
use crate::actions;

/// A browser that keeps its session cookie.
struct Surfer {
    router: Router,
    cookie: String,
}

struct Page {
    status: StatusCode,
    to: String,
    html: String,
    set_cookie: String,
}

impl Surfer {
    fn new(f: &Fixture) -> Self {
        Self { router: web::router(&f.app, &[crate::system()]), cookie: String::new() }
    }

    async fn send(&mut self, method: Method, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(serde_html_form::to_string(fields).unwrap()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let header = |name| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, to) = (response.status(), header(LOCATION));
        let session = response.headers().get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let set_cookie = session.filter(|cookie| cookie.starts_with("phien=")).collect::<String>();
        if let Some((cookie, _)) = set_cookie.split_once(';') {
            self.cookie = cookie.to_owned();
        }
        let html = String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
        Page { status, to, html, set_cookie }
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, &[]).await
    }

    /// Posts with the token of the session.
    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let secret = self.cookie.strip_prefix("phien=").and_then(crate::SessionSecret::read);
        let csrf = secret.map(|secret| secret.csrf()).unwrap_or_default();
        let fields = [&[("_csrf", csrf.as_str())], fields].concat();
        self.send(Method::POST, path, &fields).await
    }
}

#[store::test]
async fn an_officer_signs_in_sees_the_account_and_signs_out(f: Demo) {
    let f = f.0;
    f.officer("demo.lan", PositionKind::Specialist).await;
    let mut surfer = Surfer::new(&f);
    let guarded = surfer.get("/tai-khoan").await;
    assert_eq!((guarded.status, guarded.to.as_str()), (StatusCode::SEE_OTHER, "/dang-nhap?ve=%2Ftai-khoan"));
    assert!(surfer.get(&guarded.to).await.html.contains("value=\"/tai-khoan\""));
    let wrong = surfer.post("/dang-nhap", &[("login", "demo.lan"), ("password", "không đúng")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("value=\"demo.lan\"") && !wrong.html.contains("không đúng\""));
    let fields = [("login", "demo.lan"), ("password", PASSWORD), ("ve", "/tai-khoan")];
    let right = surfer.post("/dang-nhap", &fields).await;
    assert_eq!((right.status, right.to.as_str()), (StatusCode::SEE_OTHER, "/tai-khoan"));
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(right.set_cookie.contains(part), "{}", right.set_cookie);
    }
    assert!(!right.set_cookie.contains("Max-Age"), "an office's browser forgets when it is closed");
    let account = surfer.get("/tai-khoan").await;
    assert_eq!(account.status, StatusCode::OK);
    assert!(account.html.contains("Trần Thị Demo"));
    assert_eq!(surfer.get("/dang-nhap").await.status, StatusCode::SEE_OTHER);
    assert_eq!(surfer.post("/dang-xuat", &[]).await.to, "/");
    assert_eq!(surfer.get("/tai-khoan").await.status, StatusCode::SEE_OTHER);
}

#[store::test]
async fn every_page_of_the_account_is_shown(f: Demo) {
    let f = f.0;
    let (_, person, _) = f.officer("demo.lan", PositionKind::Administrator).await;
    let read = Read { whose: person, thing: Thing { kind: "dossier", id: person }, reason: "processing" };
    f.write(async |tx, now| journal::record_read(tx, now, &journal::Actor::PROGRAM, read).await).await.unwrap();
    let mut surfer = Surfer::new(&f);
    for path in ["/dang-nhap", "/dang-ky"] {
        assert_eq!(surfer.get(path).await.status, StatusCode::OK, "{path}");
    }
    surfer.post("/dang-nhap", &[("login", "demo.lan"), ("password", PASSWORD)]).await;
    for path in [
        "/tai-khoan",
        "/tai-khoan/mat-khau",
        "/tai-khoan/xac-thuc-hai-lop",
        "/tai-khoan/khoa-truy-cap",
        "/tai-khoan/du-lieu",
        "/quan-tri/tai-khoan",
        "/quan-tri/tai-khoan?ten=demo.lan",
    ] {
        let page = surfer.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.html.contains(">identity-"), "a text is missing on {path}");
    }
    let made = surfer.post("/tai-khoan/khoa-truy-cap", &[("name", "Máy quét"), ("days", "30")]).await;
    assert!(made.html.contains("<code>ts_"));
    assert!(!surfer.get("/tai-khoan/khoa-truy-cap").await.html.contains("ts_"));
    let started = surfer.post("/tai-khoan/xac-thuc-hai-lop", &[]).await;
    assert!(surfer.get(&started.to).await.html.contains("data:image/svg+xml;base64,"));
}

#[store::test]
async fn the_code_of_a_registration_is_shown_in_a_demo_and_completes_it(f: Demo) {
    let f = f.0;
    let mut surfer = Surfer::new(&f);
    let id = Id::new(f.app.now()).to_string();
    let mut fields = vec![
        ("id", id.as_str()),
        ("number", "056068000056"),
        ("name", "Lê Thị Ví Dụ"),
        ("birth-date-day", "6"),
        ("birth-date-month", "5"),
        ("birth-date-year", "1990"),
        ("contact", "mười"),
        ("password", PASSWORD),
        ("password-again", PASSWORD),
    ];
    let wrong = surfer.post("/dang-ky", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("value=\"056068000056\"") && wrong.html.contains("value=\"mười\""));
    assert!(!wrong.html.contains(PASSWORD));
    fields[6].1 = "0901000001";
    let sent = surfer.post("/dang-ky", &fields).await;
    assert_eq!(sent.to, format!("/dang-ky/ma?dang-ky={id}"));
    assert!(surfer.get(&sent.to).await.html.contains("090•••••01"));
    let refused = surfer.post("/dang-ky/ma", &[("id", id.as_str()), ("code", "x")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[store::test]
async fn a_second_factor_and_a_first_password_are_asked_for_on_their_own_pages(f: Demo) {
    let f = f.0;
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    f.write(async |tx, now| actions::enrol_totp(tx, now, &journal::Actor::PROGRAM, account, &[1; 20]).await)
        .await
        .unwrap();
    let mut surfer = Surfer::new(&f);
    assert_eq!(surfer.get("/dang-nhap/ma").await.to, "/dang-nhap", "nothing was begun");
    let next = surfer.post("/dang-nhap", &[("login", "demo.lan"), ("password", PASSWORD)]).await;
    assert_eq!(next.to, "/dang-nhap/ma");
    let code = crate::totp::SecondFactor::of(&[1; 20]).unwrap().code(f.app.now());
    assert!(surfer.get("/dang-nhap/ma").await.html.contains(&code), "a demo shows the code");
    assert_eq!(surfer.get("/tai-khoan").await.status, StatusCode::SEE_OTHER, "half signed in is not signed in");
    assert_eq!(surfer.post("/dang-nhap/ma", &[("code", "000000")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(surfer.post("/dang-nhap/ma", &[("code", &code)]).await.to, "/");
    assert_eq!(surfer.get("/tai-khoan").await.status, StatusCode::OK);

    let person = f.person("Nguyễn Văn Mẫu").await;
    let position = f.position(f.department, PositionKind::Specialist).await;
    f.appoint(person, position, None, None).await;
    f.account("demo.mau", person, true).await;
    let mut surfer = Surfer::new(&f);
    let next = surfer.post("/dang-nhap", &[("login", "demo.mau"), ("password", PASSWORD)]).await;
    assert_eq!(next.to, "/dang-nhap/mat-khau");
    assert_eq!(surfer.get(&next.to).await.status, StatusCode::OK);
    let weak = surfer.post(&next.to, &[("password", "ngắn"), ("password-again", "ngắn")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("password", "tám con gà vàng"), ("password-again", "tám con gà vàng")];
    assert_eq!(surfer.post(&next.to, &fields).await.to, "/");
}

#[store::test]
async fn a_leader_outside_a_demo_is_led_through_enrolment(f: Fixture) {
    f.officer("demo.lanhdao", PositionKind::Leader).await;
    let mut surfer = Surfer::new(&f);
    let fields = [("login", "demo.lanhdao"), ("password", PASSWORD), ("ve", "/tai-khoan")];
    let next = surfer.post("/dang-nhap", &fields).await;
    assert_eq!(next.to, "/dang-nhap/xac-thuc-hai-lop?ve=%2Ftai-khoan");
    let page = surfer.get(&next.to).await;
    let shown = page.html.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).unwrap().to_owned();
    let again = surfer.get(&next.to).await;
    assert!(again.html.contains(&shown), "the secret does not change under the scanning telephone");
    f.pass(TimeDelta::minutes(11));
    assert_eq!(surfer.get(&next.to).await.to, "/dang-nhap?ve=%2Ftai-khoan");
}
