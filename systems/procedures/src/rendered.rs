//! What most visitors see is made once: the content of the home page for people not signed in, and of procedure pages.

use std::sync::Arc;

use base::{Id, Now};
use chrono::{NaiveDate, TimeDelta};
use contracts::questions::{Dossiers, Figures};
use moka::sync::Cache;
use system::App;
use tokio::sync::Mutex;
use web::Lang;

/// Bytes of content that are kept.
const ROOM: u64 = 16 * 1024 * 1024;
/// An agency that was renamed meanwhile shows its new name after this time.
const KEPT: std::time::Duration = std::time::Duration::from_mins(5);

/// Everything on which a piece of content depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) page: Page,
    pub(crate) publication: i64,
    pub(crate) lang: Lang,
    pub(crate) day: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Page {
    /// With the figures of that minute.
    Home(i64),
    /// One version.
    Procedure(Id),
}

pub(crate) struct Rendered {
    pages: Cache<Key, Arc<str>>,
    figures: Mutex<Option<(i64, Option<Figures>)>>,
}

impl Rendered {
    pub(crate) fn new() -> Self {
        let pages = Cache::builder()
            .weigher(|_, html: &Arc<str>| u32::try_from(html.len()).unwrap_or(u32::MAX))
            .max_capacity(ROOM)
            .time_to_live(KEPT)
            .build();
        Self { pages, figures: Mutex::new(None) }
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Arc<str>> {
        self.pages.get(key)
    }

    pub(crate) fn put(&self, key: Key, html: &str) -> Arc<str> {
        let html: Arc<str> = html.into();
        self.pages.insert(key, html.clone());
        html
    }

    /// The figures of the minute, asked for once however many visitors come; `None` when nobody knows them.
    pub(crate) async fn figures(&self, app: &App, now: Now) -> Option<Figures> {
        let mut held = self.figures.lock().await;
        if let Some((minute, figures)) = *held
            && minute == self::minute(now)
        {
            return figures;
        }
        let figures = match app.ask::<dyn Dossiers>()?.figures(now).await {
            Ok(figures) => Some(figures),
            // A home page without figures still finds procedures.
            Err(error) => {
                tracing::warn!(%error, "The figures of the month could not be had");
                None
            }
        };
        *held = Some((minute(now), figures));
        figures
    }
}

/// Minutes since 1970.
pub(crate) const fn minute(now: Now) -> i64 {
    now.utc().timestamp().div_euclid(TimeDelta::minutes(1).num_seconds())
}
