//! Fields on a page and keys in a TOML text, one for one.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// What people type, by the name of its column.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// A section as it stands on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) fixed: Values,
    pub(crate) rows: Vec<Row>,
}

/// One of several things of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Which row of the text it was; empty for a new one.
    pub(crate) was: String,
    /// What it stands in, where rows stand in one another: the `was` of that row.
    pub(crate) parent: String,
    pub(crate) values: Values,
}

impl Row {
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

/// One field of a section.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    /// Keys in the text, dotted.
    pub(crate) path: &'static str,
    /// Key of its text.
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Kept in the text even when it is empty: the package must have it.
    Line,
    /// Absent when it is empty.
    Optional,
    /// Several lines of one text, kept.
    Text,
    /// One entry a line.
    Lines,
    /// A whole number; an empty one is absent.
    Number,
    /// Whole đồng.
    Dong,
    Day,
    Time,
    /// Ticked is `yes`; kept.
    Box,
    /// Ticked is `yes`; absent when it is not.
    Mark,
    /// Ticked when the list holds the word.
    Flag(&'static str),
    /// Value and key of its text; the empty value is absence.
    Pick(&'static [(&'static str, &'static str)]),
    /// The one key of a table like `{ days = 5 }` …
    Unit(&'static [(&'static str, &'static str)]),
    /// … and its number.
    Amount,
    /// What stands on a paper, a line each: `basis: words`, `path`, `path | label`.
    Prints,
    /// Not changed here.
    Shown,
}

pub(crate) const YES: &str = "yes";

impl Column {
    fn keys(&self) -> Vec<&'static str> {
        self.path.split('.').collect()
    }
}

/// The fields of one table.
pub(super) fn read(table: &dyn TableLike, columns: &[Column]) -> Values {
    columns.iter().map(|column| (column.name, one(table, column).unwrap_or_default())).collect()
}

fn one(table: &dyn TableLike, column: &Column) -> Option<String> {
    let keys = column.keys();
    let (last, around) = keys.split_last()?;
    let table = around.iter().try_fold(table, |table, key| table.get(key)?.as_table_like())?;
    let item = table.get(last)?;
    let ticked = |ticked: bool| ticked.then(|| YES.to_owned());
    match column.kind {
        Kind::Line | Kind::Optional | Kind::Text | Kind::Day | Kind::Time | Kind::Pick(_) | Kind::Shown => {
            item.as_str().map(str::to_owned)
        }
        Kind::Number | Kind::Dong => item.as_integer().map(|number| number.to_string()),
        Kind::Box | Kind::Mark => ticked(item.as_bool()?),
        Kind::Lines => Some(words(item).collect::<Vec<_>>().join("\n")),
        Kind::Flag(word) => ticked(words(item).any(|held| held == word)),
        Kind::Unit(_) => Some(item.as_table_like()?.iter().next()?.0.to_owned()),
        Kind::Amount => Some(item.as_table_like()?.iter().next()?.1.as_integer()?.to_string()),
        Kind::Prints => Some(item.as_array()?.iter().filter_map(piece).collect::<Vec<_>>().join("\n")),
    }
}

fn words(item: &Item) -> impl Iterator<Item = &str> {
    item.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn piece(value: &Value) -> Option<String> {
    if let Some(field) = value.as_str() {
        return Some(field.to_owned());
    }
    let table = value.as_inline_table()?;
    let text = |key: &str| table.get(key).and_then(Value::as_str);
    match (text("field"), text("label")) {
        (Some(field), Some(label)) => Some(format!("{field} | {label}")),
        _ => table.iter().next().and_then(|(key, words)| Some(format!("{key}: {}", words.as_str()?))),
    }
}

/// What cannot be written: name of the column, and the key of why.
pub(super) type Wrong = Vec<(&'static str, &'static str)>;

/// Writes the fields into a table; what is wrong is left as it was.
pub(super) fn write(table: &mut dyn TableLike, columns: &[Column], values: &Values) -> Wrong {
    let mut wrong = Wrong::new();
    for column in columns {
        let value = values.get(column.name).map_or("", |value| value.trim());
        let before = one(table, column);
        let is_there = at(table, &column.keys()).is_some();
        let must_be = matches!(column.kind, Kind::Line | Kind::Text | Kind::Box | Kind::Lines | Kind::Flag(_));
        // A table that is not there is not made for nothing: a procedure without a service stays without.
        let stands = column.path.rsplit_once('.').is_none_or(|(around, _)| table.contains_key(around));
        if before.unwrap_or_default() == value && (is_there || !must_be || !stands) {
            continue;
        }
        if let Err(why) = put(table, column, value) {
            wrong.push((column.name, why));
        }
    }
    wrong
}

fn put(table: &mut dyn TableLike, column: &Column, value: &str) -> Result<(), &'static str> {
    let number = |value: &str| value.replace(['.', ' '], "").parse::<i64>().map_err(|_| "procedures-edit-no-number");
    let keys = column.keys();
    let new: Option<Value> = match column.kind {
        Kind::Shown => return Ok(()),
        Kind::Line | Kind::Text => Some(value.into()),
        Kind::Day if !value.is_empty() => {
            base::iso_day(value).ok_or("procedures-edit-no-day")?;
            Some(value.into())
        }
        Kind::Time if !value.is_empty() => {
            NaiveTime::parse_from_str(value, "%H:%M").map_err(|_| "procedures-edit-no-time")?;
            Some(value.into())
        }
        Kind::Number | Kind::Dong if !value.is_empty() => Some(number(value)?.into()),
        Kind::Optional | Kind::Pick(_) | Kind::Day | Kind::Time | Kind::Number | Kind::Dong => {
            (!value.is_empty()).then(|| value.into())
        }
        Kind::Box => Some((value == YES).into()),
        Kind::Mark => (value == YES).then(|| true.into()),
        Kind::Lines => Some(lines(value).collect::<Array>().into()),
        Kind::Prints => {
            let pieces = lines(value).map(printed).collect::<Vec<Value>>();
            (!pieces.is_empty()).then(|| pieces.into_iter().collect::<Array>().into())
        }
        Kind::Flag(word) => {
            let held = at(table, &keys).map(|item| words(item).map(str::to_owned).collect::<Vec<_>>());
            let mut held = held.unwrap_or_default();
            held.retain(|held| held != word);
            held.extend((value == YES).then(|| word.to_owned()));
            Some(held.into_iter().collect::<Array>().into())
        }
        Kind::Unit(_) => {
            let amount = at(table, &keys).and_then(|item| item.as_table_like()?.iter().next()?.1.as_integer());
            let entry = |unit: &str| [(unit, Value::from(amount.unwrap_or_default()))].into_iter().collect();
            (!value.is_empty()).then(|| Value::InlineTable(entry(value)))
        }
        Kind::Amount => {
            let unit = at(table, &keys).and_then(|item| Some(item.as_table_like()?.iter().next()?.0.to_owned()));
            let Some(unit) = unit else {
                return if value.is_empty() { Ok(()) } else { Err("procedures-edit-no-unit") };
            };
            let amount = Value::from(number(value)?);
            Some(Value::InlineTable([(unit, amount)].into_iter().collect()))
        }
    };
    set(table, &keys, new);
    Ok(())
}

fn lines(value: &str) -> impl Iterator<Item = &str> {
    value.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The words a piece may begin with, and then it is words.
const WORDS: [&str; 5] = ["basis", "text", "formula", "article", "point"];

fn printed(line: &str) -> Value {
    let entry = |pairs: Vec<(&str, &str)>| Value::InlineTable(pairs.into_iter().collect::<InlineTable>());
    if let Some((word, said)) = line.split_once(':')
        && WORDS.contains(&word.trim())
    {
        return entry(vec![(word.trim(), said.trim())]);
    }
    match line.split_once('|') {
        Some((field, label)) => entry(vec![("field", field.trim()), ("label", label.trim())]),
        None => line.into(),
    }
}

fn at<'t>(table: &'t dyn TableLike, keys: &[&str]) -> Option<&'t Item> {
    let (last, around) = keys.split_last()?;
    around.iter().try_fold(table, |table, key| table.get(key)?.as_table_like())?.get(last)
}

/// Sets the value at these keys, what stands around it as it is; tables on the way are made where they are missing.
pub(super) fn set(table: &mut dyn TableLike, keys: &[&str], value: Option<Value>) {
    let [key, inner @ ..] = keys else { return };
    if !inner.is_empty() {
        if table.get(key).is_none_or(|item| !item.is_table_like()) {
            if value.is_none() {
                return;
            }
            table.insert(key, Item::Value(Value::InlineTable(InlineTable::new())));
        }
        if let Some(next) = table.get_mut(key).and_then(Item::as_table_like_mut) {
            set(next, inner, value);
        }
        return;
    }
    match (table.get_mut(key), value) {
        (Some(Item::Value(old)), Some(mut new)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (_, Some(new)) => drop(table.insert(key, Item::Value(new))),
        (_, None) => drop(table.remove(key)),
    }
}

/// The tables of an array as rows.
pub(super) fn rows(text: &DocumentMut, key: &str, columns: &[Column]) -> Vec<Row> {
    let tables = text.get(key).and_then(Item::as_array_of_tables);
    let row = |(index, table): (usize, &Table)| Row {
        was: index.to_string(),
        parent: String::new(),
        values: read(table, columns),
    };
    tables.into_iter().flat_map(ArrayOfTables::iter).enumerate().map(row).collect()
}

/// Writes rows as the tables of an array; a row that was there keeps what the columns do not show. Wrong values by row.
pub(super) fn write_rows(text: &mut DocumentMut, key: &str, columns: &[Column], rows: &[Row]) -> Vec<(usize, Wrong)> {
    let before = text.get(key).and_then(Item::as_array_of_tables).cloned().unwrap_or_default();
    // Tables stand in the text by their position: it belongs to the place, not to the row.
    let positions: Vec<usize> = before.iter().filter_map(Table::position).collect();
    let mut wrong = Vec::new();
    let mut after = ArrayOfTables::new();
    for (index, row) in rows.iter().enumerate() {
        let known = row.was.parse().ok().and_then(|was: usize| before.get(was));
        let mut table = known.cloned().unwrap_or_default();
        if let Some(position) = positions.get(index).or(positions.last()) {
            table.set_position(*position);
        }
        let misfits = write(&mut table, columns, &row.values);
        if !misfits.is_empty() {
            wrong.push((index, misfits));
        }
        after.push(table);
    }
    if after.is_empty() {
        text.remove(key);
    } else {
        text.insert(key, Item::ArrayOfTables(after));
    }
    wrong
}
