use base::Result;
use flow::pages::Station;
use system::App;

use crate::letter::Letter;

/// What happened to a letter, oldest first; fit for whoever sent it.
pub(super) async fn stations(app: &App, letter: &Letter) -> Result<Vec<Station>> {
    Station::of(app, letter.id, text).await
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
