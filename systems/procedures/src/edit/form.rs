//! The two files of a form as one tree of rows: pages, groups in them, and questions.
//!
//! A repeated group and what chooses from a code list keep their shape; their title, hint and place may change.

mod forget;
mod kind;

use std::collections::{BTreeMap, BTreeSet};

use base::{Result, slug};
use province::Tree;
use serde_json::{Map, Value as Json, json};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table};

use super::binding::{Column, Kind, Row, Sheet, Values, YES, set};
use super::document;
use crate::package::{SCHEMA, UI};
use kind::{kind_of, shaped};

pub(crate) use kind::FIELD_KINDS;

/// The kind of a row that is a page; its `was` begins so too.
pub(crate) const PAGE: &str = "page";

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "title", path: "title", label: "procedures-edit-question", kind: Kind::Line },
    Column { name: "kind", path: "kind", label: "procedures-edit-question-kind", kind: Kind::Pick(FIELD_KINDS) },
    Column { name: "required", path: "required", label: "procedures-edit-question-required", kind: Kind::Box },
    Column { name: "hint", path: "hint", label: "procedures-edit-question-hint", kind: Kind::Optional },
    Column { name: "options", path: "options", label: "procedures-edit-question-options", kind: Kind::Lines },
];

fn schema(files: &Tree) -> Result<Json> {
    Ok(serde_json::from_str(files.text(SCHEMA).unwrap_or("{}"))?)
}

fn is_required(object: &Json, name: &str) -> bool {
    object["required"].as_array().into_iter().flatten().any(|one| one == name)
}

fn hint<'t>(ui: &'t DocumentMut, path: &str) -> Option<&'t str> {
    ui.get("field")?.as_table_like()?.get(path)?.as_table_like()?.get("hint")?.as_str()
}

fn page_id(name: &str) -> String {
    format!("{PAGE}:{name}")
}

pub(super) fn read(files: &Tree) -> Result<Sheet> {
    let (schema, ui) = (schema(files)?, document(files, UI)?);
    let mut sheet = Sheet::default();
    for page in ui.get("page").and_then(Item::as_array_of_tables).into_iter().flat_map(ArrayOfTables::iter) {
        let text = |key: &str| page.get(key).and_then(Item::as_str).unwrap_or_default();
        let values = [("title", text("title").to_owned()), ("kind", PAGE.to_owned())];
        let was = page_id(text("name"));
        sheet.rows.push(Row { was: was.clone(), parent: String::new(), values: values.into() });
        let names = page.get("fields").and_then(Item::as_array).into_iter().flatten();
        for name in names.filter_map(toml_edit::Value::as_str) {
            question(&schema, &ui, &was, "", name, &mut sheet.rows);
        }
    }
    Ok(sheet)
}

fn question(object: &Json, ui: &DocumentMut, parent: &str, around: &str, name: &str, rows: &mut Vec<Row>) {
    let Some(property) = object["properties"].get(name) else { return };
    let path = if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") };
    let kind = kind_of(property);
    let titles = kind::options(property);
    let values: Values = [
        ("title", property["title"].as_str().unwrap_or_default().to_owned()),
        ("kind", kind.to_owned()),
        ("required", if is_required(object, name) { YES.to_owned() } else { String::new() }),
        ("hint", hint(ui, &path).or(property["description"].as_str()).unwrap_or_default().to_owned()),
        ("options", titles),
    ]
    .into();
    rows.push(Row { was: path.clone(), parent: parent.to_owned(), values });
    if kind == "group" {
        for inner in property["properties"].as_object().into_iter().flat_map(Map::keys) {
            question(property, ui, &path, &path, inner, rows);
        }
    }
}

/// The rows in the order in which they stand in one another; those whose surroundings are gone go with them.
pub(crate) fn in_order(rows: Vec<Row>) -> Vec<Row> {
    let mut by_parent: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        by_parent.entry(row.parent.clone()).or_default().push(row);
    }
    let mut ordered = Vec::new();
    let mut waiting: Vec<Row> = by_parent.remove("").unwrap_or_default().into_iter().rev().collect();
    while let Some(row) = waiting.pop() {
        if !row.was.is_empty() {
            waiting.extend(by_parent.remove(&row.was).unwrap_or_default().into_iter().rev());
        }
        ordered.push(row);
    }
    ordered
}

