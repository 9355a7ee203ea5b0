use std::fmt;
use std::path::{Path, PathBuf};

/// One mistake, placed so that its author finds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    pub file: PathBuf,
    /// Counted from 1.
    pub line: usize,
    /// Stable name of the broken rule: `unknown-key`.
    pub rule: &'static str,
    pub message: String,
    /// Where in the file: `fee.0.amounts`, a JSON Pointer in a schema; empty for the file as a whole.
    pub place: String,
}

impl Finding {
    pub(super) fn at(file: &Path, line: usize, rule: &'static str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, rule, message: message.into(), place: String::new() }
    }
}

impl fmt::Display for Finding {
    /// `procedure.toml:12: unknown-key: …`, which editors turn into a link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file.display(), self.line, self.rule, self.message)
    }
}
