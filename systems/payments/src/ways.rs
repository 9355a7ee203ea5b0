//! Where money goes: the gateway and the accounts of agencies, as whoever runs the program set them. Nothing of it is in
//! the program itself.

use std::collections::BTreeMap;
use std::path::Path;

use base::{Error, Result};
use serde::Deserialize;

/// Beside the keys of the program, read by nobody else.
const FILE: &str = "keys/payments.toml";

/// Characters of a secret at least: as many as its seal has bytes.
const SECRET: usize = 32;

/// The ways to pay of this province; one of the program's parts.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    #[serde(default)]
    pub gateway: Option<GatewayAt>,
    /// Where the money of agencies goes that have no account of their own.
    #[serde(default)]
    account: Option<Account>,
    /// By the code of the agency.
    #[serde(default)]
    accounts: BTreeMap<String, Account>,
}

/// A payment gateway, as its keeper describes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayAt {
    /// How it knows this program.
    pub merchant: String,
    /// Where payers are sent.
    pub pay: String,
    /// Where it is asked what became of an order.
    pub query: String,
    /// What both sides sign with.
    pub(crate) secret: String,
}

/// An account at a bank.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Six digits (BIN).
    pub bank: String,
    pub number: String,
    /// Whose it is.
    pub name: String,
}

impl Ways {
    /// From the folder of the program. Without the file money is taken at the desk only.
    ///
    /// # Errors
    /// When the file is there and does not read. The secret is not told.
    pub fn open(data: &Path) -> Result<Self> {
        match std::fs::read_to_string(data.join(FILE)) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Error::inside(format!("{FILE}: {error}"))),
        }
    }

    fn read(text: &str) -> Result<Self> {
        let ways: Self = toml::from_str(text).map_err(|error| Error::inside(format!("{FILE}: {}", error.message())))?;
        if ways.gateway.as_ref().is_some_and(|gateway| gateway.secret.len() < SECRET) {
            // A short one is guessed, and who guesses it pays with words.
            return Err(Error::inside(format!("{FILE}: the secret of the gateway has fewer than {SECRET} characters")));
        }
        Ok(ways)
    }

    /// What a demo pays with: a gateway of its own, reached as the program is, and an account that no bank has.
    pub fn demo(public_url: &str, secret: &str) -> Self {
        let at = format!("{public_url}{}", crate::demo::PATH);
        let gateway = GatewayAt {
            merchant: "MINH-HOA".to_owned(),
            query: format!("{at}/tra-cuu"),
            pay: at,
            secret: secret.to_owned(),
        };
        let account = Account {
            bank: "999999".to_owned(),
            number: "0000000000".to_owned(),
            name: "TAI KHOAN MINH HOA".to_owned(),
        };
        Self { gateway: Some(gateway), account: Some(account), accounts: BTreeMap::new() }
    }

    /// The gateway of a test's own.
    pub fn through(gateway: GatewayAt) -> Self {
        Self { gateway: Some(gateway), ..Self::demo("", "") }
    }

    /// Where the money of an agency goes.
    pub fn account(&self, agency_code: &str) -> Option<&Account> {
        self.accounts.get(agency_code).or(self.account.as_ref())
    }
}

impl GatewayAt {
    pub fn new(merchant: &str, pay: &str, query: &str, secret: &str) -> Self {
        let [merchant, pay, query, secret] = [merchant, pay, query, secret].map(str::to_owned);
        Self { merchant, pay, query, secret }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_has_its_own_account_or_the_common_one() {
        let text = "[account]\nbank = '999999'\nnumber = '1'\nname = 'A'\n\
                    [accounts.'H32.103']\nbank = '999999'\nnumber = '2'\nname = 'B'\n";
        let ways = Ways::read(text).unwrap();
        assert!(ways.gateway.is_none());
        assert_eq!(ways.account("H32.103").unwrap().number, "2");
        assert_eq!(ways.account("H32.101").unwrap().number, "1");
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_refused() {
        let of = |secret: &str| format!("[gateway]\nmerchant = 'a'\npay = 'b'\nquery = 'c'\nsecret = '{secret}'\n");
        for short in ["", "bí mật"] {
            assert!(Ways::read(&of(short)).is_err_and(|error| error.to_string().contains("fewer than 32")), "{short}");
        }
        assert!(Ways::read(&of(&"x".repeat(32))).is_ok());
    }

    #[test]
    fn a_file_that_does_not_read_is_named_without_the_secret() {
        let error = Ways::read("[gateway]\nsecret = 'abc-xyz'\nmerchant = 1\n").err().unwrap().to_string();
        assert!(error.contains(FILE) && !error.contains("abc-xyz"), "{error}");
    }
}
