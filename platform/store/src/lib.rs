//! The database: connect, read, write, migrate, count without gaps, search.
//!
//! One entity set and one migration set serve SQLite (the embedded default) and PostgreSQL 15 and later.
//! Only this crate and files called `tables`, `queries`, `actions` and `migrations` know the ORM.

extern crate self as store; // so that #[store::test] works in here too

mod conditions;
mod connect;
mod error;
mod insert;
mod marks;
mod migrate;
mod numbers;
mod page;
pub mod portable;
pub mod search;
mod sql;
pub mod testing;
#[cfg(test)]
mod tests;

pub use conditions::Conditions;
pub use connect::{Durability, Kind, Location, Store, Tx};
pub use error::{is_busy, is_duplicate};
pub use insert::insert_many;
pub use marks::{marks, row_marks};
pub use migrate::{Migration, OWN_MIGRATIONS};
pub use numbers::next_number;
pub use page::{Cursor, MomentCursor, Slice};
pub use sea_orm as orm;
pub use sea_orm::ConnectionTrait as Connection;
pub use sql::Row;
pub use sql::Sql;
pub use store_macros::test;
