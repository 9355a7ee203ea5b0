use std::str::FromStr;

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};

/// What stands behind an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    Officer,
    /// A person, for themselves and for the organisations they represent.
    Citizen,
    /// Another program.
    Client,
}

impl AccountKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Citizen => "citizen",
            Self::Client => "client",
        }
    }
}

impl FromStr for AccountKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Self::Officer, Self::Citizen, Self::Client]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Error::inside(format!("no kind of account is called {text}")))
    }
}

/// What is still missing between the right password and being signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The code of the second factor.
    Code,
    /// A password of their own instead of the one handed out.
    Password,
    /// A second factor, which the position asks for.
    Enrol,
}

impl Stage {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Password => "password",
            Self::Enrol => "enrol",
        }
    }

    /// The page that asks for it.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Code => "/dang-nhap/ma",
            Self::Password => "/dang-nhap/mat-khau",
            Self::Enrol => "/dang-nhap/xac-thuc-hai-lop",
        }
    }
}

impl FromStr for Stage {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Self::Code, Self::Password, Self::Enrol]
            .into_iter()
            .find(|stage| stage.as_str() == text)
            .ok_or_else(|| Error::inside(format!("no stage of signing in is called {text}")))
    }
}

/// An account as signing in needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Id,
    pub kind: AccountKind,
    pub person: Option<Id>,
    pub agency: Option<Id>,
    pub name: String,
    /// What its owner knows it by: a login name, or a masked number.
    pub handle: String,
    pub password: Option<String>,
    /// The password was handed out by somebody else.
    pub must_change: bool,
    pub assurance: u8,
    pub totp_secret: Option<Vec<u8>>,
    /// Locked by an administrator since then.
    pub blocked_at: Option<DateTime<Utc>>,
}

impl Account {
    /// What still has to be shown or chosen; `None` when the account may be used.
    ///
    /// The code comes before the new password: whoever found a handed-out password must not be able to replace it.
    pub(crate) fn stage(&self, second_factor_shown: bool, second_factor_required: bool) -> Option<Stage> {
        if self.totp_secret.is_some() && !second_factor_shown {
            Some(Stage::Code)
        } else if self.must_change {
            Some(Stage::Password)
        } else if second_factor_required && self.totp_secret.is_none() {
            Some(Stage::Enrol)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use base::Now;

    use super::*;

    #[test]
    fn every_step_comes_once_and_in_order() {
        let mut account = Account {
            id: Id::new(Now::parse("2026-11-20T08:00:00+07:00")),
            kind: AccountKind::Officer,
            person: None,
            agency: None,
            name: String::new(),
            handle: String::new(),
            password: None,
            must_change: true,
            assurance: 2,
            totp_secret: Some(vec![0; 20]),
            blocked_at: None,
        };
        assert_eq!(account.stage(false, true), Some(Stage::Code));
        assert_eq!(account.stage(true, true), Some(Stage::Password));
        account.must_change = false;
        assert_eq!(account.stage(true, true), None);
        account.totp_secret = None;
        assert_eq!(account.stage(false, true), Some(Stage::Enrol));
        assert_eq!(account.stage(false, false), None);
    }
}
