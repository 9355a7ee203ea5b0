use base::FieldErrors;
use web::{Errors, Visitor};

/// What an officer's form sent, kept when it does not go through.
#[derive(Default)]
pub(super) struct Sent {
    pairs: Vec<(String, String)>,
    pub(super) errors: Errors,
}

impl Sent {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, errors: Errors::default() }
    }

    pub(super) fn wrong(mut self, visitor: &Visitor, errors: &FieldErrors) -> Self {
        for (field, key) in errors {
            self.errors.add(field, visitor.text(key));
        }
        self
    }

    pub(super) fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value as sent; what stood there before, when nothing was sent.
    pub(super) fn or(&self, name: &str, before: &str) -> String {
        let sent = self.pairs.iter().find(|(field, _)| field == name);
        sent.map_or_else(|| before.to_owned(), |(_, value)| value.clone())
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
