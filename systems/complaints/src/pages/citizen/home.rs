use askama::Template;
use axum::extract::State;
use system::App;
use web::{Answer, Visitor, filters};

use crate::queries;

#[derive(Template)]
#[template(path = "complaints/citizen/home.html")]
struct Home {
    /// Whether a denunciation can be sent here: somebody is appointed to read it.
    open: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let open = queries::is_open_for_denunciations(app.store.read()).await?;
    visitor.page(&visitor.text("complaints-home-title"), &Home { open })
}
