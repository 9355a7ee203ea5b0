//! Where the national portal is reached, and as whom.

use std::path::Path;

use base::{Error, Result};
use serde::Deserialize;

/// Beside the keys of the program, read by nobody else.
const FILE: &str = "keys/national.toml";
/// Characters of a secret at least: as many as its seal has bytes.
const SECRET: usize = 32;

/// The national portal, if the province is joined to it; one of the program's parts.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portals {
    pub portal: Option<PortalAt>,
}

/// As its keeper describes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalAt {
    /// What its addresses begin with: `https://…`. Files are fetched from there and nowhere else.
    pub url: String,
    /// How it knows this program.
    pub client: String,
    /// What both sides sign with, and by which a session is had.
    pub(crate) secret: String,
}

impl Portals {
    /// From the folder of the program; none without the file.
    ///
    /// # Errors
    /// When the file is there and does not read, or its secret is one that is guessed. The secret is not told.
    pub fn open(data: &Path) -> Result<Self> {
        match std::fs::read_to_string(data.join(FILE)) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Error::inside(format!("{FILE}: {error}"))),
        }
    }

    fn read(text: &str) -> Result<Self> {
        let read: Self = toml::from_str(text).map_err(|error| Error::inside(format!("{FILE}: {}", error.message())))?;
        if read.portal.as_ref().is_some_and(|portal| portal.secret.len() < SECRET) {
            return Err(Error::inside(format!("{FILE}: the secret of the portal has fewer than {SECRET} characters")));
        }
        Ok(read)
    }

    /// One portal, such as a demo's or a test's own.
    pub fn of(url: &str, client: &str, secret: &str) -> Self {
        let [url, client, secret] = [url, client, secret].map(str::to_owned);
        Self { portal: Some(PortalAt { url, client, secret }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_can_be_guessed_is_refused_and_none_is_told() {
        let of = |secret: &str| format!("[portal]\nurl = 'https://vi-du.vn'\nclient = 'a'\nsecret = '{secret}'\n");
        let error = Portals::read(&of("abc-xyz")).err().unwrap().to_string();
        assert!(error.contains("fewer than 32") && !error.contains("abc-xyz"), "{error}");
        assert!(Portals::read(&of(&"x".repeat(32))).unwrap().portal.is_some());
    }
}