pub(super) fn write(sheet: &Sheet, files: &Tree) -> Result<Tree> {
    // A procedure that is only a part of others has no form.
    if sheet.rows.is_empty() && files.text(SCHEMA).is_none() {
        return Ok(files.clone());
    }
    let (before, mut ui) = (schema(files)?, document(files, UI)?);
    let known: BTreeSet<String> = read(files)?.rows.into_iter().map(|row| row.was).collect();
    let rows = in_order(sheet.rows.clone());
    let mut writer = Writer { before: &before, rows: &rows, ui: &mut ui, kept: BTreeSet::new() };
    let mut after = before.clone();
    let (mut properties, mut required) = (Map::new(), Vec::new());
    let mut pages = ArrayOfTables::new();
    let old = writer.ui.get("page").and_then(Item::as_array_of_tables).cloned().unwrap_or_default();
    let positions: Vec<usize> = old.iter().filter_map(Table::position).collect();
    let tops: Vec<&Row> = rows.iter().filter(|row| row.parent.is_empty()).collect();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (index, row) in tops.into_iter().enumerate() {
        let was = row.was.strip_prefix("page:").unwrap_or_default();
        let mut page =
            old.iter().find(|page| page.get("name").and_then(Item::as_str) == Some(was)).cloned().unwrap_or_default();
        let name = if was.is_empty() { unused(&slug(row.value("title")), "trang", &names) } else { was.to_owned() };
        names.insert(name.clone());
        let inner = writer.inside(&row.was, "", &mut properties, &mut required);
        set(&mut page, &["name"], Some(name.into()));
        set(&mut page, &["title"], Some(row.value("title").into()));
        let held = page.get("fields").and_then(Item::as_array).into_iter().flatten();
        if !held.filter_map(toml_edit::Value::as_str).eq(inner.iter().map(String::as_str)) {
            set(&mut page, &["fields"], Some(inner.into_iter().collect::<Array>().into()));
        }
        if let Some(position) = positions.get(index).or(positions.last()) {
            page.set_position(*position);
        }
        pages.push(page);
    }
    let kept = writer.kept;
    after["properties"] = Json::Object(properties);
    after["required"] = json!(required);
    ui.insert("page", Item::ArrayOfTables(pages));
    let mut files = files.clone();
    for gone in known.iter().filter(|path| !path.starts_with("page:") && !kept.contains(*path)) {
        files = forget::question(gone, &mut after, &mut ui, files)?;
    }
    Ok(files.with(SCHEMA, format!("{}\n", serde_json::to_string_pretty(&after)?)).with(UI, ui.to_string()))
}

struct Writer<'a> {
    before: &'a Json,
    rows: &'a [Row],
    ui: &'a mut DocumentMut,
    /// Paths that were there and still are.
    kept: BTreeSet<String>,
}

impl Writer<'_> {
    /// Writes what stands in a page or a group; gives the names in order.
    fn inside(
        &mut self,
        parent: &str,
        around: &str,
        properties: &mut Map<String, Json>,
        required: &mut Vec<String>,
    ) -> Vec<String> {
        let mut names = Vec::new();
        if parent.is_empty() {
            return names;
        }
        let rows = self.rows;
        for row in rows.iter().filter(|row| row.parent == parent) {
            let old = self.property(&row.was);
            let name = match row.was.rsplit('.').next().filter(|name| !name.is_empty()) {
                Some(name) => name.to_owned(),
                None => self.new_name(row.value("title"), properties),
            };
            let path = if around.is_empty() { name.clone() } else { format!("{around}.{name}") };
            let mut property = shaped(old, row.value("kind"), row.value("title"), row.value("options"));
            if row.value("kind") == "group" {
                let (mut inner, mut needed) = (Map::new(), Vec::new());
                self.inside(&row.was, &path, &mut inner, &mut needed);
                property["properties"] = Json::Object(inner);
                property["required"] = json!(needed);
            }
            if row.value("required") == YES {
                required.push(name.clone());
            }
            self.say_hint(&path, row.value("hint"), &mut property);
            properties.insert(name.clone(), property);
            self.kept.insert(path);
            names.push(name);
        }
        names
    }

    fn property(&self, path: &str) -> Option<&Json> {
        let mut names = path.split('.').filter(|name| !name.is_empty());
        let first = self.before["properties"].get(names.next()?)?;
        names.try_fold(first, |object, name| object["properties"].get(name))
    }

    fn new_name(&self, title: &str, properties: &Map<String, Json>) -> String {
        let taken = self.before["properties"].as_object().into_iter().flat_map(Map::keys).chain(properties.keys());
        let taken: BTreeSet<String> = taken.cloned().collect();
        unused(&slug(title).replace('-', "_"), "muc", &taken)
    }

    fn say_hint(&mut self, path: &str, hint: &str, property: &mut Json) {
        let held = self::hint(self.ui, path).or(property["description"].as_str()).unwrap_or_default();
        if held == hint {
            return;
        }
        if let Some(object) = property.as_object_mut() {
            object.remove("description");
        }
        let value = (!hint.is_empty()).then(|| hint.into());
        if value.is_none() && self::hint(self.ui, path).is_none() {
            return;
        }
        if self.ui.get("field").is_none() {
            let mut fields = Table::new();
            fields.set_implicit(true);
            self.ui.insert("field", Item::Table(fields));
        }
        if let Some(fields) = self.ui.get_mut("field").and_then(Item::as_table_mut) {
            if !fields.contains_key(path) {
                fields.insert(path, Item::Table(Table::new()));
            }
            if let Some(field) = fields.get_mut(path).and_then(Item::as_table_like_mut) {
                set(field, &["hint"], value);
            }
        }
    }
}

/// A name from words, with a number where it is taken; names begin with a letter.
fn unused(wanted: &str, otherwise: &str, taken: &BTreeSet<String>) -> String {
    let begins = wanted.starts_with(|letter: char| letter.is_ascii_lowercase());
    let wanted = if begins { wanted } else { otherwise };
    let wanted: String = wanted.chars().take(40).collect();
    if !taken.contains(&wanted) {
        return wanted;
    }
    let mut number = 2_u32;
    while taken.contains(&format!("{wanted}{number}")) {
        number += 1;
    }
    format!("{wanted}{number}")
}

/// The row that a JSON Pointer is about.
pub(super) fn row_of(pointer: &str, files: &Tree) -> Option<usize> {
    let names: Vec<&str> = pointer.split('/').skip(1).collect();
    let path: Vec<&str> =
        names.chunks(2).take_while(|pair| pair[0] == "properties").filter_map(|pair| pair.get(1).copied()).collect();
    let path = path.join(".");
    read(files).ok()?.rows.iter().position(|row| row.was == path)
}
