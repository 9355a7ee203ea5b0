//! Pictures for demo data: plainly drawn, so that nobody takes them for a photo of a real street.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};

use crate::{PhotoError, QUALITY};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 360;

/// A small JPEG of a street with houses and a hole in the road; another one for every `seed`.
pub fn street(seed: u32) -> Result<Vec<u8>, PhotoError> {
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| Rgb(colour(seed, x, y)));
    let mut jpeg = Vec::new();
    DynamicImage::from(picture)
        .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))
        .map_err(PhotoError::Unwritten)?;
    Ok(jpeg)
}

fn colour(seed: u32, x: u32, y: u32) -> [u8; 3] {
    let house = x / 80 + 7 * seed;
    let roof = 90 + house * 37 % 70;
    let (hole_x, hole_y) = (90 + seed * 53 % 300, 300);
    let in_hole = x.abs_diff(hole_x).pow(2) + (3 * y.abs_diff(hole_y)).pow(2) < 45_u32.pow(2);
    match y {
        _ if in_hole => [52, 46, 40],
        0..240 if y < roof => [190, 215, 235],
        0..240 => [[214, 178, 120], [176, 196, 168], [206, 150, 130], [226, 214, 190]][(house * 5 % 4) as usize],
        240..250 => [170, 165, 158],
        _ => [112, 112, 114],
    }
}
