use std::fmt;

use chrono::{DateTime, Utc};

use crate::anchors::ChainFault;
use crate::signer::SignerError;

/// Why nothing can be signed for a holder at this moment.
///
/// Like [`base::Error`] it is no `std::error::Error`: by `?` it turns into the conflict a page tells the officer.
#[derive(Debug)]
pub enum Refusal {
    /// No certificate was ever enrolled for the holder.
    NoCertificate,
    /// The certificate holds from a later moment on.
    NotYetValid { from: DateTime<Utc> },
    /// The certificate held until then, and none follows it.
    Expired { until: DateTime<Utc> },
    /// The certificate was revoked then, and none follows it.
    Revoked { at: DateTime<Utc> },
    /// No path leads from the certificate to an authority that is trusted here.
    Untrusted(ChainFault),
    /// The private key cannot be reached: the same call may go through later.
    KeyAway(KeyFault),
    /// The certificates could not be looked up.
    Inside(base::Error),
}

/// Why a private key cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The key's file is not there or may not be read.
    #[error("the key file {name} cannot be read: {source}")]
    File { name: String, source: std::io::Error },
    /// `tokens.toml` names no module.
    #[error("no PKCS#11 module is configured")]
    NoModule,
    /// `tokens.toml` has no PIN for the token.
    #[error("no PIN is configured for the token {0:?}")]
    NoPin(String),
    /// The token refused the configured PIN before; another try would bring it nearer to locking itself.
    #[error("the token {0:?} refused its PIN; correct tokens.toml and start again")]
    PinRefusedBefore(String),
    /// The key and certificate found are not those that were enrolled.
    #[error("the key belongs to another certificate than the enrolled one")]
    Replaced,
    /// The key, or the token that holds it, failed.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

impl Refusal {
    /// The text that tells the officer.
    pub const fn text_key(&self) -> &'static str {
        match self {
            Self::NoCertificate => "sign-refused-no-certificate",
            Self::NotYetValid { .. } => "sign-refused-not-yet-valid",
            Self::Expired { .. } => "sign-refused-expired",
            Self::Revoked { .. } => "sign-refused-revoked",
            Self::Untrusted(_) => "sign-refused-untrusted",
            Self::KeyAway(_) => "sign-refused-key-away",
            Self::Inside(_) => "web-error-inside",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCertificate => f.write_str("no certificate is enrolled"),
            Self::NotYetValid { from } => write!(f, "the certificate is not valid before {from}"),
            Self::Expired { until } => write!(f, "the certificate expired at {until}"),
            Self::Revoked { at } => write!(f, "the certificate was revoked at {at}"),
            Self::Untrusted(fault) => fault.fmt(f),
            Self::KeyAway(fault) => fault.fmt(f),
            Self::Inside(error) => error.fmt(f),
        }
    }
}

impl From<Refusal> for base::Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Inside(error) => error,
            refusal => Self::Conflict(refusal.text_key()),
        }
    }
}
