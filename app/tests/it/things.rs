//! The things that routes are called with: each is found in the demo, or made through the systems' own actions where a
//! demo has none, and belongs to somebody.

mod accounts;
mod complaints;
mod crossing;
mod dossiers;
mod drafts;
mod feedback;
mod ledger;
mod national;
mod organisations;
mod payments;
mod petitions;
mod plans;
mod post;
mod procedures;
mod queue;
mod stand_ins;

use std::collections::BTreeMap;

use identity::SessionSecret;
use system::{Access, Route};

use crate::province::{Person, Province};

pub(crate) use accounts::client_token;

/// What fills the parameters of an address and the fields of a body, whose it is, and to whom it does not exist.
pub(crate) struct Thing {
    values: BTreeMap<&'static str, String>,
    pub(crate) file: Vec<u8>,
    pub(crate) owner: Owner,
    pub(crate) hidden_from: Vec<Person>,
    /// Whoever may come in may see it.
    pub(crate) is_everyones: bool,
}

/// Who may.
pub(crate) enum Owner {
    Anyone,
    Person(Box<Person>),
    /// A browser on its way through the steps of signing in.
    Session(SessionSecret),
    /// A program, by its token.
    Client(String),
}

impl Owner {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Anyone => "anyone",
            Self::Person(person) => &person.login,
            Self::Session(_) => "a browser that is signing in",
            Self::Client(_) => "a program",
        }
    }
}

impl From<Person> for Owner {
    fn from(person: Person) -> Self {
        Self::Person(Box::new(person))
    }
}

impl Thing {
    pub(crate) fn of(owner: impl Into<Owner>) -> Self {
        let (values, owner) = (BTreeMap::new(), owner.into());
        Self { values, file: Vec::new(), owner, hidden_from: Vec::new(), is_everyones: false }
    }

    /// For routes that are about nothing in particular.
    pub(crate) fn none(owner: Owner) -> Self {
        Self::of(owner)
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.insert(name, value.to_string());
        self
    }

    fn with_file(mut self, file: impl Into<Vec<u8>>) -> Self {
        self.file = file.into();
        self
    }

    const fn everyones(mut self) -> Self {
        self.is_everyones = true;
        self
    }

    fn hidden_from(mut self, strangers: impl IntoIterator<Item = Person>) -> Self {
        self.hidden_from.extend(strangers);
        assert!(!self.hidden_from.is_empty(), "the demo has nobody from whom this is hidden");
        self
    }

    /// Whether anybody else than who is named here may be refused.
    pub(crate) fn is_private(&self) -> bool {
        !self.hidden_from.is_empty() || matches!(self.owner, Owner::Session(_))
    }

    pub(crate) fn is_owned_by(&self, one: &Person) -> bool {
        matches!(&self.owner, Owner::Person(owner) if owner.login == one.login)
    }

    /// The text with every `{name}` replaced by the thing's value; a text in which a name is left fails the test.
    pub(crate) fn filled(&self, text: &str) -> String {
        let known = |filled: String, (name, value): (&&str, &String)| filled.replace(&format!("{{{name}}}"), value);
        let is_name = |part: &str| {
            part.split_once('}').is_some_and(|(name, _)| {
                !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_lowercase() || b"-_".contains(&letter))
            })
        };
        // Looked for before the values are put in: those may hold braces of their own.
        for part in text.split('{').skip(1).filter(|part| is_name(part)) {
            let name = part.split_once('}').map_or(part, |(name, _)| name);
            assert!(self.values.contains_key(name), "the thing has no value {{{name}}} for {text}");
        }
        self.values.iter().fold(text.to_owned(), known)
    }
}

/// The thing of this name, such that the route can be called with it; none when there is no such thing.
pub(crate) async fn find(province: &Province, name: &str, route: &Route) -> Option<Thing> {
    if let Some(thing) = organisations::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = accounts::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = complaints::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = feedback::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = crossing::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = national::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = payments::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = petitions::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = plans::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = post::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = procedures::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = queue::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = drafts::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = ledger::find(province, name).await {
        return Some(thing);
    }
    if let Some(thing) = stand_ins::find(province, name).await {
        return Some(thing);
    }
    dossiers::find(province, name, route).await
}

/// Whether an officer passes the outer door of the route.
fn enters(officer: &Person, access: Access) -> bool {
    officer.officer().is_some_and(|one| match access {
        Access::Public | Access::SignedIn | Access::Officer => true,
        Access::Needs(permission) => one.may(permission),
        Access::Citizen | Access::Client(_) => false,
    })
}
