use std::fmt;

use base::{Id, Random};
use sha2::{Digest, Sha256};

/// What the link holds by which somebody without an account follows what they sent: 32 random bytes as hexadecimal
/// digits. The page of the form makes it, so that a telephone that lost the answer and sends again is given the same
/// link. Only its digest is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(String);

impl LinkSecret {
    pub fn new(random: &(dyn Random + 'static)) -> Self {
        Self(hex::encode(random.bytes::<32>()))
    }

    /// From a form or a link; `None` when it cannot be one of ours.
    pub fn read(text: &str) -> Option<Self> {
        let shaped = text.len() == 64 && text.bytes().all(|letter| matches!(letter, b'0'..=b'9' | b'a'..=b'f'));
        shaped.then(|| Self(text.to_owned()))
    }

    /// For the form and the link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored, and compared with.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(&self.0))
    }

    /// The form it belongs to: the same form sent twice makes one thing. The secret does not follow from it.
    pub fn form_id(&self) -> Id {
        let digest = Sha256::digest(format!("form:{}", self.0));
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Id::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use base::FixedRandom;

    use super::*;

    #[test]
    fn a_link_leads_back_to_one_form_and_is_never_printed() {
        let random = FixedRandom::new(1);
        let secret = LinkSecret::new(&random);
        let read = LinkSecret::read(secret.reveal()).unwrap();
        assert_eq!((read.form_id(), read.digest()), (secret.form_id(), secret.digest()));
        assert_ne!(secret.form_id(), LinkSecret::new(&random).form_id());
        assert!(!format!("{secret:?}").contains(secret.reveal()));
        for wrong in ["", "abc", &"g".repeat(64), &"A".repeat(64), &"ế".repeat(32)] {
            assert_eq!(LinkSecret::read(wrong), None, "{wrong}");
        }
    }
}
