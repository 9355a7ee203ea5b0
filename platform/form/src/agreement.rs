//! Whether conditions make sense, and whether the schema and the pages agree about them.

use serde_json::Value;

use crate::{Condition, Field, Kind, Page, Problem, Source, path};

pub(crate) fn problems(pages: &[Page]) -> Vec<Problem> {
    let mut before = Vec::new();
    let mut problems = Vec::new();
    for page in pages {
        look_at(&page.fields, &mut before, &mut problems);
    }
    problems
}

/// `before` gathers the fields already passed: only these may govern.
fn look_at<'a>(fields: &'a [Field], before: &mut Vec<&'a Field>, problems: &mut Vec<Problem>) {
    for field in fields {
        let mut complain = |rule, message: String| {
            problems.push(Problem::ui(None, rule, format!("`{}`: {message}", field.path)));
        };
        for condition in field.shown_when.iter().chain(&field.required_when) {
            if let Some(message) = misgoverned(field, condition, before) {
                complain("x-when", message);
            }
        }
        if let Some(shown) = &field.shown_when {
            if field.required {
                complain(
                    "required-while-hidden",
                    "the schema always requires it, the page shows it only sometimes; write `if`/`then`".to_owned(),
                );
            }
            if field.required_when.iter().any(|required| !implies(required, shown)) {
                complain("required-while-hidden", "`then` requires it in cases in which `x-when` hides it".to_owned());
            }
        }
        if field.prefill.is_some() && rows_around(field, before).is_some() {
            complain("x-prefill", "a row is about someone else".to_owned());
        }
        before.push(field);
        look_at(field.inner(), before, problems);
    }
}

/// Why `condition` cannot govern `field`.
fn misgoverned(field: &Field, condition: &Condition, before: &[&Field]) -> Option<String> {
    let name = &condition.field;
    let Some(governor) = before.iter().find(|earlier| earlier.path == *name) else {
        return Some(format!("`{name}` is no field that stands before it"));
    };
    let rows = rows_around(governor, before);
    if rows.is_some_and(|rows| !path::within(&field.path, &rows.path) || field.path == rows.path) {
        return Some(format!("`{name}` has many rows, and this field stands outside of them"));
    }
    condition
        .values
        .iter()
        .find(|value| !can_have(governor, value))
        .map(|value| format!("`{name}` can never be {value}"))
}

/// The repeated group in which a field stands.
fn rows_around<'a>(field: &Field, before: &[&'a Field]) -> Option<&'a Field> {
    let mut groups = before.iter().copied();
    groups.find(|group| matches!(group.kind, Kind::Rows { .. }) && path::within(&field.path, &group.path))
}

fn can_have(field: &Field, value: &Value) -> bool {
    match (&field.kind, value) {
        (Kind::YesNo, Value::Bool(_))
        | (Kind::Tick, Value::Bool(true))
        | (Kind::Choice { source: Source::List(_), .. }, Value::String(_)) => true,
        (Kind::Choice { source: Source::Fixed(choices), .. }, Value::String(code)) => {
            choices.iter().any(|choice| choice.value == *code)
        }
        _ => false,
    }
}

fn implies(required: &Condition, shown: &Condition) -> bool {
    required.field == shown.field && required.values.iter().all(|value| shown.values.contains(value))
}
