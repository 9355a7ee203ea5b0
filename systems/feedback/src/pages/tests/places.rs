//! Where a report is: chosen, noted by the camera, or guessed.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use geo::Place;

use super::{Fixture, NOBODY, code_of, picture};
use crate::queries;

/// A picture taken on the day at so many whole degrees and minutes, north and east.
fn taken_at(lat: (u32, u32), lon: (u32, u32)) -> Vec<u8> {
    taken_on("2026:11:18 07:00:00", lat, lon)
}

fn taken_on(day: &str, lat: (u32, u32), lon: (u32, u32)) -> Vec<u8> {
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let angle = |(degrees, minutes): (u32, u32)| {
        Value::Rational([degrees, minutes, 0].map(|num| Rational { num, denom: 1 }).to_vec())
    };
    let fields = [
        field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        field(Tag::GPSLatitude, angle(lat)),
        field(Tag::GPSLongitudeRef, Value::Ascii(vec![b"E".to_vec()])),
        field(Tag::GPSLongitude, angle(lon)),
        field(Tag::DateTimeOriginal, Value::Ascii(vec![day.as_bytes().to_vec()])),
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut noted = Cursor::new(Vec::new());
    writer.write(&mut noted, false).unwrap();
    let noted = [b"Exif\0\0".to_vec(), noted.into_inner()].concat();
    let length = u16::try_from(noted.len() + 2).unwrap().to_be_bytes();
    // Between the mark that begins a JPEG and the rest of it.
    let plain = picture();
    [&plain[..2], &[0xff, 0xe1], &length, &noted, &plain[2..]].concat()
}

const RUBBISH: &[(&str, &str)] = &[("kind", "rac"), ("words", "Rác")];

async fn commune(f: &Fixture, code: &str) -> String {
    let commune = f.report(code).await.commune;
    directory::queries::agency(f.app.store.read(), commune).await.unwrap().unwrap().code
}

#[store::test]
async fn the_place_of_a_picture_stands_in_where_none_was_chosen_and_is_not_in_what_is_shown(f: Fixture) {
    let sent = taken_at((12, 15), (109, 11));
    let code = code_of(&f.sent(NOBODY, RUBBISH, &[("photos", "rac.jpg", &sent)]).await);
    let report = f.report(&code).await;
    assert_eq!(report.place, Place::new(12.25, 109.0 + 11.0 / 60.0).ok());
    assert_eq!(commune(&f, &code).await, "H32.103");
    let photo = queries::photos(f.app.store.read(), report.form_id).await.unwrap().remove(0);
    let shown = f.app.files.read(&photo.clean).await.unwrap();
    assert_eq!(photos::read(&shown).unwrap().place, None);
}

#[store::test]
async fn a_picture_from_abroad_says_nothing_of_the_place(f: Fixture) {
    let sent = taken_at((48, 51), (2, 21));
    let fields = [RUBBISH, &[("commune", "H32.101")]].concat();
    let code = code_of(&f.sent(NOBODY, &fields, &[("photos", "paris.jpg", &sent)]).await);
    assert_eq!((f.report(&code).await.place, commune(&f, &code).await.as_str()), (None, "H32.101"));
}

#[store::test]
async fn the_commune_is_the_one_chosen_else_the_nearest(f: Fixture) {
    let there = [RUBBISH, &[("lat", "12.26"), ("lon", "109.157")]].concat();
    assert_eq!(commune(&f, &code_of(&f.sent(NOBODY, &there, &[]).await)).await, "H32.102");
    let chosen = [&there[..], &[("commune", "H32.103")]].concat();
    assert_eq!(commune(&f, &code_of(&f.sent(NOBODY, &chosen, &[]).await)).await, "H32.103");
    let island = [RUBBISH, &[("lat", "8.645"), ("lon", "111.92")]].concat();
    let told = f.secret(NOBODY).await;
    let island: Vec<(&str, &str)> = [("khoa", told.as_str())].into_iter().chain(island).collect();
    let answer = f.upload(NOBODY, "/phan-anh/gui", &island, &[]).await;
    assert!(answer.body.contains("chọn xã, phường"), "far islands of Trường Sa are chosen by name: {}", answer.body);
    let named: Vec<(&str, &str)> = island.iter().copied().chain([("commune", "H32.141")]).collect();
    assert_eq!(commune(&f, &code_of(&f.upload(NOBODY, "/phan-anh/gui", &named, &[]).await.to())).await, "H32.141");
}

#[store::test]
async fn an_old_picture_says_nothing_of_the_place(f: Fixture) {
    for day in ["2026:11:10 07:00:00", "2026:11:25 07:00:00", "0000:00:00 00:00:00"] {
        let sent = taken_on(day, (12, 15), (109, 11));
        let fields = [RUBBISH, &[("commune", "H32.101")]].concat();
        let code = code_of(&f.sent(NOBODY, &fields, &[("photos", "cu.jpg", &sent)]).await);
        assert_eq!(f.report(&code).await.place, None, "{day}");
    }
}
