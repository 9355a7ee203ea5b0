use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Who may come in by a route. Every route has one; there is no default.
///
/// It is the outer door only: which rows one sees is decided in each query, what one may do with a row in each action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, signed in or not.
    Public,
    /// A person or an enterprise that has signed in.
    Citizen,
    /// Anyone who has signed in.
    SignedIn,
    /// Any officer, in whatever position.
    Officer,
    /// An officer whose position holds this permission.
    Needs(&'static str),
    /// A program with this scope, by token.
    Client(&'static str),
}

/// Something an officer may do, and the kinds of position that may do it unless a province says otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// System and verb: `dossiers.receive`. Its name on screen is the text `permission-dossiers-receive`.
    pub key: &'static str,
    pub held_by: &'static [PositionKind],
}

impl Permission {
    pub const fn new(key: &'static str, held_by: &'static [PositionKind]) -> Self {
        Self { key, held_by }
    }
}

/// The kinds of position an officer can hold; what one may do follows from them.
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
