//! What whoever runs the program writes down about a partner: where it is reached, and the secret both sides sign with.

use std::path::Path;

use base::{Error, Result};
use serde::de::DeserializeOwned;

/// Characters of a secret at least: as many as its seal has bytes. A shorter one is guessed, and who guesses it speaks
/// as the partner.
const SECRET: usize = 32;

/// A file beside the keys of the program, read by nobody else: `keys/post.toml`.
pub trait Keeper: DeserializeOwned + Default {
    const FILE: &'static str;

    /// The secret of the partner, if there is one.
    fn secret(&self) -> Option<&str>;

    /// From the folder of the program; nothing without the file.
    ///
    /// # Errors
    /// When the file is there and does not read, or its secret is one that is guessed. The secret is not told.
    fn open(data: &Path) -> Result<Self> {
        match std::fs::read_to_string(data.join(Self::FILE)) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Error::inside(format!("{}: {error}", Self::FILE))),
        }
    }

    /// # Errors
    /// As of [`Keeper::open`].
    fn read(text: &str) -> Result<Self> {
        let file = Self::FILE;
        let read: Self = toml::from_str(text).map_err(|error| Error::inside(format!("{file}: {}", error.message())))?;
        if read.secret().is_some_and(|secret| secret.chars().count() < SECRET) {
            return Err(Error::inside(format!("{file}: the secret has fewer than {SECRET} characters")));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Partner {
        secret: Option<String>,
    }

    impl Keeper for Partner {
        const FILE: &'static str = "keys/partner.toml";

        fn secret(&self) -> Option<&str> {
            self.secret.as_deref()
        }
    }

    #[test]
    fn without_the_file_there_is_no_partner() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Partner::open(folder.path()).unwrap().secret.is_none());
        std::fs::create_dir(folder.path().join("keys")).unwrap();
        std::fs::write(folder.path().join(Partner::FILE), format!("secret = '{}'", "x".repeat(32))).unwrap();
        assert!(Partner::open(folder.path()).unwrap().secret.is_some());
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_refused_and_none_is_told() {
        for short in ["", "bí mật", "abc-xyz"] {
            let error = Partner::read(&format!("secret = '{short}'")).unwrap_err().to_string();
            assert!(error.contains("fewer than 32"), "{error}");
            assert!(short.is_empty() || !error.contains(short), "{error}");
        }
        let error = Partner::read("secret = 'abc-xyz'\nurl = 1\n").unwrap_err().to_string();
        assert!(error.contains(Partner::FILE) && !error.contains("abc-xyz"), "{error}");
    }
}
