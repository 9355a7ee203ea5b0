//! A question is a small trait that one system answers. Asking one that nobody answers gives `None`.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use base::{Id, Now, Result};
use serde::{Deserialize, Serialize};

/// What an asynchronous question gives back; a named type because traits that answer are objects.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Who answers what. Filled once at start.
#[derive(Default)]
pub struct Questions(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Questions {
    /// Registers the system that answers the question `Q`; the last one registered answers.
    pub fn answer<Q: ?Sized + Send + Sync + 'static>(&mut self, by: Arc<Q>) {
        self.0.insert(TypeId::of::<Q>(), Box::new(by));
    }

    /// Registers one of several systems that answer the question `Q`, each for itself.
    pub fn answer_also<Q: ?Sized + Send + Sync + 'static>(&mut self, by: Arc<Q>) {
        let all = self.0.entry(TypeId::of::<All<Q>>()).or_insert_with(|| Box::new(All::<Q>(Vec::new())));
        if let Some(All(all)) = all.downcast_mut::<All<Q>>() {
            all.push(by);
        }
    }

    /// Everybody who answers for itself, in the order of their registration.
    pub fn ask_all<Q: ?Sized + Send + Sync + 'static>(&self) -> Vec<Arc<Q>> {
        let all = self.0.get(&TypeId::of::<All<Q>>()).and_then(|all| all.downcast_ref::<All<Q>>());
        all.map(|All(all)| all.clone()).unwrap_or_default()
    }

    pub fn ask<Q: ?Sized + Send + Sync + 'static>(&self) -> Option<Arc<Q>> {
        self.0.get(&TypeId::of::<Q>())?.downcast_ref::<Arc<Q>>().cloned()
    }
}

/// Those who answer a question, each for itself.
struct All<Q: ?Sized>(Vec<Arc<Q>>);

/// A published version of a procedure, as far as those who run dossiers need to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The version: running dossiers stay on it.
    pub id: Id,
    /// National code: `1.001193`.
    pub code: String,
    pub name: String,
    /// Name of the field (lĩnh vực).
    pub field: String,
    /// Identification level of the applicant that it asks for: 1 or 2.
    pub assurance: u8,
    pub subjects: Subjects,
    /// Who besides has to agree before it is sent online.
    pub consents: Vec<Consent>,
    /// `counter`, `online`, `post`; none where it is only a part of other procedures.
    pub channels: Vec<String>,
    /// Who receives and who decides, as far as this version says.
    pub agencies: Vec<Competence>,
    /// Process version in `flow`.
    pub process: Id,
    pub deadline: Deadline,
    pub papers: Vec<Paper>,
    pub fees: Vec<Fee>,
    pub results: Vec<ResultPaper>,
    /// JSON Schema of the form and its layout, as the crate `form` reads them.
    pub form_schema: String,
    pub form_ui: String,
}

impl Procedure {
    /// The components that are handed in as files.
    pub fn files(&self) -> impl Iterator<Item = &Paper> {
        self.papers.iter().filter(|paper| !paper.declared)
    }

    /// Whether an agency of this kind and notation receives it.
    pub fn is_received_by(&self, kind: &str, notation: &str) -> bool {
        self.agencies.iter().any(|competence| competence.receives && competence.means(kind, notation))
    }
}

/// Who may file a procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subjects {
    /// People, for themselves and for the household business they run.
    pub persons: bool,
    /// A person may have it filed by whom they authorised in writing.
    pub authorised: bool,
    /// Enterprises and other organisations, through those who represent them.
    pub organisations: bool,
}

/// The consent of a second person to what is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Unique within the procedure: `householder`.
    pub role: String,
    /// The role as people read it.
    pub label: String,
    /// Identification level of their account.
    pub level: u8,
    /// Paths of the fields with personal numbers; whoever stands there and does not file is asked.
    pub numbers: Vec<String>,
    /// For how many days a request, and the consent to it, holds.
    pub days: u32,
}

impl Subjects {
    /// People only, each for themselves.
    pub const PERSONS: Self = Self { persons: true, authorised: false, organisations: false };
}

/// A kind of agency and what it does with the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competence {
    /// `commune-committee`.
    pub kind: String,
    pub receives: bool,
    pub decides: bool,
    /// Exactly this agency, by the notation of its documents (`STP`); absent: every agency of the kind.
    pub notation: Option<String>,
}

impl Competence {
    /// Whether an agency of this kind and notation is meant.
    pub fn means(&self, kind: &str, notation: &str) -> bool {
        self.kind == kind && self.notation.as_deref().is_none_or(|known| known == notation)
    }
}

