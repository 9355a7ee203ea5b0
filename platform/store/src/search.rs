//! Finding by words: the one place where the two databases differ.
//!
//! Both are fed with text folded in Rust (see [`base::fold`]), so the same words find the same rows. A query
//! means: every word, and the last one may still be unfinished.

use base::{Id, Result, fold};
use uuid::Uuid;

use crate::conditions::Conditions;
use crate::connect::{Kind, Tx};
use crate::sql::Sql;

/// A search index over the rows of one table, by id.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// The index's own table: `procedures_search`.
    pub table: &'static str,
}

/// Makes the migration of an index; the name must be a literal, as its table's is.
#[macro_export]
macro_rules! search_migration {
    ($migration:literal, $table:literal) => {
        $crate::Migration::each(
            $migration,
            concat!(
                "CREATE TABLE ",
                $table,
                "_rows (doc integer PRIMARY KEY, id uuid NOT NULL UNIQUE);",
                "CREATE VIRTUAL TABLE ",
                $table,
                " USING fts5(body, content='', contentless_delete=1, tokenize='unicode61');"
            ),
            concat!(
                "CREATE TABLE ",
                $table,
                " (id uuid PRIMARY KEY, body tsvector NOT NULL);",
                "CREATE INDEX ",
                $table,
                "_body ON ",
                $table,
                " USING gin (body);"
            ),
        )
    };
}

/// Makes the migration that keeps, beside an index, the words by which a row is found: an index alone does not give them back,
/// and it could not be made anew in another database.
#[macro_export]
macro_rules! search_words_migration {
    ($migration:literal, $table:literal) => {
        $crate::Migration::each(
            $migration,
            concat!("ALTER TABLE ", $table, "_rows ADD COLUMN words text NOT NULL DEFAULT '';"),
            concat!("ALTER TABLE ", $table, " ADD COLUMN words text NOT NULL DEFAULT '';"),
        )
    };
}

/// Sets what the row of an index is found by, in words folded already.
pub(crate) async fn put(table: &str, tx: &Tx, kind: Kind, id: Uuid, words: &str) -> Result<()> {
    match kind {
        Kind::Postgres => {
            Sql::composed(format!(
                "INSERT INTO {table} (id, words, body) VALUES ($1, $2, to_tsvector('simple', $2)) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words, body = excluded.body"
            ))
            .bind(id)
            .bind(words)
            .run(tx)
            .await?;
        }
        Kind::Sqlite => {
            let doc: Option<i64> = Sql::composed(format!(
                "INSERT INTO {table}_rows (id, words) VALUES ($1, $2) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words RETURNING doc"
            ))
            .bind(id)
            .bind(words)
            .one(tx, |row| row.get(0))
            .await?;
            Sql::composed(format!("INSERT OR REPLACE INTO {table} (rowid, body) VALUES ($1, $2)"))
                .bind(doc)
                .bind(words)
                .run(tx)
                .await?;
        }
    }
    Ok(())
}

impl Index {
    /// Sets what a row is found by.
    pub async fn put(&self, tx: &Tx, kind: Kind, id: Id, text: &str) -> Result<()> {
        put(self.table, tx, kind, id.uuid(), &fold(text)).await
    }

    /// A condition for `WHERE`, with `$n` for the query made by [`query`]: `column IN (…)`.
    pub fn condition(&self, kind: Kind, column: &str, parameter: usize) -> String {
        let table = self.table;
        match kind {
            Kind::Postgres => {
                format!("{column} IN (SELECT id FROM {table} WHERE body @@ to_tsquery('simple', ${parameter}))")
            }
            Kind::Sqlite => format!(
                "{column} IN (SELECT r.id FROM {table} f JOIN {table}_rows r ON r.doc = f.rowid WHERE {table} MATCH ${parameter})"
            ),
        }
    }

    /// Narrows to rows among whose words the typed ones are, as [`Self::condition`] does with [`query`], but row by row: for a
    /// few rows it is quicker, however many others have the words.
    pub fn narrow(&self, kind: Kind, column: &str, typed: &str, conditions: &mut Conditions) {
        let rows = match kind {
            Kind::Postgres => self.table.to_owned(),
            Kind::Sqlite => format!("{}_rows", self.table),
        };
        let folded = fold(typed);
        let mut words: Vec<String> = folded.split(' ').map(|word| format!("% {word} %")).collect();
        if let Some(last) = words.last_mut() {
            *last = format!("{}%", last.trim_end_matches(" %"));
        }
        let has = |word: String| format!("' ' || k.words || ' ' LIKE ${}", conditions.bind(word));
        let all: Vec<String> = words.into_iter().map(has).collect();
        conditions.and_known(&format!("(SELECT {} FROM {rows} k WHERE k.id = {column})", all.join(" AND ")));
    }
}

/// As [`query`], of rows that have one mark of each group as well. Marks are words that nobody types, by which an index is
/// narrowed to what somebody may see or asked for before it gathers rows; they are put in with the other words.
pub fn query_among(kind: Kind, typed: &str, groups: &[Vec<String>]) -> Option<String> {
    let (all, any) = match kind {
        Kind::Postgres => (" & ", " | "),
        Kind::Sqlite => (" AND ", " OR "),
    };
    let mut query = query(kind, typed)?;
    for marks in groups {
        query.extend([all, "(", &marks.join(any), ")"]);
    }
    Some(query)
}

/// The query in the database's own words; `None` when nothing searchable was typed.
pub fn query(kind: Kind, typed: &str) -> Option<String> {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let (last, first) = words.split_last()?;
    let (mark, between) = match kind {
        Kind::Postgres => ("", " & "),
        Kind::Sqlite => ("\"", " "),
    };
    let mut query = String::new();
    for word in first {
        query.extend([mark, word, mark, between]);
    }
    query.extend([mark, last, mark, if kind == Kind::Postgres { ":*" } else { "*" }]);
    Some(query)
}
