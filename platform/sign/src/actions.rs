//! Writing down whose key signs.

use base::{Error, Id, Now, Result};
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::{Sql, Tx};

use crate::enrolled::KeyPlace;
use crate::holder::Holder;
use crate::keyring::ReadyKey;

/// Why a certificate no longer signs (RFC 5280, 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// Somebody else has, or may have, the key.
    KeyCompromise,
    /// The holder left the position or the name changed.
    AffiliationChanged,
    /// Another certificate takes its place.
    Superseded,
}

impl RevocationReason {
    const fn word(self) -> &'static str {
        match self {
            Self::KeyCompromise => "key-compromise",
            Self::AffiliationChanged => "affiliation-changed",
            Self::Superseded => "superseded",
        }
    }
}

fn certificate(id: Id) -> Thing {
    Thing { kind: "certificate", id }
}

/// From now on the holder signs with this key.
///
/// # Errors
/// `Conflict` when the certificate is enrolled already.
pub async fn enrol(tx: &Tx, now: Now, actor: &Actor, holder: Holder, key: &ReadyKey) -> Result<Id> {
    let (kind, reference, token) = match key.place() {
        KeyPlace::File(name) => ("soft", name.as_str(), None),
        KeyPlace::Token { token, key } => ("token", key.as_str(), Some(token.as_str())),
    };
    let told = key.certificate();
    let written = Sql::new(
        "INSERT INTO sign_certificates (id, holder_kind, holder_id, subject, issuer, serial, chain_pem, key_kind, \
         key_ref, token_label, valid_from, valid_to, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (serial, issuer) DO NOTHING",
    )
    .bind(key.id().uuid())
    .bind(holder.kind())
    .bind(holder.id().uuid())
    .bind(&told.subject)
    .bind(&told.issuer)
    .bind(&told.serial)
    .bind(key.chain_pem())
    .bind(kind)
    .bind(reference)
    .bind(token)
    .bind(told.not_before)
    .bind(told.not_after)
    .bind(now.utc())
    .run(tx)
    .await?;
    if written == 0 {
        return Err(Error::Conflict("sign-already-enrolled"));
    }
    let data = json!({
        "holder_kind": holder.kind(),
        "holder": holder.id(),
        "key": kind,
        "valid_from": told.not_before,
        "valid_to": told.not_after,
    });
    journal::record(tx, now, actor, Entry::new("sign.certificate-enrolled", certificate(key.id()), &data)?).await?;
    Ok(key.id())
}

/// From now on nothing is signed with it, and what claims to be signed with it is doubted.
///
/// # Errors
/// `NotFound`; `Conflict` when it was revoked before.
pub async fn revoke(tx: &Tx, now: Now, actor: &Actor, id: Id, reason: RevocationReason) -> Result<()> {
    let written = Sql::new("UPDATE sign_certificates SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    if written == 0 {
        let known =
            Sql::new("SELECT 1 FROM sign_certificates WHERE id = $1").bind(id.uuid()).one(tx, |_| Ok(())).await?;
        return Err(known.map_or(Error::NotFound, |()| Error::Conflict("sign-already-revoked")));
    }
    let entry = Entry::new("sign.certificate-revoked", certificate(id), &json!({}))?.because(reason.word());
    journal::record(tx, now, actor, entry).await?;
    Ok(())
}
