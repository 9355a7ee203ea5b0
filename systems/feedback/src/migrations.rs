use store::{Migration, search_migration, search_words_migration};

pub(crate) const ALL: &[Migration] = &[
    Migration::new("feedback_0001_reports", include_str!("../migrations/0001_reports.sql")),
    search_migration!("feedback_0002_search", "feedback_search"),
    Migration::new("feedback_0003_no_sendings", include_str!("../migrations/0003_no_sendings.sql")),
    Migration::new("feedback_0004_joined", include_str!("../migrations/0004_joined.sql")),
    Migration::new("feedback_0005_hidden_areas", include_str!("../migrations/0005_hidden_areas.sql")),
    Migration::new("feedback_0006_subscriptions", include_str!("../migrations/0006_subscriptions.sql")),
    Migration::new("feedback_0007_videos", include_str!("../migrations/0007_videos.sql")),
    Migration::new("feedback_0008_lists", include_str!("../migrations/0008_lists.sql")),
    search_words_migration!("feedback_0009_search_words", "feedback_search"),
    Migration::new("feedback_0010_open_of_agency", include_str!("../migrations/0010_open_of_agency.sql")),
];
