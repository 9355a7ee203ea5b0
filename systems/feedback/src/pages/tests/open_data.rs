//! What everybody may take: the map, the feed, the table, the figures.

use std::collections::BTreeMap;

use geo::{Place, Tile};
use http::StatusCode;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use store::Sql;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::{DESK, Fixture, HOLE, MODERATED, NOBODY, OWNER, answered, assigned, code_of};
use crate::queries::ZOOMS;

pub(super) async fn counted(f: &Fixture) -> BTreeMap<(i64, i64), i64> {
    Sql::new("SELECT zoom, cell, count FROM feedback_cells WHERE count <> 0")
        .all(f.app.store.read(), |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
        .await
        .unwrap()
        .into_iter()
        .collect()
}

/// The same, from the rows: each once for itself and once for each that is joined into it.
pub(super) async fn to_be_counted(f: &Fixture) -> BTreeMap<(i64, i64), i64> {
    let keys: Vec<(i64, i64)> = Sql::new(
        "SELECT place_key, 1 + joins FROM feedback_reports WHERE public_at IS NOT NULL AND place_key IS NOT NULL",
    )
    .all(f.app.store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
    .await
    .unwrap();
    let mut counts = BTreeMap::new();
    for ((key, weight), zoom) in keys.iter().flat_map(|key| ZOOMS.map(move |zoom| (key, zoom))) {
        *counts.entry((i64::from(zoom), geo::cell(*key, zoom))).or_default() += weight;
    }
    counts
}

#[store::test]
async fn counts_of_the_map_are_those_of_the_rows_whatever_the_desk_decides(f: Fixture) {
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    let place = (12.20_f64..12.30, 109.15_f64..109.20);
    let outcome = TestRunner::new(config).run(&(place, 0..4_u8), |((lat, lon), decided)| {
        let (counted, expected) = block_in_place(|| {
            Handle::current().block_on(async {
                let (lat, lon) = (lat.to_string(), lon.to_string());
                let fields = [
                    ("kind", "khac"),
                    ("lat", &*lat),
                    ("lon", &lon),
                    ("words", "Ghế gãy"),
                    ("commune", "H32.103"),
                    ("van-gui", "yes"),
                ];
                let code = code_of(&f.sent(OWNER, &fields, &[]).await);
                let public = if decided == 0 { "no" } else { "yes" };
                let kind = |(name, value)| match name {
                    "kind" => (name, "khac"),
                    "public" => (name, public),
                    _ => (name, value),
                };
                let moderated: Vec<(&str, &str)> = MODERATED.iter().copied().map(kind).collect();
                if decided == 1 {
                    f.at_step(DESK, &code, "tu-choi", &[("reason", "Không rõ")]).await.to();
                } else {
                    f.at_step(DESK, &code, "phan-loai", &moderated).await.to();
                }
                if decided == 2 {
                    // Given back and read once more, it is taken out of the public.
                    f.at_step(super::SPECIALIST, &code, "tra-lai", &[("reason", "Nơi khác")]).await.to();
                    let hidden: Vec<(&str, &str)> =
                        moderated.iter().copied().filter(|(name, _)| *name != "public").collect();
                    f.at_step(DESK, &code, "phan-loai", &hidden).await.to();
                }
                (counted(&f).await, to_be_counted(&f).await)
            })
        });
        prop_assert_eq!(counted, expected);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

async fn tile(f: &Fixture, zoom: u8) -> Value {
    let Tile { z, x, y } = Tile::of(Place::new(12.2458, 109.1953).unwrap(), zoom);
    let answer = f.get(NOBODY, &format!("/phan-anh/o/{z}/{x}/{y}")).await;
    assert_eq!(answer.kind.as_deref(), Some("application/json"), "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[store::test]
async fn every_zoom_from_the_province_to_a_street_shows_the_public_ones(f: Fixture) {
    let (code, _) = assigned(&f, NOBODY).await;
    // Sent and not read yet: on no map.
    f.sent(OWNER, &[HOLE, &[("van-gui", "yes")]].concat(), &[]).await;
    for zoom in 0..=20 {
        let found = tile(&f, zoom).await;
        let cells = found["cells"].as_array().unwrap();
        let reports = found["reports"].as_array().unwrap();
        let count: i64 = cells.iter().map(|cell| cell["count"].as_i64().unwrap()).sum();
        if zoom <= 15 {
            assert_eq!((count, reports.len()), (1, 0), "zoom {zoom}");
        } else {
            assert_eq!((count, reports[0]["code"].as_str()), (0, Some(code.as_str())), "zoom {zoom}");
        }
    }
    assert_eq!(f.get(NOBODY, "/phan-anh/o/25/0/0").await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.get(NOBODY, "/phan-anh/o/3/9/0").await.status, StatusCode::NOT_FOUND);
    let outline: Value = serde_json::from_str(&f.get(NOBODY, "/phan-anh/ranh-gioi").await.page()).unwrap();
    assert_eq!(outline["type"], "Feature");
}

#[store::test]
async fn the_feed_and_the_table_hold_what_is_public_and_nothing_else(f: Fixture) {
    let (code, _) = answered(&f, OWNER).await;
    let unread = code_of(&f.sent(OWNER, &[HOLE, &[("van-gui", "yes")]].concat(), &[]).await);
    for address in
        ["/phan-anh/rss.xml", "/phan-anh/du-lieu.csv", "/phan-anh", "/phan-anh?tim=o+ga+sau", "/phan-anh?loai=o-ga"]
    {
        let text = f.get(NOBODY, address).await.page();
        assert!(text.contains(&code) && text.contains("Ổ gà sâu, có người đã ngã"), "{address}: {text}");
        for hidden in [unread.as_str(), "0901000009", "Trần Thị Demo"] {
            assert!(!text.contains(hidden), "{hidden} in {address}: {text}");
        }
    }
    // What was taken out of the words cannot be asked for either.
    assert!(!f.get(NOBODY, "/phan-anh?tim=0901000009").await.page().contains(&code));
    assert!(!f.get(NOBODY, "/phan-anh?loai=rac").await.page().contains(&code));
    let table = f.get(NOBODY, "/phan-anh/du-lieu.csv").await.page();
    let mut table = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(table.records().map(|row| row.unwrap()[2].to_owned()).collect::<Vec<_>>(), ["answered"]);
    let figures = f.get(NOBODY, "/phan-anh/thong-ke").await.page();
    assert!(figures.contains("phường Nha Trang") && figures.contains("100%"), "{figures}");
}
