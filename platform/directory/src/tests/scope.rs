use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use base::AgencyCode;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use province::Province;
use store::Sql;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::{Fixture, day, khanh_hoa};
use crate::agency::Share;
use crate::queries;

#[store::test]
async fn a_scope_holds_what_stands_under_an_agency_and_what_it_took_over(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    for (of, agency, inside) in [
        ("H32", "H32", true),
        ("H32", "H32.31.01", true),
        ("H32", "H32.101", true),
        ("H32", "H32.91", false),
        ("H32.31", "H32.31.01", true),
        ("H32.31", "H32.101", false),
        ("H32.101", "H32.31.01", true),
        ("H32.101", "H32.31.08", false),
        ("H32.101", "H32", false),
        ("H32.51", "H32.05", true),
    ] {
        let (of_id, agency_id) = (f.agency(of).await.id, f.agency(agency).await.id);
        let within = queries::within(f.store.read(), agency_id, of_id).await.unwrap();
        assert_eq!(within, inside, "{agency} in the scope of {of}");
        let condition = queries::within_sql("a.id", 1);
        let listed =
            Sql::composed(format!("SELECT a.code FROM directory_agencies a WHERE {condition} AND a.code = $2"))
                .bind(of_id.uuid())
                .bind(agency)
                .one(f.store.read(), |row| row.get::<String>(0))
                .await
                .unwrap();
        assert_eq!(listed.is_some(), inside, "{agency} in a list of {of}");
    }
}

#[store::test]
async fn the_agency_that_covers_another_serves_its_place(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    for (kind, agency, on, wanted) in [
        ("social-insurance", "H32.101", "2026-11-20", Some("H32.93")),
        ("social-insurance", "H32.31.01", "2020-06-01", Some("H32.93")),
        ("commune-committee", "H32.101", "2026-11-20", Some("H32.101")),
        ("district-committee", "H32.31.01", "2020-06-01", Some("H32.31")),
        ("district-committee", "H32.101", "2026-11-20", None),
        ("tax", "H32.101", "2025-06-30", Some("H32.92")),
        ("tax", "H32.101", "2025-07-01", Some("H32.96")),
        ("province-committee", "H32.91", "2026-11-20", Some("H32")),
        ("police", "H32.03", "2026-11-20", Some("H32.91")),
        ("no-such-kind", "H32.101", "2026-11-20", None),
    ] {
        let id = f.agency(agency).await.id;
        let found = queries::covering(f.store.read(), kind, id, day(on)).await.unwrap();
        assert_eq!(found.map(|agency| agency.code).as_deref(), wanted, "{kind} for {agency} on {on}");
    }
}

#[store::test]
async fn the_nearest_of_several_covers_and_vertical_agencies_are_placed_by_their_division(f: Fixture) {
    let mut province = khanh_hoa();
    for (new, like, area) in [("H32.93.01", "H32.93", "568"), ("H32.91.01", "H32.91", "22327")] {
        let mut agency = province.agencies[&code(like)].clone();
        (agency.code, agency.code102, agency.area) = (code(new), None, area.to_owned());
        agency.to = Some(day("2025-06-30"));
        province.agencies.insert(agency.code.clone(), agency);
    }
    f.load(&province).await;
    for (agency, on, wanted) in [
        ("H32.31.01", "2020-06-01", "H32.93.01"),
        ("H32.91.01", "2020-06-01", "H32.93.01"),
        ("H32.32", "2020-06-01", "H32.93"),
        ("H32.101", "2026-11-20", "H32.93"),
    ] {
        let id = f.agency(agency).await.id;
        let found = queries::covering(f.store.read(), "social-insurance", id, day(on)).await.unwrap();
        assert_eq!(found.unwrap().code, wanted, "for {agency} on {on}");
    }
}

#[store::test]
async fn who_asks_for_an_old_agency_is_sent_to_its_heir(f: Fixture) {
    // A second merger, so that the chain has two links.
    let mut province = khanh_hoa();
    let mut later = province.agencies[&code("H32.101")].clone();
    later.code = code("H32.199");
    later.from = day("2026-07-01");
    later.predecessors = vec![code("H32.101")];
    later.partly_from = vec![code("H32.31")];
    province.agencies.get_mut(&code("H32.101")).unwrap().to = Some(day("2026-06-30"));
    province.agencies.insert(later.code.clone(), later);
    f.load(&province).await;
    for (old, on, wanted) in [
        ("H32.31.01", "2020-06-01", Some("H32.31.01")),
        ("H32.31.01", "2025-07-01", Some("H32.101")),
        ("H32.31.01", "2026-11-20", Some("H32.199")),
        ("H32.101", "2026-11-20", Some("H32.199")),
        ("H32.101", "2020-06-01", None),
        ("H32.31", "2026-11-20", None),
        ("H32.05", "2026-11-20", Some("H32.51")),
    ] {
        let found = queries::today_of(f.store.read(), f.agency(old).await.id, day(on)).await.unwrap();
        assert_eq!(found.map(|agency| agency.code).as_deref(), wanted, "{old} on {on}");
    }
}

