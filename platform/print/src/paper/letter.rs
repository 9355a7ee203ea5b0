//! What agencies write: reports, notices, transfers, decisions. The words come from the system that has something to say.

use serde::{Deserialize, Serialize};

use super::parts::{Head, Signer};
use super::text::Part;

/// An administrative paper (Decree 30/2020/NĐ-CP, Article 7), as PDF or for a word processor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Issuing agency, number, date.
    pub head: Head,
    /// The type of the paper, printed in capitals: "Báo cáo", "Thông báo", "Phiếu chuyển đơn".
    pub title: String,
    /// Trích yếu, the line under the title.
    pub subject: Option<String>,
    /// Kính gửi, one for each line; empty prints none.
    pub addressees: Vec<String>,
    /// The text, in order.
    pub body: Vec<Part>,
    /// The competent person.
    pub signer: Signer,
    /// Nơi nhận, line by line, "Lưu: VT" last; the printer adds dashes and stops. Empty prints no list.
    pub recipients: Vec<String>,
}
