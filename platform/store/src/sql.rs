use base::Result;
use sea_orm::{ConnectionTrait, QueryResult, Statement, TryGetable, Value};

/// A statement written by hand, for what the ORM says badly: reports, counters, upserts, keyset lists.
///
/// Placeholders are `$1`, `$2`, … on both databases. Text is a literal: values are bound, never pasted.
pub struct Sql {
    text: std::borrow::Cow<'static, str>,
    values: Vec<Value>,
}

/// One row of an answer, read by position.
pub struct Row<'a>(&'a QueryResult);

impl Row<'_> {
    pub fn get<T: TryGetable>(&self, position: usize) -> Result<T> {
        Ok(self.0.try_get_by_index(position)?)
    }
}

impl Sql {
    pub const fn new(text: &'static str) -> Self {
        Self { text: std::borrow::Cow::Borrowed(text), values: Vec::new() }
    }

    /// For statements put together from literals of this program (table names, optional conditions).
    pub const fn composed(text: String) -> Self {
        Self { text: std::borrow::Cow::Owned(text), values: Vec::new() }
    }

    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(crate) fn statement(self, connection: &impl ConnectionTrait) -> Statement {
        Statement::from_sql_and_values(connection.get_database_backend(), self.text, self.values)
    }

    /// Runs it; gives the number of rows touched.
    pub async fn run(self, connection: &impl ConnectionTrait) -> Result<u64> {
        let statement = self.statement(connection);
        Ok(connection.execute_raw(statement).await?.rows_affected())
    }

    pub async fn one<T>(self, connection: &impl ConnectionTrait, read: impl Fn(Row) -> Result<T>) -> Result<Option<T>> {
        let statement = self.statement(connection);
        connection.query_one_raw(statement).await?.map(|row| read(Row(&row))).transpose()
    }

    pub async fn all<T>(self, connection: &impl ConnectionTrait, read: impl Fn(Row) -> Result<T>) -> Result<Vec<T>> {
        let statement = self.statement(connection);
        connection.query_all_raw(statement).await?.iter().map(|row| read(Row(row))).collect()
    }
}
