use store::{Migration, search_migration, search_words_migration};

pub(crate) const ALL: &[Migration] = &[
    Migration::new("dossiers_0001_dossiers", include_str!("../migrations/0001_dossiers.sql")),
    search_migration!("dossiers_0002_search", "dossiers_search"),
    Migration::new("dossiers_0003_uploads", include_str!("../migrations/0003_uploads.sql")),
    Migration::new("dossiers_0004_number_pattern", include_str!("../migrations/0004_number_pattern.sql")),
    Migration::new("dossiers_0005_results_of_case", include_str!("../migrations/0005_results_of_case.sql")),
    search_words_migration!("dossiers_0006_search_words", "dossiers_search"),
    Migration::new("dossiers_0007_series", include_str!("../migrations/0007_series.sql")),
    Migration::new("dossiers_0008_duties", include_str!("../migrations/0008_duties.sql")),
    Migration::new("dossiers_0009_open_of_agency", include_str!("../migrations/0009_open_of_agency.sql")),
    Migration::new("dossiers_0010_slips_next_at", include_str!("../migrations/0010_slips_next_at.sql")),
];
