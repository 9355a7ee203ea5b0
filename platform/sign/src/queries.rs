//! Reading the certificates enrolled here.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Row, Sql};

use crate::enrolled::{Enrolled, KeyPlace};
use crate::holder::Holder;

/// All certificates of a holder, newest first.
pub async fn certificates(connection: &impl Connection, holder: Holder) -> Result<Vec<Enrolled>> {
    Sql::new(
        "SELECT id, subject, chain_pem, key_kind, key_ref, token_label, valid_from, valid_to, revoked_at \
         FROM sign_certificates WHERE holder_kind = $1 AND holder_id = $2 ORDER BY valid_from DESC, id DESC",
    )
    .bind(holder.kind())
    .bind(holder.id().uuid())
    .all(connection, enrolled)
    .await
}

fn enrolled(row: Row) -> Result<Enrolled> {
    let kind: String = row.get(3)?;
    let key: String = row.get(4)?;
    let token: Option<String> = row.get(5)?;
    Ok(Enrolled {
        id: Id::from_uuid(row.get(0)?),
        subject: row.get(1)?,
        chain_pem: row.get(2)?,
        key: match (kind.as_str(), token) {
            ("soft", None) => KeyPlace::File(key),
            ("token", Some(token)) => KeyPlace::Token { token, key },
            _ => return Err(Error::inside(format!("a key of kind {kind:?} in sign_certificates"))),
        },
        valid_from: row.get(6)?,
        valid_to: row.get(7)?,
        revoked_at: row.get(8)?,
    })
}

/// When the certificates with these serial numbers were revoked here: issuer, serial number and moment.
pub async fn revocations(
    connection: &impl Connection,
    serials: &[&str],
) -> Result<Vec<(String, String, DateTime<Utc>)>> {
    if serials.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::composed(format!(
        "SELECT issuer, serial, revoked_at FROM sign_certificates WHERE serial IN ({}) AND revoked_at IS NOT NULL",
        store::marks(1, serials.len())
    ));
    let bound = serials.iter().fold(sql, |sql, serial| sql.bind(*serial));
    bound.all(connection, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).await
}
