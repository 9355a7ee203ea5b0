//! What whoever denounces gave of themselves and of the matter: it exists in memory only, and outside it only sealed.

use base::Result;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::seal::{self, Key, PublicKey};

/// Everything of a denunciation that may tell who sent it, the words and files as they came among it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Given {
    pub name: String,
    /// Personal identification number, as typed.
    pub number: String,
    pub address: String,
    pub phone: String,
    pub mail: String,
    /// Against whom.
    pub against: String,
    pub words: String,
    pub files: Vec<GivenFile>,
}

/// A file as it came: its name and whatever it says of the camera that made it included.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct GivenFile {
    pub name: String,
    /// Read from the bytes: `image/jpeg`.
    pub mime: String,
    /// As base64, so that the whole is text.
    pub content: String,
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(…)")
    }
}

/// What is stored of it.
pub(crate) struct Sealed {
    /// The whole, sealed to a key of its own.
    pub(crate) payload: Vec<u8>,
    pub(crate) key: Key,
}

impl Given {
    pub(crate) fn seal(&self) -> Result<Sealed> {
        let key = Key::new();
        // Room for all of it: growing would leave pieces behind in memory.
        let room = 4096 + self.words.len() * 2 + self.files.iter().map(|file| file.content.len() + 512).sum::<usize>();
        let mut plain = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *plain, self)?;
        Ok(Sealed { payload: seal::seal(&plain, &key.public())?, key })
    }

    /// Opens it with the key that somebody was handed.
    pub(crate) fn open(payload: &[u8], key: &Key) -> Result<Self> {
        Ok(serde_json::from_slice(&key.open(payload)?)?)
    }
}

impl Sealed {
    pub(crate) fn hand_to(&self, to: &PublicKey) -> Result<Vec<u8>> {
        self.key.hand_to(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_comes_back_whole_and_is_never_printed() {
        let file = GivenFile { name: "so-tay.jpg".into(), mime: "image/jpeg".into(), content: "AAEC".into() };
        let mut given = Given::default();
        "Trần Thị Demo".clone_into(&mut given.name);
        "Nhận tiền".clone_into(&mut given.words);
        given.files.push(file);
        let sealed = given.seal().unwrap();
        assert!(Given::open(&sealed.payload, &sealed.key).unwrap() == given);
        assert_eq!(format!("{given:?}"), "Given(…)");
    }
}
