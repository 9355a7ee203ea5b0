use base::{Id, Result};
use store::{Connection, Sql};

/// A condition for `WHERE`: the agency in `column` belongs to the scope of the agency bound as `$parameter`.
///
/// The scope of an agency is itself, what stands under it, and what it took over from predecessors: rows of an
/// agency that has ended keep its id and are found by whoever answers for them now. Name the column with its table.
pub fn within_sql(column: &str, parameter: usize) -> String {
    format!(
        "EXISTS (SELECT 1 FROM directory_scopes WHERE directory_scopes.ancestor = ${parameter} \
         AND directory_scopes.descendant = {column})"
    )
}

/// Whether `agency` belongs to the scope of `of`.
pub async fn within(connection: &impl Connection, agency: Id, of: Id) -> Result<bool> {
    let found = Sql::new("SELECT 1 FROM directory_scopes WHERE ancestor = $1 AND descendant = $2")
        .bind(of.uuid())
        .bind(agency.uuid())
        .one(connection, |_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// The agencies whose things one of them sees: itself and all below it.
pub async fn scope(connection: &impl Connection, of: Id) -> Result<Vec<Id>> {
    Sql::new("SELECT descendant FROM directory_scopes WHERE ancestor = $1")
        .bind(of.uuid())
        .all(connection, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}

/// How many agencies belong to the scope of an agency, itself among them.
pub async fn scope_size(connection: &impl Connection, of: Id) -> Result<usize> {
    let count: Option<i64> = Sql::new("SELECT count(*) FROM directory_scopes WHERE ancestor = $1")
        .bind(of.uuid())
        .one(connection, |row| row.get(0))
        .await?;
    Ok(usize::try_from(count.unwrap_or_default())?)
}
