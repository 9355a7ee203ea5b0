//! What was said at a meeting with voters, as it was taken down.

use base::Id;
use chrono::NaiveDate;

/// On which side of the meeting voters were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sitting {
    Before,
    After,
}

impl Sitting {
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sitting| sitting.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Before => "petitions-sitting-before",
            Self::After => "petitions-sitting-after",
        }
    }
}

/// One thing that voters of one place said (ý kiến thu thập).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    pub id: Id,
    /// The petition in which it is answered now.
    pub petition: Id,
    /// The petition with which it came in; another one when it was joined.
    pub own: Id,
    pub meeting: Id,
    pub sitting: Sitting,
    /// The committee of the commune where it was said.
    pub place: Id,
    /// Who said it, in free words. It never leaves the desk.
    pub voter: String,
    pub words: String,
    pub collected_on: Option<NaiveDate>,
    /// Row of the table it was imported from, counted as people count.
    pub source_row: Option<i64>,
}
