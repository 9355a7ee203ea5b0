use std::fmt;

use base::Id;

/// Whose certificate: an officer signs in their own name, an agency with its seal (Decree 30/2020/NĐ-CP, article 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A person of the directory.
    Person(Id),
    /// An agency of the directory.
    Agency(Id),
}

impl Holder {
    /// `person` or `agency`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Agency(_) => "agency",
        }
    }

    pub const fn id(self) -> Id {
        match self {
            Self::Person(id) | Self::Agency(id) => id,
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.id())
    }
}
