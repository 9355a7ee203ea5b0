//! Rows of any table in a form that both databases and a file understand: for moving a province and keeping copies of it.
//!
//! A row is a list of JSON values: numbers, truths and texts as they are; ids, days and moments (RFC 3339, microseconds, UTC)
//! as text; bytes in hex. The same rows give the same text on both databases, in the same order: that of the primary key,
//! texts by their bytes. So two databases hold the same when their digests are the same.

mod shape;

use base::{Error, Result};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::{QueryResult, StreamTrait, Value as Bound};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::connect::{Kind, Tx};
use crate::marks::row_marks;
use crate::search;
use crate::sql::Sql;

pub use shape::{Column, Table, Type, tables};

/// Parameters of one statement; both databases take more.
const PARAMETERS: usize = 8_000;

/// What a table holds, in one word: two tables of the same digest hold the same rows.
#[derive(Clone, Default)]
pub struct Digest {
    rows: u64,
    sum: Sha256,
}

impl Digest {
    /// Takes in the next row, as its line of text.
    pub fn take(&mut self, line: &str) {
        self.rows += 1;
        self.sum.update(line);
        self.sum.update("\n");
    }

    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// SHA-256 over all lines, in hex.
    pub fn finish(self) -> String {
        hex::encode(self.sum.finalize())
    }
}

impl Table {
    /// Gives every row to `take`, as one line of JSON, in the order of the primary key; never more than one in memory.
    pub async fn read(&self, tx: &Tx, mut take: impl AsyncFnMut(&str) -> Result<()>) -> Result<Digest> {
        use futures_util::TryStreamExt as _;
        let select = Sql::composed(self.select(Kind::of(tx)));
        let mut rows = tx.stream_raw(select.statement(tx)).await?;
        let mut digest = Digest::default();
        while let Some(row) = rows.try_next().await? {
            let cells: Vec<Value> =
                self.columns.iter().enumerate().map(|(at, column)| cell(&row, at, column.of)).collect::<Result<_>>()?;
            let line = serde_json::to_string(&cells)?;
            take(&line).await?;
            digest.take(&line);
        }
        Ok(digest)
    }

    pub async fn is_empty(&self, tx: &Tx) -> Result<bool> {
        let table = self.stored(Kind::of(tx));
        let found = Sql::composed(format!("SELECT 1 FROM {table} LIMIT 1")).one(tx, |_| Ok(())).await?;
        Ok(found.is_none())
    }

    /// Puts rows in, each a line as [`Table::read`] gives it.
    ///
    /// # Errors
    /// For a line that is no row of this table.
    pub async fn insert(&self, tx: &Tx, lines: &[String]) -> Result<()> {
        let rows: Vec<Vec<Value>> = lines.iter().map(|line| self.row(line)).collect::<Result<_>>()?;
        if self.is_search {
            return self.insert_words(tx, &rows).await;
        }
        for chunk in rows.chunks((PARAMETERS / self.columns.len().max(1)).max(1)) {
            let mut values = Vec::with_capacity(chunk.len() * self.columns.len());
            for (value, column) in chunk.iter().flat_map(|row| row.iter().zip(&self.columns)) {
                values.push(bound(value, column.of)?);
            }
            let rows = row_marks(Kind::of(tx), chunk.len(), self.columns.len());
            let sql = format!("INSERT INTO {} ({}) VALUES {rows}", self.name, self.names());
            values.into_iter().fold(Sql::composed(sql), Sql::bind).run(tx).await?;
        }
        Ok(())
    }

    /// What is found by words is written by the index itself, which both databases keep in a way of their own.
    async fn insert_words(&self, tx: &Tx, rows: &[Vec<Value>]) -> Result<()> {
        let kind = Kind::of(tx);
        for row in rows {
            let [Value::String(id), Value::String(words)] = row.as_slice() else { return Err(self.misshapen()) };
            search::put(&self.name, tx, kind, id.parse::<Uuid>().map_err(Error::inside)?, words).await?;
        }
        Ok(())
    }

    fn row(&self, line: &str) -> Result<Vec<Value>> {
        let cells: Vec<Value> = serde_json::from_str(line)?;
        if cells.len() == self.columns.len() { Ok(cells) } else { Err(self.misshapen()) }
    }

    fn misshapen(&self) -> Error {
        Error::inside(format!("a line is no row of {}", self.name))
    }

    fn names(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn select(&self, kind: Kind) -> String {
        let order: Vec<String> = self
            .key
            .iter()
            .map(|at| match (&self.columns[*at], kind) {
                (Column { name, of: Type::Text }, Kind::Postgres) => format!("{name} COLLATE \"C\""),
                (Column { name, .. }, _) => name.clone(),
            })
            .collect();
        let table = self.stored(kind);
        format!("SELECT {} FROM {table} ORDER BY {}", self.names(), order.join(", "))
    }
}

fn cell(row: &QueryResult, at: usize, of: Type) -> Result<Value> {
    let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
    Ok(match of {
        Type::Uuid => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
        Type::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
        Type::Integer => row.try_get_by_index::<Option<i64>>(at)?.into(),
        Type::Boolean => row.try_get_by_index::<Option<bool>>(at)?.into(),
        Type::Moment => row.try_get_by_index::<Option<DateTime<Utc>>>(at)?.map(moment).into(),
        Type::Day => row.try_get_by_index::<Option<NaiveDate>>(at)?.map(|day| day.to_string()).into(),
        Type::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(at)?.map(hex::encode).into(),
    })
}

fn bound(value: &Value, of: Type) -> Result<Bound> {
    fn read<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(text: &str) -> Result<T> {
        text.parse().map_err(Error::inside)
    }
    let wrong = || Error::inside(format!("{value} is no {of:?}"));
    Ok(match (of, value) {
        (Type::Uuid, Value::Null) => None::<Uuid>.into(),
        (Type::Text, Value::Null) => None::<String>.into(),
        (Type::Integer, Value::Null) => None::<i64>.into(),
        (Type::Boolean, Value::Null) => None::<bool>.into(),
        (Type::Moment, Value::Null) => None::<DateTime<Utc>>.into(),
        (Type::Day, Value::Null) => None::<NaiveDate>.into(),
        (Type::Bytes, Value::Null) => None::<Vec<u8>>.into(),
        (Type::Uuid, Value::String(text)) => read::<Uuid>(text)?.into(),
        (Type::Text, Value::String(text)) => text.as_str().into(),
        (Type::Integer, Value::Number(number)) => number.as_i64().ok_or_else(wrong)?.into(),
        (Type::Boolean, Value::Bool(truth)) => (*truth).into(),
        (Type::Moment, Value::String(text)) => read::<DateTime<Utc>>(text)?.into(),
        (Type::Day, Value::String(text)) => read::<NaiveDate>(text)?.into(),
        (Type::Bytes, Value::String(text)) => hex::decode(text).map_err(Error::inside)?.into(),
        _ => return Err(wrong()),
    })
}
