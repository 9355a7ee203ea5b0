//! What the pages promise: figures that open into their dossiers, of nobody else's agencies, and files with the same cells.

use base::Id;

use crate::fixture::{Act, Fixture, PROVINCE, STRANGER, WARD, reports};

/// Five dossiers of November 2025: three of the first ward (one early, one late, one open and late since), two of the other.
async fn november(given: &Fixture) {
    let dossiers = [
        &[Act::Submit(0, 1, 1), Act::Receive(9), Act::Finish(true)][..],
        &[Act::Submit(1, 1, 0), Act::Receive(-1), Act::Pay("gateway"), Act::Finish(false)],
        &[Act::Submit(2, 1, 1), Act::Receive(2)],
        &[Act::Submit(0, 2, 1), Act::Receive(9), Act::Finish(true), Act::Return],
        &[Act::Submit(0, 2, 2), Act::Receive(14)],
    ];
    for acts in dossiers {
        let dossier = Id::new(given.app.now());
        for act in acts {
            given.act(dossier, *act).await;
        }
    }
    given.listen().await;
    given.on("2025-12-05T09:00:00+07:00");
}

/// The links of a page whose address begins so.
fn links(body: &str, to: &str) -> Vec<String> {
    let start = format!("href=\"{to}");
    let starts = body.match_indices(&start).map(|(at, _)| at + "href=\"".len());
    starts
        .map(|at| body[at..].split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

#[store::test]
async fn every_figure_of_the_desk_opens_as_many_dossiers_as_it_says(given: Fixture) {
    november(&given).await;
    let page = given.get(PROVINCE, "/thong-ke?ky=2025-11").await;
    let mut seen = 0;
    for link in links(&page.body, "/thong-ke/ho-so?") {
        let written = link.replace('&', "&#38;");
        let said =
            page.body.split(&format!("{written}\">")).nth(1).unwrap_or_default().split('<').next().unwrap_or_default();
        let Ok(said) = said.parse::<usize>() else { continue };
        let list = given.get(PROVINCE, &link).await;
        assert_eq!(links(&list.body, "/ho-so-thu/").len(), said, "{link}");
        seen += said;
    }
    assert!(seen >= 20, "{seen} dossiers stood behind figures: {}", page.body);
}

#[store::test]
async fn officers_see_their_own_agencies_and_those_under_them(given: Fixture) {
    november(&given).await;
    let many = async |who: &str| {
        let list = given.get(who, "/thong-ke/ho-so?ky=2025-11&so=tiep-nhan").await;
        links(&list.body, "/ho-so-thu/").len()
    };
    assert_eq!((many(PROVINCE).await, many(WARD).await), (5, 3));
    let other = given.agencies[2].id;
    let of_other = given.get(WARD, &format!("/thong-ke/ho-so?ky=2025-11&so=tiep-nhan&co-quan={other}")).await;
    assert_eq!(links(&of_other.body, "/ho-so-thu/").len(), 0);
    for path in ["/thong-ke", "/thong-ke/ho-so", "/thong-ke/bang.csv"] {
        assert_eq!(given.get(STRANGER, path).await.status.as_u16(), 403, "{path}");
    }
}

#[store::test]
async fn files_and_programs_get_the_cells_of_the_page(given: Fixture) {
    november(&given).await;
    let csv = given.get(PROVINCE, "/thong-ke/bang.csv?ky=2025-11&nhom=co-quan").await.body;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = reader.headers().unwrap().iter().position(|name| name == "Tiếp nhận trong kỳ").unwrap();
    let sum: i64 = reader.records().map(|row| row.unwrap()[place].parse::<i64>().unwrap()).sum();
    assert_eq!(sum, 5, "{csv}");
    let told = given.get("", "/api/v1/performance?period=2025-11&by=agency").await.body;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["received"].as_i64().unwrap()).sum::<i64>(), 5, "{told}");
    assert_eq!(given.get(PROVINCE, "/thong-ke/ho-so.xlsx?ky=2025-11").await.status.as_u16(), 200);
}

