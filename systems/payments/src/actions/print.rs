use base::Result;
use bytes::Bytes;
use contracts::Answer;
use files::FileKind;
use print::Printer;
use store::Sql;
use system::App;

use crate::queries::{self, Receipt};

const BATCH: usize = 20;

/// Prints the receipts that wait for their paper.
pub fn make_receipts(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let waiting = queries::receipts_to_print(app.store.read(), BATCH).await?;
        let count = waiting.len();
        for receipt in waiting {
            let (id, printed) = (receipt.id, paper(app, receipt).await);
            let (hash, failed) = match printed {
                Ok(hash) => (Some(hash), None),
                Err(error) => {
                    tracing::error!(receipt = %id, %error, "Receipt {id} could not be printed");
                    (None, Some(error.to_string()))
                }
            };
            app.store
                .write(async |tx| {
                    Sql::new(
                        "UPDATE payments_receipts SET file_hash = $2, failed = $3 WHERE id = $1 AND file_hash IS NULL",
                    )
                    .bind(id.uuid())
                    .bind(hash)
                    .bind(failed)
                    .run(tx)
                    .await
                })
                .await?;
        }
        Ok(count)
    })
}

async fn paper(app: &App, receipt: Receipt) -> Result<String> {
    let paper: print::Paper = serde_json::from_value(receipt.data)?;
    let printed = app.parts.get::<Printer>()?.print(paper, receipt.made_at).await?;
    Ok(app.files.keep(Bytes::from(printed.pdf), FileKind::Pdf).await?.hash)
}
