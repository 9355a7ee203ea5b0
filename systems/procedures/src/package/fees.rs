use std::collections::BTreeMap;

use base::Money;
use serde::{Deserialize, Serialize};

/// `fees.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fees {
    /// Said to people beside the amounts: "Miễn lệ phí khi đăng ký đúng hạn."
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default, rename = "fee")]
    pub fees: Vec<Fee>,
    #[serde(default, rename = "exemption")]
    pub exemptions: Vec<Exemption>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Unique within the package.
    pub code: String,
    pub name: String,
    pub kind: FeeKind,
    pub per: Per,
    /// đồng for one unit, by the way the dossier comes in.
    pub amounts: BTreeMap<Channel, Money>,
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// The most one copy can cost.
    #[serde(default)]
    pub at_most: Option<Money>,
    pub collect: Collect,
    pub basis: String,
    /// The amount is of the demo, not of a gazette.
    #[serde(default)]
    pub demo: bool,
}

/// The law on fees and charges (97/2015/QH13) tells two kinds apart; there is no common English pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeeKind {
    /// Phí: covers the cost of a service.
    Phi,
    /// Lệ phí: a fixed charge for an act of the state.
    LePhi,
}

impl FeeKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phi => "phi",
            Self::LePhi => "le-phi",
        }
    }
}

/// What an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    Dossier,
    Copy,
    Page,
}

/// Another amount for every unit after the first so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beyond {
    pub units: u32,
    pub amount: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Collect {
    Receipt,
    Return,
}

/// How a dossier comes in (KenhThucHien 1, 2, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    Counter,
    Online,
    Post,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Who need not pay, for people to read.
    pub who: String,
    /// Part of the amount that is let off, 1 to 100.
    pub percent: u8,
    pub basis: String,
}
