use base::{Result, local};
use chrono::{DateTime, Utc};
use system::App;

use crate::letter::Letter;

/// Something that happened to a letter, fit for whoever sent it: no officer is named.
pub(super) struct Station {
    pub(super) at: DateTime<Utc>,
    /// Key of what happened.
    pub(super) text: &'static str,
}

impl Station {
    pub(super) fn datetime(&self) -> String {
        local(self.at).to_rfc3339()
    }
}

/// What happened to a letter, oldest first.
pub(super) async fn stations(app: &App, letter: &Letter) -> Result<Vec<Station>> {
    let history = journal::history(&app.store, letter.id).await?;
    Ok(history.iter().filter_map(|line| Some(Station { at: line.at, text: text(&line.verb)? })).collect())
}

fn text(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "complaints.received" => "complaints-event-received",
        "complaints.opened" => "complaints-event-opened",
        "complaints.proposed" => "complaints-event-proposed",
        "complaints.outcome-approved" => "complaints-event-outcome-approved",
        "complaints.dialogue-held" => "complaints-event-dialogue-held",
        "complaints.extended" => "complaints-event-extended",
        "complaints.concluded" => "complaints-event-concluded",
        "complaints.decided" => "complaints-event-decided",
        "complaints.carried-out" => "complaints-event-carried-out",
        _ => return None,
    })
}
