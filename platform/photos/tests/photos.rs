//! What is promised to people who send a photo, and to those whom it shows.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::io::Cursor;

use chrono::NaiveDate;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};
use photos::{Area, Photo, PhotoError};
use proptest::prelude::*;

const RED: [u8; 3] = [200, 30, 30];
const BLUE: [u8; 3] = [30, 30, 200];

/// The device a camera would note; its bytes must not be left anywhere.
const DEVICE: &[u8] = b"Camera of a person";

/// 60 × 40, blue but for a red upper left quarter.
fn picture() -> DynamicImage {
    RgbImage::from_fn(60, 40, |x, y| Rgb(if x < 30 && y < 20 { RED } else { BLUE })).into()
}

fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

/// Seconds in hundredths, as phones write them.
fn angle(degrees: u32, minutes: u32, hundredths: u32) -> Value {
    Value::Rational(
        [(degrees, 1), (minutes, 1), (hundredths, 100)].map(|(num, denom)| Rational { num, denom }).to_vec(),
    )
}

fn text(text: &[u8]) -> Value {
    Value::Ascii(vec![text.to_vec()])
}

fn noted(orientation: u16, fields: &[Field]) -> Vec<u8> {
    let common = [
        field(Tag::Orientation, Value::Short(vec![orientation])),
        field(Tag::Model, text(DEVICE)),
        field(Tag::DateTimeOriginal, text(b"2026:11:09 06:41:30")),
    ];
    let mut writer = Writer::new();
    common.iter().chain(fields).for_each(|field| writer.push_field(field));
    let mut raw = Cursor::new(Vec::new());
    writer.write(&mut raw, false).unwrap();
    raw.into_inner()
}

/// 12°14′19.68″ N 109°11′48.12″ E.
fn on_the_beach() -> [Field; 4] {
    [
        field(Tag::GPSLatitudeRef, text(b"N")),
        field(Tag::GPSLatitude, angle(12, 14, 1968)),
        field(Tag::GPSLongitudeRef, text(b"E")),
        field(Tag::GPSLongitude, angle(109, 11, 4812)),
    ]
}

fn jpeg(exif: Vec<u8>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, 95);
    encoder.set_exif_metadata(exif).unwrap();
    picture().write_with_encoder(encoder).unwrap();
    file
}

fn clean(photo: &Photo, longest: u32) -> RgbImage {
    let jpeg = photo.clean(longest).unwrap();
    image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

fn is_near(found: Rgb<u8>, wanted: [u8; 3]) -> bool {
    found.0.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) < 24)
}

fn holds(file: &[u8], bytes: &[u8]) -> bool {
    file.windows(bytes.len()).any(|window| window == bytes)
}

#[test]
fn place_and_time_come_from_the_camera() {
    let photo = photos::read(&jpeg(noted(1, &on_the_beach()))).unwrap();
    assert_eq!(photo.place, Some(geo::Place::new(12.2388, 109.1967).unwrap()));
    assert_eq!(photo.taken_at, NaiveDate::from_ymd_opt(2026, 11, 9).unwrap().and_hms_opt(6, 41, 30));

    let south_west = on_the_beach().map(|field| match field.tag {
        Tag::GPSLatitudeRef => Field { value: text(b"S"), ..field },
        Tag::GPSLongitudeRef => Field { value: text(b"W"), ..field },
        _ => field,
    });
    let photo = photos::read(&jpeg(noted(1, &south_west))).unwrap();
    assert_eq!(photo.place, Some(geo::Place::new(-12.2388, -109.1967).unwrap()));
}

#[test]
fn png_and_webp_are_read_like_jpeg() {
    let (mut png, mut webp) = (Vec::new(), Vec::new());
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_exif_metadata(noted(6, &on_the_beach())).unwrap();
    picture().write_with_encoder(encoder).unwrap();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_exif_metadata(noted(6, &on_the_beach())).unwrap();
    picture().write_with_encoder(encoder).unwrap();
    for file in [png, webp] {
        let photo = photos::read(&file).unwrap();
        assert_eq!((photo.width, photo.height), (40, 60));
        assert!(photo.place.is_some() && photo.taken_at.is_some());
    }
}

