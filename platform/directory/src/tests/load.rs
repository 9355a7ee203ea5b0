use std::collections::BTreeSet;

use province::Province;
use web::Lang;

use super::{Fixture, day, khanh_hoa};
use crate::actions::Loaded;
use crate::agency::Tier;
use crate::queries::{self, AgencyFilter};

const TABLES: [&str; 6] = [
    "directory_agencies",
    "directory_successions",
    "directory_scopes",
    "directory_units",
    "directory_positions",
    "journal_entries",
];

#[store::test]
async fn each_day_has_the_agencies_of_its_era(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    for (on, districts, communes) in
        [("2020-06-01", 9, None), ("2025-06-30", 9, None), ("2025-07-01", 0, Some(65)), ("2026-11-20", 0, Some(65))]
    {
        let on = day(on);
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let filter = AgencyFilter::default();
            let slice = queries::agencies(f.store.read(), on, &filter, after, 50).await.unwrap();
            found.extend(slice.rows);
            let Some(next) = slice.next else { break };
            after = Some(next.parse().unwrap());
        }
        let codes: BTreeSet<String> = found.iter().map(|agency| agency.code.clone()).collect();
        let told: BTreeSet<String> = khanh_hoa().agencies_on(on).map(|agency| agency.code.to_string()).collect();
        assert_eq!(codes, told);
        assert_eq!(found.len(), codes.len(), "no agency comes twice");
        assert!(found.is_sorted_by_key(|agency| agency.tier), "the province's own come first");
        let of_tier = |tier| found.iter().filter(|agency| agency.tier == tier).count();
        assert_eq!(of_tier(Tier::District), districts);
        if let Some(communes) = communes {
            assert_eq!(of_tier(Tier::Commune), communes);
        }
    }
}

#[store::test]
async fn a_second_load_changes_nothing(f: Fixture) {
    let first = f.load(&khanh_hoa()).await;
    assert_eq!(first, Loaded { added: khanh_hoa().agencies.len(), ended: 0 });
    let mut before = Vec::new();
    for table in TABLES {
        before.push(f.count(table).await);
    }
    assert_eq!(f.load(&khanh_hoa()).await, Loaded::default());
    for (table, before) in TABLES.into_iter().zip(before) {
        assert!(before > 0, "{table}");
        assert_eq!(f.count(table).await, before, "{table}");
    }
}

#[store::test]
async fn newer_data_adds_what_is_new_and_ends_what_has_ended(f: Fixture) {
    // As the files stood in 2024: nothing of 2025 was in them, and nobody knew what would end.
    let new_year = day("2025-01-01");
    let mut earlier = khanh_hoa();
    earlier.agencies.retain(|_, agency| agency.from < new_year);
    for agency in earlier.agencies.values_mut() {
        agency.to = agency.to.filter(|last| *last < new_year);
    }
    f.load(&earlier).await;
    let all = khanh_hoa();
    let ended = all.agencies.values().filter(|agency| agency.to.is_some_and(|last| last >= new_year)).count();
    assert_eq!(f.load(&all).await, Loaded { added: all.agencies.len() - earlier.agencies.len(), ended });
    let nha_trang = f.agency("H32.31").await;
    assert_eq!(nha_trang.to, Some(day("2025-06-30")));
    for (on, positions) in [("2025-06-30", true), ("2025-07-01", false)] {
        let found = queries::positions(f.store.read(), nha_trang.id, day(on)).await.unwrap();
        assert_eq!(!found.is_empty(), positions, "{on}");
    }
}

#[store::test]
async fn an_agency_has_the_units_of_its_time(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    for (code, on, name) in [
        ("H32.31.01", "2020-06-01", "Bộ phận Tiếp nhận và Trả kết quả"),
        ("H32.101", "2026-11-20", "Trung tâm Phục vụ hành chính công"),
    ] {
        let agency = f.agency(code).await;
        let units = queries::units(f.store.read(), agency.id, day(on)).await.unwrap();
        assert_eq!(
            units.iter().filter(|unit| unit.code == "mot-cua").map(|unit| &*unit.name).collect::<Vec<_>>(),
            [name]
        );
        let positions = queries::positions(f.store.read(), agency.id, day(on)).await.unwrap();
        let codes: BTreeSet<&str> = units.iter().map(|unit| &*unit.code).collect();
        assert!(positions.iter().all(|position| position.unit.as_deref().is_some_and(|unit| codes.contains(unit))));
        assert_eq!(
            positions.iter().map(|position| position.unit.as_deref()).collect::<BTreeSet<_>>().len(),
            codes.len()
        );
    }
}

#[store::test]
async fn an_agency_is_found_by_words_kind_and_tier(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let on = day("2026-11-20");
    for (words, kind, tier, wanted) in [
        ("bac nha tr", None, None, vec!["H32.101"]),
        ("Bắc Nha Trang", Some("commune-committee"), Some(Tier::Commune), vec!["H32.101"]),
        ("Bắc Nha Trang", Some("department"), None, vec![]),
        ("000.00.03.H32", None, None, vec!["H32.03"]),
        ("Vĩnh Phước", None, None, vec![]),
    ] {
        let filter = AgencyFilter { words: Some(words.to_owned()), kind: kind.map(str::to_owned), tier };
        let found = queries::agencies(f.store.read(), on, &filter, None, 20).await.unwrap();
        assert_eq!(found.rows.iter().map(|agency| &*agency.code).collect::<Vec<_>>(), wanted, "{words}");
    }
}

#[store::test]
async fn a_code_is_in_force_only_in_its_time(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let read = f.store.read();
    for (code, on, there) in [
        ("H32.31", "2025-06-30", true),
        ("H32.31", "2025-07-01", false),
        ("H32.101", "2025-06-30", false),
        ("H32.101", "2025-07-01", true),
        ("H99", "2026-11-20", false),
    ] {
        assert_eq!(queries::agency_by_code(read, code, day(on)).await.unwrap().is_some(), there, "{code} {on}");
    }
}

#[test]
fn every_kind_of_agency_has_a_name_in_both_languages() {
    let texts = web::Texts::load(crate::system().texts.iter()).unwrap();
    for province in Province::list() {
        for agency in Province::load(province).unwrap().agencies.values() {
            for lang in Lang::ALL {
                assert!(texts.has(lang, &format!("directory-kind-{}", agency.kind)), "{}", agency.kind);
            }
        }
    }
}
