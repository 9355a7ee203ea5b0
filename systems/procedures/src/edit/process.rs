//! The steps of a process: how long each may take and who takes it. The order of steps belongs to the process.
//!
//! A package that uses a shared process says only what differs; who takes a step is said there by unit alone, so another
//! position or place makes the process the package's own.

use base::Result;
use province::Tree;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::binding::{Column, Kind, Row, Sheet, Values, set};
use super::document;
use super::section::Misfit;
use crate::package::{PROCESS, shared_process};

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "title", path: "title", label: "procedures-process-step", kind: Kind::Shown },
    Column { name: "role", path: "who.role", label: "procedures-process-role", kind: Kind::Pick(ROLES) },
    Column { name: "unit", path: "who.unit", label: "procedures-process-unit", kind: Kind::Optional },
    Column { name: "at", path: "who.at", label: "procedures-process-at", kind: Kind::Pick(PLACES) },
    Column { name: "amount", path: "budget", label: "procedures-process-budget", kind: Kind::Number },
    Column { name: "measure", path: "budget", label: "procedures-edit-unit", kind: Kind::Pick(UNITS) },
];

const ROLES: &[(&str, &str)] = &[
    ("", "procedures-role-none"),
    ("reception", "procedures-role-reception"),
    ("specialist", "procedures-role-specialist"),
    ("head", "procedures-role-head"),
    ("leader", "procedures-role-leader"),
    ("clerk", "procedures-role-clerk"),
];

const PLACES: &[(&str, &str)] = &[
    ("", "procedures-at-deciding"),
    ("receiving", "procedures-at-receiving"),
    ("parent", "procedures-at-parent"),
    ("subcase", "procedures-at-subcase"),
];

const UNITS: &[(&str, &str)] = &[("hours", "procedures-unit-hours"), ("days", "procedures-unit-days")];

/// The text of the whole process, and whether it is shared.
fn whole(files: &Tree) -> Result<(DocumentMut, bool)> {
    let own = document(files, PROCESS)?;
    let shared = own.get("use").and_then(Item::as_str).and_then(shared_process);
    Ok(match shared {
        Some(text) => (text.parse()?, true),
        None => (own, false),
    })
}

fn steps(text: &DocumentMut) -> impl Iterator<Item = &Table> {
    text.get("step").and_then(Item::as_array_of_tables).into_iter().flat_map(ArrayOfTables::iter)
}

fn budget(item: Option<&Item>) -> Option<(String, String)> {
    let (unit, amount) = item?.as_table_like()?.iter().next()?;
    Some((amount.as_integer()?.to_string(), unit.to_owned()))
}

fn word<'t>(table: Option<&'t dyn TableLike>, key: &str) -> &'t str {
    table.and_then(|table| table.get(key)?.as_str()).unwrap_or_default()
}

pub(super) fn read(files: &Tree) -> Result<Sheet> {
    let own = document(files, PROCESS)?;
    let (text, _) = whole(files)?;
    let changed =
        |table: &str, step: &str| own.get(table).and_then(|changes| changes.as_table_like()?.get(step)).cloned();
    let row = |step: &Table| {
        let name = step.get("name").and_then(Item::as_str).unwrap_or_default();
        let who = step.get("who").and_then(Item::as_table_like);
        let unit = changed("units", name).and_then(|unit| Some(unit.as_str()?.to_owned()));
        let budget = budget(changed("budgets", name).as_ref()).or_else(|| budget(step.get("budget")));
        let (amount, measure) = budget.unwrap_or_else(|| (String::new(), "hours".to_owned()));
        let at = word(who, "at");
        let values: Values = [
            ("title", step.get("title").and_then(Item::as_str).unwrap_or_default().to_owned()),
            ("role", word(who, "role").to_owned()),
            ("unit", unit.unwrap_or_else(|| word(who, "unit").to_owned())),
            ("at", if at == "deciding" { String::new() } else { at.to_owned() }),
            ("amount", amount),
            ("measure", measure),
        ]
        .into();
        Row { was: name.to_owned(), parent: String::new(), values }
    };
    Ok(Sheet { fixed: Values::new(), rows: steps(&text).map(row).collect() })
}

pub(super) fn write(sheet: &Sheet, files: &Tree) -> Result<std::result::Result<Tree, Vec<Misfit>>> {
    let before = read(files)?;
    let changes: Vec<(usize, &Row, &Row)> = (sheet.rows.iter().enumerate())
        .filter_map(|(index, row)| Some((index, row, before.rows.iter().find(|old| old.was == row.was)?)))
        .filter(|(_, row, old)| row.values != old.values)
        .collect();
    let misfit = |(index, row, _): &(usize, &Row, &Row)| {
        let amount = row.value("amount");
        (!amount.is_empty() && amount.parse::<u32>().is_err()).then_some((
            Some(*index),
            "amount",
            "procedures-edit-no-number",
        ))
    };
    let misfits: Vec<Misfit> = changes.iter().filter_map(misfit).collect();
    if !misfits.is_empty() {
        return Ok(Err(misfits));
    }
    let (mut text, shared) = whole(files)?;
    let is_other = |row: &Row, old: &Row, name: &str| row.value(name) != old.value(name);
    // A shared process says who by unit alone, and its own budgets and units cannot be taken away.
    let own = !shared
        || changes.iter().any(|(_, row, old)| {
            ["role", "at"].iter().any(|name| is_other(row, old, name))
                || ["unit", "amount"].iter().any(|name| is_other(row, old, name) && row.value(name).is_empty())
        });
    if own {
        let rows = if shared {
            sheet.rows.iter().collect()
        } else {
            changes.iter().map(|(_, row, _)| *row).collect::<Vec<_>>()
        };
        for row in rows {
            step(&mut text, row);
        }
    } else {
        text = document(files, PROCESS)?;
        for (_, row, old) in &changes {
            if is_other(row, old, "unit") {
                change(&mut text, "units", &row.was, row.value("unit").into());
            }
            let is_longer_or_shorter = is_other(row, old, "amount") || is_other(row, old, "measure");
            if let Some(budget) = told(row).filter(|_| is_longer_or_shorter) {
                change(&mut text, "budgets", &row.was, budget);
            }
        }
    }
    Ok(Ok(files.clone().with(PROCESS, text.to_string())))
}

fn told(row: &Row) -> Option<Value> {
    let amount: i64 = row.value("amount").parse().ok()?;
    let unit = if row.value("measure").is_empty() { "hours" } else { row.value("measure") };
    Some(Value::InlineTable([(unit, Value::from(amount))].into_iter().collect::<InlineTable>()))
}

fn change(text: &mut DocumentMut, table: &str, step: &str, value: Value) {
    if text.get(table).is_none() {
        text.insert(table, Item::Table(Table::new()));
    }
    set(text.as_table_mut(), &[table, step], Some(value));
}

fn step(text: &mut DocumentMut, row: &Row) {
    let steps =
        text.get_mut("step").and_then(Item::as_array_of_tables_mut).into_iter().flat_map(ArrayOfTables::iter_mut);
    for step in steps.filter(|step| step.get("name").and_then(Item::as_str) == Some(row.was.as_str())) {
        let optional = |value: &str| (!value.is_empty()).then(|| Value::from(value));
        set(step, &["budget"], told(row));
        if !row.value("role").is_empty() {
            for key in ["role", "unit", "at"] {
                set(step, &["who", key], optional(row.value(key)));
            }
        }
    }
}

/// The row of a step by its name.
pub(super) fn row_of(step: &str, files: &Tree) -> Option<usize> {
    read(files).ok()?.rows.iter().position(|row| row.was == step)
}
