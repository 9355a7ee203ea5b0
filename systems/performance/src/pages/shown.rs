//! A sheet as a page shows it.

use web::{Lang, Visitor};

use web::sheet::{Cell, Sheet};

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
