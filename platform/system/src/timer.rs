use std::time::Duration;

use contracts::Answer;

use crate::app::App;

/// How often a timer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// At each round of `work`, about a second apart: queues.
    Round,
    Minute,
    Hour,
    Day,
}

impl Every {
    pub const fn period(self) -> Duration {
        match self {
            Self::Round => Duration::ZERO,
            Self::Minute => Duration::from_mins(1),
            Self::Hour => Duration::from_hours(1),
            Self::Day => Duration::from_hours(24),
        }
    }
}

/// A piece of work; says how many things it did.
pub type Run = for<'a> fn(&'a App) -> Answer<'a, usize>;

/// Work that comes again by itself. It must find by itself what is due: a round may be late or come twice.
#[derive(Clone, Copy)]
pub struct Timer {
    pub every: Every,
    pub name: &'static str,
    pub run: Run,
}
