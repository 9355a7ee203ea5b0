//! What several papers have in common.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize, Serializer};

/// The top of a paper: who issues it, its number, place and date (Decree 30/2020/NĐ-CP, Appendix I, boxes 1 to 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The agency above, if it is to be named: a People's Committee names none. A line break is kept.
    pub parent: Option<String>,
    /// The issuing agency; printed in capitals. A line break is kept.
    pub agency: String,
    /// The place before the date: "Ví Dụ" in "Ví Dụ, ngày …".
    pub place: String,
    /// None for a paper without a number of its own.
    pub number: Option<Number>,
    /// None leaves the gap that is filled after the signature ([`crate::Field::Date`]).
    pub date: Option<NaiveDate>,
    /// A paper of a demo province: marked "DỮ LIỆU MINH HỌA" on every page.
    pub demo: bool,
}

/// A number of record with its notation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Printed before the gap.
    pub before: String,
    /// None leaves the gap that is filled after the signature ([`crate::Field::Number`]).
    pub value: Option<String>,
    /// Printed after the gap: "/GPXD-UBND".
    pub after: String,
}

impl Number {
    /// A number that is known when the paper is printed: "0012/TNHS".
    pub fn known(number: impl Into<String>) -> Self {
        Self { before: String::new(), value: Some(number.into()), after: String::new() }
    }

    /// A number to be given after the signature. The gap takes everything from the first placeholder of `pattern` to
    /// the last: only `{number}` in `{number}/GPXD-UBND`, all of `{number}/{year}`, for the year too is settled only
    /// when the number is given. Placeholders that are known, such as the agency, are to be replaced before.
    pub fn awaited(pattern: &str) -> Self {
        let (before, rest) = pattern.split_once('{').unwrap_or((pattern, ""));
        let after = rest.rsplit_once('}').map_or("", |(_, after)| after);
        Self { before: before.to_owned(), value: None, after: after.to_owned() }
    }
}

/// Whose dossier it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Person or organisation.
    pub name: String,
    /// As written on the dossier.
    pub address: String,
    /// As the applicant gave it.
    pub phone: Option<String>,
    /// As the applicant gave it.
    pub email: Option<String>,
}

/// One paper of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Number of originals handed in.
    pub originals: u32,
    /// Number of copies handed in.
    pub copies: u32,
}

/// Whom the applicant may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A person or a desk.
    pub name: String,
    /// As it is to be dialled.
    pub phone: String,
}

/// Where the dossier stands in the paper register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Quyển số.
    pub book: String,
    /// Số thứ tự.
    pub ordinal: String,
}

/// The competent person (boxes 7a and 7c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Authority and title, line by line, printed in bold: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH".
    pub authority: Vec<String>,
    /// Full name.
    pub name: String,
}

/// Writes a moment as a clock in Vietnam shows it; a template only cuts the text into hours and days.
pub(super) fn vietnam_time<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    base::local(*at).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_takes_all_that_is_settled_with_the_number() {
        let parts = |pattern| {
            let number = Number::awaited(pattern);
            (number.before, number.after)
        };
        let pair = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        assert_eq!(parts("{number}/GPXD-UBND"), pair("", "/GPXD-UBND"));
        assert_eq!(parts("{number}/{year}"), pair("", ""));
        assert_eq!(parts("TLKT-{number}/{year}-BS"), pair("TLKT-", "-BS"));
        assert_eq!(parts("{number} - SCT/BS"), pair("", " - SCT/BS"));
        assert_eq!(parts("KH"), pair("KH", ""));
    }
}
