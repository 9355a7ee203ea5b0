use base::FieldErrors;
use web::{Errors, Visitor};

/// What a form sent, kept when it does not go through.
#[derive(Default)]
pub(in crate::pages) struct Sent {
    pairs: Vec<(String, String)>,
    pub(in crate::pages) errors: Errors,
}

impl Sent {
    pub(in crate::pages) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, errors: Errors::default() }
    }

    pub(in crate::pages) fn wrong(mut self, visitor: &Visitor, errors: &FieldErrors) -> Self {
        for (field, key) in errors {
            self.errors.add(field, visitor.text(key));
        }
        self
    }

    pub(in crate::pages) fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value as sent, which is then no longer among what a page could show again.
    pub(in crate::pages) fn take(&mut self, name: &str) -> String {
        let found = self.pairs.iter().position(|(field, _)| field == name);
        found.map(|place| self.pairs.swap_remove(place).1).unwrap_or_default()
    }

    /// The value as sent; what stood there before, when nothing was sent.
    pub(in crate::pages) fn or(&self, name: &str, before: &str) -> String {
        let sent = self.pairs.iter().find(|(field, _)| field == name);
        sent.map_or_else(|| before.to_owned(), |(_, value)| value.clone())
    }

    pub(in crate::pages) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(in crate::pages) const fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}
