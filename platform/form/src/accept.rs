//! Whether the values of a form are right.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jsonschema::{ValidationError, error::ValidationErrorKind as Broken};
use serde_json::Value;

use crate::{
    DateBound, Definition, ErrorKind, Field, FieldError, FieldErrors, Kind, Lists, Page, Values, path, scalar,
};

/// What values are checked against besides the form.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Day in Vietnam on which the data are checked.
    pub today: NaiveDate,
    pub lists: &'a Lists,
}

impl Definition {
    /// The values as they may be sent in: everything is right, and what is not shown is gone.
    ///
    /// # Errors
    /// One for each wrong field, in the order on screen.
    pub fn accept(&self, values: &Values, context: &Context<'_>) -> Result<Values, FieldErrors> {
        let complete = self.complete(values);
        let errors = self.errors(&complete, context);
        if errors.is_empty() { Ok(complete) } else { Err(errors) }
    }

    /// What is wrong on one page, seen in all the values (its fields may depend on another page).
    pub fn page_errors(&self, page: &Page, values: &Values, context: &Context<'_>) -> FieldErrors {
        let mut errors = self.errors(&self.complete(values), context);
        errors.retain(|error| page.fields.iter().any(|field| field.name == path::top(&error.path)));
        errors
    }

    /// Without what is hidden or empty, with the groups that must be there, so that errors name the fields within.
    fn complete(&self, values: &Values) -> Values {
        let visible = self.visible(values);
        let mut complete = visible.clone();
        for field in self.fields() {
            complete_group(field, &field.name, &visible, &mut complete);
        }
        complete
    }

    fn errors(&self, values: &Values, context: &Context<'_>) -> FieldErrors {
        let mut found = BTreeMap::new();
        let whole = Value::Object(values.clone());
        for broken in self.validator.iter_errors(&whole) {
            for error in self.explain(&broken) {
                found.entry(error.path).or_insert(error.kind);
            }
        }
        let mut errors = Vec::new();
        for field in self.fields() {
            check(field, &field.name, values, context, &mut found, &mut errors);
        }
        errors.extend(found.into_iter().map(|(path, kind)| FieldError { path, kind }));
        errors
    }

    /// One broken keyword of the schema in terms of fields.
    fn explain(&self, broken: &ValidationError<'_>) -> Vec<FieldError> {
        let mut path = broken.instance_path().as_str().trim_start_matches('/').replace('/', ".");
        let kind = match broken.kind() {
            Broken::Required { property } => {
                path = path::join(&path, property.as_str().unwrap_or_default());
                match self.field(&path).map(|field| &field.kind) {
                    Some(Kind::Tick) => ErrorKind::NotTicked,
                    _ => ErrorKind::Required,
                }
            }
            Broken::AdditionalProperties { unexpected } => {
                let unknown = |name| FieldError { path: path::join(&path, name), kind: ErrorKind::Unknown };
                return unexpected.iter().map(unknown).collect();
            }
            Broken::MaxLength { limit } => ErrorKind::TooLong { max: *limit },
            Broken::MinLength { limit } => ErrorKind::TooShort { min: *limit },
            Broken::MaxItems { limit } => ErrorKind::TooMany { max: *limit },
            Broken::MinItems { limit } => ErrorKind::TooFew { min: *limit },
            Broken::Minimum { limit } => ErrorKind::Below { min: bound(limit) },
            Broken::Maximum { limit } => ErrorKind::Above { max: bound(limit) },
            Broken::Pattern { .. } | Broken::BacktrackLimitExceeded { .. } => ErrorKind::Pattern,
            Broken::OneOfNotValid { .. } => ErrorKind::NotInList,
            Broken::Constant { .. } => ErrorKind::NotTicked,
            Broken::UniqueItems => ErrorKind::Repeated,
            Broken::Format { .. } | Broken::Type { .. } => {
                let kind = self.field(&path).map(|field| &field.kind);
                kind.map_or(ErrorKind::Invalid, |kind| misread(kind, broken.instance()))
            }
            _ => ErrorKind::Invalid,
        };
        // A choice among several has a row number of its own, but no field.
        if let Some((outer, _)) = path.rsplit_once('.')
            && matches!(self.field(outer).map(|field| &field.kind), Some(Kind::Choices(_)))
        {
            path.truncate(outer.len());
        }
        vec![FieldError { path, kind }]
    }
}

