use chrono::{DateTime, Utc};
use contracts::Answer;
use contracts::figures::{FeedbackHandled, Handled};
use store::{Sql, Store};

/// How reports were answered, for who counts it.
pub(crate) struct Asked(Store);

impl Asked {
    pub(crate) const fn new(store: Store) -> Self {
        Self(store)
    }
}

impl FeedbackHandled for Asked {
    fn handled(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Answer<'_, Handled> {
        Box::pin(async move {
            let found = Sql::new(
                "SELECT count(*), \
                 coalesce(sum(CASE WHEN coalesce(answered_at, $2) > promised_at THEN 1 ELSE 0 END), 0), \
                 coalesce(sum(CASE WHEN satisfied = FALSE THEN 1 ELSE 0 END), 0) FROM feedback_reports \
                 WHERE received_at >= $1 AND received_at < $2 AND joined_id IS NULL",
            )
            .bind(from)
            .bind(to)
            .one(self.0.read(), |row| Ok(Handled { total: row.get(0)?, late: row.get(1)?, disliked: row.get(2)? }))
            .await?;
            Ok(found.unwrap_or_default())
        })
    }
}
