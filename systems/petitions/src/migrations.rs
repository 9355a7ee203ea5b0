use store::{Migration, search_migration, search_words_migration};

pub(crate) const ALL: &[Migration] = &[
    Migration::new("petitions_0001_petitions", include_str!("../migrations/0001_petitions.sql")),
    search_migration!("petitions_0002_search", "petitions_search"),
    search_words_migration!("petitions_0003_search_words", "petitions_search"),
    Migration::new("petitions_0004_open_of_agency", include_str!("../migrations/0004_open_of_agency.sql")),
];
