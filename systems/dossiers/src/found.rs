//! By which words a dossier is found, and by which marks the index narrows to those that a desk sees.

use base::{Error, Id, Result, fold};
use store::{Sql, Tx};

use crate::dossier::State;
use crate::tables::SEARCH;

/// The mark of an agency that takes part.
pub(crate) fn agency_mark(agency: Id) -> String {
    format!("zza{}", agency.uuid().simple())
}

/// The mark of a state.
pub(crate) fn state_mark(state: State) -> String {
    format!("zzs{}", state.code())
}

/// Writes down by what a dossier is found, as it stands in this transaction: its code, applicant and procedure, its state
/// and the agencies that take part.
pub(crate) async fn index(tx: &Tx, kind: store::Kind, dossier: Id) -> Result<()> {
    let named: Option<(String, String, i64)> =
        Sql::new("SELECT code, applicant_name || ' ' || procedure_name, state FROM dossiers WHERE id = $1")
            .bind(dossier.uuid())
            .one(tx, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .await?;
    let (code, names, state) = named.ok_or(Error::NotFound)?;
    let state = State::from_code(state).ok_or_else(|| Error::inside("a dossier in no state"))?;
    let agencies: Vec<Id> = Sql::new("SELECT agency_id FROM dossiers_agencies WHERE dossier_id = $1")
        .bind(dossier.uuid())
        .all(tx, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await?;
    let mut words = format!("{} {} {}", fold(&code), fold(&names), state_mark(state));
    for agency in agencies {
        words.push(' ');
        words.push_str(&agency_mark(agency));
    }
    SEARCH.put(tx, kind, dossier, &words).await
}
