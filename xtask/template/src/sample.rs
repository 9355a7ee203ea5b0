use base::{Error, Id, Result};
use chrono::{DateTime, Utc};

/// The longest title, in characters.
const TITLE: usize = 200;

/// One thing that this system has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub id: Id,
    pub title: String,
    pub agency: Id,
    pub filed_at: DateTime<Utc>,
}

/// A sample as it is about to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSample {
    pub title: String,
}

impl NewSample {
    /// # Errors
    /// [`Error::Invalid`] by the field `title`.
    pub fn new(title: &str) -> Result<Self> {
        let title = title.trim();
        if title.is_empty() || title.chars().count() > TITLE {
            return Err(Error::invalid("title", "samples-error-title"));
        }
        Ok(Self { title: title.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_neither_empty_nor_endless() {
        assert_eq!(NewSample::new(" Mẫu thứ nhất ").unwrap().title, "Mẫu thứ nhất");
        for wrong in ["", "  ", &"ă".repeat(TITLE + 1)] {
            assert!(matches!(NewSample::new(wrong), Err(Error::Invalid(_))), "{wrong}");
        }
    }
}
