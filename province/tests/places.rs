//! What the embedded provinces promise to whoever draws a map of them.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::collections::BTreeSet;
use std::fs;

use chrono::NaiveDate;
use province::{Mistake, Problem, Province};
use serde_json::Value;

/// Rings of the outline, holes among them, as (latitude, longitude) in degrees.
fn rings(province: &Province) -> Vec<Vec<(f64, f64)>> {
    let outline: Value = serde_json::from_str(province.outline().unwrap()).unwrap();
    let polygons: Vec<Vec<Vec<[f64; 2]>>> = serde_json::from_value(outline["geometry"]["coordinates"].clone()).unwrap();
    let turned = |ring: Vec<[f64; 2]>| ring.into_iter().map(|[lon, lat]| (lat, lon)).collect();
    polygons.into_iter().flatten().map(turned).collect()
}

/// A line from the place to the east crosses the edges an odd number of times.
fn lies_inside(rings: &[Vec<(f64, f64)>], lat: f64, lon: f64) -> bool {
    let edges = rings.iter().flat_map(|ring| ring.windows(2));
    let crossed = edges.filter(|edge| {
        let ((lat1, lon1), (lat2, lon2)) = (edge[0], edge[1]);
        (lat1 > lat) != (lat2 > lat) && lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1
    });
    crossed.count() % 2 == 1
}

#[test]
fn every_commune_of_today_has_a_place_and_nothing_else_has() {
    for name in Province::list() {
        let province = Province::load(name).unwrap();
        let day: NaiveDate = "2025-07-01".parse().unwrap();
        let communes = province.agencies_on(day).filter(|agency| agency.kind == "commune-committee");
        let areas: BTreeSet<&str> = communes.map(|agency| agency.area.as_str()).collect();
        let placed: BTreeSet<&str> = province.places().iter().map(|place| place.gso.as_str()).collect();
        assert_eq!(placed, areas, "{name}");
        assert!(province.places().iter().all(|place| place.km2 > 0.0), "{name}");
    }
}

#[test]
fn communes_lie_within_the_outline() {
    for (name, at_sea) in [("khanh-hoa", vec!["22736"]), ("cao-bang", vec![])] {
        let province = Province::load(name).unwrap();
        let rings = rings(&province);
        let outside = province
            .places()
            .iter()
            .filter(|commune| !lies_inside(&rings, commune.centre.lat_degrees(), commune.centre.lon_degrees()));
        let outside: Vec<&str> = outside.map(|commune| commune.gso.as_str()).collect();
        assert_eq!(outside, at_sea, "the centre of Trường Sa lies in the sea between its islands");
    }
}

#[test]
fn truong_sa_is_part_of_khanh_hoa() {
    let khanh_hoa = Province::load("khanh-hoa").unwrap();
    let rings = rings(&khanh_hoa);
    for (island, lat, lon) in [
        ("Trường Sa", 8.6443, 111.9195),
        ("Sinh Tồn", 9.8858, 114.3292),
        ("Nam Yết", 10.1797, 114.3656),
        ("Song Tử Tây", 11.4294, 114.3306),
    ] {
        assert!(lies_inside(&rings, lat, lon), "{island}");
    }
    let far_out = rings.iter().filter(|ring| ring.iter().all(|(_, lon)| *lon > 111.0)).count();
    assert!(far_out >= 290, "{far_out} islands and reefs");
    let communes = khanh_hoa.places();
    assert!(communes.iter().any(|commune| commune.gso == "22736" && commune.centre.lon_degrees() > 114.0));
}

#[test]
fn outlines_are_small_and_name_whose_they_are() {
    for name in Province::list() {
        let province = Province::load(name).unwrap();
        let text = province.outline().unwrap();
        assert!(text.len() < 80_000, "{name}: {} bytes", text.len());
        let outline: Value = serde_json::from_str(text).unwrap();
        assert_eq!(outline["properties"]["code"], province.settings.gso.as_str());
        assert_eq!(outline["properties"]["credit"], "Open Development Vietnam");
        assert!(rings(&province).iter().all(|ring| ring.len() >= 4 && ring.first() == ring.last()), "closed rings");
    }
}

#[test]
fn a_province_without_a_map_is_still_a_province() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("agencies")).unwrap();
    fs::copy("khanh-hoa/province.toml", folder.path().join("province.toml")).unwrap();
    let bare = Province::read(folder.path()).unwrap();
    assert!(bare.places().is_empty() && bare.outline().is_none());

    fs::write(folder.path().join("places.toml"), "22366 = { lat = 109.2, lon = 12.2, km2 = 1.0 }").unwrap();
    let turned = Province::read(folder.path()).unwrap_err();
    assert!(
        matches!(&turned, Problem::Wrong { source: Mistake::NotOnTheMap { area }, .. } if area == "22366"),
        "{turned}"
    );
}
