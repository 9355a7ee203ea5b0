//! How the list of a desk is narrowed: what stands in the address, and the ways to change it.

use std::collections::BTreeSet;
use std::sync::Arc;

use base::{Now, Result};
use chrono::Days;
use contracts::questions::Procedure;
use serde::{Deserialize, Serialize};
use system::App;
use web::{Choice, Pick, Visitor};

use super::LIST;
use crate::dossier::{Entrance, State};
use crate::filing;
use crate::queries::{Filter, Owed};

const LATE: &str = "tre";
const SOON: &str = "sap-den";
/// Today and so many days more are soon.
const SOON_DAYS: Days = Days::new(7);

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(in crate::pages::desk) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    pub(super) words: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    pub(super) state: String,
    #[serde(rename = "han", skip_serializing_if = "String::is_empty")]
    pub(super) owed: String,
    #[serde(rename = "thu-tuc", skip_serializing_if = "String::is_empty")]
    pub(super) procedure: String,
    #[serde(rename = "linh-vuc", skip_serializing_if = "String::is_empty")]
    pub(super) field: String,
    #[serde(rename = "cach-nop", skip_serializing_if = "String::is_empty")]
    pub(super) entrance: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    pub(super) after: String,
}

impl Wanted {
    pub(super) fn state(&self) -> Option<State> {
        self.state.parse().ok().and_then(State::from_code)
    }

    pub(super) fn filter(&self, offered: &Offered, state: Option<State>, now: Now) -> Filter {
        let owed = match self.owed.as_str() {
            LATE => Some(Owed { from: None, until: now.utc() }),
            SOON => {
                let until = base::hours_of(now.today() + SOON_DAYS).1;
                Some(Owed { from: Some(now.utc()), until })
            }
            _ => None,
        };
        Filter {
            words: self.words.clone(),
            state,
            procedures: offered.meant(&self.procedure, &self.field),
            entrance: Entrance::parse(&self.entrance),
            owed,
        }
    }

    /// The ways to narrow to a state, all else kept.
    pub(super) fn states(&self, visitor: &Visitor) -> Result<Vec<Pick>> {
        let mut picks = vec![self.pick(visitor, "dossiers-desk-all-states", self.state.is_empty(), |wanted| {
            wanted.state.clear();
        })?];
        for state in State::ALL {
            let code = state.code().to_string();
            let current = self.state == code;
            picks.push(self.pick(visitor, state.text(), current, |wanted| wanted.state = code)?);
        }
        Ok(picks)
    }

    /// The ways to narrow by the date promised.
    pub(super) fn dates(&self, visitor: &Visitor) -> Result<Vec<Pick>> {
        let ways =
            [("", "dossiers-desk-any-date"), (LATE, "dossiers-desk-only-late"), (SOON, "dossiers-desk-only-soon")];
        let pick = |(word, text): (&str, &str)| {
            self.pick(visitor, text, self.owed == word, |wanted| word.clone_into(&mut wanted.owed))
        };
        ways.into_iter().map(pick).collect()
    }

    /// What the list is narrowed by, each a way to drop it.
    pub(super) fn chips(&self, visitor: &Visitor, offered: &Offered, list: &str) -> Result<Vec<Pick>> {
        let mut chips = Vec::new();
        let mut chip = |what: &str, text: String, drop: fn(&mut Self)| -> Result<()> {
            let text = format!("{}: {text}", visitor.text(what));
            chips.push(Pick { text, href: self.changed(list, drop)?, current: false });
            Ok(())
        };
        if !self.words.is_empty() {
            chip("dossiers-desk-words", self.words.clone(), |wanted| wanted.words.clear())?;
        }
        if let Some(state) = self.state() {
            chip("dossiers-desk-state", visitor.text(state.text()), |wanted| wanted.state.clear())?;
        }
        if let Some(text) = [(LATE, "dossiers-desk-only-late"), (SOON, "dossiers-desk-only-soon")]
            .into_iter()
            .find_map(|(word, text)| (self.owed == word).then_some(text))
        {
            chip("dossiers-desk-promised", visitor.text(text), |wanted| wanted.owed.clear())?;
        }
        if !self.procedure.is_empty() {
            let name = offered.name(&self.procedure).unwrap_or(&self.procedure).to_owned();
            chip("dossiers-desk-procedure", name, |wanted| wanted.procedure.clear())?;
        }
        if !self.field.is_empty() {
            chip("dossiers-desk-field", self.field.clone(), |wanted| wanted.field.clear())?;
        }
        if let Some(entrance) = Entrance::parse(&self.entrance) {
            chip("dossiers-desk-entrance", visitor.text(entrance.text()), |wanted| wanted.entrance.clear())?;
        }
        Ok(chips)
    }

    fn pick(&self, visitor: &Visitor, text: &str, current: bool, change: impl FnOnce(&mut Self)) -> Result<Pick> {
        Ok(Pick { text: visitor.text(text), href: self.changed(LIST, change)?, current })
    }

    /// The address of the first page of the list when something else is wanted.
    fn changed(&self, list: &str, change: impl FnOnce(&mut Self)) -> Result<String> {
        let mut wanted = Self { after: String::new(), ..self.clone() };
        change(&mut wanted);
        web::address(list, &wanted)
    }
}

/// The procedures a list can be narrowed to.
pub(super) struct Offered(Vec<Arc<Procedure>>);

impl Offered {
    pub(super) async fn on(app: &App, now: Now) -> Result<Self> {
        Ok(Self(filing::catalogue(app)?.offered(now).await?))
    }

    /// The codes meant by a code, a field, or both; absent where neither is given.
    fn meant(&self, code: &str, field: &str) -> Option<Vec<String>> {
        let of_field = |code: &str| self.0.iter().any(|known| known.code == code && known.field == field);
        match (code, field) {
            ("", "") => None,
            (code, "") => Some(vec![code.to_owned()]),
            ("", field) => {
                let of_field = self.0.iter().filter(|known| known.field == field);
                Some(of_field.map(|known| known.code.clone()).collect())
            }
            (code, _) => Some(if of_field(code) { vec![code.to_owned()] } else { Vec::new() }),
        }
    }

    fn name(&self, code: &str) -> Option<&str> {
        self.0.iter().find(|known| known.code == code).map(|known| known.name.as_str())
    }

    pub(super) fn procedures(&self, visitor: &Visitor) -> Vec<Choice> {
        let known = self.0.iter().map(|known| (known.code.clone(), format!("{} ({})", known.name, known.code)));
        any_or(visitor, "dossiers-desk-any-procedure", known)
    }

    pub(super) fn fields(&self, visitor: &Visitor) -> Vec<Choice> {
        let fields: BTreeSet<&str> = self.0.iter().map(|known| known.field.as_str()).collect();
        any_or(visitor, "dossiers-desk-any-field", fields.into_iter().map(|field| (field.to_owned(), field.to_owned())))
    }
}

pub(super) fn entrances(visitor: &Visitor) -> Vec<Choice> {
    let all = Entrance::ALL.into_iter().map(|each| (each.as_str().to_owned(), visitor.text(each.text())));
    any_or(visitor, "dossiers-desk-any-entrance", all)
}

fn any_or(visitor: &Visitor, any: &str, choices: impl Iterator<Item = (String, String)>) -> Vec<Choice> {
    let any = (String::new(), visitor.text(any));
    [any].into_iter().chain(choices).map(|(value, text)| Choice { value, text }).collect()
}
