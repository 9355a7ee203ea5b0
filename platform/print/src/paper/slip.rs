//! The slips of the one-stop desk (Circular 03/2025/TT-VPCP; numbered 01 to 05 in Circular 01/2018/TT-VPCP).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::parts::{Applicant, Component, Contact, Head, RegisterEntry, Signer, vietnam_time};

/// Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01): what was handed in, and the promise when the result is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip01 {
    /// Issuing agency, number, date.
    pub head: Head,
    /// The desk that receives, as it calls itself.
    pub desk: String,
    /// Mã hồ sơ.
    pub dossier_code: String,
    /// Printed as a QR code: where the applicant sees how the dossier stands.
    pub lookup_url: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// Who hands it in: the applicant or somebody sent.
    pub submitter: String,
    /// What is asked for: as a rule the name of the procedure.
    pub request: String,
    /// What was handed in.
    pub components: Vec<Component>,
    /// Number of sets (bộ).
    pub sets: u32,
    /// The time the procedure takes, in its own words: "15 ngày".
    pub time_allowed: String,
    /// When the dossier was received.
    #[serde(serialize_with = "vietnam_time")]
    pub received_at: DateTime<Utc>,
    /// When the result is promised.
    #[serde(serialize_with = "vietnam_time")]
    pub due_at: DateTime<Utc>,
    /// Where or how the applicant wants the result.
    pub return_at: String,
    /// The entry in the paper register, if one is kept.
    pub register: Option<RegisterEntry>,
    /// The officer who received it.
    pub receiver: String,
}

/// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (form 02): what is missing, said once and completely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip02 {
    /// Issuing agency, number, date.
    pub head: Head,
    /// Mã hồ sơ.
    pub dossier_code: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What is asked for.
    pub request: String,
    /// What the applicant has to bring or correct, point by point.
    pub wanted: Vec<String>,
    /// Why.
    pub reason: String,
    /// The last day to do it, if there is one.
    pub until: Option<NaiveDate>,
    /// Whom to ask.
    pub contact: Contact,
    /// The officer who says so.
    pub officer: String,
}

/// Phiếu từ chối tiếp nhận, giải quyết hồ sơ (form 03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip03 {
    /// Issuing agency, number, date.
    pub head: Head,
    /// Mã hồ sơ; None when the desk took nothing in.
    pub dossier_code: Option<String>,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What is asked for.
    pub request: String,
    /// Why it is refused, point by point, each with its legal basis.
    pub reasons: Vec<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// The officer who says so.
    pub officer: String,
}

/// Phiếu xin lỗi và hẹn lại ngày trả kết quả (form 04): signed by the head of the agency that is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip04 {
    /// Issuing agency, number, date.
    pub head: Head,
    /// Mã hồ sơ.
    pub dossier_code: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What is asked for.
    pub request: String,
    /// When the dossier was received.
    #[serde(serialize_with = "vietnam_time")]
    pub received_at: DateTime<Utc>,
    /// What was promised.
    #[serde(serialize_with = "vietnam_time")]
    pub promised_at: DateTime<Utc>,
    /// What is promised now.
    #[serde(serialize_with = "vietnam_time")]
    pub new_due_at: DateTime<Utc>,
    /// Why it is late.
    pub reason: String,
    /// Whom to ask.
    pub contact: Contact,
    /// The head of the agency.
    pub signer: Signer,
}

/// Phiếu kiểm soát quá trình giải quyết hồ sơ (form 06): travels with the dossier, a row for each hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip06 {
    /// Issuing agency, date; it has no number of its own.
    pub head: Head,
    /// Mã hồ sơ.
    pub dossier_code: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// What is asked for.
    pub request: String,
    /// When the dossier was received.
    #[serde(serialize_with = "vietnam_time")]
    pub received_at: DateTime<Utc>,
    /// When the result is promised.
    #[serde(serialize_with = "vietnam_time")]
    pub due_at: DateTime<Utc>,
    /// In order of time.
    pub hand_overs: Vec<HandOver>,
}

/// A dossier passes from one hand to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Agency or unit that gives.
    pub from: String,
    /// The officer who gives.
    pub giver: String,
    /// Agency or unit that takes.
    pub to: String,
    /// The officer who takes; None while nobody has.
    pub taker: Option<String>,
    /// When.
    #[serde(serialize_with = "vietnam_time")]
    pub at: DateTime<Utc>,
    /// How the giver kept its time; None for the first hand-over, which has no time to keep.
    pub timing: Option<Timing>,
    /// Anything worth saying.
    pub note: String,
}

/// How a step kept its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// Trước hạn.
    Early,
    /// Đúng hạn.
    OnTime,
    /// Quá hạn.
    Late,
}
