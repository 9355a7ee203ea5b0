//! Where the national portal is reached, and as whom.

use exchange::Keeper;
use serde::Deserialize;

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

impl Keeper for Portals {
    const FILE: &'static str = "keys/national.toml";

    fn secret(&self) -> Option<&str> {
        self.portal.as_ref().map(|portal| portal.secret.as_str())
    }
}

impl Portals {
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
    fn the_secret_of_the_portal_is_looked_at() {
        let of = |secret: &str| format!("[portal]\nurl = 'https://vi-du.vn'\nclient = 'a'\nsecret = '{secret}'\n");
        assert!(Portals::read(&of("abc-xyz")).is_err());
        assert!(Portals::read(&of(&"x".repeat(32))).unwrap().portal.is_some());
    }
}
