//! For whom a dossier is filed, where it is not for the one who files it: an organisation that they represent, or a person
//! who authorised them in writing (Civil Code 91/2015/QH13, articles 134 to 143 and 562 to 569; Decree 69/2024/NĐ-CP).

use std::sync::Arc;

use base::{Id, PersonalNumber, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::questions::{Paper, Procedure};
use serde::{Deserialize, Serialize};

use crate::rules::rules;

/// Component that the written authorisation is handed in as.
pub(crate) const AUTHORISATION: &str = "giay-uy-quyen";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behalf {
    /// Of a person who authorised the one who files.
    Authorised,
    /// Of an organisation that the one who files represents.
    Organisation,
}

impl Behalf {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorised => "authorised",
            Self::Organisation => "organisation",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Authorised, Self::Organisation].into_iter().find(|behalf| behalf.as_str() == text)
    }
}

/// Whom a draft is begun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// This person: the owner themselves, or whoever stands at the counter.
    Person(Id),
    Organisation(Id),
    /// Somebody who authorised the owner, and of whom nothing is known yet.
    Authoriser,
}

impl Subject {
    pub(crate) const fn behalf(self) -> Option<Behalf> {
        match self {
            Self::Person(_) => None,
            Self::Organisation(_) => Some(Behalf::Organisation),
            Self::Authoriser => Some(Behalf::Authorised),
        }
    }
}

/// Who authorised the one who files, as they say it. Compared with what the province knows when the dossier is sent, never
/// before, so that nobody finds out by trying whom a number belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    pub name: String,
    pub number: PersonalNumber,
    pub birth_date: NaiveDate,
    /// The last day of the authorisation.
    pub until: NaiveDate,
}

/// Who filed a dossier for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    pub behalf: Behalf,
    pub person: Id,
    pub name: String,
    /// The last day of a written authorisation.
    pub until: Option<NaiveDate>,
    /// The desk has looked at the written authorisation.
    pub checked_at: Option<DateTime<Utc>>,
    /// The person who gave the authorisation took it back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Agent {
    /// Whether a written authorisation holds on a day.
    pub fn is_authorised(&self, on: NaiveDate) -> bool {
        self.behalf == Behalf::Authorised && self.withdrawn_at.is_none() && self.until.is_none_or(|last| on <= last)
    }

    /// Whether the desk still has to look at the written authorisation.
    pub fn is_unchecked(&self) -> bool {
        self.behalf == Behalf::Authorised && self.checked_at.is_none()
    }
}

/// The procedure as it is for a dossier filed on this behalf: an authorisation is a paper of the dossier.
///
/// # Errors
/// When the rules that the program holds cannot be read.
pub(crate) fn with_papers(procedure: Arc<Procedure>, behalf: Option<Behalf>) -> Result<Arc<Procedure>> {
    if behalf != Some(Behalf::Authorised) || procedure.papers.iter().any(|paper| paper.code == AUTHORISATION) {
        return Ok(procedure);
    }
    let mut whole = (*procedure).clone();
    whole.papers.push(Paper {
        code: AUTHORISATION.to_owned(),
        name: rules()?.authorisation.paper.clone(),
        originals: 1,
        copies: 0,
        required: true,
        condition: None,
        declared: false,
        reuse: None,
    });
    Ok(Arc::new(whole))
}

#[cfg(test)]
mod tests {
    use base::Now;

    use super::*;

    #[test]
    fn an_authorisation_holds_through_its_last_day_and_until_it_is_taken_back() {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let agent = Agent {
            behalf: Behalf::Authorised,
            person: Id::new(now),
            name: String::new(),
            until: Some(day("2026-11-20")),
            checked_at: None,
            withdrawn_at: None,
        };
        assert!(agent.is_authorised(day("2026-11-20")) && agent.is_unchecked());
        assert!(!agent.is_authorised(day("2026-11-21")));
        let taken_back = Agent { withdrawn_at: Some(now.utc()), ..agent.clone() };
        assert!(!taken_back.is_authorised(day("2026-11-19")));
        let representative = Agent { behalf: Behalf::Organisation, ..agent };
        assert!(!representative.is_authorised(day("2026-11-20")) && !representative.is_unchecked());
    }
}
