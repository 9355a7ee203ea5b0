//! The fields of a PDF form (ISO 32000-1, 12.7).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::revision::{PdfError, resolve, value};

/// A file with more fields and annotations of fields than this is refused rather than walked.
const MOST_FIELDS: usize = 2000;
/// Bytes of a full name; longer ones only serve to exhaust memory.
const LONGEST_NAME: usize = 1024;

/// A field that holds a value, with the annotations that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Full name: the partial names from the root, joined by dots.
    pub(crate) name: String,
    pub(crate) id: ObjectId,
    /// `Sig`, `Tx`, `Btn`, `Ch`; empty for a group of fields.
    pub(crate) kind: Vec<u8>,
    /// The annotations on pages; the field itself when it is its own annotation.
    pub(crate) widgets: Vec<ObjectId>,
    pub(crate) has_value: bool,
}

impl Field {
    /// Its own object and those of its annotations.
    pub(crate) fn objects(&self) -> impl Iterator<Item = ObjectId> {
        let others = self.widgets.iter().copied().filter(|widget| *widget != self.id);
        std::iter::once(self.id).chain(others)
    }

    pub(crate) fn is_signature(&self) -> bool {
        self.kind == b"Sig"
    }

    pub(crate) fn is_signed(&self) -> bool {
        self.is_signature() && self.has_value
    }
}

/// The form's dictionary, if the file has one.
pub(crate) fn of(document: &Document) -> Option<&Dictionary> {
    let catalog = document.catalog().ok()?;
    value(document, catalog, b"AcroForm").as_dict().ok()
}

/// Every field, groups included, in the order of the form.
pub(crate) fn fields(document: &Document) -> Result<Vec<Field>, PdfError> {
    let Some(form) = of(document) else {
        return Ok(Vec::new());
    };
    let roots = references(document, form, b"Fields")?;
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut waiting: Vec<_> =
        roots.into_iter().rev().map(|id| Waiting { id, path: String::new(), kind: Vec::new() }).collect();
    while let Some(next) = waiting.pop() {
        let dictionary = document.get_dictionary(next.id)?;
        let name = match value(document, dictionary, b"T") {
            Object::Null => next.path,
            part => join(&next.path, &lopdf::decode_text_string(part)?),
        };
        if name.len() > LONGEST_NAME {
            return Err(PdfError::Damaged);
        }
        let kind = match value(document, dictionary, b"FT") {
            Object::Name(kind) => kind.clone(),
            _ => next.kind,
        };
        let kids = references(document, dictionary, b"Kids")?;
        let (children, mut widgets): (Vec<_>, Vec<_>) =
            kids.into_iter().partition(|kid| document.get_dictionary(*kid).is_ok_and(|kid| kid.has(b"T")));
        if dictionary.has_type(b"Annot") || dictionary.has(b"Rect") {
            widgets.push(next.id);
        }
        waiting.extend(children.into_iter().rev().map(|id| Waiting { id, path: name.clone(), kind: kind.clone() }));
        let has_value = !value(document, dictionary, b"V").is_null();
        let field = Field { name, id: next.id, kind, widgets, has_value };
        // What belongs to two fields would be shown twice under two names: no honest writer makes one.
        if !field.objects().all(|id| seen.insert(id)) || seen.len() > MOST_FIELDS {
            return Err(PdfError::Damaged);
        }
        found.push(field);
    }
    Ok(found)
}

struct Waiting {
    id: ObjectId,
    path: String,
    kind: Vec<u8>,
}

fn join(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") }
}

fn references(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Result<Vec<ObjectId>, PdfError> {
    match value(document, dictionary, key) {
        Object::Null => Ok(Vec::new()),
        Object::Array(items) => items
            .iter()
            .filter(|item| !resolve(document, item).is_null())
            .map(|item| item.as_reference().map_err(PdfError::from))
            .collect(),
        _ => Err(PdfError::Damaged),
    }
}
