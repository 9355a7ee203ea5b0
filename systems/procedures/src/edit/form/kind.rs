//! What a question asks for, and the schema of it.

use base::slug;
use serde_json::{Map, Value as Json, json};

/// Kinds people may choose from, with the keys of their texts. `kept` is a shape that is not changed here.
pub(crate) const FIELD_KINDS: &[(&str, &str)] = &[
    ("text", "procedures-kind-text"),
    ("long", "procedures-kind-long"),
    ("integer", "procedures-kind-integer"),
    ("number", "procedures-kind-number"),
    ("money", "procedures-kind-money"),
    ("date", "procedures-kind-date"),
    ("choice", "procedures-kind-choice"),
    ("choices", "procedures-kind-choices"),
    ("yes-no", "procedures-kind-yes-no"),
    ("statement", "procedures-kind-statement"),
    ("id-number", "procedures-kind-id-number"),
    ("phone", "procedures-kind-phone"),
    ("email", "procedures-kind-email"),
    ("file", "procedures-kind-file"),
    ("group", "procedures-kind-group"),
    ("page", "procedures-kind-page"),
    ("kept", "procedures-kind-kept"),
];

/// Longer texts are asked for on several lines.
const ONE_LINE: u64 = 250;

pub(super) fn kind_of(property: &Json) -> &'static str {
    let word = |key: &str| property[key].as_str().unwrap_or_default();
    if property.get("$ref").is_some() || property.get("x-list").is_some() {
        return "kept";
    }
    match (word("type"), word("format")) {
        ("string", "date") => "date",
        ("string", "vn-id-number") => "id-number",
        ("string", "vn-phone") => "phone",
        ("string", "email") => "email",
        ("string", "file") => "file",
        ("string", _) if property.get("oneOf").is_some() => "choice",
        ("string", _) if property["maxLength"].as_u64().is_some_and(|most| most > ONE_LINE) => "long",
        ("string", _) => "text",
        ("integer", "vnd") => "money",
        ("integer", _) => "integer",
        ("number", _) => "number",
        ("boolean", _) if property["const"] == true => "statement",
        ("boolean", _) => "yes-no",
        ("object", _) => "group",
        ("array", _) if property["items"].get("oneOf").is_some() => "choices",
        _ => "kept",
    }
}

/// The titles of the choices, a line each.
pub(super) fn options(property: &Json) -> String {
    let titles: Vec<&str> = choices(property).iter().filter_map(|choice| choice["title"].as_str()).collect();
    titles.join("\n")
}

fn choices(property: &Json) -> &[Json] {
    let own = property["oneOf"].as_array().or(property["items"]["oneOf"].as_array());
    own.map(Vec::as_slice).unwrap_or_default()
}

/// The schema of a question: as it was, where its kind stays, with the new title and choices.
pub(super) fn shaped(old: Option<&Json>, kind: &str, title: &str, titles: &str) -> Json {
    let same = old.filter(|old| kind_of(old) == kind || kind == "kept");
    let mut property = match same {
        Some(old) => old.clone(),
        None => fresh(kind),
    };
    property["title"] = title.into();
    if same.is_some_and(|old| options(old) == titles) {
        return property;
    }
    match kind {
        "choice" => property["oneOf"] = chosen(old, titles),
        "choices" => property["items"]["oneOf"] = chosen(old, titles),
        _ => {}
    }
    property
}

fn fresh(kind: &str) -> Json {
    match kind {
        "long" => json!({"type": "string", "title": "", "maxLength": 2000}),
        "integer" => json!({"type": "integer", "title": "", "minimum": 0}),
        "number" => json!({"type": "number", "title": "", "minimum": 0}),
        "money" => json!({"type": "integer", "title": "", "format": "vnd", "minimum": 0}),
        "date" => json!({"type": "string", "title": "", "format": "date"}),
        "choice" => json!({"type": "string", "title": "", "oneOf": []}),
        "choices" => json!({"type": "array", "title": "", "items": {"type": "string", "oneOf": []}}),
        "yes-no" => json!({"type": "boolean", "title": ""}),
        "statement" => json!({"type": "boolean", "title": "", "const": true}),
        "id-number" => json!({"type": "string", "title": "", "format": "vn-id-number"}),
        "phone" => json!({"type": "string", "title": "", "format": "vn-phone"}),
        "email" => json!({"type": "string", "title": "", "format": "email"}),
        "file" => json!({"type": "string", "title": "", "format": "file"}),
        "group" => json!({"type": "object", "title": "", "properties": {}, "required": []}),
        _ => json!({"type": "string", "title": "", "maxLength": ONE_LINE}),
    }
}

/// Choices by their titles: one that was there keeps its value, in whichever order; a title changed in its place does too.
fn chosen(old: Option<&Json>, titles: &str) -> Json {
    let before = old.map(choices).unwrap_or_default();
    let titles: Vec<&str> = titles.lines().map(str::trim).filter(|title| !title.is_empty()).collect();
    let mut values: Vec<String> = Vec::new();
    let mut made = Vec::new();
    for (index, title) in titles.iter().enumerate() {
        let named = before.iter().find(|choice| choice["title"] == *title);
        let in_place = (before.len() == titles.len()).then(|| before.get(index)).flatten();
        let held = named.or(in_place).and_then(|choice| choice["const"].as_str()).map(str::to_owned);
        let mut value = held.filter(|value| !values.contains(value)).unwrap_or_else(|| slug(title));
        if values.contains(&value) {
            value = format!("{value}-{}", index + 1);
        }
        values.push(value.clone());
        made.push(Json::Object(Map::from_iter([
            ("const".to_owned(), value.into()),
            ("title".to_owned(), (*title).into()),
        ])));
    }
    Json::Array(made)
}
