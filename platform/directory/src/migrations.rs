use store::Migration;

/// The directory's own tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("directory_0001_directory", include_str!("../migrations/0001_directory.sql")),
    store::search_migration!("directory_0002_search", "directory_search"),
    store::search_words_migration!("directory_0003_search_words", "directory_search"),
    Migration::new("directory_0004_plans", include_str!("../migrations/0004_plans.sql")),
    Migration::new("directory_0005_organisations", include_str!("../migrations/0005_organisations.sql")),
];
