//! The road of one paper: prepared, signed by the competent person, numbered and dated, signed by the agency.

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};
use serde::{Deserialize, Serialize};

use crate::{
    appearance::{self, Drawing, DrawingError, Layer, Rect},
    cades,
    certificate::{self, CertificateFault},
    form::{self, Field},
    moment, placeholder,
    revision::{self, PdfError, Update},
    signer::{Signer, SignerError},
};

const PERSONAL: &str = "KyCaNhan";
const AGENCY: &str = "KyCoQuan";
const NUMBER: &str = "SoVanBan";
const DATE: &str = "NgayThangNam";

/// Annotation flags: printed, and not to be moved (ISO 32000-1, table 165).
const PRINTED_AND_LOCKED: i64 = 4 | 128;
/// Field flag: a reader's user does not type into it (ISO 32000-1, table 221).
const READ_ONLY: i64 = 1;
/// The form has signatures and may only be appended to (ISO 32000-1, table 219).
const SIGNED_AND_APPEND_ONLY: i64 = 1 | 2;

/// Why a step on the road of a paper was not taken. The paper is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be worked on.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The file has no form of ours: it was not prepared by [`Paper::prepare`].
    #[error("the paper was not prepared for signing")]
    NotPrepared,
    /// The step belongs to another stage.
    #[error("the paper is {found:?}, this step needs it {needed:?}")]
    OutOfOrder {
        /// The stage the step starts from.
        needed: Stage,
        /// The stage the paper is at.
        found: Stage,
    },
    /// The signer has no certificate.
    #[error("the signer has no certificate")]
    NoCertificate,
    /// The signer's certificate may not be used now.
    #[error(transparent)]
    Certificate(#[from] CertificateFault),
    /// The key does not belong to the certificate.
    #[error("the key does not belong to the certificate")]
    KeyMismatch,
    /// The signer did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The certificates do not fit into the room of a signature (8 KB).
    #[error("the certificates take more room than a signature has")]
    TooManyCertificates,
    /// A certificate could not be written into the signature.
    #[error("the signature could not be encoded: {0}")]
    Encoding(#[from] der::Error),
    /// A drawing cannot be used.
    #[error(transparent)]
    Drawing(#[from] DrawingError),
}

/// How far a paper has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Has its empty fields.
    Prepared,
    /// Signed by the competent person.
    Signed,
    /// Has its number and date.
    Numbered,
    /// Signed by the agency: nothing may change any more.
    Issued,
}

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Page number, from 1.
    pub page: u32,
    /// In points from the lower left corner of the page.
    pub area: Rect,
}

/// Where the four fields of a paper stand (Decree 30/2020/NĐ-CP, appendix I: boxes 7b, 8, 3 and 4).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The competent person's signature.
    pub personal: Place,
    /// The agency's signature: its seal covers about a third of the personal signature, on the left.
    pub agency: Place,
    /// Number of record.
    pub number: Place,
    /// Date of issue.
    pub date: Place,
}

/// What is filled into a text field: the words themselves, and the printed page that shows them.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// For software that reads fields.
    pub text: &'a str,
    /// For people: a one-page PDF of the field's size.
    pub appearance_pdf: &'a [u8],
}

/// A PDF with the four fields of an administrative document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    bytes: Vec<u8>,
}

impl Paper {
    /// Appends the empty fields to a printed PDF. It must happen before the first signature: a comparing reader accepts
    /// the filling of fields that stood under the signature, never new ones.
    ///
    /// # Errors
    /// [`Error::Pdf`]: damaged, encrypted, has a form already, or lacks a page of the layout.
    pub fn prepare(printed: &[u8], layout: &Layout) -> Result<Self, Error> {
        let mut update = Update::on(printed)?;
        let catalog = update.before().trailer.get(b"Root").and_then(Object::as_reference);
        let catalog = catalog.map_err(PdfError::from)?;
        if update.dictionary(catalog)?.has(b"AcroForm") {
            return Err(PdfError::HasForm.into());
        }
        let lock = update.add(dictionary! { "Type" => "SigFieldLock", "Action" => "All" });
        let text = || dictionary! { "FT" => "Tx", "Ff" => READ_ONLY, "DA" => Object::string_literal("0 g") };
        // Drawn in this order: the seal comes over the signature.
        let wanted = [
            (NUMBER, "Số, ký hiệu", layout.number, text()),
            (DATE, "Địa danh, ngày tháng năm", layout.date, text()),
            (PERSONAL, "Chữ ký của người có thẩm quyền", layout.personal, dictionary! { "FT" => "Sig" }),
            (AGENCY, "Chữ ký số của cơ quan", layout.agency, dictionary! { "FT" => "Sig", "Lock" => lock }),
        ];
        let mut fields = Vec::new();
        for (name, description, place, own) in wanted {
            fields.push(Object::Reference(add_field(&mut update, name, description, place, own)?));
        }
        let form = update.add(dictionary! { "Fields" => fields, "SigFlags" => SIGNED_AND_APPEND_ONLY });
        update.dictionary(catalog)?.set("AcroForm", form);
        Self::open(update.write()?)
    }

    /// Takes up a paper prepared earlier, at whatever stage it is.
    ///
    /// # Errors
    /// [`Error::NotPrepared`] when it lacks one of the four fields, [`Error::Pdf`] when it cannot be read.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        let paper = Self { bytes };
        paper.stage()?;
        Ok(paper)
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file, for storing.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How far the paper has come, read from the fields that are filled. Whether the signatures hold is for
    /// [`crate::verify`] to say.
    ///
    /// # Errors
    /// As [`Paper::open`].
    pub fn stage(&self) -> Result<Stage, Error> {
        let document = revision::open(&self.bytes)?;
        let fields = form::fields(&document)?;
        let filled = |name| named(&fields, name).map(|field| field.has_value);
        Ok(match (filled(PERSONAL)?, filled(NUMBER)? && filled(DATE)?, filled(AGENCY)?) {
            (_, _, true) => Stage::Issued,
            (true, true, false) => Stage::Numbered,
            (true, false, false) => Stage::Signed,
            (false, _, false) => Stage::Prepared,
        })
    }

