//! The catalogue in memory: every published version, for pages and for the systems that ask.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use contracts::figures::PublishedVersions;
use contracts::questions::{Procedure, Procedures};
use contracts::{Answer, Questions};
use form::{Choice, Lists};
use province::{Entry, Filing, FilingPlace, Province};
use store::Store;
use system::App;

use crate::procedure::{Line, Version};
use crate::queries;
use crate::rendered::Rendered;

/// Cheap to clone. Other processes may publish: it looks for news at most once a second, in the background, so that
/// whoever asks never waits for the database (they may be inside a transaction).
#[derive(Clone)]
pub struct Catalogue(Arc<Inner>);

struct Inner {
    store: Store,
    shelf: RwLock<Arc<Shelf>>,
    /// Second in which news were last looked for.
    looked: AtomicI64,
    /// The code list `life-events`, in the order shown.
    events: Vec<Entry>,
    /// Where people file, through time.
    filing: Vec<Filing>,
    /// What declared forms choose from.
    lists: Lists,
    rendered: Rendered,
}

/// Every version published so far.
#[derive(Clone, Default)]
pub(crate) struct Shelf {
    /// The last publication among them.
    pub(crate) publication: i64,
    lines: BTreeMap<String, Line>,
    versions: HashMap<Id, Arc<Version>>,
}

impl Shelf {
    fn add(&mut self, version: Version) {
        // Two loads may have seen the same news.
        if version.publication <= self.publication {
            return;
        }
        self.publication = version.publication;
        let version = Arc::new(version);
        self.lines.entry(version.code().to_owned()).or_default().add(version.clone());
        self.versions.insert(version.id, version);
    }

    /// All versions of a procedure.
    pub(crate) fn line(&self, code: &str) -> Option<&Line> {
        self.lines.get(code)
    }

    /// By code.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }

    /// In no order.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Version> {
        self.versions.values().map(AsRef::as_ref)
    }

    pub(crate) fn in_force(&self, code: &str, day: NaiveDate) -> Option<&Arc<Version>> {
        self.line(code)?.in_force(day)
    }

    /// What people may file on that day, by name.
    pub(crate) fn offered(&self, day: NaiveDate) -> Vec<Arc<Version>> {
        let in_force = self.lines.values().filter_map(|line| line.in_force(day));
        let mut offered: Vec<Arc<Version>> = in_force.filter(|version| version.is_offered()).cloned().collect();
        offered.sort_by(|one, other| (&one.folded, one.id).cmp(&(&other.folded, other.id)));
        offered
    }
}

impl Catalogue {
    fn new(store: Store, lists: BTreeMap<String, Vec<Entry>>, filing: Vec<Filing>) -> Self {
        let events = lists.get("life-events").cloned().unwrap_or_default();
        let choices = |entries: Vec<Entry>| {
            let choice = |entry: Entry| Choice { value: entry.code, title: entry.title, group: entry.group };
            entries.into_iter().map(choice).collect()
        };
        let lists =
            lists.into_iter().fold(Lists::default(), |lists, (name, entries)| lists.with(name, choices(entries)));
        Self(Arc::new(Inner {
            store,
            shelf: RwLock::default(),
            looked: AtomicI64::new(0),
            events,
            filing,
            lists,
            rendered: Rendered::new(),
        }))
    }

    /// The catalogue of the program.
    pub fn of(app: &App) -> Result<Arc<Self>> {
        app.ask::<Self>().ok_or_else(|| Error::inside("no catalogue of procedures in this program"))
    }

    /// Takes over what was published since; says how many versions. At start it loads them all.
    pub async fn refresh(&self) -> Result<usize> {
        let known = self.now_held().publication;
        let news = queries::published_after(self.0.store.read(), known).await?;
        let count = news.len();
        if count > 0 {
            let mut held = self.0.shelf.write().unwrap_or_else(PoisonError::into_inner);
            let mut more = (**held).clone();
            for version in news {
                more.add(version);
            }
            *held = Arc::new(more);
        }
        Ok(count)
    }

    /// What is known now; looks for news behind the asker's back when a second has passed.
    pub(crate) fn shelf(&self, now: Now) -> Arc<Shelf> {
        let second = now.utc().timestamp();
        if self.0.looked.swap(second, Ordering::Relaxed) != second {
            let catalogue = self.clone();
            tokio::spawn(async move {
                if let Err(error) = catalogue.refresh().await {
                    tracing::warn!(%error, "The catalogue of procedures could not be refreshed");
                }
            });
        }
        self.now_held()
    }

    fn now_held(&self) -> Arc<Shelf> {
        self.0.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn events(&self) -> &[Entry] {
        &self.0.events
    }

    /// Where people file on that day; `None` where the province does not say.
    pub(crate) fn filing(&self, day: NaiveDate) -> Option<&Filing> {
        self.0.filing.iter().filter(|filing| filing.from <= day).max_by_key(|filing| filing.from)
    }

    /// Whether people file on the national portal alone on that day.
    pub(crate) fn is_filed_elsewhere(&self, day: NaiveDate) -> bool {
        self.filing(day).is_some_and(|filing| filing.place == FilingPlace::National)
    }

    pub(crate) fn lists(&self) -> &Lists {
        &self.0.lists
    }

    pub(crate) fn rendered(&self) -> &Rendered {
        &self.0.rendered
    }
}

/// Answers [`Procedures`] for others and [`Catalogue`] for the own pages: both must be the same one, and a system has no
/// other place of its own in the program.
pub(crate) fn register(app: &App, questions: &mut Questions) {
    let key = &app.settings.province.key;
    let filing = match Province::load(key) {
        Ok(province) => province.settings.filing,
        Err(error) => {
            tracing::warn!(%error, "Where people of {key} file is not known");
            Vec::new()
        }
    };
    let lists = province::lists().unwrap_or_else(|error| {
        tracing::warn!(%error, "The code lists cannot be read");
        BTreeMap::new()
    });
    let catalogue = Arc::new(Catalogue::new(app.store.clone(), lists, filing));
    questions.answer::<dyn Procedures>(catalogue.clone());
    questions.answer::<dyn PublishedVersions>(catalogue.clone());
    questions.answer::<Catalogue>(catalogue);
}

impl Procedures for Catalogue {
    fn in_force<'a>(&'a self, code: &'a str, now: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        let day = now.today();
        let version = self.shelf(now).in_force(code, day).map(|version| version.answers.on(day));
        Box::pin(async move { Ok(version) })
    }

    fn version(&self, id: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        let version = self.now_held().versions.get(&id).map(|version| version.answers.whole());
        Box::pin(async move { Ok(version) })
    }

    fn offered(&self, now: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        let day = now.today();
        let offered = self.shelf(now).offered(day).into_iter().map(|version| version.answers.on(day)).collect();
        Box::pin(async move { Ok(offered) })
    }
}
