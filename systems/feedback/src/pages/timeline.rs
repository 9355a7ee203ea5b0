use base::Result;
use flow::pages::Station;
use system::App;

use crate::report::Report;

/// What happened to a report, oldest first.
pub(super) async fn stations(app: &App, report: &Report) -> Result<Vec<Station>> {
    Station::of(app, report.id, text).await
}

fn text(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "feedback.filed" => "feedback-event-filed",
        "feedback.assigned" => "feedback-event-assigned",
        "feedback.taken-up" => "feedback-event-taken-up",
        "feedback.given-back" => "feedback-event-given-back",
        "feedback.answered" => "feedback-event-answered",
        "feedback.refused" => "feedback-event-refused",
        "feedback.took-in" => "feedback-event-took-in",
        "feedback.gave-out" => "feedback-event-gave-out",
        "feedback.taken-out" => "feedback-event-taken-out",
        "feedback.reopened" => "feedback-event-reopened",
        "feedback.accepted" => "feedback-event-accepted",
        "feedback.closed" => "feedback-event-closed",
        _ => return None,
    })
}
