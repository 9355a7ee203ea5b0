use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use base::Now;
use http::StatusCode;
use web::{Lang, Texts};

use super::Fixture;
use crate::access::MANAGE;
use crate::actions::publish_all;
use crate::package::{Channel, Package};

/// What a procedure must publish, by its heading on the page.
const ITEMS: [&str; 15] = [
    "Mã thủ tục",
    "Tên thủ tục",
    "Lĩnh vực",
    "Cơ quan thực hiện",
    "Mức độ dịch vụ công",
    "Cách thức thực hiện",
    "Trình tự thực hiện",
    "Thời hạn giải quyết",
    "Phí",
    "Lệ phí",
    "Thành phần hồ sơ",
    "Yêu cầu, điều kiện",
    "Căn cứ pháp lý",
    "Biểu mẫu",
    "Kết quả thực hiện",
];

fn has_heading(html: &str, heading: &str) -> bool {
    html.contains(&format!("<h2>{heading}</h2>"))
        || html.contains(&format!("<dt class=\"govuk-summary-list__key\">{heading}</dt>"))
}

#[store::test]
async fn the_home_page_asks_what_people_need(f: Fixture) {
    let f = f.published().await;
    let home = f.page("/").await;
    for part in
        ["Ông/Bà cần làm thủ tục gì?", "href=\"/thu-tuc?viec=sinh-con\"", "Người thân mất", "9.412", "68,4%", "97,1%"]
    {
        assert!(home.contains(part), "{part} in {home}");
    }
    // Nothing is late, so nothing is said of it; and where people file is told.
    assert!(!home.contains("trễ hạn"), "{home}");
    assert!(home.contains("Bản trình diễn nhận hồ sơ tại đây"), "{home}");
}

#[store::test]
async fn the_home_page_shows_a_citizen_what_waits_and_an_officer_the_work(f: Fixture) {
    let f = f.published().await;
    let home = f.answer("/", Some("citizen")).await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(
        home.body.contains("href=\"/ho-so/H32.101-261112-0001\"") && home.body.contains("Bổ sung ngay"),
        "{}",
        home.body
    );
    assert!(!f.page("/").await.contains("Bổ sung ngay"));
    let officer = f.answer("/", Some(MANAGE)).await;
    assert_eq!((officer.status, officer.location.as_deref()), (StatusCode::SEE_OTHER, Some("/viec")));
}

#[store::test]
async fn figures_are_asked_for_once_a_minute_however_many_come(f: Fixture) {
    let f = f.published().await;
    for cookie in [None, Some("citizen"), None, Some("citizen")] {
        assert_eq!(f.answer("/", cookie).await.status, StatusCode::OK);
    }
    assert_eq!(f.counted.asked.load(Ordering::Relaxed), 1);
    f.given.clock.set(Now::parse("2026-11-20T08:01:00+07:00"));
    f.page("/").await;
    assert_eq!(f.counted.asked.load(Ordering::Relaxed), 2);
}

#[store::test]
async fn a_procedure_shows_every_item_the_law_asks_for(f: Fixture) {
    let f = f.published().await.with_agencies().await;
    for package in Package::embedded().unwrap() {
        let html = f.page(&format!("/thu-tuc/{}", package.procedure.code)).await;
        for heading in ITEMS {
            assert!(has_heading(&html, heading), "{heading} of {} in {html}", package.procedure.code);
        }
    }
    let building = f.page("/thu-tuc/1.009994").await;
    for part in ["Cấp giấy phép xây dựng mới", "Ủy ban nhân dân cấp xã", "75.000 đ", "37.500 đ", "/nop-ho-so/1.009994"]
    {
        assert!(building.contains(part), "{part} in {building}");
    }
    assert!(f.page("/thu-tuc/3.000333").await.contains("Công an tỉnh Khánh Hòa"));
}

#[store::test]
async fn the_page_says_how_to_file_or_why_not(f: Fixture) {
    let f = f.published().await;
    let desk = f.page("/thu-tuc/2.000815").await;
    assert!(desk.contains("nộp trực tiếp tại bộ phận một cửa") && !desk.contains("/nop-ho-so/"), "{desk}");
    let ended = f.page("/thu-tuc/2.000488").await;
    assert!(ended.contains("Đã hết hiệu lực sau ngày 28/02/2025") && !ended.contains("/nop-ho-so/"), "{ended}");
    assert!(ended.contains("/thu-tuc?linh-vuc=ly-lich-tu-phap") && !ended.contains("Xem bản hiện hành"), "{ended}");
    let part = f.page("/thu-tuc/bhyt-tre-em").await;
    assert!(part.contains("không nộp riêng") && !part.contains("/nop-ho-so/"), "{part}");
    assert_eq!(f.answer("/thu-tuc/9.999999", None).await.status, StatusCode::NOT_FOUND);
    f.on("2025-02-28");
    assert!(f.page("/thu-tuc/2.000488").await.contains("/nop-ho-so/2.000488"));
}

