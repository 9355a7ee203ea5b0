use chrono::NaiveDate;

use crate::scalar;

/// What is wrong with the value of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Concrete path, for example `children.0.full_name`.
    pub path: String,
    pub kind: ErrorKind,
}

/// In the order of the fields on screen, at most one for a field.
pub type FieldErrors = Vec<FieldError>;

/// Why a value was not accepted. Bounds of numbers are written as on screen (`1.234,5`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    Required,
    /// A statement that must be ticked.
    NotTicked,
    TooLong {
        max: u64,
    },
    TooShort {
        min: u64,
    },
    /// Does not fit the `pattern` of the schema.
    Pattern,
    NotADate,
    FutureDate,
    PastDate,
    TooEarly {
        min: NaiveDate,
    },
    TooLate {
        max: NaiveDate,
    },
    NotANumber,
    NotWhole,
    Below {
        min: String,
    },
    Above {
        max: String,
    },
    NotInList,
    IdNumber,
    Phone,
    Email,
    TooFew {
        min: u64,
    },
    TooMany {
        max: u64,
    },
    Repeated,
    /// A property that the form does not have.
    Unknown,
    /// Anything else: the data did not come from a page.
    Invalid,
}

impl ErrorKind {
    /// Key of the message in `texts/*.ftl`. The message gets [`Self::args`] and `label`, the title of the field.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Required => "form-error-required",
            Self::NotTicked => "form-error-not-ticked",
            Self::TooLong { .. } => "form-error-too-long",
            Self::TooShort { .. } => "form-error-too-short",
            Self::Pattern => "form-error-pattern",
            Self::NotADate => "form-error-not-a-date",
            Self::FutureDate => "form-error-future-date",
            Self::PastDate => "form-error-past-date",
            Self::TooEarly { .. } => "form-error-too-early",
            Self::TooLate { .. } => "form-error-too-late",
            Self::NotANumber => "form-error-not-a-number",
            Self::NotWhole => "form-error-not-whole",
            Self::Below { .. } => "form-error-below",
            Self::Above { .. } => "form-error-above",
            Self::NotInList => "form-error-not-in-list",
            Self::IdNumber => "form-error-id-number",
            Self::Phone => "form-error-phone",
            Self::Email => "form-error-email",
            Self::TooFew { .. } => "form-error-too-few",
            Self::TooMany { .. } => "form-error-too-many",
            Self::Repeated => "form-error-repeated",
            Self::Unknown => "form-error-unknown",
            Self::Invalid => "form-error-invalid",
        }
    }

    /// Arguments of the message: `min` or `max` where there is a bound.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max } | Self::TooMany { max } => vec![("max", max.to_string())],
            Self::TooShort { min } | Self::TooFew { min } => vec![("min", min.to_string())],
            Self::TooEarly { min } => vec![("min", scalar::date_text(*min))],
            Self::TooLate { max } => vec![("max", scalar::date_text(*max))],
            Self::Below { min } => vec![("min", min.clone())],
            Self::Above { max } => vec![("max", max.clone())],
            _ => Vec::new(),
        }
    }
}
