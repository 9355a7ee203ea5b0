//! Verifying an accepted letter, deciding it, and carrying the decision out.

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use system::{App, Caller};

use super::{Change, current, said};
use crate::access::{self, HANDLE};
use crate::letter::{Finding, Kind, Letter, State};
use crate::queries;

/// What verifying came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    pub finding: Finding,
    pub words: String,
}

/// Notes a dialogue with both sides (Law on Complaints 2011, Article 30).
///
/// # Errors
/// [`Error::Conflict`] unless a complaint is being verified; [`Error::Invalid`] for a day that has not come.
pub async fn hold_dialogue(
    app: &App,
    now: Now,
    caller: &Caller,
    letter: Id,
    held_on: NaiveDate,
    minutes: &str,
) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let officer = access::may(caller, HANDLE)?;
            let letter = current(tx, letter).await?;
            queries::for_officer(tx, officer, &letter.code).await?;
            if letter.state != State::Accepted || letter.kind != Kind::Complaint || letter.agency != officer.agency {
                return Err(Error::Conflict("complaints-state-forbids"));
            }
            if held_on > now.today() {
                return Err(Error::invalid("held-on", "complaints-day-to-come"));
            }
            let minutes = said(minutes, "minutes")?;
            change.note(letter.id, officer, "dialogue", &minutes, Some(held_on)).await?;
            change.tell(&letter, "complaints.dialogue-held").await?;
            Ok(letter)
        })
        .await
}

/// Puts a finding before a leader.
pub async fn conclude(
    app: &App,
    now: Now,
    caller: &Caller,
    letter: Id,
    step: Id,
    conclusion: Conclusion,
) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "verify").await?;
            let words = said(&conclusion.words, "words")?;
            change.note(letter.id, officer, "finding", &words, None).await?;
            change.flow().complete(officer, &open, "conclude", None).await?;
            letter.finding = Some(conclusion.finding);
            change.set_state(&mut letter, State::Concluding, "complaints.concluded").await?;
            Ok(letter)
        })
        .await
}

/// A leader decides as proposed: the clock ends. What asks for an answer only is closed with it.
pub async fn decide(app: &App, now: Now, caller: &Caller, letter: Id, step: Id) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "decide").await?;
            let flow = change.flow();
            flow.complete(officer, &open, "decide", None).await?;
            flow.stop_clock(letter.case).await?;
            letter.decided_at = Some(now.utc());
            let executed = matches!(letter.kind, Kind::Complaint | Kind::Denunciation);
            let next = if executed { State::Decided } else { State::Closed };
            change.set_state(&mut letter, next, "complaints.decided").await?;
            Ok(letter)
        })
        .await
}

/// A leader wants more verified.
pub async fn send_back_conclusion(
    app: &App,
    now: Now,
    caller: &Caller,
    letter: Id,
    step: Id,
    note: &str,
) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "decide").await?;
            let note = said(note, "reason")?;
            change.flow().complete(officer, &open, "send-back", Some(&note)).await?;
            letter.finding = None;
            change.set_state(&mut letter, State::Accepted, "complaints.conclusion-sent-back").await?;
            Ok(letter)
        })
        .await
}

/// The decision or conclusion was sent and carried out.
pub async fn carry_out(app: &App, now: Now, caller: &Caller, letter: Id, step: Id, words: &str) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "execute").await?;
            let words = said(words, "words")?;
            change.note(letter.id, officer, "execution", &words, None).await?;
            change.flow().complete(officer, &open, "done", None).await?;
            change.set_state(&mut letter, State::Closed, "complaints.carried-out").await?;
            Ok(letter)
        })
        .await
}
