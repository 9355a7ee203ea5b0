//! Where money goes: the gateway and the accounts of agencies, as whoever runs the program set them. Nothing of it is in
//! the program itself.

use std::collections::BTreeMap;

use exchange::Keeper;
use serde::Deserialize;

/// The ways to pay of this province; one of the program's parts. Without its file money is taken at the desk only.
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

impl Keeper for Ways {
    const FILE: &'static str = "keys/payments.toml";

    fn secret(&self) -> Option<&str> {
        self.gateway.as_ref().map(|gateway| gateway.secret.as_str())
    }
}

impl Ways {
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
    fn the_secret_of_the_gateway_is_looked_at() {
        let of = |secret: &str| format!("[gateway]\nmerchant = 'a'\npay = 'b'\nquery = 'c'\nsecret = '{secret}'\n");
        assert!(Ways::read(&of("abc-xyz")).is_err());
        assert!(Ways::read(&of(&"x".repeat(32))).is_ok());
    }
}