/// The time a procedure may take, with its way of counting and the hour after which a day no longer counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// `minutes`, `days`, `almanac-hours`, `calendar-days` or `calendar-months`.
    pub unit: String,
    pub amount: u32,
    /// `hours` or `days-excl-first`.
    pub counting: String,
    /// `15:00`.
    pub cut_off: Option<String>,
    /// As printed on the receipt: "3 ngày làm việc".
    pub written: String,
}

/// A component of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub code: String,
    pub name: String,
    pub originals: u32,
    pub copies: u32,
    pub required: bool,
    /// When a component that is not always required is.
    pub condition: Option<String>,
    /// What was answered in the form is this paper (Decree 45/2020/NĐ-CP): nobody hands it in.
    pub declared: bool,
    /// Name of a paper already held that may stand for it.
    pub reuse: Option<String>,
}

/// What one pays for it, through one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// Unique within the procedure.
    pub code: String,
    /// `phi` or `le-phi`.
    pub kind: String,
    pub name: String,
    pub channel: String,
    /// Whole đồng.
    pub amount: i64,
}

/// A paper that comes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPaper {
    pub code: String,
    pub name: String,
    /// How the printer lays it out: `birth-certificate`.
    pub template: String,
    /// Abbreviation of its type: `GPXD`.
    pub abbreviation: String,
    /// How its number is written: `{number}/GPXD-{agency}`.
    pub number: String,
    /// Name under which it stands for a component of other procedures (see [`Paper::reuse`]).
    pub reuse: Option<String>,
    /// How many months from the day of its number on it may be used; absent: without an end.
    pub valid_months: Option<u32>,
    /// The procedure of the sub-case that makes it; absent: this one.
    pub by: Option<String>,
    /// What stands on it, in order; nothing where a sub-case makes it.
    pub prints: Vec<Printed>,
}

/// A piece of a result. In words, `{applicant}`, `{agency}` (the one that decides) and `{code}` (of the dossier) stand
/// for what they name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Printed {
    /// The answer at a path of the form; without a label of its own it bears the form's. What is not answered is left out.
    Answer { path: String, label: Option<String> },
    /// A "Căn cứ …" line.
    Basis(String),
    /// A paragraph.
    Text(String),
    /// What is being decided, alone on its line.
    Formula(String),
    /// A numbered article.
    Article(String),
    /// A numbered point.
    Point(String),
}

/// Answered by `procedures`, asked by whoever runs dossiers. Answers come from memory: they may be asked for inside a
/// transaction.
pub trait Procedures: Send + Sync {
    /// The version in force on the day of `now`.
    fn in_force<'a>(&'a self, code: &'a str, now: Now) -> Answer<'a, Option<Arc<Procedure>>>;
    /// One version, in force or not: a running dossier asks for its own.
    fn version(&self, id: Id) -> Answer<'_, Option<Arc<Procedure>>>;
    /// All versions in force that people may file, by name.
    fn offered(&self, now: Now) -> Answer<'_, Vec<Arc<Procedure>>>;
}

/// How the province works, for the portal's home page: of the dossiers received since the first of the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub received: i64,
    pub online: i64,
    /// Finished, early or on time.
    pub in_time: i64,
    pub finished: i64,
    /// Finished or still open, past what was promised.
    pub late: i64,
}

/// The person's own dossier that most needs them, for the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    pub name: String,
    pub path: String,
    /// Key of the state's text, and its colour.
    pub state: String,
    pub tone: String,
    /// The applicant was asked for something.
    pub asked: bool,
}

/// Answered by `dossiers`, asked by the portal.
pub trait Dossiers: Send + Sync {
    fn figures(&self, now: Now) -> Answer<'_, Figures>;
    fn next_of(&self, person: Id) -> Answer<'_, Option<Next>>;
}

/// What is to be paid, or was, for a thing of another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charged {
    /// Where the payer pays, and where officers see it.
    pub path: String,
    pub desk: String,
    /// Whole đồng.
    pub amount: i64,
    /// Key of the state's text, and its colour.
    pub state: String,
    pub tone: String,
    /// Whether it still waits for the payer.
    pub open: bool,
}

/// Answered by `payments`, asked by those who have somebody pay. Where nobody answers, they say themselves what was paid.
pub trait Payments: Send + Sync {
    /// The charges for a thing, oldest first.
    fn charged(&self, subject: Id) -> Answer<'_, Vec<Charged>>;
}
