use base::Id;
use chrono::NaiveDate;
use system::PositionKind;

use crate::words::words;

/// The level of local government an agency works at.
///
/// Districts ended with 30/06/2025 (Law 72/2025/QH15); their agencies stay in the directory as past ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    Province,
    District,
    Commune,
}

words!(Tier, "tier", { Province => "province", District => "district", Commune => "commune" });

impl Tier {
    /// From the code of the administrative division served: two digits of a province, three of a district, five of a commune.
    pub const fn of_division(gso: &str) -> Self {
        match gso.len() {
            0..=2 => Self::Province,
            3 => Self::District,
            _ => Self::Commune,
        }
    }
}

/// An agency (cơ quan) for as long as it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    pub id: Id,
    /// Decision 20/2020/QĐ-TTg: `H32.101`. Never given to another agency.
    pub code: String,
    /// QCVN 102:2016/BTTTT: `000.00.31.H32`; absent where that form cannot write the code.
    pub code102: Option<String>,
    pub name: String,
    /// As in the notation of its documents: `UBND`, `STP`.
    pub notation: String,
    /// `department`, `commune-committee`, `social-insurance` …: what processes name agencies by.
    pub kind: String,
    pub tier: Tier,
    /// One tier up; none for the province's committee and for vertical agencies.
    pub parent: Option<Id>,
    /// Administrative division it serves, by the General Statistics Office.
    pub gso: Option<String>,
    /// Working hours of its own, by name; those of the province where absent.
    pub calendar: Option<String>,
    /// Legal basis, as printed.
    pub basis: String,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Agency {
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    /// Where its documents are dated (Decree 30/2020/NĐ-CP, Appendix I, box 4): "Ủy ban nhân dân phường Nha Trang" signs at
    /// "Nha Trang", an agency of the province at the province's own name.
    pub fn place(&self, province: &str) -> String {
        place_of(&self.name, province)
    }
}

/// The kind of agency that a province has one of; what binds the whole province is decided there.
pub const PROVINCE_COMMITTEE: &str = "province-committee";

/// The kind of agency that each commune has one of.
pub const COMMUNE_COMMITTEE: &str = "commune-committee";

/// The commune that a committee serves, as people say it: "phường Nha Trang" of "Ủy ban nhân dân phường Nha Trang".
pub fn commune_name(committee: &str) -> &str {
    committee.strip_prefix("Ủy ban nhân dân ").unwrap_or(committee)
}

fn place_of(agency: &str, province: &str) -> String {
    const BEFORE: [&str; 6] = ["phường ", "xã ", "đặc khu ", "thị trấn ", "huyện ", "thành phố "];
    let found = BEFORE.iter().find_map(|word| agency.split_once(word).map(|(_, rest)| rest.to_owned()));
    // "Bảo hiểm xã hội tỉnh Khánh Hòa" names no commune: what follows the word is a name only with a capital.
    found
        .filter(|place| place.starts_with(char::is_uppercase))
        .unwrap_or_else(|| province.trim_start_matches("Tỉnh ").trim_start_matches("Thành phố ").to_owned())
}

/// What of an agency's work went to a successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Share {
    /// Registers, running work and staff: whoever asks for the old agency is sent here. At most one successor has it.
    Main,
    /// A part of the territory or of the tasks.
    Part,
}

words!(Share, "share", { Main => "main", Part => "part" });

/// One end of a succession, seen from the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The agency at the other end.
    pub agency: Agency,
    pub share: Share,
}

impl Succession {
    pub fn is_part(&self) -> bool {
        self.share == Share::Part
    }
}

/// A unit (đơn vị) within an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: Id,
    pub agency: Id,
    /// Unique within the agency on any day; processes name units by it: `mot-cua`.
    pub code: String,
    pub name: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// A position (vị trí, chức vụ) that people hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub id: Id,
    pub agency: Id,
    /// Code of the unit; none for a position of the whole agency.
    pub unit: Option<String>,
    pub kind: PositionKind,
    /// `Chủ tịch Ủy ban nhân dân`.
    pub title: String,
    /// How many people are meant to hold it. A plan, not a limit: staffing is decided elsewhere.
    pub seats: i64,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn a_commune_signs_at_its_own_name_and_others_at_that_of_the_province() {
        for (agency, place) in [
            ("Ủy ban nhân dân phường Nha Trang", "Nha Trang"),
            ("Ủy ban nhân dân đặc khu Trường Sa", "Trường Sa"),
            ("Sở Công Thương tỉnh Khánh Hòa", "Khánh Hòa"),
            ("Bảo hiểm xã hội tỉnh Khánh Hòa", "Khánh Hòa"),
        ] {
            assert_eq!(place_of(agency, "Tỉnh Khánh Hòa"), place);
        }
    }
}