#[store::test]
async fn successions_read_the_same_from_both_ends(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let read = f.store.read();
    let today = day("2026-11-20");
    for agency in khanh_hoa().agencies.values() {
        let here = f.agency(agency.code.as_str()).await;
        let told: BTreeSet<(String, Share)> = (agency.predecessors.iter().map(|code| (code.to_string(), Share::Main)))
            .chain(agency.partly_from.iter().map(|code| (code.to_string(), Share::Part)))
            .collect();
        let before = queries::predecessors(read, here.id).await.unwrap();
        assert_eq!(before.iter().map(|one| (one.agency.code.clone(), one.share)).collect::<BTreeSet<_>>(), told);
        for one in before {
            let after = queries::successors(read, one.agency.id, today).await.unwrap();
            assert!(after.iter().any(|heir| heir.agency.id == here.id && heir.share == one.share));
            let earlier = queries::successors(read, one.agency.id, day("2020-06-01")).await.unwrap();
            assert_eq!(earlier, vec![], "nobody knew in 2020");
        }
    }
}

fn code(text: &str) -> AgencyCode {
    text.parse().unwrap()
}

/// Any agencies of two eras: each under an earlier one or none, each of the new era perhaps heir to some of the old.
fn any_province() -> impl Strategy<Value = Province> {
    let agency = (any::<bool>(), any::<Option<prop::sample::Index>>(), any::<Option<prop::sample::Index>>());
    prop::collection::vec(agency, 1..14).prop_map(|shapes| {
        let mut province = khanh_hoa();
        let sample = province.agencies[&code("H32.03")].clone();
        province.agencies.clear();
        let code = |number: usize| code(&format!("H32.{number}"));
        for (number, (new_era, under, heir)) in shapes.iter().enumerate() {
            let mut agency = sample.clone();
            (agency.code, agency.code102) = (code(number), None);
            if *new_era {
                agency.from = day("2025-07-01");
            } else {
                agency.to = Some(day("2025-06-30"));
            }
            agency.parent = under.filter(|_| number > 0).map(|under| code(under.index(number)));
            province.agencies.insert(agency.code.clone(), agency);
            let heirs: Vec<usize> = (0..number).filter(|earlier| shapes[*earlier].0).collect();
            if let Some(heir) = heir.filter(|_| !new_era && !heirs.is_empty()) {
                let heir = province.agencies.get_mut(&code(heirs[heir.index(heirs.len())])).unwrap();
                heir.predecessors.push(code(number));
            }
        }
        province
    })
}

/// Walks the steps from every agency, nearest first.
fn reached(province: &Province) -> BTreeMap<(String, String), i64> {
    let mut reached = BTreeMap::new();
    for start in province.agencies.keys() {
        let (mut edge, mut depth) = (vec![start], 0);
        while !edge.is_empty() {
            edge.retain(|next| match reached.entry((start.to_string(), next.to_string())) {
                Entry::Vacant(free) => {
                    free.insert(depth);
                    true
                }
                Entry::Occupied(_) => false,
            });
            let under = |upper: &&AgencyCode| {
                let children = province.agencies.values().filter(|agency| agency.parent.as_ref() == Some(*upper));
                children.map(|agency| &agency.code).chain(&province.agencies[*upper].predecessors).collect::<Vec<_>>()
            };
            edge = edge.iter().flat_map(under).collect();
            depth += 1;
        }
    }
    reached
}

#[store::test]
async fn scopes_of_any_tree_equal_those_found_by_walking_it(f: Fixture) {
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&any_province(), |province| {
        let found: BTreeMap<(String, String), i64> = block_in_place(|| {
            Handle::current().block_on(async {
                for table in ["scopes", "successions", "positions", "units", "agencies"] {
                    let sql = Sql::composed(format!("DELETE FROM directory_{table}"));
                    f.store.write(async |tx| sql.run(tx).await).await.unwrap();
                }
                f.load(&province).await;
                let rows = Sql::new(
                    "SELECT up.code, down.code, depth FROM directory_scopes JOIN directory_agencies up ON up.id = ancestor \
                     JOIN directory_agencies down ON down.id = descendant",
                );
                let rows = rows.all(f.store.read(), |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).await.unwrap();
                rows.into_iter().collect()
            })
        });
        prop_assert_eq!(found, reached(&province));
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}
