//! From a paper's data to its PDF.

use std::{collections::BTreeSet, sync::Arc, thread::available_parallelism};

use base::{local, nfc};
use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::Semaphore;
use typst::{
    diag::{SourceDiagnostic, Warned},
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{
    docx,
    field::{self, Field, FieldText, Place},
    paper::{Letter, Paper},
    qr,
    world::{Desk, House},
};

/// Layouts stay in Typst's memory for this many further papers: the house's parts, which all papers share, are met
/// again; the citizen's data is not, and would pile up.
const KEPT_FOR_PAPERS: usize = 10;

/// Vietnam's offset from UTC in minutes, as a PDF tells the time.
const OFFSET: i32 = 7 * 60;

/// Why a paper was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The data holds characters that the fonts of official papers lack (Chinese, emoji, control characters): say so
    /// to whoever typed them. Each is told once.
    #[error("no font has the characters {0:?}")]
    Unprintable(String),
    /// The look-up address is too long for a QR code.
    #[error("the look-up address makes no QR code: {0}")]
    Address(#[from] qrcode::types::QrError),
    /// The data cannot be written as JSON.
    #[error("the data of the paper cannot be written: {0}")]
    Data(#[from] serde_json::Error),
    /// The parts of the document cannot be packed.
    #[error("the document cannot be written: {0}")]
    Packing(String),
    /// A template does not fit its data: a defect of this crate.
    #[error("the template failed: {0}")]
    Template(String),
    /// A text was to be filled into the place of another field.
    #[error("what belongs into {wanted:?} was to be filled into {place:?}")]
    WrongField {
        /// Where the text belongs.
        wanted: Field,
        /// Where it was to go.
        place: Field,
    },
    /// The program is stopping, or the work broke off by a defect.
    #[error("the printer has stopped")]
    Stopped,
}

/// A printed paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// PDF/A-2a. The same data and time give the same bytes.
    pub pdf: Vec<u8>,
    /// Where signatures, number and date go; a field that the paper does not leave open has no place.
    pub places: Vec<Place>,
}

impl Printed {
    /// Where `field` stands, if the paper has it.
    pub fn place(&self, field: Field) -> Option<&Place> {
        self.places.iter().find(|place| place.field == field)
    }
}

/// Prints papers, as many at a time as the machine has cores. Clones share fonts and templates.
#[derive(Clone)]
pub struct Printer {
    house: Arc<House>,
    presses: Arc<Semaphore>,
}

impl Default for Printer {
    fn default() -> Self {
        Self::new()
    }
}

impl Printer {
    /// Reads fonts and templates, some ten milliseconds: make one for the program.
    pub fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { house: Arc::new(House::new()), presses: Arc::new(Semaphore::new(cores)) }
    }

    /// Prints `paper` as of `at`, which the PDF names as its time of making. Some milliseconds of one core, away from
    /// the threads that answer requests; never call it inside a transaction.
    pub async fn print(&self, paper: Paper, at: DateTime<Utc>) -> Result<Printed, PrintError> {
        self.on_a_press(move |house| {
            let qr = paper.lookup_url().map(qr::picture).transpose()?;
            let job = Job::new(house, paper.template(), &paper, qr)?;
            let document = job.set()?;
            // Level A: tagged, so that a screen reader finds its way; archives may keep it as it is.
            let pdf = job.export(&document, PdfStandard::A_2a, true, at)?;
            Ok(Printed { pdf, places: field::places(&document) })
        })
        .await
    }

    /// Writes `letter` for word processors (Office Open XML, ECMA-376), to be edited further. The same letter gives the
    /// same bytes.
    pub async fn docx(&self, letter: Letter) -> Result<Vec<u8>, PrintError> {
        self.on_a_press(move |house| {
            let letter: Letter = serde_json::from_value(printable(house, letter)?)?;
            docx::write(letter)
        })
        .await
    }

    /// The look of a filled field: a one-page PDF, transparent and exactly as large as `place`, to be drawn there.
    /// A date brings only its figures: the words around them are on the paper already. A number longer than its gap is
    /// set smaller.
    pub async fn field_appearance(
        &self,
        place: &Place,
        text: FieldText<'_>,
        at: DateTime<Utc>,
    ) -> Result<Vec<u8>, PrintError> {
        if text.field() != place.field {
            return Err(PrintError::WrongField { wanted: text.field(), place: place.field });
        }
        let data = Appearance {
            field: place.field,
            text: text.to_string(),
            width: place.area.width,
            height: place.area.height,
        };
        self.on_a_press(move |house| {
            let job = Job::new(house, "field", data, None)?;
            // It becomes part of a page that has its own structure, so it must bring none.
            job.export(&job.set()?, PdfStandard::A_2u, false, at)
        })
        .await
    }

    async fn on_a_press<T: Send + 'static>(
        &self,
        work: impl FnOnce(&House) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<T, PrintError> {
        let turn = Arc::clone(&self.presses).acquire_owned().await.map_err(|_| PrintError::Stopped)?;
        let house = Arc::clone(&self.house);
        let printed = tokio::task::spawn_blocking(move || {
            let printed = work(&house);
            typst::comemo::evict(KEPT_FOR_PAPERS);
            drop(turn);
            printed
        });
        printed.await.map_err(|_| PrintError::Stopped)?
    }
}

