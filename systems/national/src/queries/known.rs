use base::Id;
use contracts::Answer;
use contracts::figures::NationallyKnown;
use store::{Sql, Store};

/// What the portal has, for who counts it.
pub(crate) struct Known(Store);

impl Known {
    pub(crate) const fn new(store: Store) -> Self {
        Self(store)
    }
}

impl NationallyKnown for Known {
    fn is_known(&self, dossier: Id) -> Answer<'_, bool> {
        Box::pin(async move {
            let found = Sql::new("SELECT 1 FROM national_dossiers WHERE dossier_id = $1 AND told_version IS NOT NULL")
                .bind(dossier.uuid())
                .one(self.0.read(), |_| Ok(()))
                .await?;
            Ok(found.is_some())
        })
    }
}
