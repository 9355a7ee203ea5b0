use base::{Now, Result};
use journal::{Entry, Thing, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller};

use crate::access::ENTER;
use crate::meeting::{Meeting, NewMeeting};

/// Enters a meeting; the same form sent twice enters one.
///
/// # Errors
/// [`base::Error::Invalid`] as [`NewMeeting::checked`] says.
pub async fn add_meeting(app: &App, now: Now, caller: &Caller, new: NewMeeting) -> Result<Meeting> {
    caller.officer_who_may(ENTER)?;
    let meeting = new.checked()?;
    app.store
        .write(async |tx| {
            let added = Sql::new(
                "INSERT INTO petitions_meetings (id, body, place_id, term, number, title, opens_on, closes_on, added_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
            )
            .bind(meeting.id.uuid())
            .bind(meeting.body.as_str())
            .bind(meeting.place.map(base::Id::uuid))
            .bind(meeting.term.as_str())
            .bind(meeting.number)
            .bind(meeting.title.as_str())
            .bind(meeting.opens_on)
            .bind(meeting.closes_on)
            .bind(now.utc())
            .run(tx)
            .await?;
            if added == 1 {
                let data = json!({ "body": meeting.body, "number": meeting.number, "opens_on": meeting.opens_on });
                let about = Thing { kind: "petition-meeting", id: meeting.id };
                record(tx, now, &caller.actor(), Entry::new("petitions.meeting-added", about, &data)?).await?;
            }
            Ok(())
        })
        .await?;
    Ok(meeting)
}
