use std::collections::BTreeMap;

use base::{AgencyCode, AgencyCode102};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::tree::{Tree, parse};
use crate::{Mistake, Problem};

/// An agency through the time it exists. Its units are those of the template of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Decision 20/2020/QĐ-TTg; below level 1 the codes of the demo are its own.
    pub code: AgencyCode,
    /// QCVN 102:2016/BTTTT; absent where a group of three characters cannot be written that way.
    pub code102: Option<AgencyCode102>,
    /// `department`, `commune-committee`, `police` …: which template of organisation it follows.
    pub kind: String,
    pub name: String,
    /// As in the notation of its documents: "UBND", "STP".
    pub notation: String,
    /// The agency one tier up; none for a province's committee and for vertical agencies.
    pub parent: Option<AgencyCode>,
    /// Administrative division it serves: two digits of a province, three of a district, five of a commune.
    pub area: String,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
    pub basis: String,
    /// Agencies whose work, registers and staff it took over.
    pub predecessors: Vec<AgencyCode>,
    /// Agencies divided between several, of which the main part went elsewhere.
    pub partly_from: Vec<AgencyCode>,
    /// Name of the working hours it keeps where they differ from the province's (see [`crate::Province::calendars`]).
    pub calendar: Option<String>,
}

impl Agency {
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// A file of agencies; what `[common]` says holds for each that does not say otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    common: Entry,
    agency: Vec<Entry>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: Option<AgencyCode>,
    code102: Option<AgencyCode102>,
    kind: Option<String>,
    name: Option<String>,
    notation: Option<String>,
    parent: Option<AgencyCode>,
    area: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    basis: Option<String>,
    #[serde(default)]
    predecessors: Vec<AgencyCode>,
    #[serde(default)]
    partly_from: Vec<AgencyCode>,
    calendar: Option<String>,
}

impl Entry {
    fn complete(self, common: &Self) -> Result<Agency, Mistake> {
        let agency = self.code.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
        let missing = |key| Mistake::Incomplete { agency: agency.clone(), key };
        let common = common.clone();
        Ok(Agency {
            code: self.code.ok_or_else(|| missing("code"))?,
            code102: self.code102,
            kind: self.kind.or(common.kind).ok_or_else(|| missing("kind"))?,
            name: self.name.ok_or_else(|| missing("name"))?,
            notation: self.notation.or(common.notation).ok_or_else(|| missing("notation"))?,
            parent: self.parent.or(common.parent),
            area: self.area.or(common.area).ok_or_else(|| missing("area"))?,
            from: self.from.or(common.from).ok_or_else(|| missing("from"))?,
            to: self.to.or(common.to),
            basis: self.basis.or(common.basis).ok_or_else(|| missing("basis"))?,
            predecessors: self.predecessors,
            partly_from: self.partly_from,
            calendar: self.calendar.or(common.calendar),
        })
    }
}

/// Everything in `agencies/`, complete and free of contradictions.
pub(crate) fn read_all(
    tree: &Tree,
    calendars: &BTreeMap<String, String>,
) -> Result<BTreeMap<AgencyCode, Agency>, Problem> {
    let folder = tree.folder("agencies");
    let mut agencies = BTreeMap::new();
    let mut origin = BTreeMap::new();
    for (path, text) in folder.files() {
        let path = std::path::Path::new("agencies").join(path);
        let wrong = |source| Problem::Wrong { file: path.clone(), source };
        let file: File = parse(&path, text)?;
        for entry in file.agency {
            let agency = entry.complete(&file.common).map_err(wrong)?;
            if agency.to.is_some_and(|last| last < agency.from) {
                return Err(wrong(Mistake::EndsBeforeItBegins { name: agency.name }));
            }
            if let Some(calendar) = agency.calendar.clone().filter(|name| !calendars.contains_key(name)) {
                return Err(wrong(Mistake::UnknownCalendar { agency: agency.name, calendar }));
            }
            let code = agency.code.clone();
            if agencies.insert(code.clone(), agency).is_some() {
                return Err(wrong(Mistake::CodeUsedTwice { code: code.to_string() }));
            }
            origin.insert(code, path.clone());
        }
    }
    for agency in agencies.values() {
        let checked = known_relations(agency, &agencies).and_then(|()| alone_in_its_area(agency, &agencies));
        checked.map_err(|source| Problem::Wrong { file: origin[&agency.code].clone(), source })?;
    }
    Ok(agencies)
}

fn known_relations(agency: &Agency, all: &BTreeMap<AgencyCode, Agency>) -> Result<(), Mistake> {
    let name = || agency.code.to_string();
    for other in agency.parent.iter().chain(&agency.predecessors).chain(&agency.partly_from) {
        if !all.contains_key(other) {
            return Err(Mistake::UnknownAgency { agency: name(), other: other.clone() });
        }
    }
    for other in agency.predecessors.iter().chain(&agency.partly_from) {
        if all[other].exists_on(agency.from) {
            return Err(Mistake::PredecessorStillThere { agency: name(), other: other.clone() });
        }
    }
    Ok(())
}

/// A tier of people's committees covers each division once: two at a time would make "the commune of this address" ambiguous.
fn alone_in_its_area(agency: &Agency, all: &BTreeMap<AgencyCode, Agency>) -> Result<(), Mistake> {
    let territorial = agency.kind.ends_with("-committee");
    let rival = |other: &&Agency| {
        other.code != agency.code
            && other.kind == agency.kind
            && other.area == agency.area
            && other.exists_on(agency.from)
    };
    match all.values().find(rival).filter(|_| territorial) {
        None => Ok(()),
        Some(other) => Err(Mistake::TwoInCharge {
            first: other.code.to_string(),
            second: agency.code.to_string(),
            area: agency.area.clone(),
            day: agency.from,
        }),
    }
}
