//! Permissions of this crate, and how the permissions of a position come about.

use std::collections::{BTreeMap, BTreeSet};

use system::{Permission, PositionKind};

/// To lock accounts of the own scope and to hand out new passwords.
pub const ADMINISTER: &str = "identity.administer";
/// To confirm that a person at the desk is who their card says.
pub const CONFIRM: &str = "identity.confirm";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(ADMINISTER, &[PositionKind::Administrator]),
    Permission::new(CONFIRM, &[PositionKind::Reception]),
];

/// A deviation from what positions of a kind may do: one permission more or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub permission: String,
    /// More, or less.
    pub granted: bool,
    /// For one position, rather than for all of a kind in an agency.
    pub of_position: bool,
}

/// What each kind of position may do by itself.
#[derive(Clone, Debug)]
pub(crate) struct Defaults(BTreeMap<PositionKind, BTreeSet<String>>);

impl Defaults {
    pub(crate) fn new(permissions: &[Permission]) -> Self {
        let of = |kind: PositionKind| {
            permissions
                .iter()
                .filter(|permission| permission.held_by.contains(&kind))
                .map(|permission| permission.key.to_owned())
                .collect()
        };
        Self(PositionKind::ALL.into_iter().map(|kind| (kind, of(kind))).collect())
    }

    /// What is said of one position prevails over what is said of its kind, a later word over an earlier one.
    pub(crate) fn of(&self, kind: PositionKind, grants: &[Grant]) -> BTreeSet<String> {
        let mut may = self.0.get(&kind).cloned().unwrap_or_default();
        let (own, common): (Vec<&Grant>, Vec<&Grant>) = grants.iter().partition(|grant| grant.of_position);
        for grant in common.into_iter().chain(own) {
            if grant.granted {
                may.insert(grant.permission.clone());
            } else {
                may.remove(&grant.permission);
            }
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(permission: &str, granted: bool, of_position: bool) -> Grant {
        Grant { permission: permission.to_owned(), granted, of_position }
    }

    #[test]
    fn a_position_may_what_its_kind_may_plus_and_minus_what_was_said_of_it() {
        let defaults = Defaults::new(PERMISSIONS);
        let of = |grants: &[Grant]| defaults.of(PositionKind::Reception, grants).into_iter().collect::<Vec<_>>();
        assert_eq!(of(&[]), [CONFIRM]);
        assert_eq!(of(&[grant(ADMINISTER, true, false)]), [ADMINISTER, CONFIRM]);
        assert!(of(&[grant(CONFIRM, false, false)]).is_empty());
        assert_eq!(of(&[grant(CONFIRM, true, true), grant(CONFIRM, false, false)]), [CONFIRM]);
        assert!(of(&[grant(CONFIRM, true, false), grant(CONFIRM, false, false)]).is_empty());
    }
}
