//! Which tables there are, and of what they are made, as the database itself says.

use std::collections::{BTreeMap, BTreeSet};

use base::{Error, Result};
use sea_orm::ConnectionTrait;

use crate::connect::Kind;
use crate::sql::Sql;

/// The types that migrations use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Uuid,
    Text,
    Integer,
    Boolean,
    Moment,
    Day,
    Bytes,
}

impl Type {
    fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "uuid" => Self::Uuid,
            "text" => Self::Text,
            "bigint" => Self::Integer,
            "boolean" => Self::Boolean,
            "timestamptz" | "timestamp with time zone" => Self::Moment,
            "date" => Self::Day,
            "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub of: Type,
}

/// A table whose rows can be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// Places of the columns by which rows are in order: the primary key, else all.
    pub(super) key: Vec<usize>,
    /// A search index: what moves are ids and the words by which they are found.
    pub(super) is_search: bool,
    parents: BTreeSet<String>,
}

impl Table {
    /// The table that holds the rows in this database.
    pub(super) fn stored(&self, kind: Kind) -> String {
        if self.is_search && kind == Kind::Sqlite { format!("{}_rows", self.name) } else { self.name.clone() }
    }
}

/// Tables whose rows belong to the database itself.
const OWN: [&str; 1] = ["store_migrations"];

/// All tables, those that others point to first.
///
/// # Errors
/// For a column of a type that migrations do not use, and for tables that point at each other in a circle.
pub async fn tables(c: &impl ConnectionTrait) -> Result<Vec<Table>> {
    let described = match Kind::of(c) {
        Kind::Sqlite => of_sqlite(c).await?,
        Kind::Postgres => of_postgres(c).await?,
    };
    let mut tables = Vec::new();
    for (name, described) in described {
        if !OWN.contains(&name.as_str()) {
            tables.push(described.table(name)?);
        }
    }
    parents_first(tables)
}

#[derive(Default)]
struct Described {
    /// Name, type and place in the primary key (from 1; 0 for none), in the order of the table.
    columns: Vec<(String, String, i64)>,
    parents: BTreeSet<String>,
    is_search: bool,
}

impl Described {
    fn table(self, name: String) -> Result<Table> {
        if self.is_search {
            let column = |name: &str, of| Column { name: name.to_owned(), of };
            let columns = vec![column("id", Type::Uuid), column("words", Type::Text)];
            return Ok(Table { name, columns, key: vec![0], is_search: true, parents: BTreeSet::new() });
        }
        let mut keyed: Vec<(i64, usize)> = Vec::new();
        let mut columns = Vec::new();
        for (at, (column, of, key)) in self.columns.into_iter().enumerate() {
            let of = Type::named(&of).ok_or_else(|| Error::inside(format!("{name}.{column} is of the type {of}")))?;
            columns.push(Column { name: column, of });
            if key > 0 {
                keyed.push((key, at));
            }
        }
        keyed.sort_unstable();
        let key =
            if keyed.is_empty() { (0..columns.len()).collect() } else { keyed.into_iter().map(|(_, at)| at).collect() };
        Ok(Table { name, columns, key, is_search: false, parents: self.parents })
    }
}

async fn of_sqlite(c: &impl ConnectionTrait) -> Result<BTreeMap<String, Described>> {
    let named: Vec<(String, bool)> = Sql::new(
        "SELECT name, sql LIKE 'CREATE VIRTUAL TABLE%' FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    )
    .all(c, |row| Ok((row.get(0)?, row.get(1)?)))
    .await?;
    let indexes: Vec<String> = named.iter().filter(|(_, search)| *search).map(|(name, _)| format!("{name}_")).collect();
    let mut described = BTreeMap::new();
    for (name, is_search) in named {
        // An index keeps its own in tables beside it.
        if indexes.iter().any(|index| name.starts_with(index.as_str())) {
            continue;
        }
        let columns = Sql::new("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid")
            .bind(name.as_str())
            .all(c, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .await?;
        let parents: Vec<String> = Sql::new("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)")
            .bind(name.as_str())
            .all(c, |row| row.get(0))
            .await?;
        described.insert(name, Described { columns, parents: parents.into_iter().collect(), is_search });
    }
    Ok(described)
}

async fn of_postgres(c: &impl ConnectionTrait) -> Result<BTreeMap<String, Described>> {
    let mut described: BTreeMap<String, Described> = BTreeMap::new();
    let columns: Vec<(String, (String, String, i64))> = Sql::new(
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text, \
         COALESCE(array_position(i.indkey::smallint[], a.attnum) + 1, 0)::bigint \
         FROM information_schema.columns c \
         JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
         JOIN pg_class r ON r.relname = c.table_name AND r.relnamespace = current_schema()::regnamespace \
         JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = c.column_name \
         LEFT JOIN pg_index i ON i.indrelid = r.oid AND i.indisprimary \
         WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
         ORDER BY c.table_name, c.ordinal_position",
    )
    .all(c, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))
    .await?;
    for (table, column) in columns {
        let table = described.entry(table).or_default();
        table.is_search |= column.1 == "tsvector";
        table.columns.push(column);
    }
    let parents: Vec<(String, String)> = Sql::new(
        "SELECT r.relname::text, p.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid \
         JOIN pg_class p ON p.oid = k.confrelid \
         WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace",
    )
    .all(c, |row| Ok((row.get(0)?, row.get(1)?)))
    .await?;
    for (table, parent) in parents {
        if let Some(described) = described.get_mut(&table) {
            described.parents.insert(parent);
        }
    }
    Ok(described)
}

fn parents_first(mut waiting: Vec<Table>) -> Result<Vec<Table>> {
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let known: BTreeSet<&str> = ordered.iter().map(|table| table.name.as_str()).collect();
        let is_ready =
            |table: &Table| table.parents.iter().all(|parent| *parent == table.name || known.contains(parent.as_str()));
        let (ready, rest): (Vec<Table>, Vec<Table>) = waiting.into_iter().partition(is_ready);
        if ready.is_empty() {
            let names: Vec<&str> = rest.iter().map(|table| table.name.as_str()).collect();
            return Err(Error::inside(format!("tables point at each other: {names:?}")));
        }
        ordered.extend(ready);
        waiting = rest;
    }
    Ok(ordered)
}
