use std::collections::BTreeSet;

use base::{Error, Id, PositionKind, Result};
use journal::Actor;

use crate::access::Access;

/// Who is asking. Made by `identity`, carried by `web`, asked by every action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    Anonymous,
    Citizen(Citizen),
    Officer(Officer),
    Client(Client),
}

/// A person, or the person who acts for an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citizen {
    pub account: Id,
    pub person: Id,
    pub name: String,
    /// Identification level: 1 by a code to telephone or mail, 2 by comparing the card (Decree 69/2024/NĐ-CP).
    pub assurance: u8,
}

/// An officer in one of the positions they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    pub account: Id,
    pub person: Id,
    pub name: String,
    pub position: Id,
    pub kind: PositionKind,
    pub title: String,
    pub agency: Id,
    pub agency_name: String,
    /// Code of the unit within the agency.
    pub unit: Option<String>,
    pub permissions: BTreeSet<String>,
    /// Whose position this is, when it is held for another (ủy quyền).
    pub acting_for: Option<Id>,
}

/// Another program, by token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub account: Id,
    pub name: String,
    pub scopes: BTreeSet<String>,
}

impl Officer {
    pub fn may(&self, permission: &str) -> bool {
        self.permissions.contains(permission)
    }
}

impl Caller {
    /// How the journal names the caller.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Anonymous => Actor::default(),
            Self::Citizen(citizen) => {
                Actor { account: Some(citizen.account), person: Some(citizen.person), ..Actor::default() }
            }
            Self::Officer(officer) => Actor {
                account: Some(officer.account),
                person: Some(officer.person),
                position: Some(officer.position),
                agency: Some(officer.agency),
                acting_for: officer.acting_for,
            },
            Self::Client(client) => Actor { account: Some(client.account), ..Actor::default() },
        }
    }

    /// The person behind the account, where there is one.
    pub fn person(&self) -> Option<Id> {
        self.actor().person
    }

    pub fn citizen(&self) -> Result<&Citizen> {
        match self {
            Self::Citizen(citizen) => Ok(citizen),
            Self::Anonymous => Err(Error::SignedOut),
            Self::Officer(_) | Self::Client(_) => Err(Error::Forbidden("citizen")),
        }
    }

    pub fn officer(&self) -> Result<&Officer> {
        match self {
            Self::Officer(officer) => Ok(officer),
            Self::Anonymous => Err(Error::SignedOut),
            Self::Citizen(_) | Self::Client(_) => Err(Error::Forbidden("officer")),
        }
    }

    /// The officer, if the position holds the permission.
    pub fn officer_who_may(&self, permission: &'static str) -> Result<&Officer> {
        let officer = self.officer()?;
        if officer.may(permission) { Ok(officer) } else { Err(Error::Forbidden(permission)) }
    }

    /// The outer door.
    pub fn check(&self, access: Access) -> Result<()> {
        match access {
            Access::Public => Ok(()),
            Access::Citizen => self.citizen().map(drop),
            Access::SignedIn => {
                if matches!(self, Self::Anonymous) {
                    Err(Error::SignedOut)
                } else {
                    Ok(())
                }
            }
            Access::Officer => self.officer().map(drop),
            Access::Needs(permission) => self.officer_who_may(permission).map(drop),
            Access::Client(scope) => match self {
                Self::Client(client) if client.scopes.contains(scope) => Ok(()),
                Self::Anonymous => Err(Error::SignedOut),
                _ => Err(Error::Forbidden(scope)),
            },
        }
    }
}
