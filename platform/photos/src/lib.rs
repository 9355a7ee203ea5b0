//! Photos as people send them: read with a limit, set upright, told where and when they were taken, and written anew
//! without anything but the picture. Pure computation, no I/O, that keeps a processor busy: callers in a request give it a
//! thread that may block.

pub mod demo;
mod metadata;

use std::borrow::Cow;
use std::io::Cursor;

use chrono::NaiveDateTime;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GenericImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Rgba};

/// A picture with more pixels is refused before any of them is decoded: enough for the 50-megapixel cameras of phones.
pub const MOST_PIXELS: u64 = 52_000_000;

/// Bytes that decoding may take: a pixel with transparency has four.
const MOST_MEMORY: u64 = 4 * MOST_PIXELS;

/// Of 100; the files of phones are written at 85 to 95.
const QUALITY: u8 = 82;

/// A picture, upright, and what the camera noted beside it.
#[derive(Clone, Debug)]
pub struct Photo {
    /// In pixels, after the picture was set upright; so is `height`.
    pub width: u32,
    pub height: u32,
    /// Where the camera says it was; phones leave this out unless people allow it.
    pub place: Option<geo::Place>,
    /// What the clock of the camera showed; it names no time zone and may be wrong.
    pub taken_at: Option<NaiveDateTime>,
    image: DynamicImage,
}

/// A rectangle of a picture, in shares of its width and height, from the upper left corner: 0 to 1 each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// Why a file cannot be used as a photo.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The format of iPhones, which is encumbered by patents and which browsers do not show. People have a remedy:
    /// Settings, Camera, Formats, "Most Compatible", or sending the photo through an app that converts it.
    #[error("HEIC cannot be read; the phone can send JPEG")]
    Heic,
    #[error("neither JPEG nor PNG nor WebP")]
    UnknownFormat,
    #[error("a picture may have {MOST_PIXELS} pixels and take {MOST_MEMORY} bytes")]
    TooManyPixels,
    #[error("the file is damaged or not complete")]
    Damaged(#[source] ImageError),
    #[error("the picture cannot be written")]
    Unwritten(#[source] ImageError),
}

/// Reads JPEG, PNG or WebP. What the camera noted is taken when it can be understood and is never a reason to refuse.
pub fn read(bytes: &[u8]) -> Result<Photo, PhotoError> {
    if infer::get(bytes).is_some_and(|kind| kind.mime_type() == "image/heif") {
        return Err(PhotoError::Heic);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes));
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let reader = reader.with_guessed_format().map_err(|source| PhotoError::Damaged(source.into()))?;
    // Whoever else links `image` may have more formats in it.
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(PhotoError::UnknownFormat);
    }
    let mut decoder = reader.into_decoder().map_err(refused)?;

    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(PhotoError::TooManyPixels);
    }
    let noted = decoder.exif_metadata().ok().flatten().map(metadata::read).unwrap_or_default();
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    image.apply_orientation(noted.orientation);
    let image = DynamicImage::from(image.into_rgb8());
    Ok(Photo { width: image.width(), height: image.height(), place: noted.place, taken_at: noted.taken_at, image })
}

fn refused(source: ImageError) -> PhotoError {
    match source {
        ImageError::Unsupported(_) => PhotoError::UnknownFormat,
        ImageError::Limits(_) => PhotoError::TooManyPixels,
        source => PhotoError::Damaged(source),
    }
}

impl Photo {
    /// An upright JPEG of the picture alone: no place, no time, no device, no preview, no colour profile. It is made smaller
    /// when its longer side has more than `longest` pixels, and never larger.
    pub fn clean(&self, longest: u32) -> Result<Vec<u8>, PhotoError> {
        let longest = longest.max(1);
        let image = if self.width.max(self.height) > longest {
            Cow::Owned(self.image.thumbnail(longest, longest))
        } else {
            Cow::Borrowed(&self.image)
        };
        let mut jpeg = Vec::new();
        image.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).map_err(PhotoError::Unwritten)?;
        Ok(jpeg)
    }

    /// Fills these areas, for faces and number plates. Filled and not blurred: what was blurred can be guessed again.
    pub fn hide(&mut self, areas: &[Area]) {
        for area in areas {
            for y in pixels(area.top, area.height, self.height) {
                for x in pixels(area.left, area.width, self.width) {
                    self.image.put_pixel(x, y, Rgba([0, 0, 0, u8::MAX]));
                }
            }
        }
    }
}

/// The pixels that such a share of a side touches, of those there are.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and the end is at most the side"
)]
fn pixels(from: f64, length: f64, side: u32) -> std::ops::Range<u32> {
    let end = ((from + length) * f64::from(side)).ceil() as u32;
    ((from * f64::from(side)).floor() as u32)..end.min(side)
}
