use base::{Id, Result, local};
use chrono::{DateTime, Utc};
use directory::queries::Names;
use system::App;

/// Something that happened to a thing, fit for everybody: no officer is named.
pub struct Station {
    pub at: DateTime<Utc>,
    /// Key of what happened.
    pub text: &'static str,
    /// The agency in charge as it was then; empty where the entry names none.
    pub agency: String,
}

impl Station {
    /// For machines: `2026-11-09T09:40:00+07:00`.
    pub fn datetime(&self) -> String {
        local(self.at).to_rfc3339()
    }

    /// What the journal knows of a thing, oldest first: the entries for whose verb there is a `text`.
    pub async fn of(app: &App, thing: Id, text: impl Fn(&str) -> Option<&'static str>) -> Result<Vec<Self>> {
        let mut names = Names::default();
        let mut stations = Vec::new();
        for line in journal::history(&app.store, thing).await? {
            let Some(text) = text(&line.verb) else { continue };
            let agency = line.data.get("agency").and_then(|agency| agency.as_str()).and_then(|id| id.parse().ok());
            let agency = match agency {
                Some(agency) => names.of(app.store.read(), agency).await?,
                None => String::new(),
            };
            stations.push(Self { at: line.at, text, agency });
        }
        Ok(stations)
    }
}
