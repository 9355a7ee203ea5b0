use base::Id;
use chrono::{DateTime, Utc};
use contracts::Answer;
use contracts::figures::{FeedbackHandled, Handled, ReportFact, ReportFacts};
use store::{Sql, Store};

use crate::report::State;

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

impl ReportFacts for Asked {
    fn report(&self, id: Id) -> Answer<'_, Option<ReportFact>> {
        Box::pin(async move {
            Sql::new(
                "SELECT r.id, r.code, r.receiving_id, r.agency_id, r.filed_at, r.state, r.closed_at, \
                 (SELECT min(a.approved_at) FROM feedback_answers a WHERE a.report_id = r.id), r.public_at \
                 FROM feedback_reports r WHERE r.id = $1 AND r.joined_id IS NULL",
            )
            .bind(id.uuid())
            .one(self.0.read(), |row| {
                let refused = row.get::<String>(5)? == State::Refused.as_str();
                Ok(ReportFact {
                    id: Id::from_uuid(row.get(0)?),
                    code: row.get(1)?,
                    receiving: Id::from_uuid(row.get(2)?),
                    agency: Id::from_uuid(row.get(3)?),
                    filed_at: row.get(4)?,
                    refused_at: row.get::<Option<_>>(6)?.filter(|_| refused),
                    answered_at: row.get(7)?,
                    public_at: row.get(8)?,
                })
            })
            .await
        })
    }

    fn reports_after(&self, id: Option<Id>, size: usize) -> Answer<'_, Vec<Id>> {
        Box::pin(async move {
            Sql::composed(format!("SELECT id FROM feedback_reports WHERE id > $1 ORDER BY id LIMIT {size}"))
                .bind(id.map_or(uuid::Uuid::nil(), Id::uuid))
                .all(self.0.read(), |row| Ok(Id::from_uuid(row.get(0)?)))
                .await
        })
    }

    fn desk(&self, code: &str) -> String {
        format!("/phan-anh-xu-ly/{code}")
    }
}
