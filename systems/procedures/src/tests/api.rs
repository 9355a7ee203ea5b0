use http::StatusCode;
use serde_json::Value;

use super::Fixture;
use crate::actions::publish_all;
use crate::package::Package;

async fn json(f: &Fixture, address: &str) -> Value {
    let answered = f.answer(address, None).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.body);
    serde_json::from_str(&answered.body).unwrap()
}

#[store::test]
async fn programs_read_the_catalogue(f: Fixture) {
    let f = f.published().await;
    let found = json(&f, "/api/v1/procedures?q=khai%20t%E1%BB%AD").await;
    assert_eq!(found["items"][0]["code"], "1.000419");
    let one = json(&f, "/api/v1/procedures/1.009994").await;
    assert_eq!((&one["standing"], &one["level"]), (&"in-force".into(), &"full".into()));
    assert_eq!(one["agencies"][0]["kind"], "commune-committee");
    assert!(one["fees"].as_array().unwrap().iter().any(|fee| fee["channel"] == "online" && fee["amount"] == 37_500));
    let ended = json(&f, "/api/v1/procedures/2.000488").await;
    assert_eq!((&ended["standing"], &ended["to"]), (&"ended".into(), &"2025-02-28".into()));
}

#[store::test]
async fn a_long_list_is_read_to_its_end(f: Fixture) {
    let template = Package::embedded().unwrap().remove(0);
    let package = |number: usize| {
        let mut package = template.clone();
        package.procedure.code = format!("1.{number:06}");
        package
    };
    publish_all(&f.app, f.app.now(), &(0..120).map(package).collect::<Vec<_>>()).await.unwrap();
    let (mut address, mut seen) = ("/api/v1/procedures".to_owned(), Vec::new());
    loop {
        let page = json(&f, &address).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        address = format!("/api/v1/procedures?cursor={next}");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120);
}

#[store::test]
async fn mistakes_are_told_as_problems(f: Fixture) {
    for (address, status) in [
        ("/api/v1/procedures/9.999999", StatusCode::NOT_FOUND),
        ("/api/v1/procedures?cursor=dau-do", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answered = f.answer(address, None).await;
        assert_eq!(
            (answered.status, answered.kind.as_deref()),
            (status, Some("application/problem+json")),
            "{address}"
        );
    }
}

#[test]
fn the_document_names_every_route() {
    let paths = crate::openapi().paths.paths;
    for route in crate::system().api {
        assert!(paths.contains_key(route.path), "{}", route.path);
    }
}
