//! `form.schema.json`: what the data are.

mod branch;
mod refs;

use chrono::NaiveDate;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::{Choice, Field, Kind, Part, Place, Problem, Source, keywords, path, scalar, ui};

pub(crate) use branch::Demand;

/// Rows a repeated group may have, whatever the schema says.
pub const MAX_ROWS: usize = 200;
/// Characters a text may have, whatever the schema says.
pub const MAX_TEXT: usize = 10_000;
/// Characters of a text whose schema names no limit; a longer limit asks for several lines.
const USUAL_TEXT: usize = 250;

/// A bound of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBound {
    Day(NaiveDate),
    /// The day on which the data are checked.
    Today,
}

/// What the schema alone says.
pub(crate) struct Declared {
    /// Top-level fields in the order of the schema.
    pub(crate) fields: Vec<Field>,
    pub(crate) demands: Vec<Demand>,
    pub(crate) validator: Validator,
    pub(crate) problems: Vec<Problem>,
}

pub(crate) fn read(text: &str) -> Result<Declared, Vec<Problem>> {
    let written: Value = serde_json::from_str(text).map_err(|error| {
        vec![Problem {
            part: Part::Schema,
            place: Place::Line(error.line()),
            rule: "syntax",
            message: error.to_string(),
        }]
    })?;
    jsonschema::draft202012::meta::validate(&written).map_err(|error| {
        let pointer = error.instance_path().to_string();
        vec![Problem::schema(pointer, "json-schema", error.to_string())]
    })?;
    let mut problems = Vec::new();
    let mut schema = refs::follow(&written, &mut problems);
    limit(&mut schema);
    let mut reader = Reader { problems, demands: Vec::new() };
    let fields = match schema.as_object() {
        Some(root) if root.get("type") == Some(&json!("object")) => reader.object(root, "", "", false),
        _ => {
            reader.complain("", "type", "the root must be an object");
            Vec::new()
        }
    };
    match validator(&schema) {
        Ok(validator) => Ok(Declared { fields, demands: reader.demands, validator, problems: reader.problems }),
        Err(error) => {
            reader.complain(error.schema_path().as_str(), "json-schema", error.to_string());
            Err(reader.problems)
        }
    }
}

fn validator(schema: &Value) -> Result<Validator, jsonschema::ValidationError<'static>> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("vn-id-number", scalar::is_id_number)
        .with_format("vn-phone", scalar::is_phone)
        .with_format("date", |text: &str| scalar::iso_date(text).is_some())
        .build(schema)
}

/// Writes the limits of the house into a schema, so that data from any side are held to them, and closes its objects.
fn limit(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    let at_most = |object: &mut Map<String, Value>, keyword: &str, usual: usize, most: usize| {
        let declared = object.get(keyword).and_then(Value::as_u64).unwrap_or(usual as u64);
        object.insert(keyword.to_owned(), declared.min(most as u64).into());
    };
    match object.get("type").and_then(Value::as_str) {
        Some("string") if !object.contains_key("oneOf") => {
            at_most(object, "maxLength", USUAL_TEXT, MAX_TEXT);
        }
        Some("array") => {
            at_most(object, "maxItems", MAX_ROWS, MAX_ROWS);
            if let Some(items) = object.get_mut("items") {
                limit(items);
            }
        }
        Some("object") => {
            object.insert("additionalProperties".to_owned(), false.into());
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                properties.values_mut().for_each(limit);
            }
        }
        _ => {}
    }
}

struct Reader {
    problems: Vec<Problem>,
    demands: Vec<Demand>,
}

impl Reader {
    fn complain(&mut self, pointer: &str, rule: &'static str, message: impl Into<String>) {
        self.problems.push(Problem::schema(pointer, rule, message));
    }

    /// The fields of an object; `in_rows` where a repeated group is around it.
    fn object(&mut self, schema: &Map<String, Value>, base: &str, pointer: &str, in_rows: bool) -> Vec<Field> {
        keywords::check(schema, pointer, &mut self.problems);
        branch::read(schema, base, pointer, &mut self.demands, &mut self.problems);
        let nothing = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
        if properties.is_empty() {
            self.complain(pointer, "properties", "an object needs properties");
        }
        let required: Vec<&str> = branch::names(schema.get("required"));
        for name in &required {
            if !properties.contains_key(*name) {
                self.complain(pointer, "required", format!("there is no property `{name}`"));
            }
        }
        let mut fields = Vec::new();
        for (name, property) in properties {
            let pointer = format!("{pointer}/properties/{name}");
            let Some(property) = property.as_object().filter(|_| is_name(name)) else {
                self.complain(
                    &pointer,
                    "name",
                    "a name is a-z, 0-9, _ and starts with a letter; its value is an object",
                );
                continue;
            };
            let required = required.contains(&name.as_str());
            fields.extend(self.field(name, property, &path::join(base, name), &pointer, in_rows, required));
        }
        fields
    }

    fn field(
        &mut self,
        name: &str,
        schema: &Map<String, Value>,
        path: &str,
        pointer: &str,
        in_rows: bool,
        required: bool,
    ) -> Option<Field> {
        let text = |keyword| schema.get(keyword).and_then(Value::as_str).map(str::to_owned);
        let title = text("title").unwrap_or_default();
        if title.is_empty() {
            self.complain(pointer, "title", "every property has a title");
        }
        let kind = self.kind(schema, path, pointer, in_rows, required, &title)?;
        Some(Field {
            name: name.to_owned(),
            path: path.to_owned(),
            title,
            hint: text("description"),
            sensitive: matches!(kind, Kind::IdNumber),
            kind,
            required,
            required_when: Vec::new(),
            shown_when: None,
            prefill: None,
            width: None,
            suffix: None,
            pattern_message: None,
        })
    }

