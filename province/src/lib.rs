//! Provinces as data: what is national, what differs by province, and the plainly fictitious demo people.
//!
//! All of it is plain TOML (an outline: GeoJSON) in the folders beside `src/`, embedded in the program, and readable from
//! a folder on disk in the same form. Everything that law can change carries the days from and to which it holds and its
//! legal basis.

mod agency;
mod complaints;
mod demo;
mod dossiers;
mod feedback;
mod guide;
mod lists;
mod organisation;
mod payments;
mod performance;
mod petitions;
mod places;
mod post;
mod queue;
mod reorganisation;
mod settings;
mod tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base::AgencyCode;
use chrono::NaiveDate;

pub use agency::Agency;
pub use complaints::{Complaints, Condition, HotSpot, LetterField, LetterLimits, ReceptionRule, Sealing, Term};
pub use demo::{DemoOrganisation, Person, Sex, demo_organisations, id_numbers, people};
pub use dossiers::{ApologyRule, AuthorisationRule, DeskRules, OnlineCheckRule, RegisterForm};
pub use feedback::{Charge, Deadline, Feedback, Kind, Limits, Near, Reopening, Sort};
pub use guide::{Guide, GuideAnswer, GuideQuestion};
pub use lists::{Entry, lists};
pub use organisation::{Organisation, Position, Template, Unit};
pub use payments::{PaymentGateway, PaymentReceipt, Payments};
pub use performance::{Indicator, IndicatorGroup, IndicatorTerm, IndicatorTerms, IndicatorUnit, Performance};
pub use petitions::{Body, Field, Outcome, PetitionLimits, Petitions, Twins};
pub use places::CommunePlace;
pub use post::{CarrierRule, Post, PostService, PostTerms};
pub use queue::{BookingTerms, Priority, Queue, QueueLimits, QueueTemplate, TemplateCounter, TemplateKind};
pub use reorganisation::{End, Reorganisation};
pub use settings::{Filing, FilingPlace, Settings};
pub use tree::{Tree, national};

/// One province: its settings and every agency it has had, past ones included.
#[derive(Clone, Debug)]
pub struct Province {
    pub settings: Settings,
    /// In the order of their codes.
    pub agencies: BTreeMap<AgencyCode, Agency>,
    /// Layers of working time over the nation's, by name, as text for `worktime::Rules::from_toml`:
    /// the province's own (`calendar.toml`), if it has one …
    pub calendar: Option<String>,
    /// … and those that single agencies keep (`calendars/NAME.toml`).
    pub calendars: BTreeMap<String, String>,
    places: Vec<CommunePlace>,
    outline: Option<String>,
}

/// Why data of a province cannot be used; `file` is relative to the folder that was read.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("there is no province `{name}`; known are: {}", Province::list().join(", "))]
    Unknown { name: String },
    #[error("`{}` is missing", file.display())]
    Missing { file: PathBuf },
    #[error("`{}` cannot be read: {source}", file.display())]
    Unreadable { file: PathBuf, source: std::io::Error },
    #[error("`{}`: {source}", file.display())]
    Malformed { file: PathBuf, source: Box<toml::de::Error> },
    #[error("`{}`: {source}", file.display())]
    Wrong { file: PathBuf, source: Mistake },
}

/// A contradiction between entries that are each well formed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("agency `{agency}` has no `{key}`, neither of its own nor in [common]")]
    Incomplete { agency: String, key: &'static str },
    #[error("`{name}` ends before it begins")]
    EndsBeforeItBegins { name: String },
    #[error("the code `{code}` is used twice; a code is never given again")]
    CodeUsedTwice { code: String },
    #[error("agency `{agency}` names `{other}`, which is no agency of this province")]
    UnknownAgency { agency: String, other: AgencyCode },
    #[error("agency `{agency}` begins before the end of its predecessor `{other}`")]
    PredecessorStillThere { agency: String, other: AgencyCode },
    #[error("`{first}` and `{second}` are both in charge of area {area} on {day}")]
    TwoInCharge { first: String, second: String, area: String, day: NaiveDate },
    #[error("agency `{agency}` keeps the calendar `{calendar}`, which does not exist")]
    UnknownCalendar { agency: String, calendar: String },
    #[error("`{0}` is not one of the numbers of demo/id-numbers.txt")]
    NotADemoNumber(String),
    #[error("`{entry}` names `{name}`, which does not exist")]
    UnknownName { entry: String, name: String },
    #[error("the centre of `{area}` is not on the map")]
    NotOnTheMap { area: String },
    #[error("the indicator `{indicator}` is no share: it has one of its two measures, or all points at nothing")]
    NoShare { indicator: String },
    #[error("the indicators of the group `{group}` make {points} points, not {stated}")]
    PointsDiffer { group: String, points: u32, stated: u32 },
    #[error("nothing leads to the question `{question}`")]
    NeverAsked { question: String },
    #[error("the answer `{answer}` of the question `{question}` leads to no question below it, and to nothing else")]
    LeadsNowhere { question: String, answer: String },
    #[error("the kind `{kind}` has two templates on {day}")]
    TwoTemplates { kind: String, day: NaiveDate },
}

impl Province {
    /// Names of the embedded provinces, as `load` takes them.
    pub fn list() -> Vec<&'static str> {
        tree::provinces().map(|(name, _)| name).collect()
    }

    /// An embedded province by the name of its folder: `khanh-hoa`.
    pub fn load(name: &str) -> Result<Self, Problem> {
        let (_, folder) = tree::provinces()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| Problem::Unknown { name: name.to_owned() })?;
        Self::from_tree(&Tree::embedded(folder))
    }

    /// A province kept in a folder on disk: `province.toml` and `agencies/**/*.toml`.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        Self::from_tree(&Tree::on_disk(folder)?)
    }

    fn from_tree(tree: &Tree) -> Result<Self, Problem> {
        let settings = tree.parse("province.toml")?;
        let calendars = tree.folder("calendars");
        let calendars = calendars.files().map(|(path, text)| (stem(path), text.to_owned())).collect();
        let agencies = agency::read_all(tree, &calendars)?;
        let text = |file: &str| tree.text(file).map(str::to_owned);
        let (calendar, outline) = (text("calendar.toml"), text("outline.geojson"));
        Ok(Self { settings, agencies, calendar, calendars, places: places::read(tree)?, outline })
    }

    /// The agencies that exist on that day.
    pub fn agencies_on(&self, day: NaiveDate) -> impl Iterator<Item = &Agency> {
        self.agencies.values().filter(move |agency| agency.exists_on(day))
    }

    /// Where its communes lie, in the order of their codes; empty when the province has no `places.toml`.
    pub fn places(&self) -> &[CommunePlace] {
        &self.places
    }

    /// The land of the province, islands included, as one GeoJSON feature (RFC 7946), if it has one. Its property
    /// `credit` names whose drawing it is and belongs beside the map.
    pub fn outline(&self) -> Option<&str> {
        self.outline.as_deref()
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
