use base::Result;
use flow::pages::Clock;
use system::App;
use web::Visitor;

use crate::petition::{Petition, State};
use crate::rules::rules;

/// The clock; `None` until the petition is assigned, and for one that is not answered by itself.
pub(super) async fn clock(app: &App, visitor: &Visitor, petition: &Petition) -> Result<Option<Clock>> {
    if matches!(petition.state, State::Forwarded | State::Refused | State::Joined) {
        return Ok(None);
    }
    let written = rules()?.deadline.written.clone();
    Clock::of(app, visitor, petition.case, written, petition.promised_at, petition.answered_at).await
}
