use base::Result;
use flow::pages::Station;
use system::App;

use crate::petition::Petition;

/// What happened to a petition, oldest first.
pub(super) async fn stations(app: &App, petition: &Petition) -> Result<Vec<Station>> {
    Station::of(app, petition.id, text).await
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
