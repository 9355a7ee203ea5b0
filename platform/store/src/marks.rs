//! Places for any number of values.

use crate::connect::Kind;

/// So many places from a number on, for `IN (…)`: `$3, $4, $5`.
pub fn marks(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|number| format!("${number}")).collect();
    marks.join(", ")
}

/// The places of whole rows, for `VALUES`: `($1, $2), ($3, $4)`. The values are bound row by row.
pub fn row_marks(kind: Kind, rows: usize, columns: usize) -> String {
    let row = |number: usize| match kind {
        // A name for each of many thousand values takes SQLite minutes.
        Kind::Sqlite => format!("({})", vec!["?"; columns].join(", ")),
        Kind::Postgres => format!("({})", marks(number * columns + 1, columns)),
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_on_where_others_ended() {
        assert_eq!(marks(3, 3), "$3, $4, $5");
        assert_eq!(marks(1, 0), "");
        assert_eq!(row_marks(Kind::Postgres, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(row_marks(Kind::Sqlite, 2, 2), "(?, ?), (?, ?)");
    }
}
