//! Dossiers as whoever counts them asks for them.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use contracts::Answer;
use contracts::figures::{DossierFact, DossierFacts};
use store::{Sql, Store};

use crate::dossier::State;

pub(crate) struct Facts(Store);

impl Facts {
    pub(crate) const fn new(store: Store) -> Self {
        Self(store)
    }

    /// The dossier without what stands in rows of its own. Whether its result is issued is known from the number: it is
    /// given in the transaction that tells of the end, the finished paper follows after.
    async fn alone(&self, id: Id) -> Result<Option<DossierFact>> {
        Sql::new(
            "SELECT d.id, d.code, d.procedure_id, d.procedure_code, d.agency_id, d.receiving_id, d.channel, d.state, \
             d.submitted_at, d.received_at, d.promised_at, d.finished_at, d.closed_at, d.fee, \
             EXISTS (SELECT 1 FROM dossiers_results r WHERE r.case_id = d.case_id AND r.numbered_at IS NOT NULL \
             AND r.voided_at IS NULL), d.identified, d.satisfied FROM dossiers d WHERE d.id = $1",
        )
        .bind(id.uuid())
        .one(self.0.read(), |row| {
            Ok(DossierFact {
                id: Id::from_uuid(row.get(0)?),
                code: row.get(1)?,
                version: Id::from_uuid(row.get(2)?),
                procedure: row.get(3)?,
                agency: Id::from_uuid(row.get(4)?),
                receiving: Id::from_uuid(row.get(5)?),
                channel: row.get(6)?,
                state: u8::try_from(row.get::<i64>(7)?)?,
                submitted_at: row.get(8)?,
                received_at: row.get(9)?,
                promised_at: row.get(10)?,
                asked_at: Vec::new(),
                finished_at: row.get(11)?,
                closed_at: row.get(12)?,
                withdrawal_asked_at: None,
                fee: row.get(13)?,
                electronic: row.get(14)?,
                components: Vec::new(),
                reused: Vec::new(),
                identified: row.get::<Option<bool>>(15)?.unwrap_or(false),
                satisfied: row.get(16)?,
            })
        })
        .await
    }

    async fn whole(&self, id: Id) -> Result<Option<DossierFact>> {
        let Some(mut fact) = self.alone(id).await? else { return Ok(None) };
        fact.asked_at = Sql::new("SELECT asked_at FROM dossiers_supplements WHERE dossier_id = $1 ORDER BY id")
            .bind(id.uuid())
            .all(self.0.read(), |row| row.get::<DateTime<Utc>>(0))
            .await?;
        fact.components = Sql::new(
            "SELECT DISTINCT component FROM dossiers_papers WHERE dossier_id = $1 AND replaced_at IS NULL ORDER BY component",
        )
        .bind(id.uuid())
        .all(self.0.read(), |row| row.get(0))
        .await?;
        fact.reused = Sql::new(
            "SELECT DISTINCT component FROM dossiers_papers WHERE dossier_id = $1 AND replaced_at IS NULL \
             AND reused_from IS NOT NULL ORDER BY component",
        )
        .bind(id.uuid())
        .all(self.0.read(), |row| row.get(0))
        .await?;
        if fact.state == State::WithdrawalAsked.code() {
            let story = journal::history(&self.0, id).await?;
            let asked = story.iter().rev().find(|line| line.verb == "dossiers.withdrawal-asked");
            fact.withdrawal_asked_at = asked.map(|line| line.at);
        }
        Ok(Some(fact))
    }
}

impl DossierFacts for Facts {
    fn fact(&self, id: Id) -> Answer<'_, Option<DossierFact>> {
        Box::pin(self.whole(id))
    }

    fn after(&self, id: Option<Id>, size: usize) -> Answer<'_, Vec<Id>> {
        Box::pin(async move {
            Sql::composed(format!("SELECT id FROM dossiers WHERE id > $1 ORDER BY id LIMIT {size}"))
                .bind(id.map_or(uuid::Uuid::nil(), Id::uuid))
                .all(self.0.read(), |row| Ok(Id::from_uuid(row.get(0)?)))
                .await
        })
    }

    fn desk(&self, code: &str) -> String {
        format!("/mot-cua/ho-so/{code}")
    }
}
