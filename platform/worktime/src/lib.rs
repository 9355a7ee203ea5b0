//! Working time: calendars as rules, and clocks that count a budget of working time and can say why they end when they do.
//!
//! Nothing here knows a particular year, decree or office: every rule comes in as data ([`Rules`]), each with its legal
//! basis and the dates between which it holds. Instants are UTC; days and hours are Vietnam's, UTC+7 all year.
//!
//! | Module | Answers |
//! |---|---|
//! | [`lunar`] | on which day does a day of Vietnam's lunar calendar fall |
//! | [`rules`] | what may a calendar say, and how is it written in TOML |
//! | [`calendar`] | is this day worked, during which hours, and if not, why |
//! | [`clock`] | when is it due, how much is used, how much is left, was it in time |
//! | [`explain`] | why is it due then |
//! | [`ledger`] | which clocks run, and for what: the rows |

pub mod calendar;
pub mod clock;
pub mod explain;
pub mod ledger;
pub mod lunar;
pub mod rules;
mod spans;

pub use calendar::{Calendar, Day, DayKind, Reason};
pub use clock::{Budget, Clock, Counting, OutOfCalendar, Outcome, Pause, Remaining, State, Terms};
pub use explain::{Explanation, Fact, Took, left_phrase};
pub use rules::{Rules, RulesError, Session};

/// The tables of clocks.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new("worktime_0001_clocks", include_str!("../migrations/0001_clocks.sql")),
    store::Migration::new("worktime_0002_calendar", include_str!("../migrations/0002_calendar.sql")),
];
