//! Pages as HTML, with the classes of govuk-frontend 6. No `<form>`, no CSRF token: these belong to whoever shows the page.
//! The form around it should be `novalidate`: messages are ours and in the reader's language.

mod control;
mod fields;
mod markup;
mod message;
mod summary;

use std::collections::BTreeMap;

use crate::{Definition, FieldError, Known, Lists, Mark, Page, Values};

pub use message::error_message;
pub use summary::{summary, value_of};

/// Looks a text up by key (`form-…`) with named arguments.
pub type Text<'a> = &'a dyn Fn(&str, &[(&str, String)]) -> String;

/// What rendering needs besides form and values.
pub struct Options<'a> {
    pub text: Text<'a>,
    pub lists: &'a Lists,
    /// Offered in empty fields. Leave it empty when showing a page again, or a field emptied on purpose fills itself.
    pub known: Known,
    /// Fields to correct; if there are any, everything else is shown read-only.
    pub marks: &'a [Mark],
    /// Name of each held file by its reference.
    pub files: BTreeMap<String, String>,
    /// Hides sensitive values in read-only places.
    pub mask: bool,
    /// Address of a page, for "Sửa" in the summary and for links to fields on other pages.
    pub change: Option<&'a dyn Fn(&Page) -> String>,
}

impl<'a> Options<'a> {
    /// Nothing known, nothing marked, no files, nothing masked, no links to change.
    pub fn new(text: Text<'a>, lists: &'a Lists) -> Self {
        Self { text, lists, known: Known::new(), marks: &[], files: BTreeMap::new(), mask: false, change: None }
    }

    fn plain(&self, key: &str) -> String {
        (self.text)(key, &[])
    }
}

/// The fields of a page.
///
/// A field that depends on another one of the same page is in the HTML whether or not it is wanted now, since without JavaScript it must be
/// possible to fill in both at once; its wrapper `form-when` carries `data-form-when` (name of the governing field) and `data-form-when-in`
/// (JSON list of values) for a script that hides it.
pub fn page(form: &Definition, page: &Page, values: &Values, errors: &[FieldError], options: &Options<'_>) -> String {
    fields::page(form, page, values, errors, options)
}

/// The list of errors for the top of a page, with links to the fields; empty without errors. `page` is the page it stands on, none for a page of
/// its own; fields elsewhere are linked through [`Options::change`].
pub fn error_summary(form: &Definition, page: Option<&Page>, errors: &[FieldError], options: &Options<'_>) -> String {
    if errors.is_empty() {
        return String::new();
    }
    let lines = errors.iter().map(|error| markup::ErrorLine {
        href: link(form, page, &error.path, options),
        message: message::in_place(form, error, options),
    });
    markup::html(&markup::ErrorSummary { title: options.plain("form-error-title"), lines: lines.collect() })
}

fn link(form: &Definition, shown: Option<&Page>, path: &str, options: &Options<'_>) -> Option<String> {
    form.field(path)?;
    let page = form.page_of(path)?;
    let address = match shown {
        Some(shown) if shown.name == page.name => String::new(),
        _ => (options.change?)(page),
    };
    Some(format!("{address}#{}", id(path)))
}

/// The `id` of the element for a path; the parts added to it begin with `--`, so that none equals the id of another field.
fn id(concrete: &str) -> String {
    format!("f-{}", concrete.replace('.', "-"))
}
