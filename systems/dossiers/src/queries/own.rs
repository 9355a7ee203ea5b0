use base::{Id, Result};
use store::{Connection, Kind, Slice, Sql, search};

use super::Filter;
use crate::dossier::Dossier;
use crate::tables::{DOSSIER, SEARCH, dossier};

/// A person's own dossiers that match, newest first.
pub async fn own(
    c: &impl Connection,
    kind: Kind,
    person: Id,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let mut conditions = vec!["d.applicant_id = $1".to_owned()];
    let mut values: Vec<store::orm::Value> = vec![person.uuid().into()];
    if let Some(state) = filter.state {
        values.push(i64::from(state.code()).into());
        conditions.push(format!("d.state = ${}", values.len()));
    }
    if let Some(query) = search::query(kind, &filter.words) {
        values.push(query.into());
        conditions.push(SEARCH.condition(kind, "d.id", values.len()));
    }
    if let Some(before) = before {
        values.push(before.uuid().into());
        conditions.push(format!("d.id < ${}", values.len()));
    }
    let sql = Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers d WHERE {} ORDER BY d.id DESC LIMIT {}",
        conditions.join(" AND "),
        size + 1
    ));
    let rows = values.into_iter().fold(sql, Sql::bind).all(c, |row| dossier(&row)).await?;
    Ok(Slice::of(rows, size, |dossier| dossier.id.to_string()))
}
