//! What the crate promises, on the nation's real calendar (`province/national/calendar.toml`).

#![expect(clippy::unwrap_used, reason = "helpers that fail make their test fail")]

mod calendars;
mod clocks;
mod explanations;
mod fuzz;
mod oracle;
mod recounting;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use worktime::{Calendar, Clock, Pause, Rules, Terms};

pub const NATIONAL: &str = include_str!("../../../../province/national/calendar.toml");

/// A Saturday desk, summer hours, a working Saturday morning in winter: what offices really do.
pub const AGENCY: &str = r#"
name = "Trung tâm Phục vụ hành chính công xã Mẫu"

[[hours]]
in_force = { from = "2021-01-01" }
season = { from = "04-15", to = "10-15" }
week = [{ days = ["Mon", "Tue", "Wed", "Thu", "Fri"], sessions = ["06:30-11:00", "13:30-17:00"] }]
legal = { act = "Quyết định về giờ làm việc mùa hè", verified = true }

[[hours]]
in_force = { from = "2021-01-01", to = "2027-12-31" }
season = { from = "11-01", to = "02-28" }
week = [
  { days = ["Mon", "Tue", "Wed", "Thu", "Fri"], sessions = ["07:30-11:30", "13:00-16:30"] },
  { days = ["Sat"], sessions = ["07:30-10:30"] },
]
legal = { act = "Quyết định về giờ làm việc mùa đông", verified = true }

[[desk]]
in_force = { from = "2021-01-01" }
week = [{ days = ["Sat"], sessions = ["07:30-10:30"] }]
legal = { act = "Quyết định mở cửa sáng thứ Bảy", verified = true }
"#;

/// Layers, widest first.
pub fn calendar(layers: &[&str]) -> Calendar {
    Calendar::new(layers.iter().map(|text| Rules::from_toml(text).unwrap()).collect()).unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Local time, `2026-11-20 16:00`.
pub fn at(text: &str) -> DateTime<Utc> {
    instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
}

pub fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    (local - TimeDelta::hours(7)).and_utc()
}

pub fn clock(received: &str, terms: Terms) -> Clock {
    Clock::begun(terms, at(received))
}

pub fn pause(from: &str, to: &str) -> Pause {
    Pause { from: at(from), to: Some(at(to)), reason: "chờ bổ sung hồ sơ".to_owned() }
}
