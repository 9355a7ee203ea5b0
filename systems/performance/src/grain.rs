//! How finely sums are kept: a page reads the coarsest that answers it.

use base::{Id, Result};
use chrono::NaiveDate;
use store::{Row, Sql};

use crate::measure::{Cell, Sums};

/// By what a sum is told apart from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Month,
    Agency,
    Procedure,
    Channel,
    Field,
}

impl Key {
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Agency => "agency_id",
            Self::Procedure => "procedure_code",
            Self::Channel => "channel",
            Self::Field => "field",
        }
    }

    fn bind(self, sql: Sql, cell: &Cell) -> Sql {
        match self {
            Self::Month => sql.bind(cell.month),
            Self::Agency => sql.bind(cell.agency.uuid()),
            Self::Procedure => sql.bind(cell.procedure.as_str()),
            Self::Channel => sql.bind(cell.channel.as_str()),
            Self::Field => sql.bind(cell.field.as_str()),
        }
    }
}

/// One of the tables of sums. They are written in one transaction, so that each is the sums of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Everything told apart.
    Cells,
    /// An agency's month.
    Agencies,
    /// A procedure's month in the whole province, in each field that it was in.
    Procedures,
}

impl Grain {
    pub const ALL: [Self; 3] = [Self::Cells, Self::Agencies, Self::Procedures];

    pub const fn table(self) -> &'static str {
        match self {
            Self::Cells => "performance_cells",
            Self::Agencies => "performance_agency_months",
            Self::Procedures => "performance_procedure_months",
        }
    }

    const fn keys(self) -> &'static [Key] {
        match self {
            Self::Cells => &[Key::Month, Key::Agency, Key::Procedure, Key::Channel, Key::Field],
            Self::Agencies => &[Key::Month, Key::Agency],
            Self::Procedures => &[Key::Month, Key::Procedure, Key::Field],
        }
    }

    /// The columns of its primary key, in their order.
    pub fn columns(self) -> Vec<&'static str> {
        self.keys().iter().map(|key| key.column()).collect()
    }

    /// Whether its sums are told apart by all of these.
    pub(crate) fn tells_apart(self, keys: &[Key]) -> bool {
        keys.iter().all(|key| self.keys().contains(key))
    }

    /// Binds what [`Self::columns`] name.
    pub(crate) fn bind(self, sql: Sql, cell: &Cell) -> Sql {
        self.keys().iter().fold(sql, |sql, key| key.bind(sql, cell))
    }

    /// The cell in the first columns of a row; what this does not tell apart is empty.
    pub(crate) fn cell(self, row: &Row) -> Result<Cell> {
        let mut cell = Cell::of_month(NaiveDate::default());
        for (place, key) in self.keys().iter().enumerate() {
            match key {
                Key::Month => cell.month = row.get(place)?,
                Key::Agency => cell.agency = Id::from_uuid(row.get(place)?),
                Key::Procedure => cell.procedure = row.get(place)?,
                Key::Channel => cell.channel = row.get(place)?,
                Key::Field => cell.field = row.get(place)?,
            }
        }
        Ok(cell)
    }

    /// Where a cell's counts go; what this does not tell apart is empty.
    fn of(self, fine: &Cell) -> Cell {
        let mut cell = Cell::of_month(fine.month);
        for key in self.keys() {
            match key {
                Key::Month => {}
                Key::Agency => cell.agency = fine.agency,
                Key::Procedure => cell.procedure.clone_from(&fine.procedure),
                Key::Channel => cell.channel.clone_from(&fine.channel),
                Key::Field => cell.field.clone_from(&fine.field),
            }
        }
        cell
    }

    /// The same sums as this keeps them.
    pub fn sums(self, cells: &Sums) -> Sums {
        let mut sums = Sums::new();
        for (cell, counts) in cells {
            sums.entry(self.of(cell)).or_default().add(counts, 1);
        }
        sums
    }
}
