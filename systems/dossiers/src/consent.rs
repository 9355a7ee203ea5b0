//! The consent of a second person to exactly what is sent (đồng ký): of the other party to a marriage, of the householder.
//! Whoever is asked is known by a number in the answers; any later change of the answers or papers makes a consent void.

use base::{Id, PersonalNumber, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::questions::Consent as Wanted;
use form::Values;
use sha2::{Digest, Sha256};

use crate::paper::Draft;

/// What a second person was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub id: Id,
    pub draft: Id,
    pub role: String,
    /// Of whoever is asked.
    pub number: PersonalNumber,
    /// Of what they were asked to agree to ([`seal`]).
    pub seal: String,
    pub asked_at: DateTime<Utc>,
    /// The last day on which it may be given, and the dossier sent.
    pub until: NaiveDate,
    pub answer: Option<Answer>,
}

/// What they said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub person: Id,
    pub name: String,
    pub agreed: bool,
    pub at: DateTime<Utc>,
}

/// How a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody was asked about what is there now.
    Unasked,
    Waiting,
    Agreed,
    Declined,
    /// Its time is over.
    Lapsed,
}

impl Consent {
    /// How it stands for what is sealed so.
    pub fn standing(&self, seal: &str, on: NaiveDate) -> Standing {
        if self.seal != seal {
            return Standing::Unasked;
        }
        match &self.answer {
            Some(answer) if !answer.agreed => Standing::Declined,
            _ if self.until < on => Standing::Lapsed,
            Some(_) => Standing::Agreed,
            None => Standing::Waiting,
        }
    }
}

/// Who has to agree in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Nobody besides the one it is for.
    Nobody,
    Of(PersonalNumber),
    /// The answers name nobody else where they must.
    Unknown,
}

/// Who has to agree in this role, by the answers of somebody with this number: whoever else is named where the role looks.
///
/// Where it looks in more than one place it is about two people, so one of them must be another.
pub fn needed(wanted: &Wanted, answers: &Values, own: Option<&PersonalNumber>) -> Needed {
    let named: Vec<PersonalNumber> =
        wanted.numbers.iter().filter_map(|path| at(answers, path)).filter_map(|text| text.parse().ok()).collect();
    let mut others = named.iter().filter(|number| Some(*number) != own);
    match (others.next(), others.next(), wanted.numbers.len()) {
        (Some(one), None, _) => Needed::Of(one.clone()),
        (None, None, 1) => Needed::Nobody,
        _ => Needed::Unknown,
    }
}

fn at<'a>(answers: &'a Values, path: &str) -> Option<&'a str> {
    let mut parts = path.split('.');
    let first = answers.get(parts.next()?)?;
    parts.try_fold(first, |value, part| value.get(part))?.as_str()
}

/// SHA-256, in hex, of everything that a consent is about: procedure, agency, answers and papers.
///
/// # Errors
/// When the answers are no JSON, which is a defect.
pub fn seal(draft: &Draft) -> Result<String> {
    let about = (&draft.procedure_code, draft.agency, draft.applicant, &draft.answers, &draft.papers);
    Ok(hex::encode(Sha256::digest(serde_json::to_vec(&about)?)))
}

#[cfg(test)]
mod tests {
    use base::Now;
    use serde_json::json;

    use super::*;

    const BRIDE: &str = "056158000001";
    const GROOM: &str = "056079000002";

    fn number(text: &str) -> PersonalNumber {
        text.parse().unwrap()
    }

    fn wanted(numbers: &[&str]) -> Wanted {
        Wanted {
            role: "other-party".to_owned(),
            label: "Bên kia".to_owned(),
            level: 2,
            numbers: numbers.iter().map(|path| (*path).to_owned()).collect(),
            days: 7,
        }
    }

    fn values(value: serde_json::Value) -> Values {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn the_other_of_two_parties_is_asked_and_never_the_same_person() {
        let role = wanted(&["bride.id_number", "groom.id_number"]);
        let of = |bride: &str, groom: &str, own: &str| {
            let answers = values(json!({ "bride": { "id_number": bride }, "groom": { "id_number": groom } }));
            needed(&role, &answers, Some(&number(own)))
        };
        assert_eq!(of(BRIDE, GROOM, BRIDE), Needed::Of(number(GROOM)));
        assert_eq!(of(BRIDE, GROOM, GROOM), Needed::Of(number(BRIDE)));
        assert_eq!(of(BRIDE, BRIDE, BRIDE), Needed::Unknown, "nobody marries themselves");
        assert_eq!(of(BRIDE, GROOM, "056189000003"), Needed::Unknown, "whoever files is one of them");
        assert_eq!(of(BRIDE, "x", BRIDE), Needed::Unknown);
    }

    #[test]
    fn a_householder_agrees_unless_they_file_themselves() {
        let role = wanted(&["head_id_number"]);
        let of = |head: &str| needed(&role, &values(json!({ "head_id_number": head })), Some(&number(BRIDE)));
        assert_eq!(of(GROOM), Needed::Of(number(GROOM)));
        assert_eq!(of(BRIDE), Needed::Nobody);
        assert_eq!(needed(&role, &Values::new(), None), Needed::Nobody);
    }

    #[test]
    fn a_consent_is_to_one_thing_for_a_time() {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let id = Id::new(now);
        let asked = Consent {
            id,
            draft: id,
            role: String::new(),
            number: number(GROOM),
            seal: "a".to_owned(),
            asked_at: now.utc(),
            until: day("2026-11-27"),
            answer: None,
        };
        let answered = |agreed| Consent {
            answer: Some(Answer { person: id, name: String::new(), agreed, at: now.utc() }),
            ..asked.clone()
        };
        let (today, last, after) = (day("2026-11-20"), day("2026-11-27"), day("2026-11-28"));
        assert_eq!(asked.standing("a", today), Standing::Waiting);
        assert_eq!(asked.standing("b", today), Standing::Unasked);
        assert_eq!(answered(true).standing("a", last), Standing::Agreed);
        assert_eq!(answered(true).standing("a", after), Standing::Lapsed);
        assert_eq!(answered(true).standing("b", today), Standing::Unasked, "other answers were agreed to");
        assert_eq!(answered(false).standing("a", today), Standing::Declined);
    }
}
