//! An officer's open work.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use flow::queries::Pick;
use serde::{Deserialize, Serialize};
use store::MomentCursor;
use system::App;
use utoipa::ToSchema;
use web::api::Page;
use web::{Answer, Query, Visitor};

use super::answers::{self, StepDetail};
use super::{PAGE, refusals};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    cursor: Option<String>,
}

/// A step that this officer may take.
#[derive(Serialize, ToSchema)]
pub(super) struct InboxItem {
    /// What it belongs to: the code of a dossier.
    #[schema(example = "H32.15-261120-0042")]
    reference: String,
    /// What the work is: the name of the procedure.
    subject: String,
    step: StepDetail,
    /// This officer has taken it already.
    claimed: bool,
    opened_at: DateTime<Utc>,
}

/// Open work of the officer, nearest deadline first.
#[utoipa::path(
    get,
    path = "/api/v1/inbox",
    operation_id = "list_inbox",
    tag = "inbox",
    security(("token" = [])),
    params(("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "At most 50 steps", body = Page<InboxItem>), refusals::Listing)
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<InboxItem>>> {
    let officer = visitor.caller.officer()?;
    let after = wanted.cursor.as_deref().map(str::parse::<MomentCursor>).transpose()?;
    let found = flow::queries::inbox(app.store.read(), officer, Pick::All, visitor.now.utc(), after, PAGE).await?;
    let codes = answers::codes(&app, found.rows.iter().map(|piece| piece.step.agency)).await?;
    let slice = found.map(|piece| InboxItem {
        reference: piece.case.reference,
        subject: piece.case.title,
        claimed: piece.step.claimed_by.is_some(),
        opened_at: piece.step.opened_at,
        step: answers::step(codes.get(&piece.step.agency).cloned().unwrap_or_default(), piece.step),
    });
    Ok(Json(Page { items: slice.rows, next: slice.next }))
}
