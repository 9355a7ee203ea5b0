use base::FieldErrors;
use web::Visitor;

/// What is wrong with a form, as its summary and its fields show it.
#[derive(Default)]
pub(super) struct Errors(Vec<Wrong>);

pub(super) struct Wrong {
    pub(super) field: String,
    pub(super) text: String,
}

impl Errors {
    pub(super) fn of(visitor: &Visitor, fields: &FieldErrors) -> Self {
        let texts = visitor.field_errors(fields);
        Self(texts.into_iter().map(|(field, text)| Wrong { field, text }).collect())
    }

    pub(super) fn one(field: &str, text: String) -> Self {
        Self(vec![Wrong { field: field.to_owned(), text }])
    }

    pub(super) fn all(&self) -> &[Wrong] {
        &self.0
    }

    /// What stands beside a field; nothing, when it is right.
    pub(super) fn at(&self, field: &str) -> &str {
        self.0.iter().find(|wrong| wrong.field == field).map_or("", |wrong| wrong.text.as_str())
    }
}
