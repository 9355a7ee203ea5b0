//! What became of everything that was asked for in the day.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use base::Id;

use crate::alternate::quantile;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    SignIn,
    /// A page an officer or a person looks at.
    Page,
    /// A form of a draft, its papers among them.
    Filling,
    /// A dossier sent in.
    Sending,
    /// Work taken, given back, ended.
    Work,
}

impl What {
    pub(super) const ALL: [Self; 5] = [Self::SignIn, Self::Page, Self::Filling, Self::Sending, Self::Work];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "signing in",
            Self::Page => "pages",
            Self::Filling => "forms saved",
            Self::Sending => "dossiers sent in",
            Self::Work => "officers' actions",
        }
    }
}

/// What an officer was told is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Claimed,
    Released,
    Decided,
}

#[derive(Default)]
struct Entries {
    took: Vec<(What, f64)>,
    done: Vec<(Done, Id)>,
    /// Somebody else was quicker, as it happens in offices.
    overtaken: usize,
    /// Rounds of officers who had nothing to do.
    idle: usize,
    sent: Vec<String>,
    errors: Vec<String>,
}

/// One for everybody.
#[derive(Default)]
pub(super) struct Log(Mutex<Entries>);

impl Log {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An answer came after so many milliseconds.
    pub(super) fn took(&self, what: What, milliseconds: f64) {
        self.entries().took.push((what, milliseconds));
    }

    pub(super) fn done(&self, done: Done, step: Id) {
        self.entries().done.push((done, step));
    }

    pub(super) fn overtaken(&self) {
        self.entries().overtaken += 1;
    }

    pub(super) fn idle(&self) {
        self.entries().idle += 1;
    }

    /// A dossier was acknowledged under this code.
    pub(super) fn sent(&self, code: String) {
        self.entries().sent.push(code);
    }

    /// Somebody's day is over, or could not go on.
    pub(super) fn day(&self, day: Result<()>) {
        if let Err(error) = day {
            self.entries().errors.push(format!("{error:#}"));
        }
    }

    pub(super) fn requests(&self) -> usize {
        self.entries().took.len()
    }

    /// How many, and the middle and the 99th percentile of their milliseconds.
    pub(super) fn spread(&self, what: What) -> (usize, f64, f64) {
        let took: Vec<f64> =
            self.entries().took.iter().filter(|(one, _)| *one == what).map(|(_, took)| *took).collect();
        if took.is_empty() {
            return (0, f64::INFINITY, f64::INFINITY);
        }
        (took.len(), quantile(took.clone(), 0.5), quantile(took, 0.99))
    }

    /// The steps with which this was done.
    pub(super) fn steps(&self, done: Done) -> BTreeSet<Id> {
        self.entries().done.iter().filter(|(one, _)| *one == done).map(|(_, step)| *step).collect()
    }

    pub(super) fn codes(&self) -> Vec<String> {
        self.entries().sent.clone()
    }

    pub(super) fn is_clean(&self) -> bool {
        self.entries().errors.is_empty()
    }

    /// The first few, and what is none: work that somebody else took first, and nothing to take.
    pub(super) fn errors(&self) -> String {
        let entries = self.entries();
        let first: Vec<&str> = entries.errors.iter().take(3).map(String::as_str).collect();
        let (errors, overtaken, idle) = (entries.errors.len(), entries.overtaken, entries.idle);
        format!("{errors} {} (overtaken {overtaken}, nothing to do {idle})", first.join(" | "))
    }
}