#[test]
fn the_picture_stands_upright_however_the_phone_was_held() {
    // By EXIF orientation: where the red quarter, stored in the upper left, belongs.
    let corners = [(1, "left top"), (2, "right top"), (3, "right bottom"), (4, "left bottom")];
    let turned = [(5, "left top"), (6, "right top"), (7, "right bottom"), (8, "left bottom")];
    for (orientation, corner) in corners.into_iter().chain(turned) {
        let photo = photos::read(&jpeg(noted(orientation, &[]))).unwrap();
        assert_eq!((photo.width, photo.height), if orientation < 5 { (60, 40) } else { (40, 60) });
        let image = clean(&photo, 100);
        assert_eq!(image.dimensions(), (photo.width, photo.height));
        for (name, x, y) in [("left top", 1, 1), ("right top", 5, 1), ("left bottom", 1, 5), ("right bottom", 5, 5)] {
            let wanted = if name == corner { RED } else { BLUE };
            let found = *image.get_pixel(x * photo.width / 6, y * photo.height / 6);
            assert!(is_near(found, wanted), "orientation {orientation}, {name}: {found:?}");
        }
    }
}

#[test]
fn a_cleaned_file_holds_the_picture_and_nothing_else() {
    let sent = jpeg(noted(6, &on_the_beach()));
    let latitude = [0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0x07, 0xb0];
    let traces: [&[u8]; 4] = [b"Exif", DEVICE, b"2026:11:09", &latitude];
    let cleaned = photos::read(&sent).unwrap().clean(100).unwrap();
    for trace in traces {
        assert!(holds(&sent, trace), "the file sent has it: {trace:?}");
        assert!(!holds(&cleaned, trace), "{trace:?}");
    }
    // Of application segments only JFIF, which has the density alone: no EXIF, XMP, ICC or comments.
    let segments: Vec<u8> = segments(&cleaned);
    assert!(segments.iter().all(|marker| !(0xe1..=0xef).contains(marker) && *marker != 0xfe), "{segments:x?}");
    let again = photos::read(&cleaned).unwrap();
    assert_eq!((again.place, again.taken_at, again.width, again.height), (None, None, 40, 60));
}

/// The markers before the picture begins.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut markers) = (2, Vec::new());
    while jpeg[at + 1] != 0xda {
        assert_eq!(jpeg[at], 0xff);
        markers.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    markers
}

#[test]
fn a_picture_is_made_smaller_and_never_larger() {
    let photo = photos::read(&jpeg(noted(1, &[]))).unwrap();
    assert_eq!(clean(&photo, 30).dimensions(), (30, 20));
    assert_eq!(clean(&photo, 60).dimensions(), (60, 40));
    assert_eq!(clean(&photo, 6000).dimensions(), (60, 40));
    assert_eq!(clean(&photo, 0).dimensions(), (1, 1));
}

#[test]
fn a_hidden_area_is_gone_and_the_rest_is_not() {
    let mut photo = photos::read(&jpeg(noted(1, &[]))).unwrap();
    photo.hide(&[
        Area { left: 0.0, top: 0.0, width: 0.5, height: 0.5 },
        Area { left: 0.9, top: 0.8, width: 7.0, height: f64::INFINITY },
        Area { left: -4.0, top: f64::NAN, width: 1.0, height: -1.0 },
    ]);
    let image = clean(&photo, 100);
    for (x, y, wanted) in [(2, 2, [0; 3]), (15, 10, [0; 3]), (45, 10, BLUE), (15, 30, BLUE), (58, 38, [0; 3])] {
        assert!(is_near(*image.get_pixel(x, y), wanted), "{x} {y}: {:?}", image.get_pixel(x, y));
    }
    assert!(image.pixels().all(|pixel| !is_near(*pixel, RED)));
}

