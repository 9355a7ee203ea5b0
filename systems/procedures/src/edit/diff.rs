//! What differs between two states of a package, section by section, in what people know a row by.

use base::Result;
use province::Tree;

use super::binding::{Column, Kind, Row, Sheet};
use super::section::Section;

/// One field that differs, or one row that came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) section: Section,
    /// What the row is called; nothing for the fields above the rows.
    pub(crate) row: Option<String>,
    pub(crate) side: Side,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Added,
    Removed,
    /// The same rows in another order.
    Moved,
    /// The column, what it was and what it is.
    Changed(Column, String, String),
    /// Something that no page shows.
    Else(String),
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.path == other.path
    }
}

impl Eq for Column {}

/// Everything that differs, in the order of the sections.
///
/// # Errors
/// When a file is not even TOML or JSON.
pub(crate) fn differences(before: &Tree, after: &Tree) -> Result<Vec<Difference>> {
    let mut found = Vec::new();
    for section in Section::ALL {
        sheets(section, &section.read(before)?, &section.read(after)?, &mut found);
    }
    let seen = |file: &str| found.iter().any(|difference| difference.section.is_in(file));
    let mut files: Vec<&str> = before.files().chain(after.files()).filter_map(|(path, _)| path.to_str()).collect();
    files.sort_unstable();
    files.dedup();
    let hidden: Vec<String> = files
        .into_iter()
        .filter(|file| !is_same(before.text(file), after.text(file)) && !seen(file))
        .map(str::to_owned)
        .collect();
    found.extend(hidden.into_iter().map(|file| Difference {
        section: Section::General,
        row: None,
        side: Side::Else(file),
    }));
    Ok(found)
}

/// Whether two texts say the same, JSON with other spaces among them.
fn is_same(before: Option<&str>, after: Option<&str>) -> bool {
    let json = |text: Option<&str>| serde_json::from_str::<serde_json::Value>(text?).ok();
    before == after || json(before).is_some_and(|before| Some(before) == json(after))
}

/// What tells one row from another in both states.
fn identity(section: Section, row: &Row) -> String {
    match section {
        Section::Form | Section::Process => row.was.clone(),
        Section::Fees | Section::Papers | Section::Results => row.value("code").to_owned(),
        Section::Agencies => format!("{} {} {}", row.value("kind"), row.value("notation"), row.value("tier")),
        _ => row.value(section.naming()).to_owned(),
    }
}

fn sheets(section: Section, before: &Sheet, after: &Sheet, found: &mut Vec<Difference>) {
    let mut add = |row: Option<&Row>, side: Side| {
        let row = row.map(|row| row.value(section.naming()).to_owned());
        found.push(Difference { section, row, side });
    };
    for column in section.fixed() {
        let value = |sheet: &Sheet| sheet.fixed.get(column.name).cloned().unwrap_or_default();
        let (was, is) = (value(before), value(after));
        if was != is {
            add(None, Side::Changed(*column, was, is));
        }
    }
    let known =
        |rows: &[Row], row: &Row| rows.iter().position(|other| identity(section, other) == identity(section, row));
    for row in before.rows.iter().filter(|row| known(&after.rows, row).is_none()) {
        add(Some(row), Side::Removed);
    }
    let mut order = Vec::new();
    for row in &after.rows {
        let Some(index) = known(&before.rows, row) else {
            add(Some(row), Side::Added);
            continue;
        };
        order.push(index);
        let old = &before.rows[index];
        for column in section.columns().iter().filter(|column| column.kind != Kind::Shown) {
            let (was, is) = (old.value(column.name), row.value(column.name));
            if was != is {
                add(Some(row), Side::Changed(*column, was.to_owned(), is.to_owned()));
            }
        }
    }
    if !order.is_sorted() {
        add(None, Side::Moved);
    }
}
