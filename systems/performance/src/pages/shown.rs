//! A sheet as a page shows it.

use web::{Lang, Visitor};

use web::sheet::{Cell, Sheet, Value};

pub(super) struct Shown {
    pub(super) title: String,
    pub(super) head: Vec<Head>,
    pub(super) rows: Vec<Vec<ShownCell>>,
}

pub(super) struct Head {
    pub(super) text: String,
    /// Numbers stand to the right.
    pub(super) right: bool,
}

pub(super) struct ShownCell {
    pub(super) text: String,
    /// Empty where it leads nowhere.
    pub(super) href: String,
}

/// The indicators as a page shows them: units beside their numbers, points beside the most there are. Files have them apart.
pub(super) fn brief(visitor: &Visitor, mut sheet: Sheet) -> Sheet {
    let point = point(visitor);
    let beside = |one: Cell, mark: &str, other: &Cell| {
        let text = format!("{}{mark}{}", one.value.shown(point), other.value.shown(point));
        if one.value.is_number() { Value::Text(text).into() } else { one }
    };
    sheet.columns.retain(|column| !["unit", "points", "group"].contains(&column.key));
    let rows = sheet.rows.into_iter().filter_map(|row| <[Cell; 8]>::try_from(row).ok());
    let short = |[name, value, unit, numerator, denominator, score, points, _]: [Cell; 8]| {
        vec![name, beside(value, " ", &unit), numerator, denominator, beside(score, "/", &points)]
    };
    sheet.rows = rows.map(short).collect();
    sheet
}

/// The first columns of a sheet alone.
pub(super) fn first(columns: usize, sheet: &Sheet) -> Sheet {
    Sheet {
        title: sheet.title.clone(),
        columns: sheet.columns.iter().take(columns).cloned().collect(),
        rows: sheet.rows.iter().map(|row| row.iter().take(columns).cloned().collect()).collect(),
    }
}

/// What stands between whole and part of a number.
pub(super) const fn point(visitor: &Visitor) -> char {
    match visitor.lang {
        Lang::Vi => ',',
        Lang::En => '.',
    }
}

impl Shown {
    pub(super) fn of(visitor: &Visitor, sheet: Sheet) -> Self {
        let right = |place: usize| sheet.rows.iter().any(|row| row[place].value.is_number());
        let rights: Vec<bool> = (0..sheet.columns.len()).map(right).collect();
        let point = point(visitor);
        let cell = |cell: Cell| ShownCell { text: cell.value.shown(point), href: cell.href.unwrap_or_default() };
        let heads = sheet.columns.into_iter().zip(rights);
        Self {
            title: sheet.title,
            head: heads.map(|(column, right)| Head { text: column.text, right }).collect(),
            rows: sheet.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        }
    }
}
