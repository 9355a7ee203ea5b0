use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use province::{Organisation, Tree, national};
use worktime::{Calendar, Rules};

use super::{Error, Procedure, read};

/// What a package may refer to without holding it.
pub(super) struct Library {
    /// Texts of shared processes by name.
    processes: BTreeMap<String, String>,
    /// Every version of each procedure by code.
    procedures: BTreeMap<String, Vec<Procedure>>,
    pub(super) organisation: Organisation,
    pub(super) calendar: Calendar,
    pub(super) life_events: BTreeSet<String>,
}

impl Library {
    /// What the program holds.
    pub(super) fn national() -> Result<Self, Error> {
        let tree = national();
        let rules = Rules::from_toml(tree.text("calendar.toml").ok_or(Error::NoCalendar)?)?;
        let events = province::lists()?.remove("life-events").unwrap_or_default();
        let mut library = Self {
            processes: BTreeMap::new(),
            procedures: BTreeMap::new(),
            organisation: Organisation::load()?,
            calendar: Calendar::new(vec![rules])?,
            life_events: events.into_iter().map(|event| event.title).collect(),
        };
        library.add_processes(&tree.folder("processes"));
        let procedures = tree.folder("procedures");
        for name in procedures.folders() {
            library.add_procedure(procedures.folder(name).text(read::PROCEDURE));
        }
        Ok(library)
    }

    /// What the program holds, and what lies beside the packages of a folder: their neighbours, and `../processes`.
    pub(super) fn around(packages: &Path) -> Result<Self, Error> {
        let mut library = Self::national()?;
        let processes = packages.join("../processes");
        if processes.is_dir() {
            library.add_processes(&Tree::on_disk(&processes)?);
        }
        // Only one file of each neighbour: the folder may be anybody's, with anything else in it.
        for neighbour in fs::read_dir(packages).into_iter().flatten().flatten() {
            let text = fs::read_to_string(neighbour.path().join(read::PROCEDURE)).ok();
            library.add_procedure(text.as_deref());
        }
        Ok(library)
    }

    /// The text of a shared process.
    pub(super) fn process(&self, name: &str) -> Option<&str> {
        self.processes.get(name).map(String::as_str)
    }

    pub(super) fn process_names(&self) -> String {
        self.processes.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The version of a procedure that holds when the other begins to.
    pub(super) fn procedure_beside(&self, code: &str, other: &Procedure) -> Option<&Procedure> {
        self.procedures.get(code)?.iter().rev().find(|known| known.holds_on(other.from))
    }

    fn add_processes(&mut self, folder: &Tree) {
        for (path, text) in folder.files() {
            if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
                self.processes.insert(name.to_owned(), text.to_owned());
            }
        }
    }

    /// What a province published beside what the program holds.
    pub(super) fn learn(&mut self, procedure: Procedure) {
        self.procedures.entry(procedure.code.clone()).or_default().push(procedure);
    }

    /// A neighbour with mistakes is left out here: it gets findings of its own.
    fn add_procedure(&mut self, text: Option<&str>) {
        if let Some(procedure) = text.and_then(|text| toml::from_str::<Procedure>(text).ok()) {
            self.learn(procedure);
        }
    }
}
