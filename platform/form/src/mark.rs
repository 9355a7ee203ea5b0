use crate::{Definition, Field, path};

/// A field that an officer found wrong, in a request to supplement a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Concrete path of a field, a group or a row.
    pub path: String,
    /// What is wrong, in the officer's words.
    pub note: String,
}

impl Definition {
    /// Whether the field at `concrete` may be changed in answer to the marks: it is marked, lies in what is marked, or appears and disappears
    /// with a field that may be changed. Without marks everything may be changed.
    pub fn is_open(&self, concrete: &str, marks: &[Mark]) -> bool {
        marks.is_empty()
            || marks.iter().any(|mark| path::within(concrete, &mark.path))
            || around(concrete).any(|outer| {
                self.field(outer)
                    .and_then(|field: &Field| field.shown_when.as_ref())
                    .is_some_and(|condition| self.is_open(&path::seen_from(&condition.field, outer), marks))
            })
    }
}

/// A path and everything it lies in, innermost first.
fn around(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(outer, _)| outer))
}
