//! What becomes of an answer at later meetings.

use base::{Error, Id, Now, Result};
use store::Sql;
use system::{App, Caller, Officer};

use super::{Change, current, said};
use crate::access::{self, FOLLOW, HANDLE};
use crate::petition::{Petition, State};
use crate::queries;
use crate::rules;
use crate::tables::RemarkKind;

/// The step at which a petition is answered again.
const HANDLE_STEP: &str = "handle";

/// A later meeting looked at what was promised; what it found is public.
pub async fn follow_up(
    app: &App,
    now: Now,
    caller: &Caller,
    petition: Id,
    meeting: Id,
    words: &str,
) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let mut petition = current(tx, petition).await?;
            access::check(caller, FOLLOW, &petition, access::may_follow)?;
            let words = said(words, "follow-words")?;
            if queries::meeting(tx, meeting).await?.is_none() {
                return Err(Error::invalid("meeting", "petitions-meeting-missing"));
            }
            change.remark(petition.id, RemarkKind::FollowedUp, Some(meeting), &words).await?;
            change.set_state(&mut petition, State::FollowedUp, "petitions.followed-up").await?;
            Ok(petition)
        })
        .await
}

/// Ends the following up.
pub async fn close(app: &App, now: Now, caller: &Caller, petition: Id, words: &str) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let mut petition = current(tx, petition).await?;
            access::check(caller, FOLLOW, &petition, access::may_follow)?;
            let words = said(words, "close-words")?;
            change.remark(petition.id, RemarkKind::Closed, None, &words).await?;
            Sql::new("UPDATE petitions_road_steps SET watched = FALSE WHERE petition_id = $1")
                .bind(petition.id.uuid())
                .run(tx)
                .await?;
            change.set_state(&mut petition, State::Closed, "petitions.closed").await?;
            Ok(petition)
        })
        .await
}

/// Tái giám sát: the council has the agency answer once more, with a note and a clock of its own.
pub async fn re_supervise(app: &App, now: Now, caller: &Caller, petition: Id, note: &str) -> Result<Petition> {
    let asked = Again {
        permission: FOLLOW,
        rule: access::may_follow,
        field: "supervise-words",
        remark: RemarkKind::ReSupervised,
        verb: "petitions.re-supervised",
    };
    again(app, now, caller, petition, note, asked).await
}

/// The agency that answered has come further and answers once more.
pub async fn answer_again(app: &App, now: Now, caller: &Caller, petition: Id, note: &str) -> Result<Petition> {
    let asked = Again {
        permission: HANDLE,
        rule: access::may_report,
        field: "again-words",
        remark: RemarkKind::Continued,
        verb: "petitions.continued",
    };
    again(app, now, caller, petition, note, asked).await
}

/// Who has a petition answered again, and how that is told.
struct Again {
    permission: &'static str,
    rule: fn(&Officer, &Petition) -> bool,
    field: &'static str,
    remark: RemarkKind,
    verb: &'static str,
}

async fn again(app: &App, now: Now, caller: &Caller, petition: Id, note: &str, asked: Again) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let mut petition = current(tx, petition).await?;
            access::check(caller, asked.permission, &petition, asked.rule)?;
            let note = said(note, asked.field)?;
            let new = change.new_case(&petition).await?;
            let case = change.flow().open_at(new, HANDLE_STEP).await?;
            let terms = flow::actions::terms(&rules::deadline()?)?;
            petition.promised_at = change.flow().start_clock(case.id, petition.agency, terms, now.utc()).await?;
            petition.case = case.id;
            petition.answered_at = None;
            petition.result = None;
            petition.rounds += 1;
            change.remark(petition.id, asked.remark, None, &note).await?;
            change.set_state(&mut petition, State::Working, asked.verb).await?;
            Ok(petition)
        })
        .await
}
