use base::AgencyCode;
use chrono::NaiveDate;
use serde::Deserialize;

/// `province.toml`: what the whole province shares.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// "Tỉnh Khánh Hòa".
    pub name: String,
    /// Identifier code of level 1 (Decision 20/2020/QĐ-TTg): `H32`.
    pub code: AgencyCode,
    /// Two digits of the list of administrative divisions: `56`.
    pub gso: String,
    /// Short number people call: `1022`.
    pub hotline: String,
    /// What the page says about the data being invented; absent in a real province.
    #[serde(default)]
    pub demo: Option<String>,
    /// Where people file online, through time.
    pub filing: Vec<Filing>,
}

/// Where people file online, from a day on, until the next entry begins.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    #[serde(rename = "where")]
    pub place: FilingPlace,
    pub from: NaiveDate,
    pub basis: String,
    /// What the person filing must be told.
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FilingPlace {
    /// On the portal of this province.
    Here,
    /// On the national public service portal; the province only handles the dossier.
    National,
}

impl Settings {
    /// The entry in force on that day: the last one that has begun.
    pub fn filing_on(&self, day: NaiveDate) -> Option<&Filing> {
        self.filing.iter().filter(|filing| filing.from <= day).max_by_key(|filing| filing.from)
    }
}
