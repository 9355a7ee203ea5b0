//! The data of each paper. Field comments name what the paper prints; rules of layout stand in `templates/`.

mod letter;
mod parts;
mod result;
mod slip;
mod text;

use serde::{Deserialize, Serialize};

pub use letter::Letter;
pub use parts::{Applicant, Component, Contact, Head, Number, RegisterEntry, Signer};
pub use result::{ResultForm, ResultPaper};
pub use slip::{HandOver, Slip01, Slip02, Slip03, Slip04, Slip06, Timing};
pub use text::{Column, Part, Row, Table};

/// Every paper the house prints; the variant decides the template, so data and template always fit. It can be stored
/// as JSON: a paper's content is fixed when it is decided on, and printed later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "kebab-case")]
pub enum Paper {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    #[serde(rename = "slip-01")]
    Slip01(Slip01),
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    #[serde(rename = "slip-02")]
    Slip02(Slip02),
    /// Phiếu từ chối tiếp nhận, giải quyết hồ sơ.
    #[serde(rename = "slip-03")]
    Slip03(Slip03),
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    #[serde(rename = "slip-04")]
    Slip04(Slip04),
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    #[serde(rename = "slip-06")]
    Slip06(Slip06),
    /// What a procedure ends with: a permit, a certificate, an extract, …
    Result(ResultPaper),
    /// What an agency writes in its own words.
    Letter(Letter),
}

impl Paper {
    /// The file in `templates/`, without its ending.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::Slip01(_) => "slip-01",
            Self::Slip02(_) => "slip-02",
            Self::Slip03(_) => "slip-03",
            Self::Slip04(_) => "slip-04",
            Self::Slip06(_) => "slip-06",
            Self::Result(_) => "result",
            Self::Letter(_) => "letter",
        }
    }

    pub(crate) fn lookup_url(&self) -> Option<&str> {
        match self {
            Self::Slip01(slip) => Some(&slip.lookup_url),
            Self::Result(result) => result.lookup_url.as_deref(),
            Self::Slip02(_) | Self::Slip03(_) | Self::Slip04(_) | Self::Slip06(_) | Self::Letter(_) => None,
        }
    }
}

macro_rules! paper_from {
    ($($data:ident => $variant:ident),+ $(,)?) => {
        $(impl From<$data> for Paper {
            fn from(data: $data) -> Self {
                Self::$variant(data)
            }
        })+
    };
}

paper_from! {
    Slip01 => Slip01,
    Slip02 => Slip02,
    Slip03 => Slip03,
    Slip04 => Slip04,
    Slip06 => Slip06,
    ResultPaper => Result,
    Letter => Letter,
}
