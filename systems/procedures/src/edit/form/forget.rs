//! A question that is asked no more: what pointed to it goes with it, or the package could not be read.

use base::Result;
use province::Tree;
use serde_json::Value as Json;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::document;
use crate::package::{COMPONENTS, PROCEDURE};

pub(super) fn question(path: &str, schema: &mut Json, ui: &mut DocumentMut, files: Tree) -> Result<Tree> {
    asked(path, ui);
    conditions(path, schema);
    let files = papers(path, files)?;
    results(path, files)
}

fn is_of(name: &str, path: &str) -> bool {
    name == path || name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
}

/// How it was asked, and what was shown only when it was answered so or so.
fn asked(path: &str, ui: &mut DocumentMut) {
    let Some(fields) = ui.get_mut("field").and_then(Item::as_table_mut) else { return };
    fields.retain(|name, _| !is_of(name, path));
    for (_, field) in fields.iter_mut() {
        let Some(field) = field.as_table_like_mut() else { continue };
        let governing = field.get("x-when").and_then(|when| when.as_table_like()?.get("field")?.as_str());
        if governing.is_some_and(|name| is_of(name, path)) {
            field.remove("x-when");
        }
    }
}

/// "If this, then that is required" of the object in which it stood.
fn conditions(path: &str, schema: &mut Json) {
    let (around, name) = path.rsplit_once('.').unwrap_or(("", path));
    let object = around
        .split('.')
        .filter(|step| !step.is_empty())
        .try_fold(schema, |object, step| object.get_mut("properties")?.get_mut(step));
    let Some(conditions) = object.and_then(|object| object.get_mut("allOf")?.as_array_mut()) else { return };
    conditions.retain(|condition| condition["if"]["properties"].get(name).is_none());
    for condition in conditions.iter_mut() {
        if let Some(required) = condition["then"]["required"].as_array_mut() {
            required.retain(|one| one != name);
        }
    }
    conditions.retain(|condition| condition["then"]["required"].as_array().is_none_or(|required| !required.is_empty()));
}

/// Papers that were asked for only when it was answered so or so.
fn papers(path: &str, files: Tree) -> Result<Tree> {
    let mut text = document(&files, COMPONENTS)?;
    let mut changed = false;
    for paper in
        text.get_mut("component").and_then(Item::as_array_of_tables_mut).into_iter().flat_map(ArrayOfTables::iter_mut)
    {
        let governing = paper.get("when").and_then(|when| when.as_table_like()?.get("field")?.as_str());
        if governing.is_some_and(|name| is_of(name, path)) {
            paper.remove("when");
            changed = true;
        }
    }
    Ok(if changed { files.with(COMPONENTS, text.to_string()) } else { files })
}

/// The lines of results that printed the answer.
fn results(path: &str, files: Tree) -> Result<Tree> {
    fn field(piece: &Value) -> Option<&str> {
        piece.as_str().or_else(|| piece.as_inline_table()?.get("field")?.as_str())
    }
    let mut text = document(&files, PROCEDURE)?;
    let mut changed = false;
    let mut prints = |result: &mut Table| {
        let Some(pieces) = result.get_mut("prints").and_then(Item::as_array_mut) else { return };
        let before = pieces.len();
        pieces.retain(|piece| !field(piece).is_some_and(|name| is_of(name, path)));
        changed |= pieces.len() != before;
    };
    text.get_mut("result")
        .and_then(Item::as_array_of_tables_mut)
        .into_iter()
        .flat_map(ArrayOfTables::iter_mut)
        .for_each(&mut prints);
    Ok(if changed { files.with(PROCEDURE, text.to_string()) } else { files })
}
