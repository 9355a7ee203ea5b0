use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::{Sql, Tx};
use system::PositionKind;

/// Whom a deviation concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantTo {
    /// One position; prevails over what is said of its kind.
    Position(Id),
    /// All positions of a kind in an agency.
    Kind { agency: Id, kind: PositionKind },
}

/// One permission more or less than the kind of position has by itself.
#[derive(Clone, Debug)]
pub struct NewGrant {
    pub to: GrantTo,
    pub permission: String,
    /// More, or less.
    pub granted: bool,
    pub from: NaiveDate,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// In force from its first day on, for sessions and tokens that are open already too.
///
/// # Errors
/// [`Error::Invalid`] by the field `until` when it ends before it begins.
pub async fn grant(tx: &Tx, now: Now, actor: &Actor, new: NewGrant) -> Result<Id> {
    if new.until.is_some_and(|last| last < new.from) {
        return Err(Error::invalid("until", "identity-error-grant-days"));
    }
    let id = Id::new(now);
    let (position, agency, kind) = match new.to {
        GrantTo::Position(position) => (Some(position), None, None),
        GrantTo::Kind { agency, kind } => (None, Some(agency), Some(kind.as_str())),
    };
    Sql::new(
        "INSERT INTO identity_grants (id, position_id, agency_id, position_kind, permission, granted, from_on, to_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.uuid())
    .bind(position.map(Id::uuid))
    .bind(agency.map(Id::uuid))
    .bind(kind)
    .bind(new.permission.as_str())
    .bind(new.granted)
    .bind(new.from)
    .bind(new.until)
    .run(tx)
    .await?;
    let data = json!({
        "position": position, "agency": agency, "kind": kind, "permission": new.permission, "granted": new.granted,
        "from": new.from, "until": new.until,
    });
    journal::record(tx, now, actor, Entry::new("identity.granted", Thing { kind: "grant", id }, &data)?).await?;
    Ok(id)
}