    /// The competent person signs. `mark` is the picture of the handwritten signature (blue, transparent).
    ///
    /// # Errors
    /// [`Error::OutOfOrder`] unless just prepared; the signer's and the drawing's errors.
    pub fn sign_personal(&self, signer: &dyn Signer, mark: &[Layer<'_>], at: DateTime<Utc>) -> Result<Self, Error> {
        self.expect(Stage::Prepared)?;
        self.sign(PERSONAL, signer, mark, at)
    }

    /// The clerk's number and date go into their fields; the signed page itself is not touched.
    ///
    /// # Errors
    /// [`Error::OutOfOrder`] unless signed by the person and not yet numbered; the drawing's errors.
    pub fn fill_number_and_date(&self, number: Entry<'_>, date: Entry<'_>) -> Result<Self, Error> {
        self.expect(Stage::Signed)?;
        let mut update = Update::on(&self.bytes)?;
        let fields = form::fields(update.before())?;
        for (name, entry) in [(NUMBER, number), (DATE, date)] {
            let layer = |area| [Layer { drawing: Drawing::Page(entry.appearance_pdf), area }];
            let field = named(&fields, name)?;
            let area = area(&update, field.id)?;
            let look = appearance::draw(&mut update, area, &layer(area.at_origin()), true)?;
            let filled = update.dictionary(field.id)?;
            filled.set("V", text_string(entry.text));
            filled.set("AP", dictionary! { "N" => look });
        }
        Self::open(update.write()?)
    }

    /// The agency signs, last. `mark` is the picture of the seal (red, transparent, true size) and the printed words:
    /// agency name and time. The signature locks every field.
    ///
    /// # Errors
    /// [`Error::OutOfOrder`] unless numbered; the signer's and the drawing's errors.
    pub fn sign_agency(&self, signer: &dyn Signer, mark: &[Layer<'_>], at: DateTime<Utc>) -> Result<Self, Error> {
        self.expect(Stage::Numbered)?;
        self.sign(AGENCY, signer, mark, at)
    }

    fn expect(&self, needed: Stage) -> Result<(), Error> {
        let found = self.stage()?;
        if found == needed { Ok(()) } else { Err(Error::OutOfOrder { needed, found }) }
    }

    fn sign(&self, name: &str, signer: &dyn Signer, mark: &[Layer<'_>], at: DateTime<Utc>) -> Result<Self, Error> {
        let certificate = signer.chain().first().ok_or(Error::NoCertificate)?;
        certificate::may_sign(certificate, at)?;
        let mut update = Update::on(&self.bytes)?;
        let fields = form::fields(update.before())?;
        let field = named(&fields, name)?;
        let area = area(&update, field.id)?;
        let look = appearance::draw(&mut update, area, mark, false)?;

        let holder = certificate::display_name(&certificate.tbs_certificate.subject);
        let mut signature = dictionary! {
            "Type" => "Sig",
            "Filter" => "Adobe.PPKLite",
            "SubFilter" => "ETSI.CAdES.detached",
            "ByteRange" => placeholder::byte_range(),
            "Contents" => placeholder::contents(),
            "Name" => text_string(&holder),
            "M" => Object::string_literal(moment::to_pdf(at)),
        };
        if update.dictionary(field.id)?.has(b"Lock") {
            signature.set("Reference", vec![lock_reference(&update)?]);
        }
        let signature = update.add(signature);
        let changed = update.dictionary(field.id)?;
        changed.set("V", signature);
        changed.set("AP", dictionary! { "N" => look });
        let bytes = placeholder::write_signed(update, self.bytes.len(), |digest| cades::sign(digest, signer))?;
        Ok(Self { bytes })
    }
}

/// Repeats the field's lock inside the signature, where validators look for it (ISO 32000-1, 12.8.2.4).
fn lock_reference(update: &Update) -> Result<Object, PdfError> {
    let root = update.before().trailer.get(b"Root")?.clone();
    let parameters = dictionary! { "Type" => "TransformParams", "Action" => "All", "V" => "1.2" };
    Ok(dictionary! {
        "Type" => "SigRef",
        "TransformMethod" => "FieldMDP",
        "TransformParams" => parameters,
        "Data" => root,
    }
    .into())
}

fn add_field(
    update: &mut Update,
    name: &str,
    description: &str,
    place: Place,
    own: Dictionary,
) -> Result<ObjectId, Error> {
    let page = revision::page(update.before(), place.page)?;
    let look = appearance::draw(update, place.area, &[], false)?;
    let mut field = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "T" => text_string(name),
        "TU" => text_string(description),
        "F" => PRINTED_AND_LOCKED,
        "P" => page,
        "Rect" => place.area.corners(),
        // PDF/A wants every annotation to have an appearance, so an empty field has an empty one.
        "AP" => dictionary! { "N" => look },
    };
    for (key, value) in own {
        field.set(key, value);
    }
    let field = update.add(field);
    update.append(page, b"Annots", field)?;
    Ok(field)
}

fn named<'a>(fields: &'a [Field], name: &str) -> Result<&'a Field, Error> {
    fields.iter().find(|field| field.name == name).ok_or(Error::NotPrepared)
}

fn area(update: &Update, field: ObjectId) -> Result<Rect, PdfError> {
    let document = update.before();
    let dictionary = document.get_dictionary(field)?;
    Rect::from_corners(document, dictionary.get(b"Rect")?)
}
