//! Events as other systems read them: ids, states, numbers, agencies and dates; never a person's data.

use base::Id;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The state of a dossier as the national portal counts it (1 to 10), told with each change of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierChanged {
    pub code: String,
    pub procedure: String,
    pub agency: Id,
    pub state: u8,
    /// RFC 3339, set when a date was promised or promised anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<String>,
    /// Number and notation of the result, once it has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_number: Option<String>,
}

/// A dossier was sent in, told by `dossiers` as `dossiers.submitted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierSubmitted {
    #[serde(flatten)]
    pub changed: DossierChanged,
    /// Whether it was known whose it is: by an account whose holder's card was compared, or by the card seen at the counter.
    /// Absent where that was not told yet.
    #[serde(default)]
    pub identified: Option<bool>,
}

/// The applicant said how content they are, told by `dossiers` as `dossiers.rated`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierRated {
    #[serde(flatten)]
    pub changed: DossierChanged,
    pub satisfied: bool,
}

/// The national portal has acknowledged a change of a dossier, told by `national` as `national.told` about what the portal
/// knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierTold {
    pub dossier: Id,
    pub state: i64,
    pub agency: Id,
}

/// An agency has ended and another goes on with its work, told by `directory` as `directory.agency-succeeded` about the one
/// that ended. Whoever keeps open work of agencies moves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencySucceeded {
    pub heir: Id,
    /// The heir's first day of it.
    pub on: NaiveDate,
}

/// Somebody has to pay for a dossier, told by `dossiers` as `dossiers.payment-due` about the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDue {
    /// What it becomes; the same event twice makes one.
    pub charge: Id,
    /// Of the dossier.
    pub code: String,
    /// The version of the procedure that says what its fees are called.
    pub procedure: Id,
    /// The person who pays, and the account that filed it, if that is another's.
    pub payer: Id,
    pub filed_by: Option<Id>,
    /// Whose income it is.
    pub agency: Id,
    pub items: Vec<ItemDue>,
}

/// One fee of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDue {
    /// As in the procedure's fees; `duty` for a duty that was assessed for this dossier alone.
    pub code: String,
    /// `phi`, `le-phi` or `duty`.
    pub kind: String,
    /// Whole đồng.
    pub amount: i64,
}

/// A charge was paid, told by `payments` as `payments.paid` about the charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargePaid {
    /// What was paid for: `dossier`, and its id.
    pub subject_kind: String,
    pub subject: Id,
    pub amount: i64,
    /// `gateway`, `transfer` or `cash`.
    pub way: String,
}

/// The carrier handed an order over, told by `post` as `post.delivered` about the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostDelivered {
    pub dossier: Id,
    /// `collect`: papers came to the agency; `return`: the result came to the applicant.
    pub leg: String,
    /// `H32.15-261120-0042-1`.
    pub order: String,
    pub agency: Id,
}

/// Another agency's part of a case has used up its own time, told by `flow` as `flow.part-late` about that part; once per
/// deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLate {
    /// Whose work the case is: `dossiers`.
    pub system: String,
    /// What the work is about.
    pub subject: Id,
    /// The agency whose part it is.
    pub agency: Id,
    pub due_at: DateTime<Utc>,
}
