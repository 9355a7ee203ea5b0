use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The kinds of position an officer can hold, the same six in every agency; what one may do follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PositionKind {
    /// Lãnh đạo cơ quan: signs.
    Leader,
    /// Lãnh đạo phòng, đơn vị: assigns and reviews.
    Head,
    /// Chuyên viên, công chức chuyên môn: examines.
    Specialist,
    /// Văn thư: numbers and seals.
    Clerk,
    /// Công chức tại Bộ phận Một cửa: receives and returns.
    Reception,
    /// Quản trị hệ thống của cơ quan.
    Administrator,
}

impl PositionKind {
    pub const ALL: [Self; 6] =
        [Self::Leader, Self::Head, Self::Specialist, Self::Clerk, Self::Reception, Self::Administrator];

    /// As written in data: `leader`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Head => "head",
            Self::Specialist => "specialist",
            Self::Clerk => "clerk",
            Self::Reception => "reception",
            Self::Administrator => "administrator",
        }
    }
}

impl fmt::Display for PositionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No kind of position has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchKind;

impl fmt::Display for NoSuchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no kind of position has this name")
    }
}

impl std::error::Error for NoSuchKind {}

impl FromStr for PositionKind {
    type Err = NoSuchKind;

    fn from_str(text: &str) -> Result<Self, NoSuchKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(NoSuchKind)
    }
}
