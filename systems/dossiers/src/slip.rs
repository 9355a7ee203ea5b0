//! The slips of the one-stop desk (Circular 03/2025/TT-VPCP) and the result, on their way to paper.

pub(crate) mod papers;
mod printed;
mod signer;

use base::Id;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// Which slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlipKind {
    /// Mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Mẫu 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement,
    /// Mẫu 03: phiếu từ chối tiếp nhận, giải quyết hồ sơ.
    Refusal,
    /// Mẫu 04: phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology,
    /// Mẫu 06: phiếu kiểm soát quá trình giải quyết hồ sơ.
    FollowUp,
}

impl SlipKind {
    pub const ALL: [Self; 5] = [Self::Receipt, Self::Supplement, Self::Refusal, Self::Apology, Self::FollowUp];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Supplement => "supplement",
            Self::Refusal => "refusal",
            Self::Apology => "apology",
            Self::FollowUp => "follow-up",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Receipt => "dossiers-slip-receipt",
            Self::Supplement => "dossiers-slip-supplement",
            Self::Refusal => "dossiers-slip-refusal",
            Self::Apology => "dossiers-slip-apology",
            Self::FollowUp => "dossiers-slip-follow-up",
        }
    }
}

/// A slip: its content was fixed when it was made, its paper follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    pub id: Id,
    pub dossier: Id,
    pub kind: SlipKind,
    pub data: serde_json::Value,
    pub promised_at: Option<DateTime<Utc>>,
    pub made_at: DateTime<Utc>,
    /// Absent until the paper is made.
    pub file: Option<PaperFile>,
}

/// Where the paper of a slip or a result is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperFile {
    /// Kept under this hash (SHA-256).
    Kept(String),
    /// The row of the slip has all that stands on it; it is printed when somebody opens it.
    SlipOnDemand(Id),
    /// The row of the result has all that stands on it; it is printed, signed and sealed, as far as its stage says it is,
    /// when somebody opens it.
    ResultOnDemand(Id),
}

/// How far a result has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Proposed; the paper for signing is being printed.
    Proposed,
    /// Printed with empty fields for number and date; a leader may sign.
    Printed,
    /// A leader has decided to sign; the signature is being put on.
    Signing,
    /// Bears the personal signature; the clerk may number it.
    Signed,
    /// Has its number; number, date and seal are being put on.
    Numbered,
    /// Complete: both signatures, number and date.
    Issued,
    /// Sent back before it was issued.
    Void,
}

impl Stage {
    pub const ALL: [Self; 7] =
        [Self::Proposed, Self::Printed, Self::Signing, Self::Signed, Self::Numbered, Self::Issued, Self::Void];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Printed => "printed",
            Self::Signing => "signing",
            Self::Signed => "signed",
            Self::Numbered => "numbered",
            Self::Issued => "issued",
            Self::Void => "void",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }
}

/// The paper that comes out of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub id: Id,
    pub dossier: Id,
    pub case: Id,
    pub agency: Id,
    pub name: String,
    /// The register that it is numbered in: all papers of an agency with the same abbreviation (GPXD, QĐ).
    pub series: String,
    /// How it is numbered, with the agency filled in: `{number}/GPXD-UBND`, `{number}/{year}`.
    pub number_pattern: String,
    pub data: serde_json::Value,
    pub stage: Stage,
    pub number: Option<i64>,
    pub numbered_on: Option<NaiveDate>,
    pub signer: Option<Id>,
    pub signed_at: Option<DateTime<Utc>>,
    pub numbered_at: Option<DateTime<Utc>>,
    /// Absent until the paper is made.
    pub file: Option<PaperFile>,
    /// Where signatures, number and date stand on the printed paper; empty until it is made.
    pub places: Vec<print::Place>,
    /// Why the paper could not be made, for the page of the officer.
    pub failed: Option<String>,
}

impl Outcome {
    /// `15/GPXD-UBND`, `02/2026`; below ten with a leading zero (Decree 30/2020/NĐ-CP).
    pub fn full_number(&self) -> Option<String> {
        self.filled(&self.number_pattern)
    }

    /// What is written into the gap of the paper: all that is settled with the number, `02/2026` of `TL-{number}/{year}`.
    pub(crate) fn gap(&self) -> Option<String> {
        let pattern = &self.number_pattern;
        let gap = pattern.find('{').zip(pattern.rfind('}')).and_then(|(from, to)| pattern.get(from..=to));
        self.filled(gap.unwrap_or_default())
    }

    fn filled(&self, pattern: &str) -> Option<String> {
        self.number.zip(self.numbered_on).map(|(number, day)| numbered(pattern, number, day))
    }
}

/// A pattern with what is settled when the number is given: `02/2026` of `{number}/{year}`.
pub fn numbered(pattern: &str, number: i64, day: NaiveDate) -> String {
    pattern.replace("{number}", &format!("{number:02}")).replace("{year}", &day.year().to_string())
}
