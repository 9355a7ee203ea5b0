//! Permissions of this crate, and how the permissions of a position come about.

use std::collections::BTreeSet;

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

/// What positions may do by themselves.
#[derive(Clone, Debug)]
pub(crate) struct Defaults(Vec<Permission>);

impl Defaults {
    pub(crate) fn new(permissions: &[Permission]) -> Self {
        Self(permissions.to_vec())
    }

    /// What is said of one position prevails over what is said of its kind, a later word over an earlier one.
    pub(crate) fn of(&self, kind: PositionKind, agency_kind: &str, grants: &[Grant]) -> BTreeSet<String> {
        let held = self.0.iter().filter(|permission| permission.is_held(kind, agency_kind));
        let mut may: BTreeSet<String> = held.map(|permission| permission.key.to_owned()).collect();
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
        let of = |grants: &[Grant]| {
            defaults.of(PositionKind::Reception, "department", grants).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(of(&[]), [CONFIRM]);
        assert_eq!(of(&[grant(ADMINISTER, true, false)]), [ADMINISTER, CONFIRM]);
        assert!(of(&[grant(CONFIRM, false, false)]).is_empty());
        assert_eq!(of(&[grant(CONFIRM, true, true), grant(CONFIRM, false, false)]), [CONFIRM]);
        assert!(of(&[grant(CONFIRM, true, false), grant(CONFIRM, false, false)]).is_empty());
    }

    #[test]
    fn what_binds_the_province_is_held_in_agencies_of_one_kind_and_elsewhere_by_grant() {
        let defaults = Defaults::new(&[Permission::new("laws.publish", &[PositionKind::Leader]).only_in("committee")]);
        let of = |kind, agency, grants: &[Grant]| defaults.of(kind, agency, grants).len();
        assert_eq!(of(PositionKind::Leader, "committee", &[]), 1);
        assert_eq!(of(PositionKind::Head, "committee", &[]), 0);
        assert_eq!(of(PositionKind::Leader, "commune-committee", &[]), 0);
        assert_eq!(of(PositionKind::Leader, "commune-committee", &[grant("laws.publish", true, true)]), 1);
    }
}
