use store::{Migration, search_migration, search_words_migration};

pub(crate) const ALL: &[Migration] = &[
    Migration::new("complaints_0001_letters", include_str!("../migrations/0001_letters.sql")),
    search_migration!("complaints_0002_search", "complaints_search"),
    Migration::new("complaints_0003_seals", include_str!("../migrations/0003_seals.sql")),
    Migration::new("complaints_0004_receptions", include_str!("../migrations/0004_receptions.sql")),
    search_words_migration!("complaints_0005_search_words", "complaints_search"),
    Migration::new("complaints_0006_open_of_agency", include_str!("../migrations/0006_open_of_agency.sql")),
];
