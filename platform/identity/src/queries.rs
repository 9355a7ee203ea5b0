//! Reads. Whoever answers a request uses [`session`] and [`token`]: one indexed look each.

mod accounts;
mod sessions;

pub use accounts::{Listed, account, account_by_login, listed, registration_contact};
pub use sessions::{
    Awaiting, Found, FoundToken, OpenSession, OpenToken, Who, awaiting, pending_enrolment, session, sessions_of, token,
    tokens_of,
};

use base::{Id, Result};
use store::Row;

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn maybe_id(row: &Row, column: usize) -> Result<Option<Id>> {
    Ok(row.get::<Option<uuid::Uuid>>(column)?.map(Id::from_uuid))
}
