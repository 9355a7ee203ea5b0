//! What an agency says when it does not keep the date it promised.

use base::{Error, FieldErrors, Now, Result};
use chrono::{DateTime, NaiveDate, Utc};
use worktime::Calendar;

use crate::dossier::{Dossier, State};

/// Words of a reason at most, in characters.
const LONGEST: usize = 1000;

/// What was said, once for a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apology {
    pub made_at: DateTime<Utc>,
    pub reason: String,
    /// When the result is promised now.
    pub again_at: DateTime<Utc>,
}

/// What is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApology {
    pub reason: String,
    /// The day on which the result will be there.
    pub on: Option<NaiveDate>,
}

impl NewApology {
    /// The reason, and the end of the working day on which the result is promised now.
    ///
    /// # Errors
    /// [`Error::Invalid`] by the fields `apology-reason` and `again-on`.
    pub fn checked(&self, dossier: &Dossier, now: Now, calendar: &Calendar) -> Result<(&str, DateTime<Utc>)> {
        let mut errors = FieldErrors::new();
        let mut add = |field: &str, text: &str| drop(errors.insert(field.to_owned(), text.to_owned()));
        let reason = self.reason.trim();
        if reason.is_empty() {
            add("apology-reason", "dossiers-apology-reason-missing");
        } else if reason.chars().count() > LONGEST {
            add("apology-reason", "dossiers-apology-reason-long");
        }
        let later_than = dossier.promised_at.unwrap_or_default().max(now.utc());
        let again = self.on.map(|day| calendar.closes(day));
        let wrong = match again {
            None => Some("dossiers-apology-day-missing"),
            Some(None) => Some("dossiers-apology-day-off"),
            Some(Some(at)) if at <= later_than => Some("dossiers-apology-day-early"),
            Some(Some(_)) => None,
        };
        if let Some(text) = wrong {
            add("again-on", text);
        }
        match again.flatten() {
            Some(at) if errors.is_empty() => Ok((reason, at)),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Whether an agency still owes the result it promised: before, there is no date; afterwards, nothing is late any more.
pub const fn is_owed(dossier: &Dossier) -> bool {
    dossier.promised_at.is_some()
        && dossier.finished_at.is_none()
        && !dossier.state.is_end()
        && !is_at_rest(dossier.state)
}

/// Whether a result that is owed was promised for an earlier moment.
pub fn is_late(dossier: &Dossier, now: Now) -> bool {
    is_owed(dossier) && dossier.promised_at.is_some_and(|promised| promised < now.utc())
}

/// It waits for the applicant, and so does its clock.
const fn is_at_rest(state: State) -> bool {
    matches!(state, State::SupplementAsked | State::PaymentAsked | State::WithdrawalAsked)
}