#[store::test]
async fn everybody_sees_how_the_province_serves_and_what_is_not_known(given: Fixture) {
    november(&given).await;
    let page = given.get("", "/ket-qua-phuc-vu?ky=2025-11").await;
    assert_eq!(page.status.as_u16(), 200);
    // Three of five are in time: one ended late, one is open and was due within the month.
    assert!(page.body.contains("60,00%") && page.body.contains("Chưa có nguồn số liệu"), "{}", page.body);
    assert!(page.body.contains("<svg class=\"bars\""), "{}", page.body);
    let csv = given.get("", "/ket-qua-phuc-vu/bang.csv?ky=2025-11&bang=chi-so").await.body;
    assert!(csv.contains("2.1 Hồ sơ giải quyết trước hạn và đúng hạn,60.00,%,3,5,12.00,20"), "{csv}");
    let ranked = given.get("", "/ket-qua-phuc-vu/bang.csv?ky=2025-11").await.body;
    let first = ranked.lines().nth(1).unwrap();
    assert!(first.starts_with(&given.agencies[2].name), "{ranked}");
}

#[store::test]
async fn a_month_that_is_not_over_is_not_told_in_public(given: Fixture) {
    november(&given).await;
    assert_eq!(given.get("", "/ket-qua-phuc-vu?ky=2025-12").await.status.as_u16(), 422);
    assert_eq!(given.get("", "/ket-qua-phuc-vu?ky=mai").await.status.as_u16(), 422);
    assert_eq!(given.get(PROVINCE, "/thong-ke?ky=2025-12").await.status.as_u16(), 200);
}

#[store::test]
async fn long_lists_go_on_where_they_ended(given: Fixture) {
    for _ in 0..53 {
        let dossier = Id::new(given.app.now());
        given.act(dossier, Act::Submit(0, 1, 0)).await;
        given.act(dossier, Act::Receive(3)).await;
    }
    given.listen().await;
    let first = given.get(WARD, "/thong-ke/ho-so?ky=2025-11&so=tiep-nhan").await;
    let next = links(&first.body, "/thong-ke/ho-so?").into_iter().find(|link| link.contains("sau=")).unwrap();
    let second = given.get(WARD, &next).await;
    let (first, second) = (links(&first.body, "/ho-so-thu/"), links(&second.body, "/ho-so-thu/"));
    assert_eq!((first.len(), second.len()), (50, 3));
    assert!(second.iter().all(|link| !first.contains(link)));
}

/// Two reports answered at once, one to each ward, and one that nobody answers.
#[store::test]
async fn an_officer_opens_the_reports_behind_an_indicator_and_nobody_else_does(given: Fixture) {
    for (ward, acts) in [(1, &[reports::Act::Answer][..]), (2, &[reports::Act::Answer]), (1, &[])] {
        let report = Id::new(given.app.now());
        for act in [reports::Act::File(ward)].iter().chain(acts) {
            given.report_act(report, *act).await;
        }
    }
    given.listen().await;
    given.on("2026-01-05T09:00:00+07:00");
    let public = given.get("", "/ket-qua-phuc-vu?ky=2025-11").await.body;
    assert_eq!(links(&public, "/thong-ke/phan-anh"), Vec::<String>::new());
    // Sent on 20 November: nobody had to have answered by the end of the month.
    let csv = given.get("", "/ket-qua-phuc-vu/bang.csv?ky=2025-11&bang=chi-so").await.body;
    assert!(csv.contains("kiến nghị theo loại\",100.00,%,3,3,4.00,4,"), "{csv}");
    let page = given.get(PROVINCE, "/ket-qua-phuc-vu?ky=2025-11").await.body;
    let lists = links(&page, "/thong-ke/phan-anh");
    assert_eq!(lists.len(), 2, "{page}");
    for list in lists {
        for (who, many) in [(PROVINCE, 3), (WARD, 2)] {
            let list = given.get(who, &list).await;
            assert_eq!(links(&list.body, "/phan-anh-thu/").len(), many, "{}", list.body);
        }
        assert_eq!(given.get(STRANGER, &list).await.status.as_u16(), 403);
    }
}
