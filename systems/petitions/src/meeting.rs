//! A meeting of an elected body, before and after which petitions are collected.

use base::{Error, FieldErrors, Id, Result};
use chrono::NaiveDate;

use crate::rules::rules;

/// A meeting (kỳ họp).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub id: Id,
    /// Code of a body of the rules.
    pub body: String,
    /// The committee of the commune whose council meets; none for the province's council and the National Assembly.
    pub place: Option<Id>,
    /// "XI", "2026-2031": as the body counts its terms.
    pub term: String,
    pub number: i64,
    /// "Kỳ họp thứ 12, HĐND tỉnh khóa XI".
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
}

/// A meeting about to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeeting {
    /// Made by the page; the same form sent twice enters one meeting.
    pub id: Id,
    pub body: String,
    pub place: Option<Id>,
    pub term: String,
    pub number: i64,
    pub title: String,
    pub opens_on: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
}

const COMMUNE_COUNCIL: &str = "commune-council";
const TITLE: usize = 200;

impl NewMeeting {
    /// # Errors
    /// [`Error::Invalid`] by the fields `body`, `place`, `number`, `title`, `opens-on`, `closes-on`.
    pub fn checked(self) -> Result<Meeting> {
        let mut wrong = FieldErrors::new();
        let mut add = |field: &str, key: &str| wrong.insert(field.to_owned(), key.to_owned());
        if rules()?.body(&self.body).is_none() {
            add("body", "petitions-body-missing");
        }
        if (self.body == COMMUNE_COUNCIL) != self.place.is_some() {
            add("place", "petitions-meeting-place-wrong");
        }
        if self.number < 1 {
            add("number", "petitions-number-missing");
        }
        let title = self.title.trim();
        if title.is_empty() || title.chars().count() > TITLE {
            add("title", "petitions-meeting-title-missing");
        }
        if self.opens_on.is_none() {
            add("opens-on", "petitions-opens-missing");
        }
        if self.closes_on.is_some() && self.closes_on < self.opens_on {
            add("closes-on", "petitions-closes-before-it-opens");
        }
        match self.opens_on {
            Some(opens_on) if wrong.is_empty() => Ok(Meeting {
                id: self.id,
                body: self.body,
                place: self.place,
                term: self.term.trim().to_owned(),
                number: self.number,
                title: title.to_owned(),
                opens_on,
                closes_on: self.closes_on,
            }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> NewMeeting {
        NewMeeting {
            id: Id::from_uuid(uuid::Uuid::nil()),
            body: "province-council".to_owned(),
            place: None,
            term: "XI".to_owned(),
            number: 12,
            title: "Kỳ họp thứ 12, HĐND tỉnh khóa XI".to_owned(),
            opens_on: NaiveDate::from_ymd_opt(2026, 12, 8),
            closes_on: NaiveDate::from_ymd_opt(2026, 12, 10),
        }
    }

    fn wrong(new: NewMeeting) -> Vec<String> {
        match new.checked() {
            Err(Error::Invalid(fields)) => fields.into_keys().collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_meeting_says_whose_which_and_when() {
        assert_eq!(new().checked().unwrap().number, 12);
        let empty = NewMeeting { body: String::new(), number: 0, title: " ".to_owned(), opens_on: None, ..new() };
        assert_eq!(wrong(empty), ["body", "number", "opens-on", "title"]);
        assert_eq!(wrong(NewMeeting { closes_on: NaiveDate::from_ymd_opt(2026, 12, 7), ..new() }), ["closes-on"]);
    }

    #[test]
    fn only_a_communes_council_has_a_place() {
        let commune = NewMeeting { body: "commune-council".to_owned(), ..new() };
        assert_eq!(wrong(commune.clone()), ["place"]);
        assert!(NewMeeting { place: Some(commune.id), ..commune.clone() }.checked().is_ok());
        assert_eq!(wrong(NewMeeting { place: Some(commune.id), ..new() }), ["place"]);
    }
}