#[store::test]
async fn other_versions_stand_on_the_page_with_their_days(f: Fixture) {
    let f = f.published().await;
    let mut package = Package::embedded().unwrap().remove(0);
    package.procedure.from = "2027-01-01".parse().unwrap();
    package.procedure.name = "Thủ tục sửa đổi".to_owned();
    let code = package.procedure.code.clone();
    let before = f.page(&format!("/thu-tuc/{code}")).await;
    assert!(!before.contains("Các phiên bản"));
    let id = publish_all(&f.app, f.app.now(), &[package]).await.unwrap()[0];
    let after = f.page(&format!("/thu-tuc/{code}")).await;
    assert!(after.contains("31/12/2026") && after.contains(&format!("?ban={id}")), "{after}");
    let upcoming = f.page(&format!("/thu-tuc/{code}?ban={id}")).await;
    assert!(upcoming.contains("Thủ tục sửa đổi") && upcoming.contains("Có hiệu lực từ ngày 01/01/2027"), "{upcoming}");
    // A version of another procedure is none of this one.
    assert_eq!(f.answer(&format!("/thu-tuc/2.000815?ban={id}"), None).await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn the_list_is_narrowed_by_words_event_field_and_agency(f: Fixture) {
    let f = f.published().await;
    let codes = async |address: &str| -> BTreeSet<String> {
        let html = f.page(address).await;
        let links = html.split("href=\"/thu-tuc/").skip(1);
        links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let offered = Package::embedded().unwrap();
    let offered =
        offered.iter().filter(|package| !package.procedure.channels().is_empty() && package.procedure.to.is_none());
    assert_eq!(codes("/thu-tuc").await.len(), offered.count());
    let set = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let birth = ["1.001193", "1.004884", "2.000635", "2.001023", "2.002621"];
    assert_eq!(codes("/thu-tuc?q=khai+sinh").await, set(&birth));
    let child = ["1.001022", "1.001193", "2.001023", "2.001263", "2.002621"];
    assert_eq!(codes("/thu-tuc?viec=sinh-con").await, set(&child));
    assert_eq!(codes("/thu-tuc?viec=ket-hon&q=dang+ky").await, set(&["1.000894", "2.000806"]));
    let police =
        ["1.001456", "1.002755", "1.004194", "1.004222", "1.010038", "2.000200", "2.001159", "3.000333", "3.000346"];
    assert_eq!(codes("/thu-tuc?co-quan=police").await, set(&police));
    assert_eq!(codes("/thu-tuc?linh-vuc=ly-lich-tu-phap").await, set(&["3.000333"]));
    let none = f.page("/thu-tuc?q=phi+thuyen").await;
    assert!(none.contains("Chưa tìm thấy thủ tục nào") && none.contains("1022"), "{none}");
}

#[store::test]
async fn a_long_list_comes_in_pages_of_fifty(f: Fixture) {
    let template = Package::embedded().unwrap().remove(0);
    assert!(template.procedure.channels().contains(&Channel::Online));
    let package = |number: usize| {
        let mut package = template.clone();
        package.procedure.code = format!("1.{number:06}");
        package.procedure.name = format!("Thủ tục số {number:03}");
        package
    };
    let packages: Vec<Package> = (1..=120).map(package).collect();
    publish_all(&f.app, f.app.now(), &packages).await.unwrap();
    for (page, rows, has) in [
        ("1", 50, "Thủ tục số 001"),
        ("2", 50, "Thủ tục số 051"),
        ("3", 20, "Thủ tục số 120"),
        ("99", 20, "Thủ tục số 120"),
    ] {
        let html = f.page(&format!("/thu-tuc?q=thu+tuc&trang={page}")).await;
        assert_eq!(html.matches("href=\"/thu-tuc/").count(), rows, "page {page}");
        assert!(html.contains(has), "{has} on page {page}");
    }
    assert!(f.page("/thu-tuc?q=thu+tuc").await.contains("/thu-tuc?q=thu+tuc&#38;trang=2"));
}

#[store::test]
async fn the_list_of_versions_is_for_those_who_keep_the_catalogue(f: Fixture) {
    let f = f.published().await;
    let address = "/quan-tri/thu-tuc?loc=het";
    let ended = f.answer(address, Some(MANAGE)).await;
    assert_eq!(ended.status, StatusCode::OK);
    assert!(ended.body.contains("2.000488") && ended.body.contains("Hết hiệu lực") && !ended.body.contains("3.000333"));
    assert_eq!(f.answer(address, Some("dossiers.read")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(f.answer(address, Some("citizen")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(f.answer(address, None).await.status, StatusCode::SEE_OTHER);
}

#[test]
fn every_text_exists_in_both_languages() {
    let own = crate::system().texts;
    let keys = |lang: &str| -> BTreeSet<String> {
        let (_, source) = own.iter().find(|(code, _)| *code == lang).unwrap();
        let lines = source.lines().filter(|line| !line.starts_with([' ', '#', '}']));
        lines.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
    };
    assert_eq!(keys("vi"), keys("en"));
    let texts = Texts::load(web::TEXTS.iter().chain(&crate::system().texts).chain(&directory::system().texts)).unwrap();
    let sources = [
        include_str!("../../templates/procedures/home.html"),
        include_str!("../../templates/procedures/list.html"),
        include_str!("../../templates/procedures/procedure.html"),
        include_str!("../../templates/procedures/admin.html"),
    ];
    for source in sources {
        for key in source.split("\"procedures-").skip(1).filter_map(|rest| rest.split('"').next()) {
            let key = format!("procedures-{key}");
            assert!(texts.has(Lang::Vi, &key) || key.ends_with('/'), "{key}");
        }
    }
}
