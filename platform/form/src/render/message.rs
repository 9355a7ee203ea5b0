use crate::{Definition, ErrorKind, Field, FieldError, Kind, path};

use super::Options;

/// The message of an error in the reader's language, naming the field by its label.
pub fn error_message(form: &Definition, error: &FieldError, options: &Options<'_>) -> String {
    let field = form.field(&error.path);
    if error.kind == ErrorKind::Pattern
        && let Some(message) = field.and_then(|field| field.pattern_message.clone())
    {
        return message;
    }
    let label = field.map_or_else(|| error.path.clone(), |field| field.title.clone());
    let mut args = error.kind.args();
    args.push(("label", label));
    (options.text)(error.kind.key(), &args)
}

/// The message with the groups and rows around the field, so that it is clear far from the field too.
pub(super) fn in_place(form: &Definition, error: &FieldError, options: &Options<'_>) -> String {
    let message = error_message(form, error, options);
    let places = places(form, &error.path, options);
    if places.is_empty() {
        return message;
    }
    let args = [("place", places.join(" – ")), ("message", message)];
    (options.text)("form-error-in", &args)
}

/// Titles of what is around a field, outermost first.
fn places(form: &Definition, concrete: &str, options: &Options<'_>) -> Vec<String> {
    let mut places = Vec::new();
    for (at, _) in concrete.match_indices('.') {
        let outer = &concrete[..at];
        let rest = concrete[at + 1..].split('.').next().unwrap_or_default();
        match form.field(outer) {
            Some(field) if field.path != path::declared(concrete) => match (&field.kind, rest.parse::<usize>()) {
                (Kind::Rows { .. }, Ok(row)) => places.push(row_title(field, row, options)),
                (Kind::Group(_), _) => places.push(field.title.clone()),
                _ => {}
            },
            _ => {}
        }
    }
    places
}

/// "Con 2" for the row with index 1.
pub(super) fn row_title(field: &Field, row: usize, options: &Options<'_>) -> String {
    let title = match &field.kind {
        Kind::Rows { row_title, .. } => row_title.clone(),
        _ => field.title.clone(),
    };
    (options.text)("form-row", &[("title", title), ("number", (row + 1).to_string())])
}
