//! A PDF as a row of revisions: reading one strictly, appending one.

use lopdf::{Dictionary, Document, IncrementalDocument, LoadOptions, Object, ObjectId};

/// No stream of a printed paper comes near this; a small file that unpacks to more is an attack.
const LARGEST_STREAM: usize = 64 * 1024 * 1024;

const NULL: &Object = &Object::Null;

/// Why a file cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// It does not start as a PDF, or its structure cannot be followed without guessing.
    #[error("the file is not a well-formed PDF")]
    Damaged,
    /// It is protected by a password, so nothing in it can be read or compared.
    #[error("the file is encrypted")]
    Encrypted,
    /// It has no page with this number (from 1).
    #[error("the file has no page {0}")]
    NoPage(u32),
    /// It already has form fields or signatures: only what the printer made may be prepared.
    #[error("the file already has a form")]
    HasForm,
}

impl From<lopdf::Error> for PdfError {
    fn from(_: lopdf::Error) -> Self {
        Self::Damaged
    }
}

/// Reads a file exactly as written.
///
/// A reader that repairs may see another document than the one that was signed, so nothing is repaired.
pub(crate) fn open(bytes: &[u8]) -> Result<Document, PdfError> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(PdfError::Damaged);
    }
    let options = LoadOptions { strict: true, max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(PdfError::Encrypted);
    }
    document.catalog()?;
    Ok(document)
}

/// Follows references; what is missing is null (ISO 32000-1, 7.3.10).
pub(crate) fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(NULL, |(_id, object)| object)
}

/// A dictionary's value with references followed, null when absent.
pub(crate) fn value<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> &'a Object {
    dictionary.get(key).map_or(NULL, |object| resolve(document, object))
}

/// The page with this number, from 1.
pub(crate) fn page(document: &Document, number: u32) -> Result<ObjectId, PdfError> {
    document.get_pages().get(&number).copied().ok_or(PdfError::NoPage(number))
}

/// An update to be appended to a file.
pub(crate) struct Update(IncrementalDocument);

impl Update {
    pub(crate) fn on(bytes: &[u8]) -> Result<Self, PdfError> {
        let document = open(bytes)?;
        let mut update = IncrementalDocument::create_from(bytes.to_vec(), document);
        // The trailer of a cross-reference stream describes that stream's packing too, and ours is written unpacked.
        update.new_document.trailer.remove(b"DecodeParms");
        Ok(Self(update))
    }

    /// The file before the update.
    pub(crate) fn before(&self) -> &Document {
        self.0.get_prev_documents()
    }

    pub(crate) fn reserve(&mut self) -> ObjectId {
        self.0.new_document.new_object_id()
    }

    pub(crate) fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.0.new_document.set_object(id, object);
    }

    pub(crate) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.0.new_document.add_object(object)
    }

    /// The dictionary with this id, to be changed in this update.
    pub(crate) fn dictionary(&mut self, id: ObjectId) -> Result<&mut Dictionary, PdfError> {
        self.0.opt_clone_object_to_new_document(id)?;
        Ok(self.0.new_document.get_dictionary_mut(id)?)
    }

    /// Appends a reference to an array of a dictionary, which may be absent, written in place or an object of its own.
    pub(crate) fn append(&mut self, owner: ObjectId, key: &[u8], item: ObjectId) -> Result<(), PdfError> {
        let entry = self.dictionary(owner)?.get(key).ok().cloned();
        let array = match entry {
            Some(Object::Reference(array)) => {
                self.0.opt_clone_object_to_new_document(array)?;
                self.0.new_document.get_object_mut(array)?
            }
            Some(_) => self.dictionary(owner)?.get_mut(key)?,
            None => {
                let dictionary = self.dictionary(owner)?;
                dictionary.set(key, Vec::<Object>::new());
                dictionary.get_mut(key)?
            }
        };
        array.as_array_mut()?.push(item.into());
        Ok(())
    }

    /// The old bytes followed by the update.
    pub(crate) fn write(mut self) -> Result<Vec<u8>, PdfError> {
        let mut bytes = Vec::new();
        self.0.save_to(&mut bytes).map_err(|_| PdfError::Damaged)?;
        Ok(bytes)
    }
}
