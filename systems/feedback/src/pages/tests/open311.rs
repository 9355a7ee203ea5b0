//! Other programs report and read by GeoReport v2.

use http::StatusCode;
use serde_json::Value;

use super::{Fixture, HOLE, LEADER, NOBODY, OWNER, SPECIALIST, assigned, code_of};

const HOLE_FROM_A_PROGRAM: &[(&str, &str)] = &[
    ("service_code", "o-ga"),
    ("lat", "12.2458"),
    ("long", "109.1953"),
    ("address_string", "Trước số 5"),
    ("description", "Ổ gà sâu <1 m>"),
    ("phone", "0901000009"),
    ("api_key", "xyz"),
];

async fn json(f: &Fixture, address: &str) -> Value {
    serde_json::from_str(&f.get(NOBODY, &format!("/api/open311/v2/{address}")).await.page()).unwrap()
}

async fn xml(f: &Fixture, address: &str) -> String {
    f.get(NOBODY, &format!("/api/open311/v2/{address}")).await.page()
}

#[store::test]
async fn services_are_the_kinds_in_both_formats(f: Fixture) {
    let services = json(&f, "services.json").await;
    let services = services.as_array().unwrap();
    let kinds = &crate::rules::rules().unwrap().kinds;
    assert_eq!(services.len(), kinds.len());
    assert_eq!(services[0]["service_code"], "o-ga");
    assert_eq!(services[0]["metadata"], false);
    assert_eq!(services[0]["type"], "realtime");
    let document = xml(&f, "services.xml").await;
    assert!(document.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<services><service><service_code>o-ga<"));
    assert_eq!(document.matches("<service>").count(), kinds.len());
    assert_eq!(json(&f, "services/rac.json").await, serde_json::json!({"service_code": "rac", "attributes": []}));
    assert!(xml(&f, "services/rac.xml").await.contains("<service_code>rac</service_code>"));
    assert_eq!(f.get(NOBODY, "/api/open311/v2/services/khong-co.json").await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn a_report_of_a_program_is_known_at_once_and_read_when_the_desk_has(f: Fixture) {
    let sent = f.post(NOBODY, "/api/open311/v2/requests.json", HOLE_FROM_A_PROGRAM).await.page();
    let receipts: Value = serde_json::from_str(&sent).unwrap();
    let code = receipts[0]["service_request_id"].as_str().unwrap().to_owned();
    let notice = receipts[0]["service_notice"].as_str().unwrap();
    let link = notice.split("http://localhost").nth(1).unwrap();
    assert!(f.get(NOBODY, link).await.page().contains("Ổ gà sâu"), "whoever sent it follows it by the link");
    let report = f.report(&code).await;
    assert_eq!(report.contact.phone.unwrap().reveal(), "0901000009");
    assert_eq!((report.words.as_str(), report.place_words.as_str()), ("Ổ gà sâu <1 m>", "Trước số 5"));

    let unread = &json(&f, &format!("requests/{code}.json")).await[0];
    assert_eq!((unread["status"].as_str(), unread["service_code"].as_str()), (Some("open"), Some("o-ga")));
    for hidden in ["description", "address", "lat", "long", "media_url"] {
        assert!(unread.get(hidden).is_none(), "{hidden}");
    }
    assert_eq!(json(&f, "requests.json").await, serde_json::json!([]), "what nobody read is in no list");

    f.at_step(super::DESK, &code, "phan-loai", super::MODERATED).await.to();
    let read = &json(&f, &format!("requests/{code}.json")).await[0];
    assert_eq!(read["description"], "Ổ gà sâu, có người đã ngã");
    assert_eq!((read["lat"].as_f64(), read["long"].as_f64()), (Some(12.2458), Some(109.1953)));
    assert!(read["expected_datetime"].as_str().unwrap().ends_with("+07:00"));
    assert_eq!(&json(&f, "requests.json").await[0], read);
    let document = xml(&f, &format!("requests/{code}.xml")).await;
    assert!(document.contains(&format!("<service_requests><request><service_request_id>{code}<")), "{document}");
    assert!(document.contains("<lat>12.2458</lat><long>109.1953</long>"), "{document}");
}

#[store::test]
async fn lists_are_narrowed_as_the_standard_says(f: Fixture) {
    let (first, _) = assigned(&f, OWNER).await;
    f.on("2026-11-20T09:00:00+07:00");
    let elsewhere: Vec<(&str, &str)> =
        HOLE.iter().map(|(name, value)| (*name, if *name == "lat" { "12.2558" } else { *value })).collect();
    let second = code_of(&f.sent(OWNER, &elsewhere, &[]).await);
    f.at_step(super::DESK, &second, "phan-loai", super::MODERATED).await.to();
    f.at_step(SPECIALIST, &second, "tra-loi", &[("id", &base::Id::new(f.app.now()).to_string()), ("answer", "Đã vá")])
        .await
        .to();
    f.at_step(LEADER, &second, "duyet", &[]).await.to();
    let codes = async |query: &str| {
        let list = json(&f, &format!("requests.json?{query}")).await;
        let codes: Vec<String> =
            list.as_array().unwrap().iter().map(|one| one["service_request_id"].as_str().unwrap().to_owned()).collect();
        codes
    };
    assert_eq!(codes("").await, [&*second, &*first]);
    assert_eq!(codes("status=open").await, [&*first]);
    assert_eq!(codes("status=closed").await, [&*second]);
    assert_eq!(codes("service_code=rac").await, Vec::<String>::new());
    assert_eq!(codes("start_date=2026-11-20T00:00:00%2B07:00").await, [&*second]);
    assert_eq!(codes("end_date=2026-11-19T23:00:00+07:00").await, [&*first]);
    assert_eq!(codes(&format!("service_request_id={first},{second},PA-26-999999")).await, [&*second, &*first]);
}

#[store::test]
async fn what_is_wrong_is_told_as_the_standard_tells_it(f: Fixture) {
    let none = f.post(NOBODY, "/api/open311/v2/requests.json", &[("service_code", "khong")]).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
    let told: Value = serde_json::from_str(&none.body).unwrap();
    let told: Vec<&str> = told.as_array().unwrap().iter().map(|one| one["description"].as_str().unwrap()).collect();
    for field in ["service_code", "description", "lat"] {
        assert!(told.iter().any(|line| line.starts_with(&format!("{field}: "))), "{field}: {told:?}");
    }
    let sea: Vec<(&str, &str)> = HOLE_FROM_A_PROGRAM
        .iter()
        .map(|(name, value)| (*name, if *name == "long" { "135.0" } else { *value }))
        .collect();
    let far = f.post(NOBODY, "/api/open311/v2/requests.xml", &sea).await;
    assert_eq!(far.status, StatusCode::BAD_REQUEST);
    assert!(far.body.contains("<errors><error><code>400</code><description>lat: "), "{}", far.body);
    assert_eq!(f.get(NOBODY, "/api/open311/v2/requests.json?status=ended").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(f.get(NOBODY, "/api/open311/v2/requests/PA-26-000077.json").await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn what_never_becomes_public_is_not_even_there(f: Fixture) {
    let conduct: Vec<(&str, &str)> =
        HOLE.iter().map(|(name, value)| (*name, if *name == "kind" { "hanh-vi" } else { *value })).collect();
    let code = code_of(&f.sent(OWNER, &conduct, &[]).await);
    let address = format!("/api/open311/v2/requests/{code}.json");
    assert_eq!(f.get(NOBODY, &address).await.status, StatusCode::NOT_FOUND);
}
