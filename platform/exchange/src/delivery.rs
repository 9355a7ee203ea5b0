use std::fmt;
use std::str::FromStr;

use base::{Error, Id};
use chrono::{DateTime, Utc};
use journal::Thing;

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Waits for its first or next try.
    Queued,
    /// A worker has it.
    Sending,
    /// The other side has acknowledged it.
    Delivered,
    /// The other side has refused it: the same again would be refused again.
    Failed,
    /// As many tries as the policy grants came to nothing.
    GivenUp,
    /// A person has decided that it shall not go out any more.
    Cancelled,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::GivenUp, Self::Failed, Self::Queued, Self::Sending, Self::Delivered, Self::Cancelled];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether a person may have it sent (again) now.
    pub const fn may_retry(self) -> bool {
        matches!(self, Self::Queued | Self::Failed | Self::GivenUp)
    }

    /// Whether a person may call it off. What a worker has in hand may be at the other side already.
    pub const fn may_cancel(self) -> bool {
        matches!(self, Self::Queued | Self::Failed | Self::GivenUp)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for State {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(Error::NotFound)
    }
}

/// Something that is to go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// [`crate::Connector::name`] of who carries it.
    pub connector: &'static str,
    /// Makes it one delivery, however often it is asked for or sent; unique per connector.
    pub key: String,
    /// Where to, as pages may show it: an agency code, a mailbox with its middle hidden.
    pub destination: String,
    /// What the connector understands. Ids rather than a person's data, wherever the connector can look them up.
    pub payload: String,
    /// What it is about. Deliveries about one thing to one destination go out in the order they were made.
    pub subject: Thing,
    /// The agency that answers for it; none when it is the whole program's.
    pub agency: Option<Id>,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: Id,
    pub connector: String,
    pub key: String,
    pub destination: String,
    pub payload: String,
    pub subject_kind: String,
    pub subject_id: Id,
    pub agency: Option<Id>,
    pub state: State,
    /// Since it was made or a person last took it up.
    pub tries: i64,
    /// Queued: the next try. Sending: when the worker counts as lost. Otherwise none.
    pub due_at: Option<DateTime<Utc>>,
    /// The other side's words of acknowledgement.
    pub receipt: Option<String>,
    /// Why the last try came to nothing: a text key of ours, or the other side's words.
    pub error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Delivered,
    Retry,
    Rejected,
}

impl Ended {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Retry => "retry",
            Self::Rejected => "rejected",
        }
    }
}

impl FromStr for Ended {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        [Self::Delivered, Self::Retry, Self::Rejected]
            .into_iter()
            .find(|ended| ended.as_str() == text)
            .ok_or_else(|| Error::inside(format!("no try ends as {text}")))
    }
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub id: Id,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// None while it runs, and for ever when its worker was killed: nobody knows then whether it arrived.
    pub ended: Option<Ended>,
    /// Receipt or reason.
    pub detail: Option<String>,
}
