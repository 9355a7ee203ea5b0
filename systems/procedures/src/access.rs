//! Who may do what with the catalogue. To read it one need not be anybody: Decree 63/2010/NĐ-CP makes it public.

use directory::PROVINCE_COMMITTEE;
use system::{Permission, PositionKind};

use PositionKind::{Administrator, Leader};

/// To see every version with its standing, those not yet or no longer in force among them, and drafts.
pub const MANAGE: &str = "procedures.manage";
/// To write drafts.
pub const EDIT: &str = "procedures.edit";
/// To publish what somebody else wrote (Decree 63/2010/NĐ-CP, Article 15: the chairperson of the province's committee).
pub const PUBLISH: &str = "procedures.publish";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(MANAGE, &[Administrator, Leader]),
    Permission::new(EDIT, &[Administrator]).only_in(PROVINCE_COMMITTEE),
    Permission::new(PUBLISH, &[Leader, Administrator]).only_in(PROVINCE_COMMITTEE),
];
