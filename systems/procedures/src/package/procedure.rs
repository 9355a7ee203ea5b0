use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::fees::Channel;
use super::printed::Printed;

/// `procedure.toml`. The fourteen items a procedure must publish (Decree 63/2010, article 8) stand here, in `components.toml`
/// and in `fees.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Of the national database, `1.001193`, or a local name for what is not in it.
    pub code: String,
    pub name: String,
    pub field: FieldOfWork,
    /// First day on which dossiers follow this version.
    pub from: NaiveDate,
    /// Last such day.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// How it is offered to people; absent where it is only a part of other procedures.
    #[serde(default)]
    pub service: Option<Service>,
    /// Words people search by.
    pub keywords: Vec<String>,
    /// Yêu cầu, điều kiện.
    pub conditions: String,
    /// Trình tự thực hiện, for people to read.
    pub steps: Vec<String>,
    /// What a reader of the data should know; not shown to people.
    #[serde(default)]
    pub note: Option<String>,
    pub decision: Decision,
    pub deadline: Deadline,
    #[serde(rename = "agency")]
    pub agencies: Vec<Decides>,
    #[serde(rename = "result")]
    pub results: Vec<ProcedureResult>,
    /// Whose consent it takes to file it online.
    #[serde(default, rename = "consent", skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    pub basis: Vec<Basis>,
}

/// Lĩnh vực.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOfWork {
    pub code: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub level: Level,
    /// 1: phone or mail confirmed; 2: identity compared.
    pub assurance: u8,
    pub applicants: Vec<Applicant>,
    pub channels: Vec<Channel>,
    /// Titles of the code list `life-events`.
    #[serde(default)]
    pub life_events: Vec<String>,
}

/// Online level by Decree 42/2022.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Một phần.
    Partial,
    /// Toàn trình.
    Full,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicant {
    Citizen,
    /// Whom a citizen authorised in writing; absent where law wants them in person.
    Authorised,
    Business,
    HouseholdBusiness,
    Organisation,
}

/// The decision that announced the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub number: String,
    pub date: NaiveDate,
    /// Invented for the demo.
    #[serde(default)]
    pub demo: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// `{ days = 0 }` is "in the day of receipt".
    pub budget: worktime::Budget,
    pub counting: worktime::Counting,
    /// What comes in later in the day counts from the next working day. `"15:00"`.
    #[serde(default)]
    pub cut_off: Option<NaiveTime>,
    /// As printed on the receipt: "3 ngày làm việc".
    pub written: String,
}

impl Deadline {
    pub fn terms(&self) -> worktime::Terms {
        worktime::Terms { budget: self.budget, counting: self.counting, cut_off: self.cut_off }
    }
}

/// A kind of agency that works on the procedure, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decides {
    /// As in the templates of organisation: `commune-committee`.
    pub kind: String,
    pub tier: Tier,
    pub does: Vec<Task>,
    /// The one agency of the kind, by the notation of its documents: "STP". Absent: every agency of the kind.
    #[serde(default)]
    pub notation: Option<String>,
    /// Absent: as long as the procedure itself.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    #[serde(default)]
    pub to: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    Province,
    District,
    Commune,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Its desk takes dossiers in.
    Receive,
    /// It answers for the result.
    Decide,
}

/// What the applicant gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureResult {
    pub code: String,
    pub name: String,
    /// Template by which it is printed: `birth-certificate`.
    pub template: String,
    /// Of its type: "GPXD".
    pub abbreviation: String,
    /// How its number is written: `{number}/GPXD-{agency}`, `{number}/{year}`.
    pub number: String,
    /// Name under which other procedures reuse it (see [`super::Component::reuse`]).
    #[serde(default)]
    pub reuse: Option<String>,
    /// How long it may be used; absent: without an end.
    #[serde(default)]
    pub valid: Option<Validity>,
    /// The procedure of the sub-case that makes it; absent: this one.
    #[serde(default)]
    pub by: Option<String>,
    /// What stands on it, in order; nothing where a sub-case makes it.
    #[serde(default)]
    pub prints: Vec<Printed>,
}

/// The consent of a second person, given with their own account to exactly what is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Unique within the procedure.
    pub role: String,
    /// As people read it: "Chủ hộ".
    pub label: String,
    /// Identification level of their account, 1 or 2.
    pub level: u8,
    /// Paths of the fields of the form with personal numbers; whoever stands there and does not file is asked.
    pub numbers: Vec<String>,
    /// For how many days a request, and the consent to it, holds.
    pub days: u32,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// From the day of the number on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    pub months: u32,
}

/// Căn cứ pháp lý.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// "60/2014/QH13".
    pub number: String,
    pub name: String,
    pub date: NaiveDate,
}

impl Procedure {
    /// The ways a dossier may come in; none where the procedure is only a part of others.
    pub fn channels(&self) -> &[Channel] {
        self.service.as_ref().map(|service| service.channels.as_slice()).unwrap_or_default()
    }

    /// Whether a dossier received on that day follows this version.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}
