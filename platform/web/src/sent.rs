use crate::{Errors, Visitor};
use base::FieldErrors;

/// What a form sent, kept with what is wrong with it when it does not go through.
#[derive(Default)]
pub struct Sent {
    pairs: Vec<(String, String)>,
    pub errors: Errors,
}

impl Sent {
    /// The fields as they came, none given up.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, errors: Errors::default() }
    }

    #[must_use]
    pub fn wrong(mut self, visitor: &Visitor, errors: &FieldErrors) -> Self {
        for (field, key) in errors {
            self.errors.add(field, visitor.text(key));
        }
        self
    }

    /// The first value of a field; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value as sent, which is then no longer among what a page could show again: for passphrases.
    pub fn take(&mut self, name: &str) -> String {
        let found = self.pairs.iter().position(|(field, _)| field == name);
        found.map(|place| self.pairs.swap_remove(place).1).unwrap_or_default()
    }

    /// The value as sent; what stood there before, when nothing was sent.
    pub fn or(&self, name: &str, before: &str) -> String {
        let sent = self.pairs.iter().find(|(field, _)| field == name);
        sent.map_or_else(|| before.to_owned(), |(_, value)| value.clone())
    }

    /// Every value of a field: boxes that were ticked.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether the page is opened for the first time.
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}
