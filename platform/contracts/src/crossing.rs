//! What systems ask of each other about what goes to the outside and comes from there.

use base::Id;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Answer;

/// A dossier as other parties than its agencies are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedDossier {
    pub id: Id,
    /// `H32.15-261120-0042`.
    pub code: String,
    /// The version of the procedure that it runs on.
    pub procedure: Id,
    pub procedure_code: String,
    pub procedure_name: String,
    /// The person whose it is, and the account that sent it in.
    pub applicant: Id,
    pub filed_by: Option<Id>,
    /// The agency at whose desk it was received, and where its result is handed over.
    pub receiving: Id,
    /// `counter`, `online` or `post`.
    pub channel: String,
    /// As the national portal counts, 1 to 10.
    pub state: u8,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    pub promised_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// Answered by `dossiers`, asked by those who exchange with the outside; who may know of it is theirs to say.
pub trait ExchangedDossiers: Send + Sync {
    fn by_id(&self, id: Id) -> Answer<'_, Option<ExchangedDossier>>;
    fn by_code<'a>(&'a self, code: &'a str) -> Answer<'a, Option<ExchangedDossier>>;
}

/// What the post does for a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Where the applicant chooses it and follows it.
    pub path: String,
    /// Whether there is something to choose now.
    pub offered: bool,
    /// Oldest first.
    pub orders: Vec<Posted>,
}

/// One order of the post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    pub code: String,
    /// Where officers see it.
    pub desk: String,
    /// Keys of the texts that say what is carried and where it is, and the colour of the latter.
    pub leg: String,
    pub state: String,
    pub tone: String,
    /// The carrier's number, once it has one.
    pub tracking: Option<String>,
}

/// Answered by `post`, asked by those whose papers it carries.
pub trait Posts: Send + Sync {
    fn of(&self, dossier: Id) -> Answer<'_, Option<Posting>>;
}
