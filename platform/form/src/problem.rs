use std::fmt;

/// A mistake in the declaration of a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part}{place}: {rule}: {message}")]
pub struct Problem {
    pub part: Part,
    pub place: Place,
    /// Name of the broken rule, stable, for example `unknown-keyword`.
    pub rule: &'static str,
    pub message: String,
}

/// The file that holds the mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Schema,
    Ui,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Schema => "form.schema.json",
            Self::Ui => "form.ui.toml",
        })
    }
}

/// Where in the file, as far as known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Counted from 1.
    Line(usize),
    /// JSON Pointer (RFC 6901) into the schema after `$ref` has been followed.
    Pointer(String),
    File,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, ":{line}"),
            Self::Pointer(pointer) => write!(f, "#{pointer}"),
            Self::File => Ok(()),
        }
    }
}

impl Problem {
    pub(crate) fn schema(pointer: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self { part: Part::Schema, place: Place::Pointer(pointer.into()), rule, message: message.into() }
    }

    pub(crate) fn ui(line: Option<usize>, rule: &'static str, message: impl Into<String>) -> Self {
        Self { part: Part::Ui, place: line.map_or(Place::File, Place::Line), rule, message: message.into() }
    }
}
