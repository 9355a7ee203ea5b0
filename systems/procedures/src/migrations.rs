use store::{Migration, search_migration, search_words_migration};

/// The tables of published procedures.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("procedures_0001_versions", include_str!("../migrations/0001_versions.sql")),
    search_migration!("procedures_0002_search", "procedures_search"),
    search_words_migration!("procedures_0003_search_words", "procedures_search"),
    Migration::new("procedures_0004_drafts", include_str!("../migrations/0004_drafts.sql")),
];
