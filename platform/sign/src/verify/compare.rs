//! What a later revision did to an earlier one.
//!
//! The two documents are walked side by side from the catalogue. Whatever is reachable must be the same, reference by
//! reference and byte by byte; only what filling and signing a form needs may differ. An object nobody leads to does
//! not matter: no reader shows it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::report::Changes;
use crate::{
    form::{self, Field},
    revision::{PdfError, resolve, value},
};

/// What filling a field changes: its value, its look, the state of a check box, the choice of a list.
const FILLING: [&[u8]; 4] = [b"V", b"AP", b"AS", b"I"];
/// What signing changes in a signature field.
const SIGNING: [&[u8]; 2] = [b"V", b"AP"];
/// Entries of the catalogue that show nothing: the form is compared field by field; proofs of validity (PAdES), names of
/// extensions and descriptive metadata may be added by later signers.
const CATALOG_EXTRAS: [&[u8]; 4] = [b"AcroForm", b"DSS", b"Extensions", b"Metadata"];
/// Entries of the form that grow when a signature field is added.
const FORM_EXTRAS: [&[u8]; 2] = [b"Fields", b"SigFlags"];

pub(super) struct Comparison {
    pub(super) changes: Changes,
    /// Names of fields filled, signed or added.
    pub(super) touched: Vec<String>,
}

pub(super) fn compare(old: &Document, new: &Document) -> Comparison {
    classify(old, new).unwrap_or_else(|_| Comparison { changes: Changes::Unknown, touched: Vec::new() })
}

fn classify(old: &Document, new: &Document) -> Result<Comparison, PdfError> {
    let (old_catalog, new_catalog) = (old.catalog()?, new.catalog()?);
    let (old_fields, new_fields) = (form::fields(old)?, form::fields(new)?);
    let (kept, added) = pair(&old_fields, &new_fields);
    let walk = Walk::new(old, new, &kept, &added);
    // One set for everything that must be the same: whatever is in it has been found the same.
    let seen = &mut BTreeSet::new();
    let mut touched: Vec<_> = added.iter().map(|field| field.name.clone()).collect();

    if !walk.same_entry(old_catalog, new_catalog, b"Pages", seen) {
        return Ok(Comparison { changes: Changes::PageContent, touched });
    }
    let rest_is_same = kept.len() == old_fields.len()
        && added.iter().all(|field| field.is_signed())
        && same_reference(&old.trailer, &new.trailer, b"Root")
        && same_reference(old_catalog, new_catalog, b"AcroForm")
        && walk.same_but(old_catalog, new_catalog, &CATALOG_EXTRAS, seen)
        && walk.same_form(seen)
        && kept.iter().all(|(before, after)| walk.same_outside_open_entries(before, after, seen));
    for (before, after) in &kept {
        if walk.open_entries_changed(before, after) {
            touched.push(after.name.clone());
        }
    }
    let changes = match (rest_is_same, touched.is_empty()) {
        (false, _) => Changes::Unknown,
        (true, true) => Changes::None,
        (true, false) => Changes::FormOrSignature,
    };
    Ok(Comparison { changes, touched })
}

/// What one document reaches by a reference, the later one must reach by the same: these objects are left out of the
/// walk, and another object put in their place would hide what else leads to them.
fn same_reference(old: &Dictionary, new: &Dictionary, key: &[u8]) -> bool {
    match old.get(key) {
        Ok(reference @ Object::Reference(_)) => new.get(key).is_ok_and(|later| later == reference),
        _ => true,
    }
}

/// Which entries of a field filling or signing may change.
fn open_entries(before: &Field, after: &Field) -> &'static [&'static [u8]] {
    match (before.is_signature(), before.is_signed(), after.is_signed()) {
        (false, ..) => &FILLING,
        (true, false, true) => &SIGNING,
        (true, ..) => &[],
    }
}

type Kept<'a> = Vec<(&'a Field, &'a Field)>;

/// Fields in both, and fields only in the new document.
fn pair<'a>(old: &'a [Field], new: &'a [Field]) -> (Kept<'a>, Vec<&'a Field>) {
    let before: BTreeMap<_, _> = old.iter().map(|field| (field.id, field)).collect();
    let mut kept = Vec::new();
    let mut added = Vec::new();
    for field in new {
        match before.get(&field.id) {
            Some(earlier) => kept.push((*earlier, field)),
            None => added.push(field),
        }
    }
    (kept, added)
}

type Seen = BTreeSet<ObjectId>;

struct Walk<'a> {
    old: &'a Document,
    new: &'a Document,
    /// Compared elsewhere: the catalogue, the form, its fields and their annotations.
    apart: Seen,
    /// Annotations of signature fields added later, which may stand on a page.
    new_marks: Seen,
}

