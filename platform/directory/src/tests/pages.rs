use std::sync::Arc;

use contracts::Questions;
use http::StatusCode;
use journal::Actor;
use system::{App, Caller, Parts, PositionKind};
use web::testing::{self, Doorkeeper};

use super::{Fixture, day};
use crate::access::STAFF;
use crate::actions::appoint;
use crate::holding::NewHolding;
use crate::queries;

/// What an officer with this one permission is answered, or anybody.
async fn get(f: &Fixture, address: &str, permission: Option<&str>) -> (StatusCode, String) {
    let app = f.given.app(Parts::default());
    let clerk = |app: &App, cookie: &str| Caller::Officer(testing::officer(app.now(), PositionKind::Clerk, &[cookie]));
    app.join(Questions::default(), Arc::new(Doorkeeper(clerk)));
    let answered = f.given.get(&app, permission.unwrap_or_default(), address).await;
    (answered.status, answered.body)
}

async fn page(f: &Fixture, address: &str) -> String {
    let (status, html) = get(f, address, None).await;
    assert_eq!(status, StatusCode::OK, "{address}: {html}");
    html
}

#[store::test]
async fn the_list_shows_today_and_any_day_picked(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let today = page(&f, "/co-quan?tim=nha+trang").await;
    assert!(today.contains("<a href=\"/co-quan/H32.101\">Ủy ban nhân dân phường Bắc Nha Trang</a>"), "{today}");
    assert!(!today.contains("thành phố Nha Trang"));
    let past = page(&f, "/co-quan?tim=nha+trang&ngay=2020-06-01&loai=&cap=district").await;
    assert!(
        past.contains("<a href=\"/co-quan/H32.31?ngay=2020-06-01\">Ủy ban nhân dân thành phố Nha Trang</a>"),
        "{past}"
    );
    assert!(past.contains("01/06/2020"));
    for kept in ["value=\"2020-06-01\"", "value=\"nha trang\"", "<option value=\"district\" selected>"] {
        assert!(past.contains(kept), "{kept} in {past}");
    }
    assert!(!past.contains("Bắc Nha Trang"));
    assert!(page(&f, "/co-quan?tim=khongcogi").await.contains("Không có cơ quan nào"));
    assert_eq!(get(&f, "/co-quan?ngay=hom-qua", None).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[store::test]
async fn a_long_list_goes_on_where_it_stopped(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let (mut address, mut seen) = ("/co-quan?cap=commune".to_owned(), 0);
    loop {
        let html = page(&f, &address).await;
        seen += html.matches("href=\"/co-quan/H32").count();
        let Some((_, next)) = html.split_once("<a class=\"govuk-link govuk-pagination__link\" href=\"") else { break };
        let (next, _) = next.split_once('"').unwrap();
        address = format!("/co-quan{}", next.replace("&#38;", "&").replace("&amp;", "&"));
    }
    assert_eq!(seen, 65);
}

#[store::test]
async fn an_agency_tells_its_codes_its_units_and_where_it_comes_from(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let commune = page(&f, "/co-quan/H32.101").await;
    for part in
        ["H32.101", "Trước 01/07/2025:", "/co-quan/H32.31.01", "Trung tâm Phục vụ hành chính công", "20/11/2026"]
    {
        assert!(commune.contains(part), "{part} in {commune}");
    }
    let ward = page(&f, "/co-quan/H32.31.01").await;
    for part in
        ["000.01.31.H32", "kết thúc sau ngày 30/06/2025", "Từ 01/07/2025:", "/co-quan/H32.101", "/co-quan/H32.31\""]
    {
        assert!(ward.contains(part), "{part} in {ward}");
    }
    assert_eq!(get(&f, "/co-quan/H32.999", None).await.0, StatusCode::NOT_FOUND);
}

#[store::test]
async fn who_holds_a_position_is_shown_to_officers_who_may_see_it(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let (chair, deputy) = (f.person("Lê Thị Ví Dụ").await, f.person("Nguyễn Văn Mẫu").await);
    let agency = f.agency("H32.101").await;
    let position = queries::positions(f.store.read(), agency.id, f.now.today()).await.unwrap().remove(0).id;
    let own = NewHolding { position, person: chair, acting_for: None, from: day("2025-07-01"), to: None };
    let acting = NewHolding { person: deputy, acting_for: Some(chair), to: Some(day("2026-12-31")), ..own };
    for new in [own, acting] {
        f.store.write(async |tx| appoint(tx, f.now, &Actor::PROGRAM, new).await).await.unwrap();
    }
    let (_, seen) = get(&f, "/co-quan/H32.101", Some(STAFF)).await;
    assert!(seen.contains("Nguyễn Văn Mẫu") && seen.contains("được Lê Thị Ví Dụ ủy quyền"), "{seen}");
    for permission in [None, Some("dossiers.receive")] {
        let (status, html) = get(&f, "/co-quan/H32.101", permission).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!html.contains("Nguyễn Văn Mẫu"));
    }
}
