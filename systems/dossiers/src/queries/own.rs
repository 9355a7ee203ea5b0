use base::{Id, Result};
use form::Values;
use store::{Conditions, Connection, Kind, Slice, Sql, search};

use super::Filter;
use crate::dossier::Dossier;
use crate::tables::{DOSSIER, SEARCH, dossier};

/// A person's own dossiers in a state or with words, newest first.
pub async fn own(
    c: &impl Connection,
    kind: Kind,
    person: Id,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let mut conditions = Conditions::after([person.uuid().into()]);
    if let Some(state) = filter.state {
        conditions.and(|n| format!("d.state = ${n}"), i64::from(state.code()));
    }
    if let Some(query) = search::query(kind, &filter.words) {
        conditions.and(|n| SEARCH.condition(kind, "d.id", n), query);
    }
    if let Some(before) = before {
        conditions.and(|n| format!("d.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers d WHERE d.applicant_id = $1{} ORDER BY d.id DESC LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| dossier(&row)).await?;
    Ok(Slice::of(rows, size, |dossier| dossier.id))
}

/// What a person sent in before, as far as it helps them the next time.
pub(crate) struct Sent {
    pub(crate) receiving: Id,
    /// The version of the procedure whose form was answered.
    pub(crate) version: Id,
    pub(crate) answers: Values,
}

/// The last few things a person sent in for themselves, newest first.
pub(crate) async fn last_sent(c: &impl Connection, person: Id) -> Result<Vec<Sent>> {
    Sql::new(
        "SELECT d.receiving_id, d.procedure_id, d.answers FROM dossiers d WHERE d.applicant_id = $1 \
         ORDER BY d.id DESC LIMIT 5",
    )
    .bind(person.uuid())
    .all(c, |row| {
        Ok(Sent {
            receiving: Id::from_uuid(row.get(0)?),
            version: Id::from_uuid(row.get(1)?),
            answers: serde_json::from_str(&row.get::<String>(2)?)?,
        })
    })
    .await
}
