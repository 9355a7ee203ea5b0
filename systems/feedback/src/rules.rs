//! The rules that are data: kinds, deadlines, the process, and where communes lie. Each is read once.

use std::collections::HashMap;
use std::sync::OnceLock;

use base::{Error, Id, Now, Result};
use contracts::questions::Deadline;
use directory::Agency;
use flow::Process;
use geo::Place;
use province::{Charge, CommunePlace, Feedback, Kind, Province};
use store::Connection;
use system::App;

const PROCESS: &str = "feedback/process.toml";
/// Further from every commune than this is not in the province. Waters before the coast are.
const OUTSIDE_METRES: f64 = 60_000.0;

/// Kinds, limits and deadlines.
///
/// # Errors
/// When the rules that the program holds cannot be read.
pub fn rules() -> Result<&'static Feedback> {
    static RULES: OnceLock<Feedback> = OnceLock::new();
    once(&RULES, || Ok(Feedback::load()?))
}

/// How a report is worked on.
pub(crate) fn process() -> Result<&'static Process> {
    static PROCESS_READ: OnceLock<Process> = OnceLock::new();
    once(&PROCESS_READ, || {
        let tree = province::national();
        let text = tree.text(PROCESS).ok_or_else(|| Error::inside(format!("{PROCESS} is missing")))?;
        Ok(toml::from_str(text)?)
    })
}

fn once<T>(cell: &'static OnceLock<T>, read: impl FnOnce() -> Result<T>) -> Result<&'static T> {
    if let Some(known) = cell.get() {
        return Ok(known);
    }
    let value = read()?;
    Ok(cell.get_or_init(|| value))
}

/// The deadline of a kind, as clocks take it.
pub(crate) fn deadline(kind: &Kind) -> Result<Deadline> {
    let found = rules()?.deadline(&kind.deadline);
    let found = found.ok_or_else(|| Error::inside(format!("the kind {} has no deadline", kind.code)))?;
    Ok(Deadline {
        unit: found.unit.clone(),
        amount: found.amount,
        counting: found.counting.clone(),
        cut_off: None,
        written: found.written.clone(),
    })
}

/// The deadline of a kind as people read it; nothing for a kind that is no longer among the rules.
pub(crate) fn written(code: &str) -> String {
    let deadline = kind(code).and_then(deadline);
    deadline.map(|deadline| deadline.written).unwrap_or_default()
}

/// The kind of this code.
///
/// # Errors
/// [`Error::Invalid`] at the field `kind` when there is none.
pub(crate) fn kind(code: &str) -> Result<&'static Kind> {
    rules()?.kind(code).ok_or_else(|| Error::invalid("kind", "feedback-kind-missing"))
}

/// The kind that words seem to be about: the one most of whose own words they have, with or without diacritics.
pub(crate) fn likely_kind(words: &str) -> Result<Option<&'static Kind>> {
    let said = format!(" {} ", spaced(words));
    let hits = |kind: &Kind| kind.words.iter().filter(|word| said.contains(&format!(" {} ", spaced(word)))).count();
    let best = rules()?.kinds.iter().map(|kind| (hits(kind), kind)).rev().max_by_key(|(hits, _)| *hits);
    Ok(best.filter(|(hits, _)| *hits > 0).map(|(_, kind)| kind))
}

/// Folded words with one blank between them.
fn spaced(text: &str) -> String {
    let folded = base::fold(text);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Title of a kind; of one that is no longer among the rules, its code.
pub(crate) fn kind_title(code: &str) -> String {
    let known = rules().ok().and_then(|rules| rules.kind(code));
    known.map_or_else(|| code.to_owned(), |kind| kind.title.clone())
}

/// The agency that a charge names for a commune; the commune's own committee where the province has no such agency.
pub(crate) async fn in_charge(c: &impl Connection, charge: &Charge, commune: Id, now: Now) -> Result<Agency> {
    let found = match &charge.notation {
        None => directory::queries::covering(c, &charge.kind, commune, now.today()).await?,
        Some(notation) => {
            let known = directory::queries::agencies_of_kind(c, &charge.kind, now.today()).await?;
            known.into_iter().find(|agency| agency.notation == *notation)
        }
    };
    match found {
        Some(agency) => Ok(agency),
        None => directory::queries::agency(c, commune).await?.ok_or(Error::NotFound),
    }
}

/// What is known of the land of a province.
pub(crate) struct Land {
    pub(crate) places: Vec<CommunePlace>,
    /// GeoJSON.
    pub(crate) outline: Option<String>,
}

/// The land of the province that the program serves.
pub(crate) fn land(app: &App) -> Result<&'static Land> {
    static LANDS: OnceLock<HashMap<&'static str, Land>> = OnceLock::new();
    let lands = once(&LANDS, || {
        let read = |name: &'static str| {
            let province = Province::load(name)?;
            Ok((name, Land { places: province.places().to_vec(), outline: province.outline().map(str::to_owned) }))
        };
        Province::list().into_iter().map(read).collect()
    })?;
    let key = app.settings.province.key.as_str();
    lands.get(key).ok_or_else(|| Error::inside(format!("there is no province {key}")))
}

impl Land {
    /// Code of the commune whose centre is nearest; `None` when the place is not in the province.
    pub(crate) fn commune_at(&self, place: Place) -> Option<&str> {
        let distance = |commune: &CommunePlace| commune.centre.metres_to(place);
        let nearest = self.places.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
        (distance(nearest) <= OUTSIDE_METRES).then_some(nearest.gso.as_str())
    }

    pub(crate) fn centre_of(&self, gso: &str) -> Option<Place> {
        self.places.iter().find(|commune| commune.gso == gso).map(|commune| commune.centre)
    }

    /// Where to open a map of everything.
    pub(crate) fn centre(&self) -> Option<Place> {
        self.places.first().map(|commune| commune.centre)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_propose_a_kind_whatever_keyboard_wrote_them() {
        let kind = |words| likely_kind(words).unwrap().map(|kind| kind.code.as_str());
        assert_eq!(kind("Đầu ngõ có Ổ GÀ rất sâu, mặt đường nứt"), Some("o-ga"));
        assert_eq!(kind("den duong hong, toi om ca xom"), Some("den-duong"));
        assert_eq!(kind("Mưa là ngập, rác trôi tắc cống"), Some("ngap"));
        assert_eq!(kind("Ông bà tôi kể chuyện xưa"), None);
        assert_eq!(kind("cá trắc"), None, "no part of a word");
    }
}
