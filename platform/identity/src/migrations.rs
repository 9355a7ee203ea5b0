/// The tables of accounts, sessions, tokens and grants.
pub const MIGRATIONS: &[store::Migration] =
    &[store::Migration::new("identity_0001_accounts", include_str!("../migrations/0001_accounts.sql"))];
