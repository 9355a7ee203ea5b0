use base::Id;
use chrono::{DateTime, Utc};
use journal::Thing;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct To {
    pub person: Id,
}

/// What somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// Key of one sentence: `dossiers-told-received`. It is the subject of the mail as well.
    pub text: &'static str,
    /// Codes, dates and names of agencies. A mail is an open postcard: nothing that a stranger may not read.
    pub parameters: &'a [(&'a str, String)],
    /// Where to look: a path of this program.
    pub link: &'a str,
    pub about: Thing,
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: Id,
    pub(crate) person: Id,
    pub(crate) text: String,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) link: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) read_at: Option<DateTime<Utc>>,
}

impl Kept {
    /// For filling the text.
    pub(crate) fn parameters(&self) -> Vec<(&str, String)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.clone())).collect()
    }
}
