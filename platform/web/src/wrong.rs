/// What is wrong with a form, as its summary and its fields show it.
#[derive(Debug, Default)]
pub struct Errors(Vec<Wrong>);

/// One line of the summary.
#[derive(Debug)]
pub struct Wrong {
    /// Name of the field, which is where the line leads.
    pub field: String,
    pub text: String,
}

impl Errors {
    pub fn one(field: &str, text: String) -> Self {
        let mut errors = Self::default();
        errors.add(field, text);
        errors
    }

    pub fn add(&mut self, field: &str, text: String) {
        self.0.push(Wrong { field: field.to_owned(), text });
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Wrong> {
        self.0.iter()
    }

    /// What stands beside a field; nothing, when it is right.
    pub fn at(&self, field: &str) -> &str {
        self.iter().find(|wrong| wrong.field == field).map_or("", |wrong| wrong.text.as_str())
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Wrong;
    type IntoIter = std::slice::Iter<'a, Wrong>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
