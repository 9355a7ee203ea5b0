use base::{Error, Result};

use crate::connect::Tx;
use crate::sql::Sql;

/// The next number of a register in a period, from 1, without gap or double.
///
/// The counter's row stays locked until the transaction that uses the number ends, so a number is either
/// used or was never given. `register` names what is counted (`dossier:H32.15`), `period` when (`2026`, `261120`).
pub async fn next_number(tx: &Tx, register: &str, period: &str) -> Result<i64> {
    Sql::new(
        "INSERT INTO store_numbers (register, period, value) VALUES ($1, $2, 1) \
         ON CONFLICT (register, period) DO UPDATE SET value = store_numbers.value + 1 RETURNING value",
    )
    .bind(register)
    .bind(period)
    .one(tx, |row| row.get(0))
    .await?
    .ok_or_else(|| Error::inside("the counter gave no number"))
}
