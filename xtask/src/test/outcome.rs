use std::fmt;
use std::ops::AddAssign;

/// How many things held, and which did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    /// Their names, for the end of the run: what was printed when it failed may be long out of sight.
    pub(crate) failed: Vec<String>,
}

impl Tally {
    /// One thing.
    pub(crate) fn of(name: &str, held: bool) -> Self {
        if held { Self { passed: 1, failed: Vec::new() } } else { Self { passed: 0, failed: vec![name.to_owned()] } }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed.len())
    }
}

/// What came of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The test program: crate and, where it has several, which.
    pub(crate) program: String,
    /// `queries::tests::names_are_found_sqlite`.
    pub(crate) name: String,
    pub(crate) passed: bool,
}
