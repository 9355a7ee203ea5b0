//! Where the fields of a paper stand, and what is filled into them.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

/// What is added to a paper after it was printed (Decree 30/2020/NĐ-CP, Appendix I: boxes 7b, 8, 3 and 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The competent person's signature.
    PersonalSignature,
    /// The agency's seal, over the left third of the personal signature.
    AgencySignature,
    /// The gap in "Số: …/GP-UBND".
    Number,
    /// "ngày … tháng … năm …", words and gaps together.
    Date,
}

impl Field {
    /// The name in templates and in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PersonalSignature => "personal-signature",
            Self::AgencySignature => "agency-signature",
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::PersonalSignature, Self::AgencySignature, Self::Number, Self::Date]
            .into_iter()
            .find(|field| field.name() == name)
    }
}

/// A rectangle on a page, in PDF points (1/72 inch) from the lower left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge, from the left of the page.
    pub x: f32,
    /// Lower edge, from the bottom of the page.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Upwards.
    pub height: f32,
}

/// Where one field stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Which field.
    pub field: Field,
    /// Page number, from 1.
    pub page: u32,
    /// The field's area.
    pub area: Rect,
}

/// What fills a gap. `Display` gives the words for software that reads form fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldText<'a> {
    /// For [`Field::Number`]: only what goes into the gap, "15" of "15/GP-UBND".
    Number(&'a str),
    /// For [`Field::Date`].
    Date(NaiveDate),
}

impl FieldText<'_> {
    /// The field it belongs to.
    pub const fn field(&self) -> Field {
        match self {
            Self::Number(_) => Field::Number,
            Self::Date(_) => Field::Date,
        }
    }
}

impl fmt::Display for FieldText<'_> {
    /// Days below ten and the first two months get a zero before them, as Decree 30 asks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(number),
            Self::Date(date) => {
                let (day, month, year) = (date.day(), date.month(), date.year());
                let zero = if month < 3 { "0" } else { "" };
                write!(f, "ngày {day:02} tháng {zero}{month} năm {year}")
            }
        }
    }
}

/// The fields of a paper in reading order. A template marks one by giving its box the field's name as a label.
pub(crate) fn places(document: &PagedDocument) -> Vec<Place> {
    let mut places = Vec::new();
    for (page, number) in document.pages().iter().zip(1..) {
        let mut search = Search { page: number, height: page.frame.height().to_pt(), found: &mut places };
        search.within(&page.frame, Transform::identity());
    }
    places
}

struct Search<'a> {
    page: u32,
    height: f64,
    found: &'a mut Vec<Place>,
}

impl Search<'_> {
    fn within(&mut self, frame: &Frame, shift: Transform) {
        for (position, item) in frame.items() {
            let FrameItem::Group(group) = item else { continue };
            let inner = shift.pre_concat(Transform::translate(position.x, position.y)).pre_concat(group.transform);
            let name = group.label.map(typst::foundations::Label::resolve);
            if let Some(field) = name.and_then(|name| Field::named(name.as_str())) {
                let area = self.area(&group.frame, inner);
                self.found.push(Place { field, page: self.page, area });
            }
            self.within(&group.frame, inner);
        }
    }

    /// Typst counts downwards from the top, PDF upwards from the bottom. Fields are never turned or scaled.
    #[expect(clippy::cast_possible_truncation, reason = "a page is some hundred points wide, told to a ten-thousandth")]
    fn area(&self, frame: &Frame, shift: Transform) -> Rect {
        let corner = Point::zero().transform(shift);
        Rect {
            x: corner.x.to_pt() as f32,
            y: (self.height - corner.y.to_pt() - frame.height().to_pt()) as f32,
            width: frame.width().to_pt() as f32,
            height: frame.height().to_pt() as f32,
        }
    }
}
