//! What whoever counts asks of those who did the work: ids, codes, dates and numbers; never a person's data.

use base::{Id, Now, Result};
use chrono::{DateTime, NaiveDate, Utc};

use crate::Answer;

/// One dossier as it stands now, as far as figures need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierFact {
    pub id: Id,
    /// `H32.15-261120-0042`.
    pub code: String,
    /// The version of the procedure that it runs on, and its national code.
    pub version: Id,
    pub procedure: String,
    pub agency: Id,
    pub receiving: Id,
    /// `counter`, `online` or `post`.
    pub channel: String,
    /// The national code of its state, 1 to 10.
    pub state: u8,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    /// By the newest slip.
    pub promised_at: Option<DateTime<Utc>>,
    /// When it was asked to be completed, each time, oldest first.
    pub asked_at: Vec<DateTime<Utc>>,
    /// When it came to state 9.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it came to state 10, 8 or 3.
    pub closed_at: Option<DateTime<Utc>>,
    /// When the withdrawal was asked for that nobody has decided on yet (state 7).
    pub withdrawal_asked_at: Option<DateTime<Utc>>,
    /// What the procedure charges for it, whole đồng.
    pub fee: i64,
    /// Whether its own result was numbered and so issued as an electronic paper.
    pub electronic: bool,
    /// Codes of the components of which a file was handed in, each once.
    pub components: Vec<String>,
    /// Those of them for which the applicant took what the province already held.
    pub reused: Vec<String>,
    /// Whether it was known whose it is when it was sent in; not where nobody noted that.
    pub identified: bool,
    /// What the applicant said of how it was dealt with.
    pub satisfied: Option<bool>,
}

/// Answered by `dossiers`.
pub trait DossierFacts: Send + Sync {
    /// One dossier, newest state; `None` for an id that no dossier has.
    fn fact(&self, id: Id) -> Answer<'_, Option<DossierFact>>;
    /// The ids of all dossiers in their order, for who builds figures from nothing.
    fn after(&self, id: Option<Id>, size: usize) -> Answer<'_, Vec<Id>>;
    /// Where officers see the dossier of this code.
    fn desk(&self, code: &str) -> String;
}

/// Answered by `payments`.
pub trait PaidOnline: Send + Sync {
    /// Whether a charge for the thing was paid through the payment gateway.
    fn paid_online(&self, subject: Id) -> Answer<'_, bool>;
    /// Whether there is a gateway through which charges can be paid.
    fn is_offered(&self) -> Result<bool>;
}

/// Answered by `national`.
pub trait NationallyKnown: Send + Sync {
    /// Whether the national portal has acknowledged that there is this dossier.
    fn is_known(&self, dossier: Id) -> Answer<'_, bool>;
}

/// A version of a procedure as it was announced and made public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedVersion {
    /// National code: `1.001193`.
    pub code: String,
    pub name: String,
    /// The day of the decision that announced it; none where nobody knows it, as of what the program brings along.
    pub decided: Option<NaiveDate>,
    /// The first day on which dossiers follow it.
    pub from: NaiveDate,
    pub published_at: DateTime<Utc>,
    /// The constituent parts that it lacks: `name`, `steps`, `channels`, `components`, `deadline`, `applicants`, `agencies`,
    /// `results` (Decree 63/2010/NĐ-CP, article 8.2).
    pub missing: Vec<&'static str>,
    /// Whether people pay for it, whatever the amount depends on.
    pub charges: bool,
}

/// Answered by `procedures`, from memory.
pub trait PublishedVersions: Send + Sync {
    /// Every version ever published, in that order.
    fn published(&self, now: Now) -> Vec<PublishedVersion>;
    /// Those that people could file on a day, by name.
    fn offered_on(&self, now: Now, day: NaiveDate) -> Vec<PublishedVersion>;
    /// Where everybody reads a procedure.
    fn page(&self, code: &str) -> String;
}

/// How reports were answered that came in within a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handled {
    /// Those answered with another's are one with it.
    pub total: i64,
    /// Answered after what was promised, or promised before the end of the time and not answered.
    pub late: i64,
    /// Whoever reported said of the answer that it does not satisfy.
    pub disliked: i64,
}

/// Answered by `feedback`.
pub trait FeedbackHandled: Send + Sync {
    /// Of the reports received from `from` until before `to`; what is not answered is looked at as of `to`.
    fn handled(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Answer<'_, Handled>;
}

/// One report of somebody as it stands now, as far as figures need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFact {
    pub id: Id,
    /// `PA-26-000123`.
    pub code: String,
    /// Whose desk read it, and who answers for it.
    pub receiving: Id,
    pub agency: Id,
    pub filed_at: DateTime<Utc>,
    pub refused_at: Option<DateTime<Utc>>,
    /// When the first answer to it was approved.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it became public; none for one that is not shown to everybody.
    pub public_at: Option<DateTime<Utc>>,
}

/// Answered by `feedback`.
pub trait ReportFacts: Send + Sync {
    /// One report, newest state; `None` for an id that no report has, and for one that is joined into another: it is one with that.
    fn report(&self, id: Id) -> Answer<'_, Option<ReportFact>>;
    /// The ids of all reports in their order, for who builds figures from nothing.
    fn reports_after(&self, id: Option<Id>, size: usize) -> Answer<'_, Vec<Id>>;
    /// Where officers see the report of this code.
    fn desk(&self, code: &str) -> String;
}