#[test]
fn a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() {
    // Some hundred bytes that would become 10 GB: the head of a PNG says so, the data is never reached.
    let mut bomb = Vec::new();
    picture().write_to(&mut Cursor::new(&mut bomb), ImageFormat::Png).unwrap();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert!(matches!(photos::read(&bomb), Err(PhotoError::TooManyPixels)), "{:?}", photos::read(&bomb));

    let mut wide = jpeg(noted(1, &[]));
    let size = wide.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap() + 5;
    wide[size..size + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(matches!(photos::read(&wide), Err(PhotoError::TooManyPixels)), "{:?}", photos::read(&wide));
}

/// Checksum of a part of a PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn heic_is_told_from_what_is_no_picture() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat";
    assert!(matches!(photos::read(heic), Err(PhotoError::Heic)));
    for file in [&b""[..], b"%PDF-1.7", b"GIF89a\x01\0\x01\0\0\0\0;", b"<svg xmlns='http://www.w3.org/2000/svg'/>"] {
        assert!(matches!(photos::read(file), Err(PhotoError::UnknownFormat)), "{:?}", photos::read(file));
    }
}

#[test]
fn metadata_that_cannot_be_understood_is_no_reason_to_refuse() {
    let zero = Value::Rational(vec![Rational { num: 12, denom: 0 }; 3]);
    let broken = [
        field(Tag::GPSLatitudeRef, text(b"N")),
        field(Tag::GPSLatitude, zero),
        field(Tag::GPSLongitudeRef, text(b"E")),
        field(Tag::GPSLongitude, angle(109, 11, 4812)),
    ];
    for exif in [noted(1, &broken), noted(77, &broken), b"MM\0\x2a\xff\xff\xff\xff".to_vec(), b"nothing".to_vec()] {
        let photo = photos::read(&jpeg(exif)).unwrap();
        assert_eq!((photo.width, photo.place), (60, None));
    }
}

#[test]
fn a_file_that_ends_early_is_damaged() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let mut file = Cursor::new(Vec::new());
        picture().write_to(&mut file, format).unwrap();
        let file = file.into_inner();
        for length in [file.len() / 2, file.len() - 20] {
            let read = photos::read(&file[..length]);
            assert!(matches!(read, Err(PhotoError::Damaged(_))), "{format:?}, {length}: {read:?}");
        }
    }
    let jpeg = jpeg(noted(1, &on_the_beach()));
    let read = photos::read(&jpeg[..200]);
    assert!(matches!(read, Err(PhotoError::Damaged(_))), "no picture has begun: {read:?}");
}

#[test]
fn of_a_jpeg_that_ends_early_one_sees_what_arrived() {
    let whole = photos::demo::street(1).unwrap();
    let photo = photos::read(&whole[..whole.len() / 4]).unwrap();
    let (part, all) = (clean(&photo, 1000), clean(&photos::read(&whole).unwrap(), 1000));
    assert_eq!(part.dimensions(), all.dimensions());
    let top = |image: &RgbImage| *image.get_pixel(200, 20);
    let bottom = |image: &RgbImage| *image.get_pixel(20, 220);
    assert!(is_near(top(&part), top(&all).0) && !is_near(bottom(&part), bottom(&all).0));
}

#[test]
fn a_drawn_street_is_a_small_photo_and_never_the_same() {
    let [one, other] = [1, 2].map(|seed| photos::demo::street(seed).unwrap());
    assert!(one.len() < 20_000 && one != other);
    assert_eq!(one, photos::demo::street(1).unwrap());
    assert!(photos::read(&one).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_arrives_is_answered(cut in 0.0..1.0, at in 0.0..1.0, byte in any::<u8>()) {
        let mut file = jpeg(noted(6, &on_the_beach()));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share")]
        let [cut, at] = [cut, at].map(|share: f64| (share * file.len() as f64) as usize);
        file[at] = byte;
        for file in [&file[..], &file[..cut]] {
            if let Ok(photo) = photos::read(file) {
                prop_assert!(photo.clean(20).is_ok());
            }
        }
    }
}
