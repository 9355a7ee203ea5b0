//! What the pages promise: figures that open into their dossiers, of nobody else's agencies, and files with the same cells.

use base::Id;

use crate::fixture::versions::New;
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

/// Of a ward that ended with June 2025, and of the one that took over.
#[store::test]
async fn agencies_can_be_compared_as_they_were_before_a_reorganisation(given: Fixture) {
    let mut given = given;
    let c = given.app.store.read();
    let old = directory::queries::any_agency_by_code(c, "H32.31.01").await.unwrap().unwrap();
    let heir = directory::queries::successors(c, old.id, given.app.now().today()).await.unwrap().remove(0).agency;
    (given.agencies[1], given.agencies[2]) = (heir.clone(), old.clone());
    november(&given).await;
    let counted = async |boundaries: &str| {
        let csv = given.get("", &format!("/ket-qua-phuc-vu/bang.csv?ky=2025-11&dia-gioi={boundaries}")).await.body;
        let mut rows = Vec::new();
        for row in csv::Reader::from_reader(csv.as_bytes()).records() {
            let row = row.unwrap();
            rows.push((row[0].to_owned(), row[3].parse::<i64>().unwrap()));
        }
        rows.sort_by_key(|(_, received)| *received);
        rows
    };
    let (old, heir) = (old.name, heir.name);
    let apart = vec![(old, 2), (heir.clone(), 3)];
    assert_eq!(counted("").await, apart, "by the agency that did the work");
    assert_eq!(counted("2025-06-30").await, apart, "the old ward was there");
    assert_eq!(counted("2025-07-01").await, [(heir, 5)], "its heir stands for it");
    assert_eq!(given.get("", "/ket-qua-phuc-vu?ky=2025-11&dia-gioi=hom-qua").await.status.as_u16(), 422);
}

/// A page has the first twenty; the file has all.
#[store::test]
async fn the_table_of_parts_is_turned_page_by_page(given: Fixture) {
    let mut given = given;
    let now = given.app.now();
    let communes = directory::queries::communes(given.app.store.read(), now.today()).await.unwrap();
    for commune in &communes[..23] {
        given.agencies[1] = commune.clone();
        let dossier = Id::new(now);
        given.act(dossier, Act::Submit(0, 1, 1)).await;
        given.act(dossier, Act::Receive(3)).await;
    }
    given.listen().await;
    given.on("2025-12-05T09:00:00+07:00");
    let shown = |body: &str, [before, after]: [&str; 2]| {
        let there = |name: &str| body.contains(&format!("{before}{name}{after}"));
        communes[..23].iter().filter(|commune| there(&commune.name)).count()
    };
    let first = given.get("", "/ket-qua-phuc-vu?ky=2025-11").await.body;
    let next = links(&first, "/ket-qua-phuc-vu?").into_iter().find(|link| link.contains("trang=2")).unwrap();
    let second = given.get("", &next).await.body;
    assert_eq!((shown(&first, [">", "<"]), shown(&second, [">", "<"])), (20, 3), "{second}");
    assert_eq!(shown(&given.get("", "/ket-qua-phuc-vu/bang.csv?ky=2025-11").await.body, ["\n", ","]), 23);
}

/// Decided on the day before, decided nobody knows when.
#[store::test]
async fn everybody_opens_the_procedures_behind_an_indicator_and_reads_which_days_are_not_known(given: Fixture) {
    for (code, decided) in [("1.000001", Some(1)), ("1.000002", None)] {
        let missing = decided.map(|_| "steps").into_iter().collect();
        given.publish(New { code: code.to_owned(), decided, begins: 1, missing, charges: false }).await;
    }
    given.on("2025-12-05T09:00:00+07:00");
    let csv = given.get("", "/ket-qua-phuc-vu/bang.csv?ky=2025-11&bang=chi-so").await.body;
    for said in ["công bố đúng hạn,0.00,%,0,1,", "công khai đúng hạn,100.00,%,1,1,", "tạo thành,50.00,%,1,2,"]
    {
        assert!(csv.contains(said), "{said}: {csv}");
    }
    let page = given.get("", "/ket-qua-phuc-vu?ky=2025-11").await.body;
    assert!(page.contains("1 thủ tục chưa rõ ngày quyết định"), "{page}");
    let lists = links(&page, "/ket-qua-phuc-vu/thu-tuc?");
    assert!(lists.len() >= 3, "{page}");
    for list in lists {
        let list = given.get("", &list).await.body;
        assert_eq!(links(&list, "/thu-tuc-thu/").len(), 2, "{list}");
    }
    let days = given.get("", "/ket-qua-phuc-vu/thu-tuc?ky=2025-11").await.body;
    assert!(days.contains("Quá hạn") && days.contains("Đúng hạn") && days.contains("Chưa rõ"), "{days}");
    let parts = given.get("", "/ket-qua-phuc-vu/thu-tuc?ky=2025-11&so=bo-phan").await.body;
    assert!(parts.contains("trình tự thực hiện"), "{parts}");
    assert_eq!(given.get("", "/ket-qua-phuc-vu/thu-tuc?so=khac").await.status.as_u16(), 422);
}
