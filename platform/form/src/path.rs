//! Dotted paths. A *declared* path has no row numbers (`children.name`), a *concrete* one has (`children.0.name`).
//! Property names never start with a digit, so a number in a path is always a row.

use serde_json::Value;

use crate::Values;

pub(crate) fn join(base: &str, name: impl std::fmt::Display) -> String {
    if base.is_empty() { name.to_string() } else { format!("{base}.{name}") }
}

/// The declared path of a concrete one.
pub(crate) fn declared(concrete: &str) -> String {
    let names: Vec<&str> = concrete.split('.').filter(|part| !is_row(part)).collect();
    names.join(".")
}

/// The top-level property a path lies in.
pub(crate) fn top(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

/// The concrete path of `declared` as seen from the field at `from`: within a shared repeated group it is the same row.
pub(crate) fn seen_from(declared: &str, from: &str) -> String {
    let mut around = from.split('.').peekable();
    let mut seen = String::new();
    let mut together = true;
    for name in declared.split('.') {
        together = together && around.next() == Some(name);
        seen = join(&seen, name);
        if together && let Some(row) = around.next_if(|part| is_row(part)) {
            seen = join(&seen, row);
        }
    }
    seen
}

/// Whether `path` is `base` or lies within it.
pub(crate) fn within(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

pub(crate) fn get<'a>(values: &'a Values, concrete: &str) -> Option<&'a Value> {
    let mut parts = concrete.split('.');
    let first = values.get(parts.next()?)?;
    parts.try_fold(first, |value, part| match value {
        Value::Object(object) => object.get(part),
        Value::Array(rows) => rows.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Puts a value at a path, or takes it away. Missing groups on the way are made; a missing row is not, and nothing is put.
pub(crate) fn set(values: &mut Values, concrete: &str, value: Option<Value>) {
    match concrete.split_once('.') {
        None => match value {
            Some(value) => {
                values.insert(concrete.to_owned(), value);
            }
            None => {
                values.shift_remove(concrete);
            }
        },
        Some((first, _)) if value.is_none() && !values.contains_key(first) => {}
        Some((first, rest)) => {
            let inner = values.entry(first).or_insert_with(|| Value::Object(Values::new()));
            match inner {
                Value::Object(object) => set(object, rest, value),
                Value::Array(rows) => set_in_rows(rows, rest, value),
                _ => {}
            }
        }
    }
}

fn set_in_rows(rows: &mut [Value], path: &str, value: Option<Value>) {
    let (row, rest) = path.split_once('.').unwrap_or((path, ""));
    let place = row.parse::<usize>().ok().and_then(|row| rows.get_mut(row));
    match (place, rest, value) {
        (Some(place), "", Some(value)) => *place = value,
        (Some(Value::Object(object)), rest, value) if !rest.is_empty() => set(object, rest, value),
        _ => {}
    }
}

fn is_row(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stays_the_same_row() {
        assert_eq!(seen_from("children.kind", "children.3.name"), "children.3.kind");
        assert_eq!(seen_from("kind", "children.3.name"), "kind");
        assert_eq!(seen_from("child.kind", "children.3.name"), "child.kind");
        assert_eq!(seen_from("home.children.kind", "home.children.1.to.name"), "home.children.1.kind");
    }

    #[test]
    fn set_and_get_reach_into_groups_and_rows() {
        let mut values = Values::new();
        set(&mut values, "child.name", Some("An".into()));
        assert_eq!(get(&values, "child.name"), Some(&"An".into()));
        values.insert("rows".into(), serde_json::json!([{ "a": 1 }]));
        set(&mut values, "rows.0.a", None);
        set(&mut values, "rows.7.a", Some(2.into()));
        assert_eq!(get(&values, "rows"), Some(&serde_json::json!([{}])));
    }

    #[test]
    fn within_respects_names() {
        assert!(within("child.name", "child"));
        assert!(!within("children.0", "child"));
    }
}
