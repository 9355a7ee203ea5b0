//! A certificate the program signs with, and which of several it takes.

use base::{Id, Now};
use chrono::{DateTime, Utc};

use crate::refusal::Refusal;

/// Where the private key of a certificate lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A file of `DATA/keys`, by name.
    File(String),
    /// A hardware token, by its label and the label of key and certificate on it.
    Token { token: String, key: String },
}

/// A certificate of a holder, as enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    pub id: Id,
    /// Name of the holder as the certificate tells it.
    pub subject: String,
    /// The certificate first, then those of the authorities above it, PEM.
    pub chain_pem: String,
    pub key: KeyPlace,
    pub valid_from: DateTime<Utc>,
    pub valid_to: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Enrolled {
    fn in_force(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.revoked_at {
            Some(at) => Err(Refusal::Revoked { at }),
            None if now < self.valid_from => Err(Refusal::NotYetValid { from: self.valid_from }),
            None if now > self.valid_to => Err(Refusal::Expired { until: self.valid_to }),
            None => Ok(()),
        }
    }
}

/// The first that is in force; when none is, the reason of the first. `newest_first`: a renewed certificate comes before the one it follows.
pub(crate) fn in_force(newest_first: Vec<Enrolled>, now: Now) -> Result<Enrolled, Refusal> {
    let mut reason = Refusal::NoCertificate;
    for (place, certificate) in newest_first.into_iter().enumerate() {
        match certificate.in_force(now.utc()) {
            Ok(()) => return Ok(certificate),
            Err(found) if place == 0 => reason = found,
            Err(_) => {}
        }
    }
    Err(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        Now::parse(text).utc()
    }

    fn valid(from: &str, to: &str) -> Enrolled {
        Enrolled {
            id: Id::new(Now::parse(from)),
            subject: "MẪU - Trần Thị Demo".to_owned(),
            chain_pem: String::new(),
            key: KeyPlace::File("a.pem".to_owned()),
            valid_from: at(from),
            valid_to: at(to),
            revoked_at: None,
        }
    }

    const NOW: &str = "2026-11-20T10:00:00+07:00";

    #[test]
    fn the_renewed_certificate_signs_once_it_is_in_force() {
        let old = valid("2024-12-01T00:00:00Z", "2026-12-01T00:00:00Z");
        let new = valid("2026-11-25T00:00:00Z", "2028-11-25T00:00:00Z");
        let chosen = |now| in_force(vec![new.clone(), old.clone()], Now::parse(now)).unwrap();
        assert_eq!(chosen(NOW), old);
        assert_eq!(chosen("2026-11-26T10:00:00+07:00"), new);
    }

    #[test]
    fn when_none_is_in_force_the_newest_says_why() {
        let expired = valid("2020-01-01T00:00:00Z", "2022-01-01T00:00:00Z");
        let coming = valid("2027-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
        let revoked = Enrolled {
            revoked_at: Some(at("2026-06-01T00:00:00Z")),
            ..valid("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")
        };
        let refusal = |certificates| in_force(certificates, Now::parse(NOW)).unwrap_err();
        assert!(matches!(refusal(vec![]), Refusal::NoCertificate));
        assert!(matches!(refusal(vec![expired.clone()]), Refusal::Expired { until } if until == expired.valid_to));
        assert!(matches!(refusal(vec![revoked, expired.clone()]), Refusal::Revoked { .. }));
        assert!(matches!(refusal(vec![coming, expired]), Refusal::NotYetValid { .. }));
    }
}
