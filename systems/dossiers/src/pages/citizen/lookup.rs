//! How a dossier stands, for anybody who has its code; nothing here tells whose it is.

use askama::Template;
use axum::extract::State;
use base::Result;
use chrono::{DateTime, Utc};
use directory::queries::Names;
use serde::Deserialize;
use system::App;
use web::{Answer, Query, Visitor, filters};

use super::holder;
use crate::apology;
use crate::dossier::Dossier;
use crate::queries;

#[derive(Template)]
#[template(path = "dossiers/citizen/lookup.html")]
struct Lookup {
    typed: String,
    found: Option<Found>,
}

struct Found {
    dossier: Dossier,
    state: &'static str,
    tone: &'static str,
    /// When it is promised now, if the first date is not kept.
    again_at: Option<DateTime<Utc>>,
    receiving: String,
    holders: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ma: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let typed = asked.ma.trim().to_owned();
    let found = match as_code(&typed) {
        Some(code) => queries::by_code(app.store.read(), &code).await?,
        None => None,
    };
    let found = match found {
        Some(dossier) => Some(told(&app, &visitor, dossier).await?),
        None => None,
    };
    visitor.page(&visitor.text("dossiers-lookup-title"), &Lookup { typed, found })
}

async fn told(app: &App, visitor: &Visitor, dossier: Dossier) -> Result<Found> {
    let (state, tone) = super::standing(app, &dossier).await?;
    let mut holders = Vec::new();
    if !dossier.state.is_end() {
        let steps = flow::queries::steps_of(app.store.read(), dossier.id).await?;
        holders = holder::holders(app, &steps, visitor.now).await?.into_iter().map(|holder| holder.agency).collect();
        holders.dedup();
    }
    let receiving = Names::default().of(app.store.read(), dossier.receiving).await?;
    let said = queries::apology(app.store.read(), dossier.id).await?.filter(|_| apology::is_owed(&dossier));
    Ok(Found { again_at: said.map(|said| said.again_at), dossier, state, tone, receiving, holders })
}

/// A code as people type it: small letters, gaps, other dashes. `None` when nothing is left.
fn as_code(typed: &str) -> Option<String> {
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '–' | '—' | '‑' | '−');
    let parts: Vec<String> = typed.split(apart).filter(|part| !part.is_empty()).map(str::to_uppercase).collect();
    // Longer than any code is nothing one could have copied from a slip.
    let code = parts.join("-");
    (!code.is_empty() && code.len() <= 60).then_some(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::as_code;

    #[test]
    fn codes_are_found_however_they_are_typed() {
        for typed in ["H32.15-261109-0042", " h32.15-261109-0042 ", "h32.15 261109 0042", "H32.15 – 261109 – 0042"]
        {
            assert_eq!(as_code(typed).as_deref(), Some("H32.15-261109-0042"), "{typed}");
        }
        assert_eq!(as_code("  - "), None);
    }

    proptest! {
        #[test]
        fn a_code_that_was_read_reads_the_same(typed in "\\PC{0,30}") {
            let code = as_code(&typed);
            prop_assert_eq!(code.as_deref().and_then(as_code), code);
        }
    }
}
