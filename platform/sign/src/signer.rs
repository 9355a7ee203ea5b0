//! Who makes the signature value: a key in a file, or one that never leaves its token.

mod soft;
mod token;

pub use soft::SoftKey;
pub use token::{Token, TokenModule};

use der::oid::db::rfc5912;

use crate::algorithm;
use crate::certificate::Certificate;

/// Why a signature value was not made.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// The private key is not an unencrypted PKCS#8 PEM of an RSA key of 2048 to 4096 bits.
    #[error("the private key cannot be read")]
    Key,
    /// The certificates are not PEM, or there are none.
    #[error("the certificates cannot be read")]
    Certificates,
    /// No token with this label is plugged in.
    #[error("no token is labelled {0:?}")]
    NoToken(String),
    /// The token holds no RSA private key, or no certificate, with this label.
    #[error("the token holds no key and certificate labelled {0:?}")]
    NoKey(String),
    /// The PIN is wrong; the token counts wrong ones and locks itself.
    #[error("the token refused the PIN")]
    WrongPin,
    /// The token locked itself after too many wrong PINs.
    #[error("the token is locked")]
    Locked,
    /// Anything else the token's library reports.
    #[error("the token failed: {0}")]
    Token(cryptoki::error::Error),
    /// The key could not sign (out of memory, broken randomness).
    #[error("the key could not sign")]
    Failed,
}

/// Something that signs for one certificate.
pub trait Signer: Send + Sync {
    /// The signer's certificate first, then those of the authorities above it; the root may be left out.
    fn chain(&self) -> &[Certificate];

    /// The RSA PKCS#1 v1.5 signature with SHA-256 over `message` (the DER of the signed attributes, RFC 5652, 5.4).
    ///
    /// # Errors
    /// [`SignerError`], mostly the token's.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError>;
}

/// Whether a [`Signer::sign`] value over `message` came from the key of this certificate.
pub(crate) fn is_made_by(certificate: &Certificate, message: &[u8], value: &[u8]) -> bool {
    let key = &certificate.tbs_certificate.subject_public_key_info;
    algorithm::check(key, rfc5912::SHA_256_WITH_RSA_ENCRYPTION, None, message, value).is_ok()
}
