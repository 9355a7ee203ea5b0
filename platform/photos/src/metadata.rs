use chrono::{NaiveDate, NaiveDateTime};
use exif::{DateTime, Exif, In, Reader, Tag, Value};
use geo::Place;
use image::metadata::Orientation;

/// What this crate takes from EXIF (CIPA DC-008); everything else stays unread.
#[derive(Debug)]
pub(crate) struct Noted {
    pub(crate) orientation: Orientation,
    pub(crate) place: Option<Place>,
    pub(crate) taken_at: Option<NaiveDateTime>,
}

impl Default for Noted {
    fn default() -> Self {
        Self { orientation: Orientation::NoTransforms, place: None, taken_at: None }
    }
}

/// Cameras write broken fields; whatever can be understood is taken.
pub(crate) fn read(mut raw: Vec<u8>) -> Noted {
    // WebP files of some programs keep the introduction that belongs to JPEG.
    if raw.starts_with(b"Exif\0\0") {
        raw.drain(..6);
    }
    let orientation = Orientation::from_exif_chunk(&raw).unwrap_or(Orientation::NoTransforms);
    let exif = Reader::new().continue_on_error(true).read_raw(raw);
    let Ok(exif) = exif.or_else(|error| error.distill_partial_result(|_| ())) else {
        return Noted { orientation, ..Noted::default() };
    };
    Noted { orientation, place: place(&exif), taken_at: taken_at(&exif) }
}

fn place(exif: &Exif) -> Option<Place> {
    let lat = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b"S")?;
    let lon = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b"W")?;
    Place::new(lat, lon).ok()
}

/// Degrees, minutes and seconds as one number, negative on the side that `negative` names.
fn degrees(exif: &Exif, angle: Tag, side: Tag, negative: &[u8]) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(angle, In::PRIMARY)?.value else { return None };
    let [degrees, minutes, seconds] = parts.as_slice() else { return None };
    let size = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    Some(if ascii(exif, side)? == negative { -size } else { size })
}

fn taken_at(exif: &Exif) -> Option<NaiveDateTime> {
    let at = DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    let day = NaiveDate::from_ymd_opt(at.year.into(), at.month.into(), at.day.into())?;
    day.and_hms_opt(at.hour.into(), at.minute.into(), at.second.into())
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}