fn bound(limit: &Value) -> String {
    limit.as_number().map(scalar::number_text).unwrap_or_default()
}

/// What a value of the wrong type or format means in a field of this kind.
fn misread(kind: &Kind, value: &Value) -> ErrorKind {
    match kind {
        Kind::Number { whole: true } if value.is_number() => ErrorKind::NotWhole,
        Kind::Number { whole } => match value.as_str().map(|text| scalar::number(text, *whole)) {
            Some(Err(error)) => error,
            _ => ErrorKind::NotANumber,
        },
        Kind::Money => ErrorKind::NotANumber,
        Kind::Date { .. } => ErrorKind::NotADate,
        Kind::YesNo | Kind::Choice { .. } | Kind::Choices(_) => ErrorKind::NotInList,
        Kind::Tick => ErrorKind::NotTicked,
        Kind::IdNumber => ErrorKind::IdNumber,
        Kind::Phone => ErrorKind::Phone,
        Kind::Email => ErrorKind::Email,
        Kind::Text { .. } | Kind::File { .. } | Kind::Group(_) | Kind::Rows { .. } => ErrorKind::Invalid,
    }
}

fn complete_group(field: &Field, concrete: &str, visible: &Values, complete: &mut Values) {
    match &field.kind {
        Kind::Group(fields) if field.is_shown(visible, concrete) => {
            let wanted = field.shown_when.is_some() || field.is_required(visible, concrete);
            if path::get(complete, concrete).is_none() {
                if !wanted {
                    return;
                }
                path::set(complete, concrete, Some(Value::Object(Values::new())));
            }
            for inner in fields {
                complete_group(inner, &path::join(concrete, &inner.name), visible, complete);
            }
            let empty = path::get(complete, concrete).and_then(Value::as_object).is_some_and(Values::is_empty);
            if empty && !wanted {
                path::set(complete, concrete, None);
            }
        }
        Kind::Rows { fields, .. } => {
            let rows = path::get(complete, concrete).and_then(Value::as_array).map(Vec::len);
            if rows == Some(0) {
                path::set(complete, concrete, None);
            }
            for row in 0..rows.unwrap_or_default() {
                for inner in fields {
                    let inner_path = path::join(&path::join(concrete, row), &inner.name);
                    complete_group(inner, &inner_path, visible, complete);
                }
            }
        }
        _ => {}
    }
}

/// Walks the fields in order: takes up what was found already, and adds what the schema cannot say.
fn check(
    field: &Field,
    concrete: &str,
    values: &Values,
    context: &Context<'_>,
    found: &mut BTreeMap<String, ErrorKind>,
    errors: &mut FieldErrors,
) {
    let value = path::get(values, concrete);
    let own = || value.and_then(|value| beyond_schema(field, value, context));
    if let Some(kind) = found.remove(concrete).or_else(own) {
        errors.push(FieldError { path: concrete.to_owned(), kind });
    }
    let mut inside = |base: &str| {
        for inner in field.inner() {
            check(inner, &path::join(base, &inner.name), values, context, found, errors);
        }
    };
    match value {
        Some(Value::Array(rows)) => {
            (0..rows.len()).for_each(|row| inside(&path::join(concrete, row)));
        }
        Some(Value::Object(_)) => inside(concrete),
        _ => {}
    }
}

/// Code lists and the calendar stand outside of the schema.
fn beyond_schema(field: &Field, value: &Value, context: &Context<'_>) -> Option<ErrorKind> {
    match &field.kind {
        Kind::Choice { source, .. } | Kind::Choices(source) => {
            let choices = source.choices(context.lists);
            let listed = |code: &Value| choices.iter().any(|choice| *code == choice.value);
            let fits = value.as_array().map_or_else(|| listed(value), |codes| codes.iter().all(listed));
            (!fits).then_some(ErrorKind::NotInList)
        }
        Kind::Date { min, max } => {
            let date = scalar::iso_date(value.as_str()?)?;
            match (*min, *max) {
                (Some(DateBound::Today), _) if date < context.today => Some(ErrorKind::PastDate),
                (_, Some(DateBound::Today)) if date > context.today => Some(ErrorKind::FutureDate),
                (Some(DateBound::Day(min)), _) if date < min => Some(ErrorKind::TooEarly { min }),
                (_, Some(DateBound::Day(max))) if date > max => Some(ErrorKind::TooLate { max }),
                _ => None,
            }
        }
        _ => None,
    }
}
