//! What systems ask of each other about what goes to the outside and comes from there.

use base::{Id, Now};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::Answer;

/// A dossier as other parties than its agencies are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedDossier {
    pub id: Id,
    /// `H32.15-261120-0042`.
    pub code: String,
    /// The version of the procedure that it runs on.
    pub procedure: Id,
    pub procedure_code: String,
    pub procedure_name: String,
    /// The person whose it is, and the account that sent it in.
    pub applicant: Id,
    pub filed_by: Option<Id>,
    /// The agency at whose desk it was received, and where its result is handed over.
    pub receiving: Id,
    /// `counter`, `online` or `post`.
    pub channel: String,
    /// As the national portal counts, 1 to 10.
    pub state: u8,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    pub promised_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// What stands in a dossier, for those who pass it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierContent {
    /// Oldest first; replaced ones are not among them.
    pub papers: Vec<ExchangedPaper>,
    pub supplements: Vec<ExchangedSupplement>,
    pub results: Vec<ExchangedResult>,
    /// Of the dossier's own case, in the order in which they were opened.
    pub steps: Vec<ExchangedStep>,
}

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedPaper {
    pub id: Id,
    /// Code of the component it stands for.
    pub component: String,
    /// Hash under which `files` keeps it, its name, bytes and media type.
    pub hash: String,
    pub name: String,
    pub size: i64,
    pub mime: String,
}

/// A request to complete it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedSupplement {
    pub id: Id,
    pub reason: String,
    pub asked_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A paper that came out, once it has its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedResult {
    pub id: Id,
    pub name: String,
    pub number: String,
}

/// A step of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedStep {
    pub title: String,
    pub agency: Id,
    /// Who took it.
    pub person: Option<Id>,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
}

/// A dossier that was filed elsewhere and arrives here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledElsewhere {
    /// Of what arrived; the same again is the same dossier.
    pub id: Id,
    /// Code of a procedure in force.
    pub procedure: String,
    pub applicant: Id,
    pub applicant_name: String,
    /// The agency that receives it.
    pub agency: Id,
    pub papers: Vec<ExchangedPaper>,
}

/// Answered by `dossiers`, asked by those through whom dossiers of elsewhere arrive.
pub trait DossierFiling: Send + Sync {
    /// Files it as one that came online, and gives it as it is then.
    ///
    /// # Errors
    /// `Conflict` when the procedure is no longer in force, `NotFound` when there is no such agency.
    fn file(&self, now: Now, filed: FiledElsewhere) -> Answer<'_, ExchangedDossier>;
}

/// Answered by `dossiers`, asked by those who exchange with the outside; who may know of it is theirs to say.
pub trait ExchangedDossiers: Send + Sync {
    fn by_id(&self, id: Id) -> Answer<'_, Option<ExchangedDossier>>;
    fn by_code<'a>(&'a self, code: &'a str) -> Answer<'a, Option<ExchangedDossier>>;
    fn content(&self, id: Id) -> Answer<'_, Option<DossierContent>>;
}

/// What the post does for a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Where the applicant chooses it and follows it.
    pub path: String,
    /// Whether there is something to choose now.
    pub offered: bool,
    /// Whether the result goes by post.
    pub returns: bool,
    /// Oldest first.
    pub orders: Vec<Posted>,
}

/// One order of the post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    pub code: String,
    /// Where officers see it.
    pub desk: String,
    /// Keys of the texts that say what is carried and where it is, and the colour of the latter.
    pub leg: String,
    pub state: String,
    pub tone: String,
    /// The carrier's number, once it has one.
    pub tracking: Option<String>,
}

/// Answered by `post`, asked by those whose papers it carries.
pub trait Posts: Send + Sync {
    fn of(&self, dossier: Id) -> Answer<'_, Option<Posting>>;
}

/// How what crossed the border compares on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    Matched,
    /// We sent it, and nothing says that they have it.
    OnlyOurs,
    /// They have it, and nothing here answers to it.
    OnlyTheirs,
    Different,
    /// It is on its way.
    Waiting,
    /// It was refused or tried in vain.
    GivenUp,
}

impl Comparison {
    pub const ALL: [Self; 6] =
        [Self::Matched, Self::OnlyOurs, Self::OnlyTheirs, Self::Different, Self::Waiting, Self::GivenUp];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::OnlyOurs => "only-ours",
            Self::OnlyTheirs => "only-theirs",
            Self::Different => "different",
            Self::Waiting => "waiting",
            Self::GivenUp => "given-up",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|comparison| comparison.as_str() == text)
    }

    /// Whether somebody has to find out why.
    pub const fn is_difference(self) -> bool {
        !matches!(self, Self::Matched | Self::Waiting)
    }
}

/// One thing that crossed, as it stands on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossed {
    /// Unique at the partner.
    pub key: String,
    pub comparison: Comparison,
    /// What each side has: keys of texts, or words as they are. Empty where it has nothing.
    pub ours: String,
    pub theirs: String,
    /// Why they differ: a key of a text, or the other side's words; empty where nothing is known.
    pub reason: String,
    /// The agency that deals with it.
    pub agency: Option<Id>,
    /// Where officers see it.
    pub href: String,
    /// What was found out, where the system itself keeps that.
    pub note: Option<String>,
}

/// Whose things are looked at: of this agency and its scope, or of all.
pub type Scope = Option<Id>;

/// Answered by each system from which something crosses the border, asked by the page of reconciliation.
pub trait Crossing: Send + Sync {
    /// A word for addresses, `post`; and the key of the partner's name on screen.
    fn partner(&self) -> (&'static str, &'static str);
    /// How many things of a day compare how; what there is none of may be left out.
    fn figures(&self, scope: Scope, day: NaiveDate) -> Answer<'_, Vec<(Comparison, i64)>>;
    /// The things of a day that compare so, by their keys from after `after` on; at most `size`.
    fn rows<'a>(
        &'a self,
        scope: Scope,
        day: NaiveDate,
        comparison: Comparison,
        after: &'a str,
        size: usize,
    ) -> Answer<'a, Vec<Crossed>>;
}
