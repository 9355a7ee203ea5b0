//! What is required only sometimes: `if`/`then`, `dependentSchemas`, `dependentRequired`.

use serde_json::{Map, Value, json};

use crate::{Condition, Problem, path};

/// A field that must be filled in while a condition holds.
#[derive(Debug)]
pub(crate) struct Demand {
    /// Declared path.
    pub(crate) field: String,
    pub(crate) when: Condition,
    /// Where the schema says so.
    pub(crate) pointer: String,
}

/// Reads the conditional parts of one object whose declared path is `base`.
pub(super) fn read(
    schema: &Map<String, Value>,
    base: &str,
    pointer: &str,
    demands: &mut Vec<Demand>,
    problems: &mut Vec<Problem>,
) {
    let mut branch = |object: &Map<String, Value>, pointer: &str| {
        let Some(condition) = object.get("if").and_then(|when| condition(when, base)) else {
            problems.push(Problem::schema(pointer, "if", "must name one field with `const` or `enum`, and require it"));
            return;
        };
        let then = object.get("then").unwrap_or(&Value::Null);
        demand(then, base, &condition, &format!("{pointer}/then"), demands, problems);
    };
    if schema.contains_key("if") || schema.contains_key("then") {
        branch(schema, pointer);
    }
    let all = schema.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (at, part) in all.iter().enumerate() {
        let nothing = Map::new();
        branch(part.as_object().unwrap_or(&nothing), &format!("{pointer}/allOf/{at}"));
    }
    let nothing = Map::new();
    let dependents = |keyword| schema.get(keyword).and_then(Value::as_object).unwrap_or(&nothing);
    let ticked = |name: &str| Condition { field: path::join(base, name), values: vec![json!(true)] };
    for (name, then) in dependents("dependentSchemas") {
        let pointer = format!("{pointer}/dependentSchemas/{name}");
        demand(then, base, &ticked(name), &pointer, demands, problems);
    }
    for (name, required) in dependents("dependentRequired") {
        let pointer = format!("{pointer}/dependentRequired/{name}");
        let then = json!({ "required": required });
        demand(&then, base, &ticked(name), &pointer, demands, problems);
    }
}

/// `{"properties": {F: {"const": V}}, "required": [F]}`, also through groups.
fn condition(when: &Value, base: &str) -> Option<Condition> {
    let when = when.as_object()?;
    let known = ["properties", "required", "type"];
    let properties = when.get("properties")?.as_object()?;
    let (name, test) = properties.iter().next().filter(|_| properties.len() == 1)?;
    // Without `required` an absent field would fulfil the condition, and the schema would demand what no page shows.
    if names(when.get("required")) != [name.as_str()] || when.keys().any(|key| !known.contains(&key.as_str())) {
        return None;
    }
    let field = path::join(base, name);
    if let Some(value) = test.get("const") {
        return Some(Condition { field, values: vec![value.clone()] });
    }
    match test.get("enum") {
        Some(values) => Some(Condition { field, values: values.as_array()?.clone() }),
        None => condition(test, &field),
    }
}

fn demand(
    then: &Value,
    base: &str,
    when: &Condition,
    pointer: &str,
    demands: &mut Vec<Demand>,
    problems: &mut Vec<Problem>,
) {
    let nothing = Map::new();
    let then = then.as_object().unwrap_or(&nothing);
    if then.is_empty() || then.keys().any(|key| key != "required" && key != "properties") {
        problems.push(Problem::schema(pointer, "then", "holds `required`, at the root or through `properties`"));
    }
    for name in names(then.get("required")) {
        demands.push(Demand { field: path::join(base, name), when: when.clone(), pointer: pointer.to_owned() });
    }
    let properties = then.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    for (name, inner) in properties {
        let pointer = format!("{pointer}/properties/{name}");
        demand(inner, &path::join(base, name), when, &pointer, demands, problems);
    }
}

/// A list of property names.
pub(super) fn names(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(Value::as_str).collect()
}
