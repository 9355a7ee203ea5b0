use std::collections::BTreeMap;
use std::fmt;

/// What went wrong with one submission: field → key of the text that says it. Shown beside the fields, values kept.
pub type FieldErrors = BTreeMap<String, String>;

/// Everything a page or an API can answer when an action does not go through.
///
/// The kinds are what a caller can act on; each has one status and one page. Texts are keys, never sentences.
/// It is deliberately no `std::error::Error`, so that every library's error turns into [`Error::Inside`] by `?`.
#[derive(Debug)]
pub enum Error {
    /// It does not exist, or this person may not know that it does (404).
    NotFound,
    /// Signed in, but without the permission named (403).
    Forbidden(&'static str),
    /// Not signed in, or the session has ended (401, or the sign-in page).
    SignedOut,
    /// What was sent is wrong, field by field (422).
    Invalid(FieldErrors),
    /// The thing has moved on since the page was shown, or its state forbids the action; a text key (409).
    Conflict(&'static str),
    /// Larger than is taken (413).
    TooLarge,
    /// Too many tries; wait (429).
    TooMany,
    /// The database is busy or away; the same call may go through later (503).
    Busy,
    /// A defect or a broken part; told by an id on the page and in the log (500).
    Inside(anyhow::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// One field, one reason.
    pub fn invalid(field: &str, text_key: &str) -> Self {
        Self::Invalid(FieldErrors::from([(field.to_owned(), text_key.to_owned())]))
    }

    /// A defect, said in English for the log.
    pub fn inside(what: impl fmt::Display) -> Self {
        Self::Inside(anyhow::anyhow!("{what}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden(permission) => write!(f, "needs the permission {permission}"),
            Self::SignedOut => f.write_str("not signed in"),
            Self::Invalid(fields) => write!(f, "invalid: {fields:?}"),
            Self::Conflict(key) => write!(f, "conflict: {key}"),
            Self::TooLarge => f.write_str("too large"),
            Self::TooMany => f.write_str("too many tries"),
            Self::Busy => f.write_str("busy"),
            Self::Inside(error) => write!(f, "{error:#}"),
        }
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self::Inside(error.into())
    }
}
