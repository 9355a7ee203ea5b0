//! That sessions and tokens are used, written down by the handful.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base::{Id, Now, Result};
use chrono::{DateTime, TimeDelta, Utc};
use store::{Sql, Store};

/// How long signs of life are gathered where many come. Each by itself would be a transaction for nearly every page that
/// anybody opens, and those who have something to write would wait for them.
const GATHERED: TimeDelta = TimeDelta::seconds(2);

/// What waits to be written. What is lost with the program is a minute of somebody's idle time.
#[derive(Default)]
pub(crate) struct SignsOfLife(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    written_at: Option<DateTime<Utc>>,
    signs: BTreeMap<Id, Sign>,
}

/// That something was used, and what follows.
#[derive(Clone, Copy)]
pub(crate) struct Sign {
    pub(crate) at: DateTime<Utc>,
    pub(crate) of: Used,
}

#[derive(Clone, Copy)]
pub(crate) enum Used {
    /// With the moment at which it ends unless it is used again.
    Session {
        ends_at: DateTime<Utc>,
    },
    Token,
}

impl SignsOfLife {
    /// Keeps one; whoever comes when the last were written some time ago writes all that wait.
    pub(crate) async fn give(&self, store: &Store, now: Now, id: Id, of: Used) -> Result<()> {
        let due = {
            let mut waiting = self.waiting();
            waiting.signs.insert(id, Sign { at: now.utc(), of });
            waiting.written_at.is_none_or(|at| now.utc() - at >= GATHERED || now.utc() < at)
        };
        if due { self.write(store, now).await.map(drop) } else { Ok(()) }
    }

    /// Writes what waits; says how many.
    pub(crate) async fn write(&self, store: &Store, now: Now) -> Result<usize> {
        let signs = {
            let mut waiting = self.waiting();
            waiting.written_at = Some(now.utc());
            std::mem::take(&mut waiting.signs)
        };
        if signs.is_empty() {
            return Ok(0);
        }
        store
            .write(async |tx| {
                for (id, sign) in &signs {
                    let sql = match sign.of {
                        Used::Session { ends_at } => {
                            Sql::new("UPDATE identity_sessions SET seen_at = $2, ends_at = $3 WHERE id = $1")
                                .bind(id.uuid())
                                .bind(sign.at)
                                .bind(ends_at)
                        }
                        Used::Token => Sql::new("UPDATE identity_tokens SET used_at = $2 WHERE id = $1")
                            .bind(id.uuid())
                            .bind(sign.at),
                    };
                    sql.run(tx).await?;
                }
                Ok::<_, base::Error>(())
            })
            .await?;
        Ok(signs.len())
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
