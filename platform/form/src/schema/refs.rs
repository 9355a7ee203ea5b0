use serde_json::{Map, Value};

use crate::Problem;

/// The schema with every `$ref` to `#/$defs/NAME` replaced by what it names; keywords beside `$ref` win.
///
/// The pages need the merged view of each field, and so does the validator, so that both speak of one schema.
pub(super) fn follow(root: &Value, problems: &mut Vec<Problem>) -> Value {
    let mut bare = root.clone();
    let defs = bare
        .as_object_mut()
        .and_then(|object| object.shift_remove("$defs"))
        .and_then(|defs| match defs {
            Value::Object(defs) => Some(defs),
            _ => None,
        })
        .unwrap_or_default();
    let mut expander = Expander { defs: &defs, open: Vec::new(), problems };
    expander.expand(&bare, "")
}

struct Expander<'a> {
    defs: &'a Map<String, Value>,
    /// Definitions within which we are: meeting one again would never end.
    open: Vec<&'a str>,
    problems: &'a mut Vec<Problem>,
}

impl Expander<'_> {
    fn expand(&mut self, schema: &Value, pointer: &str) -> Value {
        match schema {
            Value::Object(object) => {
                if let Some(target) = object.get("$ref").and_then(Value::as_str) {
                    return self.named(object, target, pointer);
                }
                let expanded = object.iter().map(|(key, value)| {
                    let expanded = self.expand(value, &format!("{pointer}/{key}"));
                    (key.clone(), expanded)
                });
                Value::Object(expanded.collect())
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.map(|(at, item)| self.expand(item, &format!("{pointer}/{at}"))).collect()
            }
            plain => plain.clone(),
        }
    }

    fn named(&mut self, object: &Map<String, Value>, target: &str, pointer: &str) -> Value {
        let mut beside = object.clone();
        beside.shift_remove("$ref");
        let named = target.strip_prefix("#/$defs/").and_then(|name| self.defs.get_key_value(name));
        let Some((name, Value::Object(definition))) = named else {
            self.complain(pointer, format!("`{target}` is not among `$defs`"));
            return Value::Object(beside);
        };
        if self.open.contains(&name.as_str()) {
            self.complain(pointer, format!("`{target}` leads to itself"));
            return Value::Object(beside);
        }
        let mut merged = definition.clone();
        merged.extend(beside);
        self.open.push(name);
        let expanded = self.expand(&Value::Object(merged), pointer);
        self.open.pop();
        expanded
    }

    fn complain(&mut self, pointer: &str, message: String) {
        self.problems.push(Problem::schema(pointer, "ref", message));
    }
}
