use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The text has not the shape, or not the check digit, of the identifier asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct NotAnIdentifier;

/// Personal identification number: 12 digits `PPP G YY RRRRRR` (Law on Identification 26/2023/QH15).
///
/// `PPP` is the province of birth registration (001 to 096, as before the mergers of 2025), `G` century and sex,
/// `YY` the year of birth. There is no check digit. `Debug` and `Display` mask it, so that it never reaches a log.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonalNumber(String);

/// The province numbers of Decision 124/2004/QĐ-TTg, which personal numbers keep after every merger.
const BIRTH_PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

impl FromStr for PersonalNumber {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let shaped = digits.len() == 12 && digits.bytes().all(|c| c.is_ascii_digit()) && digits.starts_with('0');
        let province = digits.get(1..3).and_then(|code| code.parse::<u8>().ok());
        if shaped && province.is_some_and(|code| BIRTH_PROVINCES.contains(&code)) {
            Ok(Self(digits))
        } else {
            Err(NotAnIdentifier)
        }
    }
}

impl PersonalNumber {
    /// The whole number; only where the law needs it (a form, a slip, a query by it).
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What lists show: `056•••••••12`.
    pub fn masked(&self) -> String {
        format!("{}•••••••{}", &self.0[..3], &self.0[10..])
    }
}

impl fmt::Display for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Tax code: 10 digits with a check digit, 13 for a branch (`NNNNNNNNNN-NNN`),
/// or since 1 July 2025 a personal number (Circular 86/2024/TT-BTC).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxCode(String);

impl FromStr for TaxCode {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Ok(personal) = code.parse::<PersonalNumber>() {
            return Ok(Self(personal.0));
        }
        let (main, branch) = match code.split_once('-') {
            Some((main, branch)) => (main, Some(branch)),
            None if code.len() == 13 && code.is_ascii() => (&code[..10], Some(&code[10..])),
            None => (code.as_str(), None),
        };
        let branch_fits = branch.is_none_or(|b| b.len() == 3 && b.bytes().all(|c| c.is_ascii_digit()));
        if branch_fits && has_check_digit(main) {
            Ok(Self(branch.map_or_else(|| main.to_owned(), |branch| format!("{main}-{branch}"))))
        } else {
            Err(NotAnIdentifier)
        }
    }
}

impl TaxCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the number of an enterprise or organisation, or of a branch, rather than a person's own.
    pub fn is_of_organisation(&self) -> bool {
        self.0.parse::<PersonalNumber>().is_err()
    }
}

fn has_check_digit(code: &str) -> bool {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || code.len() != 10 {
        return false;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    10 - sum % 11 == digits[9]
}

/// A telephone in Vietnam, kept as `0…`: mobile (10 digits), landline (`02` and 9 digits).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl FromStr for Phone {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
        let number = plain.strip_prefix("+84").map_or_else(|| plain.clone(), |rest| format!("0{rest}"));
        let digits = number.bytes().all(|c| c.is_ascii_digit());
        let pair = number.get(1..3).unwrap_or_default();
        let mobile = number.len() == 10
            && matches!(
                (pair.as_bytes().first(), pair.as_bytes().get(1)),
                (Some(b'3'), Some(b'2'..=b'9'))
                    | (Some(b'5'), Some(b'2' | b'5' | b'6' | b'8' | b'9'))
                    | (Some(b'7'), Some(b'0' | b'6'..=b'9'))
                    | (Some(b'8'), Some(b'1'..=b'9'))
                    | (Some(b'9'), Some(b'0'..=b'9'))
            );
        let landline = number.len() == 11 && number.starts_with("02");
        if digits && number.starts_with('0') && (mobile || landline) { Ok(Self(number)) } else { Err(NotAnIdentifier) }
    }
}

impl Phone {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}•••{}", &self.0[..3], &self.0[self.0.len() - 2..])
    }
}

macro_rules! from_text {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = NotAnIdentifier;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

from_text!(PersonalNumber);
from_text!(TaxCode);
from_text!(Phone);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tax_codes_are_known_by_their_check_digit() {
        for right in ["0100109106", "0101245486", "0100686209", "0300588569", "0106869738"] {
            assert!(right.parse::<TaxCode>().is_ok(), "{right}");
        }
        for wrong in ["0100109107", "010010910", "0100109106-1", "abcdefghij", ""] {
            assert!(wrong.parse::<TaxCode>().is_err(), "{wrong}");
        }
        assert_eq!("0100109106001".parse::<TaxCode>().unwrap().as_str(), "0100109106-001");
    }

    #[test]
    fn personal_numbers_name_a_province_and_hide_themselves() {
        let number: PersonalNumber = "056 068 000 056".parse().unwrap();
        assert_eq!(number.reveal(), "056068000056");
        assert_eq!(format!("{number} {number:?}"), "056•••••••56 056•••••••56");
        for wrong in ["003190000001", "156190000001", "05619000000", "0560680000561", "05619000000a", "097190000001"] {
            assert!(wrong.parse::<PersonalNumber>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn telephones_are_kept_in_one_form() {
        assert_eq!("+84 901.000.001".parse::<Phone>().unwrap().reveal(), "0901000001");
        assert_eq!("0258 3 822 000".parse::<Phone>().unwrap().reveal(), "02583822000");
        for wrong in ["0123456789", "09010000", "1022", "0258382200", "mười"] {
            assert!(wrong.parse::<Phone>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_the_readers(text in "\\PC{0,20}") {
            let _ = text.parse::<PersonalNumber>();
            let _ = text.parse::<TaxCode>();
            let _ = text.parse::<Phone>();
        }
    }
}
