//! From posted pairs to values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Definition, ErrorKind, Field, FieldError, FieldErrors, Kind, MAX_ROWS, Page, Source, Values, path, scalar,
};

/// Typed text beyond this many characters is cut: above every limit of a field, below what would fill a database.
const MAX_TYPED: usize = 20_000;

impl Definition {
    /// Reads what was posted from a page. Texts come out in NFC and trimmed, empty fields are absent. What cannot be read as the type of its field
    /// stays as text and is named in the errors; whether the values are *right* is for [`Definition::page_errors`] to say.
    pub fn read(&self, page: &Page, posted: &[(String, String)]) -> (Values, FieldErrors) {
        let mut reader = Reader { posted: BTreeMap::new(), errors: Vec::new() };
        for (name, value) in posted {
            reader.posted.entry(name).or_default().push(value);
        }
        let values = reader.group(&page.fields, "", "");
        (values, reader.errors)
    }
}

struct Reader<'a> {
    posted: BTreeMap<&'a str, Vec<&'a str>>,
    errors: FieldErrors,
}

impl Reader<'_> {
    /// Rows are numbered anew from 0, so the name under which a field was posted (`from`) and its path (`to`) may differ.
    fn group(&mut self, fields: &[Field], from: &str, to: &str) -> Values {
        let mut values = Values::new();
        for field in fields {
            let (from, to) = (path::join(from, &field.name), path::join(to, &field.name));
            if let Some(value) = self.field(field, &from, &to) {
                values.insert(field.name.clone(), value);
            }
        }
        values
    }

    fn field(&mut self, field: &Field, from: &str, to: &str) -> Option<Value> {
        match &field.kind {
            Kind::Group(fields) => {
                let values = self.group(fields, from, to);
                (!values.is_empty()).then_some(Value::Object(values))
            }
            Kind::Rows { fields, .. } => self.rows(fields, from, to),
            Kind::Choices(source) => self.choices(source, from),
            kind => {
                let typed = self.posted.get(from)?.last()?;
                let text = scalar::text(typed, matches!(kind, Kind::Text { long: true, .. }));
                if text.is_empty() {
                    return None;
                }
                if let Some((cut, _)) = text.char_indices().nth(MAX_TYPED) {
                    self.complain(to, ErrorKind::TooLong { max: MAX_TYPED as u64 });
                    return Some(text[..cut].into());
                }
                Some(self.single(kind, text, to))
            }
        }
    }

    fn single(&mut self, kind: &Kind, text: String, to: &str) -> Value {
        let read = match kind {
            Kind::Number { whole } => scalar::number(&text, *whole),
            Kind::Money => scalar::money(&text),
            Kind::Date { .. } => scalar::date(&text).map(|date| date.to_string().into()).ok_or(ErrorKind::NotADate),
            Kind::YesNo | Kind::Tick => match text.as_str() {
                "true" => Ok(true.into()),
                "false" => Ok(false.into()),
                _ => Err(ErrorKind::NotInList),
            },
            Kind::IdNumber => checked(scalar::id_number(&text), scalar::is_id_number, ErrorKind::IdNumber),
            Kind::Phone => checked(scalar::phone(&text), scalar::is_phone, ErrorKind::Phone),
            _ => Ok(text.as_str().into()),
        };
        read.unwrap_or_else(|error| {
            self.complain(to, error);
            text.into()
        })
    }

    fn choices(&self, source: &Source, from: &str) -> Option<Value> {
        let mut chosen: Vec<String> = Vec::new();
        for typed in self.posted.get(from)?.iter().take(MAX_ROWS) {
            let text = scalar::text(typed, false);
            if !text.is_empty() && !chosen.contains(&text) {
                chosen.push(text);
            }
        }
        if let Source::Fixed(choices) = source {
            chosen.sort_by_key(|value| choices.iter().position(|choice| choice.value == *value));
        }
        (!chosen.is_empty()).then(|| chosen.into())
    }

    fn rows(&mut self, fields: &[Field], from: &str, to: &str) -> Option<Value> {
        let prefix = format!("{from}.");
        let numbers: BTreeSet<usize> = self
            .posted
            .range(prefix.as_str()..)
            .map_while(|(name, _)| name.strip_prefix(&prefix))
            .filter_map(|rest| rest.split('.').next()?.parse().ok())
            .collect();
        if numbers.len() > MAX_ROWS {
            self.complain(to, ErrorKind::TooMany { max: MAX_ROWS as u64 });
        }
        let mut rows = Vec::new();
        for number in numbers.into_iter().take(MAX_ROWS) {
            let to = path::join(to, rows.len());
            rows.push(Value::Object(self.group(fields, &path::join(from, number), &to)));
        }
        (!rows.is_empty()).then_some(Value::Array(rows))
    }

    fn complain(&mut self, path: &str, kind: ErrorKind) {
        self.errors.push(FieldError { path: path.to_owned(), kind });
    }
}

fn checked(text: String, sound: fn(&str) -> bool, error: ErrorKind) -> Result<Value, ErrorKind> {
    if sound(&text) { Ok(text.into()) } else { Err(error) }
}