/// The data of `field.typ`; lengths in points.
#[derive(Serialize)]
struct Appearance {
    field: Field,
    text: String,
    width: f32,
    height: f32,
}

struct Job<'a> {
    house: &'a House,
    template: &'static str,
    data: Value,
    qr: Option<String>,
}

impl<'a> Job<'a> {
    fn new(
        house: &'a House,
        template: &'static str,
        data: impl Serialize,
        qr: Option<String>,
    ) -> Result<Self, PrintError> {
        Ok(Self { house, template, data: printable(house, data)?, qr })
    }

    fn set(&self) -> Result<PagedDocument, PrintError> {
        let desk = Desk::new(self.house, self.template, serde_json::to_vec(&self.data)?, self.qr.clone());
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
        let document = output.map_err(|errors| template_error(&errors))?;
        // A warning is a font or a label that is not there: the paper would look wrong, and nobody would see it.
        if warnings.is_empty() { Ok(document) } else { Err(template_error(&warnings)) }
    }

    fn export(
        &self,
        document: &PagedDocument,
        standard: PdfStandard,
        tagged: bool,
        at: DateTime<Utc>,
    ) -> Result<Vec<u8>, PrintError> {
        let standards =
            PdfStandards::new(&[standard]).map_err(|error| PrintError::Template(error.message().to_string()))?;
        let options = PdfOptions {
            // The file's identifier is a hash of this: another paper, another identifier.
            ident: Smart::Custom(format!("{} {at} {}", self.template, self.data)),
            creator: Smart::Custom(Some("Tỉnh Số".to_owned())),
            timestamp: timestamp(at),
            standards,
            tagged,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(document, &options).map_err(|errors| template_error(&errors))
    }
}

/// The data with its texts as they are printed, every letter of which the house can print.
fn printable(house: &House, data: impl Serialize) -> Result<Value, PrintError> {
    let mut data = serde_json::to_value(data)?;
    let mut unprintable = BTreeSet::new();
    each_text(&mut data, &mut |text| {
        *text = nfc(text).replace("\r\n", "\n").replace('\t', " ");
        unprintable.extend(text.chars().filter(|letter| !house.shows(*letter)));
    });
    if unprintable.is_empty() { Ok(data) } else { Err(PrintError::Unprintable(unprintable.into_iter().collect())) }
}

fn each_text(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(members) => members.values_mut().for_each(|member| each_text(member, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let at = local(at);
    let byte = |number: u32| u8::try_from(number).ok();
    let moment = Datetime::from_ymd_hms(
        at.year(),
        byte(at.month())?,
        byte(at.day())?,
        byte(at.hour())?,
        byte(at.minute())?,
        byte(at.second())?,
    );
    Timestamp::new_local(moment?, OFFSET)
}

fn template_error(reports: &[SourceDiagnostic]) -> PrintError {
    let messages: Vec<&str> = reports.iter().map(|report| report.message.as_str()).collect();
    PrintError::Template(messages.join("; "))
}
