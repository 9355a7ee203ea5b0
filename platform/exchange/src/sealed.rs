//! Messages that both sides know to be each other's.

use base::{Error, Result};
use hmac::{Hmac, Mac as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// A message and the seal that the other side's secret made on it. The message stays the text it was written as, so that
/// nobody has to agree on how JSON is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    message: String,
    /// HMAC-SHA256 over the bytes of the message, in hexadecimal.
    signature: String,
}

impl Sealed {
    /// # Errors
    /// [`Error::Inside`] when the message does not write, which is a defect.
    pub fn new(message: &impl Serialize, secret: &str) -> Result<Self> {
        Self::of(&serde_json::to_string(message)?, secret)
    }

    /// The same of a message that is text already.
    ///
    /// # Errors
    /// [`Error::Inside`] when the secret is no key, which is a defect.
    pub fn of(message: &str, secret: &str) -> Result<Self> {
        Ok(Self { message: message.to_owned(), signature: hex::encode(seal(secret, message)?) })
    }

    /// Opens what was sent, if it bears the seal.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it does not; [`Error::Invalid`] when it is no such message.
    pub fn open<T: DeserializeOwned>(sent: &[u8], secret: &str) -> Result<T> {
        let wrong = || Error::invalid("body", "web-error-body");
        let sent: Self = serde_json::from_slice(sent).map_err(|_| wrong())?;
        let theirs = hex::decode(&sent.signature).map_err(|_| Error::Forbidden("signature"))?;
        let is_theirs: bool = seal(secret, &sent.message)?.as_slice().ct_eq(&theirs).into();
        if !is_theirs {
            return Err(Error::Forbidden("signature"));
        }
        serde_json::from_str(&sent.message).map_err(|_| wrong())
    }
}

fn seal(secret: &str, message: &str) -> Result<Vec<u8>> {
    let mut seal = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    seal.update(message.as_bytes());
    Ok(seal.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_is_hmac_sha_256() {
        // RFC 4231, test case 2.
        let seal = hex::encode(seal("Jefe", "what do ya want for nothing?").unwrap());
        assert_eq!(seal, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn only_what_was_sealed_with_the_secret_opens() {
        let sent = serde_json::to_vec(&Sealed::of("[1,2]", "chìa").unwrap()).unwrap();
        assert_eq!(Sealed::open::<Vec<u8>>(&sent, "chìa").unwrap(), [1, 2]);
        assert!(matches!(Sealed::open::<String>(&sent, "chìa"), Err(Error::Invalid(_))));
        let changed = String::from_utf8(sent.clone()).unwrap().replace('2', "3");
        for (sent, secret) in [(changed.as_bytes(), "chìa"), (&sent, "khác")] {
            assert!(matches!(Sealed::open::<Vec<u8>>(sent, secret), Err(Error::Forbidden(_))));
        }
    }
}