    fn kind(
        &mut self,
        schema: &Map<String, Value>,
        path: &str,
        pointer: &str,
        in_rows: bool,
        required: bool,
        title: &str,
    ) -> Option<Kind> {
        let kind = match schema.get("type").and_then(Value::as_str) {
            Some("object") => {
                return Some(Kind::Group(self.object(schema, path, pointer, in_rows)));
            }
            Some("array") => {
                keywords::check(schema, pointer, &mut self.problems);
                return self.array(schema, path, pointer, in_rows, required, title);
            }
            Some("string") => self.string(schema, pointer),
            Some("integer") if schema.get("format") == Some(&json!("vnd")) => Some(Kind::Money),
            Some("integer" | "number") if schema.contains_key("format") => {
                self.complain(pointer, "format", "a number has no format but `vnd`, on an integer");
                None
            }
            Some("integer") => Some(Kind::Number { whole: true }),
            Some("number") => Some(Kind::Number { whole: false }),
            Some("boolean") if schema.contains_key("const") => {
                if schema.get("const") != Some(&json!(true)) {
                    self.complain(pointer, "const", "a box to tick has `const: true`");
                }
                Some(Kind::Tick)
            }
            Some("boolean") => Some(Kind::YesNo),
            _ => None,
        };
        keywords::check(schema, pointer, &mut self.problems);
        kind
    }

    fn array(
        &mut self,
        schema: &Map<String, Value>,
        path: &str,
        pointer: &str,
        in_rows: bool,
        required: bool,
        title: &str,
    ) -> Option<Kind> {
        let nothing = Map::new();
        let items = schema.get("items").and_then(Value::as_object).unwrap_or(&nothing);
        let pointer = format!("{pointer}/items");
        let number = |keyword| schema.get(keyword).and_then(Value::as_u64).map(usize::try_from);
        match items.get("type").and_then(Value::as_str) {
            Some("object") if in_rows => {
                self.complain(&pointer, "nested-rows", "a repeated group cannot hold a repeated group");
                None
            }
            Some("object") => Some(Kind::Rows {
                fields: self.object(items, path, &pointer, true),
                min: number("minItems").and_then(Result::ok).unwrap_or(usize::from(required)),
                max: number("maxItems").and_then(Result::ok).unwrap_or(MAX_ROWS),
                row_title: title.to_owned(),
            }),
            Some("string") => {
                keywords::check(items, &pointer, &mut self.problems);
                let source = self.source(items, &pointer);
                if source.is_none() {
                    self.complain(&pointer, "items", "several choices need `oneOf` or `x-list`");
                }
                source.map(Kind::Choices)
            }
            _ => {
                self.complain(&pointer, "items", "must be an object, or a string with choices");
                None
            }
        }
    }

    fn string(&mut self, schema: &Map<String, Value>, pointer: &str) -> Option<Kind> {
        if let Some(source) = self.source(schema, pointer) {
            let widget = ui::usual_widget(&source);
            return Some(Kind::Choice { source, widget });
        }
        match schema.get("format").and_then(Value::as_str) {
            None => {
                let max = schema.get("maxLength").and_then(Value::as_u64);
                let long = max.is_some_and(|max| max > USUAL_TEXT as u64);
                Some(Kind::Text { long })
            }
            Some("date") => Some(Kind::Date {
                min: self.bound(schema, "x-min-date", pointer),
                max: self.bound(schema, "x-max-date", pointer),
            }),
            Some("vn-id-number") => Some(Kind::IdNumber),
            Some("vn-phone") => Some(Kind::Phone),
            Some("email") => Some(Kind::Email),
            Some("file") => {
                Some(Kind::File { component: schema.get("x-component").and_then(Value::as_str).map(str::to_owned) })
            }
            Some(other) => {
                self.complain(pointer, "format", format!("unknown format `{other}`"));
                None
            }
        }
    }

    /// Choices written in the schema or taken from a list; none for any other string.
    fn source(&mut self, schema: &Map<String, Value>, pointer: &str) -> Option<Source> {
        if let Some(list) = schema.get("x-list") {
            return list.as_str().map(|name| Source::List(name.to_owned()));
        }
        let options = schema.get("oneOf")?.as_array()?;
        let mut choices: Vec<Choice> = Vec::new();
        for option in options {
            let text = |keyword| option.get(keyword).and_then(Value::as_str).filter(|text| !text.is_empty());
            match (text("const"), text("title")) {
                (Some(value), Some(title)) if choices.iter().all(|choice| choice.value != value) => {
                    choices.push(Choice::new(value, title));
                }
                _ => self.complain(pointer, "oneOf", "each choice has its own `const` (text) and a `title`"),
            }
        }
        Some(Source::Fixed(choices))
    }

    fn bound(&mut self, schema: &Map<String, Value>, keyword: &str, pointer: &str) -> Option<DateBound> {
        let text = schema.get(keyword)?.as_str().unwrap_or_default();
        let bound = match text {
            "today" => Some(DateBound::Today),
            day => scalar::iso_date(day).map(DateBound::Day),
        };
        if bound.is_none() {
            self.complain(pointer, "date-bound", format!("`{keyword}` is an ISO date or \"today\""));
        }
        bound
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
