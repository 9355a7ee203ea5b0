//! A page of another file as a form XObject, with everything it draws with.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::{DrawingError, Rect, Source, form_xobject};
use crate::revision::{self, PdfError, Update, resolve, value};

/// Bound on a page's unpacked drawing.
const LARGEST_PAGE: usize = 16 * 1024 * 1024;
/// A page deeper in its tree than this was not made by the printer.
const DEEPEST_PAGE: usize = 32;
/// Objects that lead back into the other file's own structure, which a drawing must not drag in.
const STRUCTURE: [&[u8]; 5] = [b"Page", b"Pages", b"Catalog", b"StructElem", b"StructTreeRoot"];

pub(super) fn add(update: &mut Update, bytes: &[u8]) -> Result<(ObjectId, Source), DrawingError> {
    let document = revision::open(bytes)?;
    let page = revision::page(&document, 1)?;
    let unit = Rect::from_corners(&document, inherited(&document, page, b"MediaBox")?)?;
    let content = document.get_page_content_with_limit(page, LARGEST_PAGE).map_err(PdfError::from)?;
    let mut form = form_xobject(unit, content);
    let mut copier = Copier { update, ids: BTreeMap::new(), waiting: Vec::new() };
    form.dict.set("Resources", copier.copy(inherited(&document, page, b"Resources")?));
    copier.finish(&document);
    Ok((update.add(form), Source { unit, width: unit.width, height: unit.height }))
}

fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Result<&'a Object, PdfError> {
    let mut node = document.get_dictionary(page)?;
    for _ in 0..DEEPEST_PAGE {
        if let Ok(found) = node.get(key) {
            return Ok(resolve(document, found));
        }
        node = value(document, node, b"Parent").as_dict()?;
    }
    Err(PdfError::Damaged)
}

/// Copies objects from one file into an update of another, each once, giving them new ids.
struct Copier<'a> {
    update: &'a mut Update,
    ids: BTreeMap<ObjectId, ObjectId>,
    waiting: Vec<(ObjectId, ObjectId)>,
}

impl Copier<'_> {
    fn copy(&mut self, object: &Object) -> Object {
        match object {
            Object::Reference(id) => self.id_for(*id).into(),
            Object::Array(items) => items.iter().map(|item| self.copy(item)).collect::<Vec<_>>().into(),
            Object::Dictionary(source) => self.copy_dictionary(source).into(),
            Object::Stream(source) => Stream::new(self.copy_dictionary(&source.dict), source.content.clone()).into(),
            plain => plain.clone(),
        }
    }

    fn copy_dictionary(&mut self, source: &Dictionary) -> Dictionary {
        source.iter().map(|(key, value)| (key.clone(), self.copy(value))).collect()
    }

    fn id_for(&mut self, source: ObjectId) -> ObjectId {
        if let Some(id) = self.ids.get(&source) {
            return *id;
        }
        let id = self.update.reserve();
        self.ids.insert(source, id);
        self.waiting.push((source, id));
        id
    }

    /// Copies what was referred to, until nothing new is.
    fn finish(mut self, document: &Document) {
        while let Some((source, id)) = self.waiting.pop() {
            let object = resolve(document, &Object::Reference(source)).clone();
            let is_structure =
                object.as_dict().is_ok_and(|dictionary| STRUCTURE.iter().any(|kind| dictionary.has_type(kind)));
            let copied = if is_structure { Object::Null } else { self.copy(&object) };
            self.update.set(id, copied);
        }
    }
}
