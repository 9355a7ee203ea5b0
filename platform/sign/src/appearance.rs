//! What a signature or a filled field looks like: pictures and printed pages drawn as form XObjects.
//!
//! No text is set here. The fonts inside a printed paper hold only the letters it uses, so every word of an appearance
//! comes from a page the printer rendered, with fonts of its own.

mod page;

use std::io::Cursor;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use serde::{Deserialize, Serialize};

use crate::revision::{PdfError, Update, resolve};

/// A rectangle in points (1/72 inch), `x` and `y` of its lower left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// From the left edge.
    pub x: f32,
    /// From the lower edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Upwards.
    pub height: f32,
}

/// Something to draw.
#[derive(Debug, Clone, Copy)]
pub enum Drawing<'a> {
    /// A PNG; its transparency is kept.
    Png(&'a [u8]),
    /// The first page of a PDF, as the printer makes them; what it does not paint stays transparent.
    Page(&'a [u8]),
}

/// A drawing and where it goes: `area` is measured from the lower left corner of the field. The drawing keeps its
/// proportions and is centred in its area.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    /// What to draw.
    pub drawing: Drawing<'a>,
    /// Where in the field.
    pub area: Rect,
}

/// Why a drawing cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DrawingError {
    /// Not a PNG that can be decoded within 64 MB.
    #[error("the picture is not a PNG: {0}")]
    Png(#[from] png::DecodingError),
    /// Not a PDF page.
    #[error("the printed page cannot be used: {0}")]
    Page(#[from] PdfError),
    /// Without width or height.
    #[error("the drawing is empty")]
    Empty,
}

/// Adds the appearance of a field standing in `area`, layers drawn in order, and gives its XObject.
pub(crate) fn draw(
    update: &mut Update,
    area: Rect,
    layers: &[Layer<'_>],
    text_field: bool,
) -> Result<ObjectId, DrawingError> {
    let mut content = String::new();
    let mut xobjects = Dictionary::new();
    for (index, layer) in layers.iter().enumerate() {
        let (object, source) = match layer.drawing {
            Drawing::Png(bytes) => add_picture(update, bytes)?,
            Drawing::Page(bytes) => page::add(update, bytes)?,
        };
        let name = format!("Layer{index}");
        content.push_str(&layer.area.place(source)?.paint(&name));
        xobjects.set(name, object);
    }
    // Readers replace what stands between these marks when they fill a text field (ISO 32000-1, 12.7.3.3).
    let content = if text_field { format!("/Tx BMC\n{content}EMC\n") } else { content };
    let mut form = form_xobject(area.at_origin(), content.into_bytes());
    form.dict.set("Resources", dictionary! { "XObject" => xobjects });
    Ok(update.add(form))
}

/// A drawing's own coordinates: a picture is one unit wide and high, a page its media box; with its true proportions.
struct Source {
    unit: Rect,
    width: f32,
    height: f32,
}

struct Placement {
    scale: (f32, f32),
    shift: (f32, f32),
}

impl Rect {
    fn place(self, source: Source) -> Result<Placement, DrawingError> {
        let fits = [self.width, self.height, source.width, source.height]
            .iter()
            .all(|length| length.is_finite() && *length > 0.0);
        if !fits {
            return Err(DrawingError::Empty);
        }
        let fit = (self.width / source.width).min(self.height / source.height);
        let (width, height) = (source.width * fit, source.height * fit);
        let scale = (width / source.unit.width, height / source.unit.height);
        let shift = (
            self.x + (self.width - width) / 2.0 - source.unit.x * scale.0,
            self.y + (self.height - height) / 2.0 - source.unit.y * scale.1,
        );
        Ok(Placement { scale, shift })
    }

    /// The same size, as a field sees itself.
    pub(crate) fn at_origin(self) -> Self {
        Self { x: 0.0, y: 0.0, ..self }
    }

    /// As PDF writes rectangles: two corners.
    pub(crate) fn corners(self) -> Object {
        vec![self.x.into(), self.y.into(), (self.x + self.width).into(), (self.y + self.height).into()].into()
    }

    /// Reads two corners, in whatever order.
    pub(crate) fn from_corners(document: &Document, object: &Object) -> Result<Self, PdfError> {
        let corners = resolve(document, object).as_array()?;
        let mut numbers = [0.0_f32; 4];
        if corners.len() != numbers.len() {
            return Err(PdfError::Damaged);
        }
        for (number, corner) in numbers.iter_mut().zip(corners) {
            *number = resolve(document, corner).as_float()?;
        }
        let [left, low, right, high] = numbers;
        Ok(Self { x: left.min(right), y: low.min(high), width: (right - left).abs(), height: (high - low).abs() })
    }
}

impl Placement {
    fn paint(&self, name: &str) -> String {
        let ((across, up), (right, above)) = (self.scale, self.shift);
        format!("q {across} 0 0 {up} {right} {above} cm /{name} Do Q\n")
    }
}

fn form_xobject(bounds: Rect, content: Vec<u8>) -> Stream {
    let mut form =
        Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds.corners() }, content);
    pack(&mut form);
    form
}

/// Packing only saves room: a stream that does not pack is written as it is.
fn pack(stream: &mut Stream) {
    if stream.compress().is_err() {
        stream.allows_compression = false;
    }
}

fn add_picture(update: &mut Update, bytes: &[u8]) -> Result<(ObjectId, Source), DrawingError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(DrawingError::Empty)?];
    let frame = reader.next_frame(&mut pixels)?;
    pixels.truncate(frame.buffer_size());

    let (mut colours, mut opacity) = (Vec::new(), Vec::new());
    if frame.color_type == png::ColorType::GrayscaleAlpha {
        for [grey, alpha] in pixels.as_chunks::<2>().0 {
            colours.extend([grey, grey, grey]);
            opacity.push(*alpha);
        }
    } else {
        for [red, green, blue, alpha] in pixels.as_chunks::<4>().0 {
            colours.extend([red, green, blue]);
            opacity.push(*alpha);
        }
    }
    let image = |space: &str, samples| {
        let mut image = Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Image",
                "Width" => i64::from(frame.width),
                "Height" => i64::from(frame.height),
                "BitsPerComponent" => 8,
                "ColorSpace" => space,
            },
            samples,
        );
        pack(&mut image);
        image
    };
    let mask = update.add(image("DeviceGray", opacity));
    let mut picture = image("DeviceRGB", colours);
    picture.dict.set("SMask", mask);
    let unit = Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
    #[expect(clippy::cast_precision_loss, reason = "only proportions matter, to far less than a pixel")]
    let source = Source { unit, width: frame.width as f32, height: frame.height as f32 };
    Ok((update.add(picture), source))
}
