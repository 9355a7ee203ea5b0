use base::{Result, local};
use chrono::{DateTime, Utc};
use system::App;

use super::names::Names;
use crate::report::Report;

/// Something that happened to a report, fit for everybody: no officer is named.
pub(super) struct Station {
    pub(super) at: DateTime<Utc>,
    /// Key of what happened.
    pub(super) text: &'static str,
    pub(super) agency: String,
}

impl Station {
    pub(super) fn datetime(&self) -> String {
        local(self.at).to_rfc3339()
    }
}

/// What happened to a report, oldest first.
pub(super) async fn stations(app: &App, report: &Report) -> Result<Vec<Station>> {
    let mut names = Names::default();
    let mut stations = Vec::new();
    for line in journal::history(&app.store, report.id).await? {
        let Some(text) = text(&line.verb) else { continue };
        // The entry names the agency in charge as it was then.
        let agency = line.data.get("agency").and_then(|agency| agency.as_str()).and_then(|id| id.parse().ok());
        let agency = match agency {
            Some(agency) => names.of(app, agency).await?,
            None => String::new(),
        };
        stations.push(Station { at: line.at, text, agency });
    }
    Ok(stations)
}

fn text(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "feedback.filed" => "feedback-event-filed",
        "feedback.assigned" => "feedback-event-assigned",
        "feedback.taken-up" => "feedback-event-taken-up",
        "feedback.given-back" => "feedback-event-given-back",
        "feedback.answered" => "feedback-event-answered",
        "feedback.refused" => "feedback-event-refused",
        "feedback.reopened" => "feedback-event-reopened",
        "feedback.accepted" => "feedback-event-accepted",
        "feedback.closed" => "feedback-event-closed",
        _ => return None,
    })
}
