//! What a procedure ends with. The words come from the procedure's data; the form only decides how they stand.

use serde::{Deserialize, Serialize};

use super::parts::{Head, Signer};
use super::text::Part;

/// A permit, certificate, extract, confirmation or certified copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPaper {
    /// How the words stand on the page.
    pub form: ResultForm,
    /// Issuing agency, number, date.
    pub head: Head,
    /// The name of the paper, printed in capitals: "Giấy phép xây dựng".
    pub title: String,
    /// Trích yếu, the line under the title.
    pub subject: Option<String>,
    /// The text, in order.
    pub body: Vec<Part>,
    /// The competent person.
    pub signer: Signer,
    /// Nơi nhận, line by line, "Lưu: VT" last; the printer adds dashes and stops. Empty prints no list.
    pub recipients: Vec<String>,
    /// Printed as a QR code: where anybody can check the paper.
    pub lookup_url: Option<String>,
}

/// How a result looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultForm {
    /// Civil status: framed, a large title, particulars in a column.
    Extract,
    /// A decision's layout: bases, points or articles, list of recipients.
    Permit,
    /// Framed like an extract, with numbered points.
    Certificate,
    /// A letter that confirms or answers.
    Confirmation,
    /// The words of certification under a copy (lời chứng), with a number of their own series.
    CertifiedCopy,
}

impl ResultForm {
    /// The form behind the `template` of a procedure package's result; None for a name nobody prints.
    pub fn of_template(name: &str) -> Option<Self> {
        Some(match name {
            "birth-certificate" | "marriage-certificate" | "death-extract" => Self::Extract,
            "building-permit" => Self::Permit,
            "household-business-certificate" | "criminal-record" | "insurance-card" => Self::Certificate,
            "marital-status-certificate" | "notice-receipt" | "verification-reply" => Self::Confirmation,
            "certified-copy" => Self::CertifiedCopy,
            _ => return None,
        })
    }
}
