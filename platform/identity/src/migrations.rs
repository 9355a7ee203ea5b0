/// The tables of accounts, sessions, tokens and grants, and of what strangers send.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new("identity_0001_accounts", include_str!("../migrations/0001_accounts.sql")),
    store::Migration::new("identity_0002_sendings", include_str!("../migrations/0002_sendings.sql")),
    store::Migration::new("identity_0003_organisations", include_str!("../migrations/0003_organisations.sql")),
];
