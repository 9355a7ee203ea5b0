//! Sealing with age (age-encryption.org/v1): keys, passphrases, and the key that two of three holders have together.
//!
//! Nothing here is made up: a key is an X25519 identity, a passphrase is age's scrypt recipient, and "two together" is one
//! seal inside another. Randomness is the library's own, of the operating system: keys must never come from a test's numbers.

mod recovery;
#[cfg(test)]
mod tests;

use age::secrecy::{ExposeSecret, SecretString};
use age::{scrypt, x25519};
use base::{Error, Result};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) use recovery::{merge, open_outer, split};

/// A passphrase is tried with at most this much work (2ⁿ), whatever a stored key asks for.
const MOST_WORK: u8 = 22;

/// Why something stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SealError {
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    #[error("sealed to other keys")]
    OtherKey,
    #[error("the sealed bytes are damaged")]
    Damaged,
}

/// What opens the key of one person.
pub(crate) struct Passphrase(SecretString);

impl Passphrase {
    /// As typed into a form.
    pub(crate) fn typed(text: &str) -> Self {
        Self(SecretString::from(text.to_owned()))
    }

    /// One that somebody chooses, of at least so many characters.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field `passphrase` for one that is too short or only one letter.
    pub(crate) fn chosen(text: &str, least: usize) -> Result<Self> {
        let plain = text.chars().next().is_some_and(|first| text.chars().all(|letter| letter == first));
        if text.chars().count() < least {
            return Err(Error::invalid("passphrase", "complaints-passphrase-short"));
        }
        if plain {
            return Err(Error::invalid("passphrase", "complaints-passphrase-plain"));
        }
        Ok(Self::typed(text))
    }
}

/// The open half of a key: whoever has it can seal, and open nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey(String);

impl PublicKey {
    pub(crate) const fn stored(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// By which it is known without being told.
    pub(crate) fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(&self.0))
    }
}

/// A whole key, in memory only.
pub(crate) struct Key(x25519::Identity);

impl Key {
    pub(crate) fn new() -> Self {
        Self(x25519::Identity::generate())
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(self.0.to_public().to_string())
    }

    fn read(secret: &[u8]) -> Result<Self, SealError> {
        let text = std::str::from_utf8(secret).map_err(|_| SealError::Damaged)?;
        text.parse().map(Self).map_err(|_| SealError::Damaged)
    }

    /// The secret half behind a passphrase, as it may be stored. Takes about 2^(`work` − 20) gigabytes of memory.
    pub(crate) fn lock(&self, passphrase: &Passphrase, work: u8) -> Result<Vec<u8>> {
        let mut to = scrypt::Recipient::new(passphrase.0.clone());
        to.set_work_factor(work);
        Ok(age::encrypt(&to, self.0.to_string().expose_secret().as_bytes())?)
    }

    /// The key of a stored secret half.
    pub(crate) fn unlock(locked: &[u8], passphrase: &Passphrase) -> Result<Self, SealError> {
        let mut with = scrypt::Identity::new(passphrase.0.clone());
        with.set_max_work_factor(MOST_WORK);
        let secret = age::decrypt(&with, locked).map(Zeroizing::new).map_err(|error| match error {
            age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => SealError::WrongPassphrase,
            _ => SealError::Damaged,
        })?;
        Self::read(&secret)
    }

    /// Seals the secret half itself, for whoever shall be able to do what this key can.
    pub(crate) fn hand_to(&self, to: &PublicKey) -> Result<Vec<u8>> {
        seal(self.0.to_string().expose_secret().as_bytes(), to)
    }

    /// The key that was handed to this one.
    pub(crate) fn take(&self, handed: &[u8]) -> Result<Self, SealError> {
        Self::read(&self.open(handed)?)
    }

    pub(crate) fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        age::decrypt(&self.0, sealed).map(Zeroizing::new).map_err(|error| match error {
            age::DecryptError::NoMatchingKeys => SealError::OtherKey,
            _ => SealError::Damaged,
        })
    }
}

/// Seals bytes so that only the secret half of `to` opens them.
pub(crate) fn seal(plain: &[u8], to: &PublicKey) -> Result<Vec<u8>> {
    let to: x25519::Recipient = to.0.parse().map_err(Error::inside)?;
    Ok(age::encrypt(&to, plain)?)
}
