use base::{Result, local};
use chrono::{DateTime, Utc};
use system::App;

use super::names::Names;
use crate::petition::Petition;

/// Something that happened to a petition, fit for everybody: no officer is named.
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

/// What happened to a petition, oldest first.
pub(super) async fn stations(app: &App, names: &mut Names, petition: &Petition) -> Result<Vec<Station>> {
    let mut stations = Vec::new();
    for line in journal::history(&app.store, petition.id).await? {
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
        "petitions.entered" => "petitions-event-entered",
        "petitions.classified" => "petitions-event-classified",
        "petitions.assigned" => "petitions-event-assigned",
        "petitions.taken-up" => "petitions-event-taken-up",
        "petitions.returned" => "petitions-event-returned",
        "petitions.answered" => "petitions-event-answered",
        "petitions.followed-up" => "petitions-event-followed-up",
        "petitions.re-supervised" => "petitions-event-re-supervised",
        "petitions.continued" => "petitions-event-continued",
        "petitions.step-done" => "petitions-event-step-done",
        "petitions.step-late" => "petitions-event-step-late",
        "petitions.closed" => "petitions-event-closed",
        "petitions.forwarded" => "petitions-event-forwarded",
        "petitions.refused" => "petitions-event-refused",
        "petitions.joined" => "petitions-event-joined",
        "petitions.took-in" => "petitions-event-took-in",
        "petitions.gave-out" => "petitions-event-gave-out",
        "petitions.taken-out" => "petitions-event-taken-out",
        _ => return None,
    })
}
