//! The carrier: where it is, and what is said between it and the program. JSON both ways, every message under a seal.

use base::{Error, Result};
use chrono::{DateTime, Utc};
use exchange::{Keeper, Sealed};
use serde::{Deserialize, Serialize};

use crate::order::{Leg, Order, Party, State};

/// The longest code, number or station, in bytes.
const LONGEST: usize = 200;

/// Who carries; one of the program's parts. Without one, nothing goes by post.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carriers {
    pub carrier: Option<CarrierAt>,
}

/// A carrier, as its keeper describes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierAt {
    /// What its addresses begin with: `https://…`.
    pub url: String,
    /// What both sides sign with.
    pub(crate) secret: String,
}

impl Keeper for Carriers {
    const FILE: &'static str = "keys/post.toml";

    fn secret(&self) -> Option<&str> {
        self.carrier.as_ref().map(|carrier| carrier.secret.as_str())
    }
}

impl Carriers {
    /// One carrier, such as a demo's or a test's own.
    pub fn of(url: &str, secret: &str) -> Self {
        Self { carrier: Some(CarrierAt { url: url.to_owned(), secret: secret.to_owned() }) }
    }
}

/// What the carrier is told of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The key by which it knows a repetition.
    pub order: String,
    pub dossier: String,
    /// `collect` or `return`.
    pub leg: String,
    pub sender: Contact,
    pub receiver: Contact,
    /// Gram.
    pub weight: i64,
    pub service: String,
    /// Whole đồng to be collected on delivery.
    pub cod: i64,
    pub note: String,
}

/// Who gives or takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub phone: String,
    pub address: String,
    /// Code of the commune's committee; empty outside the province.
    pub commune: String,
}

impl From<&Party> for Contact {
    fn from(party: &Party) -> Self {
        let Party { name, phone, address, commune } = party.clone();
        Self { name, phone, address, commune }
    }
}

impl Parcel {
    /// `agency` is the other side of the applicant.
    pub(crate) fn of(order: &Order, agency: Contact) -> Self {
        let home = Contact::from(&order.party);
        let (sender, receiver) = match order.leg {
            Leg::Collect => (home, agency),
            Leg::Return => (agency, home),
        };
        Self {
            order: order.code.clone(),
            dossier: order.dossier_code.clone(),
            leg: order.leg.as_str().to_owned(),
            sender,
            receiver,
            weight: order.weight,
            service: order.service.clone(),
            cod: order.cod.unwrap_or_default(),
            note: order.note.clone(),
        }
    }
}

/// How far an order is, in the carrier's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Created,
    Accepted,
    Delivering,
    Delivered,
    Failed,
    Returned,
    Cancelled,
}

impl Status {
    pub const fn state(self) -> State {
        match self {
            Self::Created => State::Created,
            Self::Accepted => State::Accepted,
            Self::Delivering => State::Delivering,
            Self::Delivered => State::Delivered,
            Self::Failed => State::Failed,
            Self::Returned => State::Returned,
            Self::Cancelled => State::Cancelled,
        }
    }
}

/// One thing that the carrier says of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Its own number of this word; the same number again is the same word.
    pub event: String,
    pub status: Status,
    /// Its own number of the order, from when it was accepted.
    #[serde(default)]
    pub tracking: String,
    /// Where that was, in its words.
    #[serde(default)]
    pub station: String,
    pub at: DateTime<Utc>,
}

/// What the carrier says of an order: in answer, or by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    pub order: String,
    pub words: Vec<Word>,
}

impl Trail {
    /// Reads what the carrier sent, if it bears its seal.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it does not; [`Error::Invalid`] when it is no such message.
    pub fn read(sent: &[u8], secret: &str) -> Result<Self> {
        let trail: Self = Sealed::open(sent, secret)?;
        let fits = |text: &str| text.len() <= LONGEST && !text.contains('\0');
        let sound =
            |word: &Word| !word.event.is_empty() && fits(&word.event) && fits(&word.tracking) && fits(&word.station);
        if fits(&trail.order) && trail.words.iter().all(sound) {
            Ok(trail)
        } else {
            Err(Error::invalid("body", "web-error-body"))
        }
    }

    /// As it is sent, under its seal.
    ///
    /// # Errors
    /// [`Error::Inside`] when it does not write, which is a defect.
    pub fn signed(&self, secret: &str) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(&Sealed::new(self, secret)?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "chỉ để thử, đủ dài cho một con dấu";

    #[test]
    fn what_is_sealed_reads_as_it_was_said_and_what_was_changed_does_not() {
        let at = "2026-11-20T02:00:00Z".parse().unwrap();
        let word = |event: &str, status, tracking: &str| Word {
            event: event.to_owned(),
            status,
            tracking: tracking.to_owned(),
            station: String::new(),
            at,
        };
        let words = vec![word("1", Status::Created, ""), word("2", Status::Accepted, "VD000000001VN")];
        let trail = Trail { order: "H32.103-261120-0001-1".to_owned(), words };
        let sent = trail.signed(KEY).unwrap();
        assert_eq!(Trail::read(&sent, KEY).unwrap(), trail);
        let changed = String::from_utf8(sent.clone()).unwrap().replace("accepted", "delivered");
        for (sent, key) in [(changed.as_bytes(), KEY), (&sent, "khác"), (br#"{"message":"{}","signature":""}"#, KEY)] {
            assert!(matches!(Trail::read(sent, key), Err(Error::Forbidden(_))));
        }
        assert!(matches!(Trail::read(b"{}", KEY), Err(Error::Invalid(_))));
    }

    #[test]
    fn a_message_reads_as_it_is_written_down_for_carriers() {
        let sealed = |message: &str| serde_json::to_vec(&Sealed::of(message, KEY).unwrap()).unwrap();
        let message = r#"{"order":"H32.103-261120-0001-1","words":[{"event":"7","status":"delivering","tracking":"VD1","station":"Bưu cục Ví Dụ","at":"2026-11-20T09:00:00+07:00"}]}"#;
        let read = Trail::read(&sealed(message), KEY).unwrap();
        assert_eq!(read.words[0].status, Status::Delivering);
        assert_eq!(read.words[0].at.to_rfc3339(), "2026-11-20T02:00:00+00:00");
        let nameless = r#"{"order":"a","words":[{"event":"","status":"failed","at":"2026-11-20T02:00:00Z"}]}"#;
        for wrong in [r#"{"order":"a"}"#, nameless] {
            assert!(matches!(Trail::read(&sealed(wrong), KEY), Err(Error::Invalid(_))), "{wrong}");
        }
    }

    #[test]
    fn the_secret_of_the_carrier_is_looked_at() {
        let of = |secret: &str| format!("[carrier]\nurl = 'https://vi-du.vn'\nsecret = '{secret}'\n");
        assert!(Carriers::read(&of("abc-xyz")).is_err());
        assert!(Carriers::read(&of(&"x".repeat(32))).unwrap().carrier.is_some());
    }
}
