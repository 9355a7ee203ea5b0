use base::{Id, Result};
use contracts::Answer;
use contracts::figures::PaidOnline;
use store::Sql;
use system::App;

use crate::Ways;
use crate::charge::Way;

/// Whether people paid through the gateway, for who counts it.
pub(crate) struct Online(App);

impl Online {
    pub(crate) const fn new(app: App) -> Self {
        Self(app)
    }
}

impl PaidOnline for Online {
    fn paid_online(&self, subject: Id) -> Answer<'_, bool> {
        Box::pin(async move {
            // Money that came after a charge was cancelled has no receipt: it only goes back.
            let found = Sql::new(
                "SELECT 1 FROM payments_charges c JOIN payments_receipts r ON r.charge_id = c.id \
                 WHERE c.subject_id = $1 AND c.paid_by = $2 LIMIT 1",
            )
            .bind(subject.uuid())
            .bind(Way::Gateway.as_str())
            .one(self.0.store.read(), |_| Ok(()))
            .await?;
            Ok(found.is_some())
        })
    }

    fn is_offered(&self) -> Result<bool> {
        Ok(self.0.parts.get::<Ways>()?.gateway.is_some())
    }
}
