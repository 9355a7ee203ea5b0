//! What is handed in, and what is asked for again.

use base::Id;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::behalf::{Behalf, Principal};

/// A file that stands for one component of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub id: Id,
    pub component: String,
    pub file: HandedIn,
    pub added_at: DateTime<Utc>,
    /// A newer one took its place; it stays for the record.
    pub replaced_at: Option<DateTime<Utc>>,
    /// The result, or the paper of another dossier, that it is, where the applicant did not hand it in again.
    pub reused_from: Option<Id>,
}

/// A file as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    pub component: String,
    pub hash: String,
    /// The name it had on the person's device.
    pub name: String,
    pub size: i64,
    pub mime: String,
}

/// A file of a draft that was taken from what is already held of the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reused {
    pub component: String,
    pub hash: String,
    /// The result, or the paper of another dossier, that it is.
    pub from: Id,
}

impl Reused {
    /// Whether this is the file.
    pub fn is(&self, file: &HandedIn) -> bool {
        self.component == file.component && self.hash == file.hash
    }
}

/// A file that an account sent in on its own, before it stands for anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// SHA-256 in lower-case hex.
    pub hash: String,
    pub name: String,
    /// Bytes.
    pub size: i64,
    pub mime: String,
}

impl Upload {
    pub fn stands_for(self, component: &str) -> HandedIn {
        let Self { hash, name, size, mime } = self;
        HandedIn { component: component.to_owned(), hash, name, size, mime }
    }
}

/// One thing that is wrong: a field of the form by its path, or a component by its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "on")]
pub enum Mark {
    Field { path: String, note: String },
    Component { code: String, note: String },
}

/// A request to complete the dossier (slip 02).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplement {
    pub id: Id,
    pub case: Id,
    pub asked_at: DateTime<Utc>,
    pub reason: String,
    pub marks: Vec<Mark>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A dossier being filled in, kept on the server so that it goes on on another device.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub id: Id,
    /// Person of the account that fills it in.
    pub owner: Id,
    /// Whom it is for: the owner, the person at the counter, or an organisation. Where somebody authorised the owner, the
    /// draft's own id, which nobody has: nothing is known or held of them here.
    pub applicant: Id,
    pub procedure_code: String,
    pub procedure_name: String,
    pub agency: Option<Id>,
    pub answers: form::Values,
    pub papers: Vec<HandedIn>,
    /// Which of them were not handed in again.
    pub reused: Vec<Reused>,
    pub saved_at: DateTime<Utc>,
    /// What it is filled in and sent with.
    pub bundle: Option<Id>,
    /// On whose behalf the owner fills it in on the portal, where it is not their own.
    pub behalf: Option<Behalf>,
    pub principal: Option<Principal>,
}

impl Draft {
    /// Whether it is filled in at the counter, for whoever stands there.
    pub fn is_of_counter(&self) -> bool {
        self.behalf.is_none() && self.applicant != self.owner
    }
}
