//! Which keywords of JSON Schema a form may use where. Everything else is refused: what the pages do not understand, they cannot ask.

use serde_json::{Map, Value};

use crate::Problem;

const ANY: &[&str] = &["type", "title", "description", "$comment", "examples"];
const ROOT: &[&str] = &["$schema", "$id", "$defs"];
const OBJECT: &[&str] =
    &["properties", "required", "additionalProperties", "if", "then", "allOf", "dependentSchemas", "dependentRequired"];
const ARRAY: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];
const STRING: &[&str] =
    &["format", "minLength", "maxLength", "pattern", "oneOf", "x-list", "x-component", "x-min-date", "x-max-date"];
const NUMBER: &[&str] = &["format", "minimum", "maximum"];
const BOOLEAN: &[&str] = &["const"];

/// Complains about the keywords of one schema that its type does not take.
pub(crate) fn check(schema: &Map<String, Value>, pointer: &str, problems: &mut Vec<Problem>) {
    let own = match schema.get("type").and_then(Value::as_str) {
        Some("object") => OBJECT,
        Some("array") => ARRAY,
        Some("string") => STRING,
        Some("integer" | "number") => NUMBER,
        Some("boolean") => BOOLEAN,
        _ => {
            problems.push(Problem::schema(
                pointer,
                "type",
                "must be object, array, string, integer, number or boolean",
            ));
            return;
        }
    };
    let root = if pointer.is_empty() { ROOT } else { &[] };
    for keyword in schema.keys() {
        if ![ANY, root, own].iter().any(|known| known.contains(&keyword.as_str())) {
            problems.push(Problem::schema(pointer, "unknown-keyword", format!("`{keyword}` is not understood here")));
        }
    }
}
