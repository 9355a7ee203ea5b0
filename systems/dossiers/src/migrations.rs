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
    Migration::new("dossiers_0010_papers_held", include_str!("../migrations/0010_papers_held.sql")),
    Migration::new("dossiers_0011_slips_next_at", include_str!("../migrations/0011_slips_next_at.sql")),
    Migration::new("dossiers_0012_apologies", include_str!("../migrations/0012_apologies.sql")),
    Migration::new("dossiers_0013_lists", include_str!("../migrations/0013_lists.sql")),
    Migration::new("dossiers_0014_bundles", include_str!("../migrations/0014_bundles.sql")),
    Migration::each(
        "dossiers_0015_search_marks",
        include_str!("../migrations/0015_search_marks.sqlite.sql"),
        include_str!("../migrations/0015_search_marks.postgres.sql"),
    ),
    Migration::new("dossiers_0016_open_of_procedure", include_str!("../migrations/0016_open_of_procedure.sql")),
    Migration::new("dossiers_0017_lists_narrowed", include_str!("../migrations/0017_lists_narrowed.sql")),
    Migration::new("dossiers_0018_apologies_offered", include_str!("../migrations/0018_apologies_offered.sql")),
    Migration::new("dossiers_0019_online_answers", include_str!("../migrations/0019_online_answers.sql")),
    Migration::new("dossiers_0020_register", include_str!("../migrations/0020_register.sql")),
    Migration::new("dossiers_0021_behalf", include_str!("../migrations/0021_behalf.sql")),
    Migration::new("dossiers_0022_consents", include_str!("../migrations/0022_consents.sql")),
    Migration::new("dossiers_0023_rated", include_str!("../migrations/0023_rated.sql")),
];

#[cfg(test)]
mod tests {
    use base::{Id, Now};
    use store::testing::{OnDatabase, TestDatabase, remove};
    use store::{Location, Sql, Store, search};

    use super::ALL;
    use crate::dossier::State;
    use crate::found::{agency_mark, state_mark};
    use crate::tables::SEARCH;

    const MOMENT: &str = "2026-11-20T09:00:00+07:00";

    /// A database without tables yet.
    struct Empty(TestDatabase);

    impl OnDatabase for Empty {
        async fn on(database: TestDatabase) -> Self {
            Self(database)
        }
    }

    /// The database as it was before a migration.
    struct Before {
        store: Store,
        location: Location,
    }

    impl Before {
        async fn of(database: &TestDatabase, migration: &str) -> Self {
            let before = ALL.iter().position(|one| one.name == migration).unwrap();
            let (store, location) = database.migrated(&ALL[..before], Now::parse(MOMENT)).await;
            Self { store, location }
        }
    }

    impl Drop for Before {
        fn drop(&mut self) {
            remove(&self.location);
        }
    }

    /// A dossier of an agency, as it was written before either migration.
    async fn filed(store: &Store, dossier: Id, applicant: Id) {
        let now = Now::parse(MOMENT);
        store
            .write(async |tx| {
                Sql::new(
                    "INSERT INTO dossiers (id, form_id, code, procedure_id, procedure_code, procedure_name, applicant_id, \
                     applicant_name, agency_id, receiving_id, case_id, channel, state, answers, fee, supplements, \
                     submitted_at) VALUES ($1, $1, 'H32.103-261120-0001', $1, '1', '', $2, '', $1, $1, $1, 'online', 1, \
                     '{}', 0, 0, $3)",
                )
                .bind(dossier.uuid())
                .bind(applicant.uuid())
                .bind(now.utc())
                .run(tx)
                .await
            })
            .await
            .unwrap();
    }

    #[store::test]
    async fn what_came_in_before_is_the_applicants(given: Empty) {
        let given = Before::of(&given.0, "dossiers_0010_papers_held").await;
        let (store, now) = (&given.store, Now::parse(MOMENT));
        let (dossier, applicant) = (Id::new(now), Id::new(now));
        filed(store, dossier, applicant).await;
        store
            .write(async |tx| {
                Sql::new(
                    "INSERT INTO dossiers_papers (id, dossier_id, component, file_hash, name, size, mime, added_at) \
                     VALUES ($1, $1, 'don', '0', 'don.pdf', 1, 'application/pdf', $2)",
                )
                .bind(dossier.uuid())
                .bind(now.utc())
                .run(tx)
                .await
            })
            .await
            .unwrap();
        store.migrate(ALL, now).await.unwrap();
        let whose = Sql::new("SELECT applicant_id FROM dossiers_papers")
            .one(store.read(), |row| Ok(Id::from_uuid(row.get(0)?)))
            .await
            .unwrap();
        assert_eq!(whose, Some(applicant));
    }
    #[store::test]
    async fn what_was_found_before_is_found_by_its_marks(given: Empty) {
        let given = Before::of(&given.0, "dossiers_0015_search_marks").await;
        let (store, now) = (&given.store, Now::parse(MOMENT));
        let (dossier, agency) = (Id::new(now), Id::new(now));
        filed(store, dossier, agency).await;
        store
            .write(async |tx| {
                Sql::new("INSERT INTO dossiers_agencies (agency_id, dossier_id, state) VALUES ($1, $2, 1)")
                    .bind(agency.uuid())
                    .bind(dossier.uuid())
                    .run(tx)
                    .await?;
                SEARCH.put(tx, store.kind(), dossier, "Cấp phép mẫu").await
            })
            .await
            .unwrap();
        store.migrate(ALL, now).await.unwrap();
        for (words, agency, state, is_found) in [
            ("cap phep", agency, State::Submitted, true),
            ("cap phep khac", agency, State::Submitted, false),
            ("cap phep", dossier, State::Submitted, false),
            ("cap phep", agency, State::Received, false),
        ] {
            let marks = [vec![agency_mark(agency)], vec![state_mark(state)]];
            let query = search::query_among(store.kind(), words, &marks).unwrap();
            let condition = SEARCH.condition(store.kind(), "d.id", 1);
            let found = Sql::composed(format!("SELECT 1 FROM dossiers d WHERE {condition}"))
                .bind(query)
                .one(store.read(), |_| Ok(()))
                .await
                .unwrap();
            assert_eq!(found.is_some(), is_found, "{words} {state:?}");
        }
    }
}
