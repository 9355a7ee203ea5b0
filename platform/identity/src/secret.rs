use std::fmt;

use base::Random;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What the cookie of a signed-in browser holds: 32 random bytes as hexadecimal digits. Only its digest is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionSecret(String);

/// What a program sends as bearer: `ts_` and 32 random bytes in URL-safe base 64. Only its digest is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(String);

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

impl SessionSecret {
    pub fn new(random: &(dyn Random + 'static)) -> Self {
        Self(hex::encode(random.bytes::<32>()))
    }

    /// From a cookie's value; `None` when it cannot be one of ours.
    pub fn read(cookie: &str) -> Option<Self> {
        (cookie.len() == 64 && cookie.bytes().all(|c| c.is_ascii_hexdigit())).then(|| Self(cookie.to_owned()))
    }

    /// For the cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn digest(&self) -> String {
        digest(&self.0)
    }

    /// The token that forms of this session carry: it follows from the secret, which does not follow from it.
    pub fn csrf(&self) -> String {
        digest(&format!("csrf:{}", self.0))
    }
}

impl TokenSecret {
    const PREFIX: &str = "ts_";

    pub fn new(random: &(dyn Random + 'static)) -> Self {
        Self(format!("{}{}", Self::PREFIX, BASE64_URL_SAFE_NO_PAD.encode(random.bytes::<32>())))
    }

    /// From a header's value; `None` when it cannot be one of ours.
    pub fn read(token: &str) -> Option<Self> {
        (token.len() == 46 && token.starts_with(Self::PREFIX)).then(|| Self(token.to_owned()))
    }

    /// For its owner, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn digest(&self) -> String {
        digest(&self.0)
    }
}

macro_rules! hidden {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

hidden!(SessionSecret);
hidden!(TokenSecret);

#[cfg(test)]
mod tests {
    use base::FixedRandom;

    use super::*;

    #[test]
    fn a_secret_comes_back_from_the_cookie_and_is_never_printed() {
        let random = FixedRandom::new(1);
        let secret = SessionSecret::new(&random);
        assert_eq!(SessionSecret::read(secret.reveal()), Some(secret.clone()));
        assert_ne!(secret, SessionSecret::new(&random));
        assert_ne!(secret.csrf(), secret.digest());
        assert!(!format!("{secret:?}").contains(secret.reveal()));
        let token = TokenSecret::new(&random);
        assert_eq!(TokenSecret::read(token.reveal()), Some(token));
    }

    #[test]
    fn what_was_never_a_secret_is_not_looked_up() {
        for wrong in ["", "abc", &"g".repeat(64), &"ế".repeat(32)] {
            assert_eq!(SessionSecret::read(wrong), None, "{wrong}");
            assert_eq!(TokenSecret::read(wrong), None, "{wrong}");
        }
    }
}