impl<'a> Walk<'a> {
    fn new(old: &'a Document, new: &'a Document, kept: &[(&Field, &Field)], added: &[&Field]) -> Self {
        let root = old.trailer.get(b"Root");
        let form = old.catalog().and_then(|catalog| catalog.get(b"AcroForm"));
        let roots = [root, form].into_iter().filter_map(|entry| entry.ok()?.as_reference().ok());
        let fields = kept.iter().flat_map(|(before, _)| before.objects());
        Self {
            old,
            new,
            apart: roots.chain(fields).collect(),
            new_marks: added.iter().flat_map(|field| field.widgets.iter().copied()).collect(),
        }
    }

    fn same_form(&self, seen: &mut Seen) -> bool {
        match (form::of(self.old), form::of(self.new)) {
            (Some(old), Some(new)) => self.same_but(old, new, &FORM_EXTRAS, seen),
            _ => false,
        }
    }

    fn same_outside_open_entries(&self, before: &Field, after: &Field, seen: &mut Seen) -> bool {
        before.name == after.name
            && before.kind == after.kind
            && before.widgets == after.widgets
            && before.objects().all(|id| match self.both(id) {
                Some((old, new)) => self.same_but(old, new, open_entries(before, after), seen),
                None => false,
            })
    }

    fn open_entries_changed(&self, before: &Field, after: &Field) -> bool {
        // A set of its own: what differs here may be shared with another field, which must notice too.
        let seen = &mut Seen::new();
        before
            .objects()
            .filter_map(|id| self.both(id))
            .any(|(old, new)| open_entries(before, after).iter().any(|key| !self.same_entry(old, new, key, seen)))
    }

    fn both(&self, id: ObjectId) -> Option<(&'a Dictionary, &'a Dictionary)> {
        Some((self.old.get_dictionary(id).ok()?, self.new.get_dictionary(id).ok()?))
    }

    /// Same entries under every key but these.
    fn same_but(&self, old: &'a Dictionary, new: &'a Dictionary, but: &[&[u8]], seen: &mut Seen) -> bool {
        let keys: BTreeSet<&[u8]> = old.iter().chain(new.iter()).map(|(key, _)| key.as_slice()).collect();
        keys.into_iter().filter(|key| !but.contains(key)).all(|key| self.same_entry(old, new, key, seen))
    }

    fn same_entry(&self, old: &'a Dictionary, new: &'a Dictionary, key: &[u8], seen: &mut Seen) -> bool {
        const NULL: &Object = &Object::Null;
        self.same(old.get(key).unwrap_or(NULL), new.get(key).unwrap_or(NULL), seen)
    }

    /// Whether everything reachable from here is the same. A list of work rather than recursion: a hostile file may
    /// nest deeper than the stack.
    fn same(&self, old: &'a Object, new: &'a Object, seen: &mut Seen) -> bool {
        let mut waiting = vec![(old, new)];
        while let Some(pair) = waiting.pop() {
            let same = match pair {
                (Object::Reference(before), Object::Reference(after)) => {
                    if before == after && !self.apart.contains(before) && seen.insert(*before) {
                        waiting.push((resolve(self.old, pair.0), resolve(self.new, pair.1)));
                    }
                    before == after
                }
                (Object::Array(before), Object::Array(after)) => {
                    waiting.extend(before.iter().zip(after));
                    before.len() == after.len()
                }
                (Object::Dictionary(before), Object::Dictionary(after)) => {
                    self.match_entries(before, after, &mut waiting)
                }
                (Object::Stream(before), Object::Stream(after)) => {
                    before.content == after.content && self.match_entries(&before.dict, &after.dict, &mut waiting)
                }
                (before, after) => before == after,
            };
            if !same {
                return false;
            }
        }
        true
    }

    fn match_entries(
        &self,
        old: &'a Dictionary,
        new: &'a Dictionary,
        waiting: &mut Vec<(&'a Object, &'a Object)>,
    ) -> bool {
        let is_page = old.has_type(b"Page");
        for (key, before) in old {
            match new.get(key) {
                _ if is_page && key == b"Annots" => {}
                Ok(after) => waiting.push((before, after)),
                Err(_) => return false,
            }
        }
        let nothing_new = new.iter().all(|(key, _)| old.has(key) || (is_page && key == b"Annots"));
        nothing_new && (!is_page || self.match_annotations(old, new, waiting))
    }

    /// A page may gain the annotations of new signature fields, nothing else.
    fn match_annotations(
        &self,
        old: &'a Dictionary,
        new: &'a Dictionary,
        waiting: &mut Vec<(&'a Object, &'a Object)>,
    ) -> bool {
        let list = |document, page| match value(document, page, b"Annots") {
            Object::Null => Some([].as_slice()),
            Object::Array(items) => Some(items.as_slice()),
            _ => None,
        };
        let (Some(before), Some(after)) = (list(self.old, old), list(self.new, new)) else {
            return false;
        };
        let after: Vec<_> =
            after.iter().filter(|item| !item.as_reference().is_ok_and(|id| self.new_marks.contains(&id))).collect();
        waiting.extend(before.iter().zip(after.iter().copied()));
        before.len() == after.len()
    }
}
