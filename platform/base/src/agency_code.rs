use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::NotAnIdentifier;

/// Identifier of an agency by Decision 20/2020/QĐ-TTg, read from the left: `H32.15`, `H52.101.114`.
///
/// At most 35 characters. Groups after the first have one to three characters in practice, so a code is never
/// parsed by position and the parent is kept as data, not cut from the code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgencyCode(String);

/// The older form of QCVN 102:2016/BTTTT, read from the right: `000.17.22.H56` is unit 17 of unit 22 of H56.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgencyCode102(String);

fn is_first_level(group: &str) -> bool {
    let bytes = group.as_bytes();
    bytes.len() == 3 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
}

impl FromStr for AgencyCode {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut groups = text.split('.');
        let first = groups.next().is_some_and(is_first_level);
        let others = groups.all(|group| {
            (1..=3).contains(&group.len()) && group.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        });
        if first && others && text.len() <= 35 { Ok(Self(text.to_owned())) } else { Err(NotAnIdentifier) }
    }
}

impl AgencyCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 1 for a province or ministry, 2 for what stands directly under it, and so on.
    pub fn level(&self) -> usize {
        self.0.split('.').count()
    }
}

impl FromStr for AgencyCode102 {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let groups: Vec<&str> = text.split('.').collect();
        let [unit, third, second, first] = groups[..] else { return Err(NotAnIdentifier) };
        let digits = |group: &str, length: usize| group.len() == length && group.bytes().all(|c| c.is_ascii_digit());
        if digits(unit, 3) && digits(third, 2) && digits(second, 2) && is_first_level(first) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnIdentifier)
        }
    }
}

impl AgencyCode102 {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The likely code of Decision 20/2020: zero groups dropped, order turned round.
    ///
    /// A guess, since official lists may renumber: an agency's own record always holds both.
    pub fn likely_successor(&self) -> Option<AgencyCode> {
        let groups: Vec<&str> = self.0.rsplit('.').filter(|group| !group.bytes().all(|c| c == b'0')).collect();
        groups.join(".").parse().ok()
    }
}

macro_rules! text_code {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = NotAnIdentifier;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_code!(AgencyCode);
text_code!(AgencyCode102);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_code_are_read() {
        let old: AgencyCode102 = "000.17.22.H56".parse().unwrap();
        assert_eq!(old.likely_successor().unwrap().as_str(), "H56.22.17");
        let department: AgencyCode102 = "000.00.12.H32".parse().unwrap();
        assert_eq!(department.likely_successor().unwrap().as_str(), "H32.12");
        assert_eq!("H52.101.114".parse::<AgencyCode>().unwrap().level(), 3);
    }

    #[test]
    fn codes_with_a_wrong_shape_are_refused() {
        for wrong in ["000.17.22.H5", "00.17.22.H56", "000.17.22", "000.1x.22.H56"] {
            assert!(wrong.parse::<AgencyCode102>().is_err(), "{wrong}");
        }
        for wrong in ["", "H5", "h32.01", "H32.", "H32.0001", "H32.a1", "H32.01.02.03.04.05.06.07.08.09.10.11.12"] {
            assert!(wrong.parse::<AgencyCode>().is_err(), "{wrong}");
        }
    }
}
