//! Text files that remember where everything in them stands.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Finding;

/// One TOML file of a package, and the findings about it.
pub(super) struct Source<'t> {
    pub(super) file: PathBuf,
    text: &'t str,
    table: Spanned<DeTable<'t>>,
    pub(super) findings: Vec<Finding>,
}

impl<'t> Source<'t> {
    /// The finding is the first place where the text is no TOML.
    pub(super) fn parse(file: PathBuf, text: &'t str) -> Result<Self, Finding> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Self { file, text, table, findings: Vec::new() }),
            Err(error) => Err(Finding::at(&file, line_of(text, &error), "syntax", error.message())),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get_ref().contains_key(key)
    }

    /// The file as a type; a shape that does not fit is a finding.
    pub(super) fn typed<T: DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = line_of(self.text, &error);
                self.findings.push(Finding::at(&self.file, line, shape_rule(error.message()), error.message()));
                None
            }
        }
    }

    /// A mistake at a place written like `component.2.reuse`: keys, and numbers of entries from 0.
    /// Where the place itself is absent, the nearest thing around it is named.
    pub(super) fn report(&mut self, place: &str, rule: &'static str, message: impl Into<String>) {
        let finding = Finding::at(&self.file, self.line(place), rule, message);
        self.findings.push(Finding { place: place.to_owned(), ..finding });
    }

    fn line(&self, place: &str) -> usize {
        let mut segments = place.split('.');
        let Some((key, mut value)) = segments
            .next()
            .and_then(|name| self.table.get_ref().get_key_value(name))
            .map(|(key, value)| (key.span(), value))
        else {
            return 1;
        };
        let mut start = key.start;
        for segment in segments {
            let found = match value.get_ref() {
                DeValue::Table(table) => table.get_key_value(segment).map(|(key, value)| (key.span(), value)),
                DeValue::Array(array) => {
                    segment.parse().ok().and_then(|index: usize| array.get(index)).map(|value| (value.span(), value))
                }
                _ => None,
            };
            let Some((span, next)) = found else { break };
            (start, value) = (span.start, next);
        }
        line_at(self.text, start)
    }
}

/// serde words the same mistake the same way in every format; that wording is what tells the rules apart.
fn shape_rule(message: &str) -> &'static str {
    let rules = [
        ("unknown field", "unknown-key"),
        ("missing field", "missing-key"),
        ("duplicate", "duplicate-key"),
        ("unknown variant", "wrong-value"),
        ("invalid type", "wrong-type"),
    ];
    rules.iter().find(|(wording, _)| message.starts_with(wording)).map_or("wrong-value", |(_, rule)| rule)
}

fn line_of(text: &str, error: &toml::de::Error) -> usize {
    error.span().map_or(1, |span| line_at(text, span.start))
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// The line on which a JSON Pointer (RFC 6901) leads into a schema; a `$ref` to `#/$defs/…` is followed,
/// and where the pointer leads nowhere the last thing on its way is named.
pub(super) fn json_line(text: &str, pointer: &str) -> usize {
    fn descend<'t>(root: &'t str, here: &'t str, segment: &str) -> Option<&'t str> {
        if let Ok(object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(here) {
            let reference = || {
                let target: String = serde_json::from_str(object.get("$ref")?.get()).ok()?;
                let defs = descend(root, root, "$defs")?;
                descend(root, descend(root, defs, target.strip_prefix("#/$defs/")?)?, segment)
            };
            return object.get(segment).map(|value| value.get()).or_else(reference);
        }
        let array: Vec<&RawValue> = serde_json::from_str(here).ok()?;
        Some(array.get(segment.parse::<usize>().ok()?)?.get())
    }
    let mut here = text;
    for segment in pointer.split('/').skip(1) {
        let name = segment.replace("~1", "/").replace("~0", "~");
        let Some(next) = descend(text, here, &name) else { break };
        here = next;
    }
    line_at(text, here.as_ptr().addr() - text.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_to_their_lines() {
        let text = "a = 1\n\n[[x]]\nb = 2\n\n[[x]]\nb = 3\nc = { d = 4 }\n";
        let source = Source::parse("x.toml".into(), text).unwrap();
        for (place, line) in
            [("a", 1), ("x.0.b", 4), ("x.1", 6), ("x.1.b", 7), ("x.1.c.d", 8), ("x.1.none", 6), ("no", 1)]
        {
            assert_eq!(source.line(place), line, "{place}");
        }
    }

    #[test]
    fn pointers_lead_to_their_lines() {
        let text =
            "{\n\"a\": {\n  \"b\": [1,\n  2]},\n\"r\": {\"$ref\": \"#/$defs/x\"},\n\"$defs\": {\"x\": {\n\"y\": 1}}\n}";
        for (pointer, line) in [("", 1), ("/a", 2), ("/a/b/1", 4), ("/a/none", 2), ("/r/y", 7)] {
            assert_eq!(json_line(text, pointer), line, "{pointer}");
        }
    }
}
