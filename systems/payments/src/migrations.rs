use store::Migration;

pub(crate) const ALL: &[Migration] = &[
    Migration::new("payments_0001_charges", include_str!("../migrations/0001_charges.sql")),
    Migration::new("payments_0002_reconciliation", include_str!("../migrations/0002_reconciliation.sql")),
];
