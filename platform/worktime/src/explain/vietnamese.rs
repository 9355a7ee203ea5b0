//! Clocks in plain Vietnamese.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::{Explanation, Fact, Took};
use crate::calendar::DayKind;
use crate::clock::{Budget, Outcome, Remaining, State};
use crate::rules::MINUTES_OF_A_DAY;

/// What is left in a few words: "Còn 1 giờ 20", "Còn 4 giờ", "Còn 1,5 ngày", "Còn 6 ngày làm việc", "Đến hạn",
/// "Vừa quá hạn", "Trễ 2 giờ", "Trễ 3 ngày", "Tạm dừng". Rounded down, so that it never promises time that is not there.
pub fn left_phrase(remaining: Remaining) -> String {
    let Remaining { state, minutes, day_minutes } = remaining;
    let days = minutes / day_minutes.max(1);
    match (state, days) {
        (State::Paused, _) => "Tạm dừng".to_owned(),
        (State::Late, 0) if minutes == 0 => "Vừa quá hạn".to_owned(),
        (State::Late, 0) if minutes < 60 => format!("Trễ {minutes} phút"),
        (State::Late, 0) => format!("Trễ {} giờ", minutes / 60),
        (State::Late, _) => format!("Trễ {days} ngày"),
        (State::Running, 0) if minutes == 0 => "Đến hạn".to_owned(),
        (State::Running, 0) => format!("Còn {}", hours(minutes)),
        (State::Running, 1..3) if minutes % day_minutes >= day_minutes.div_ceil(2) => {
            format!("Còn {days},5 ngày")
        }
        (State::Running, 1..3) => format!("Còn {days} ngày"),
        (State::Running, _) => format!("Còn {days} {}", kind_of_day(day_minutes)),
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fact) in self.facts.iter().enumerate() {
            if position > 0 {
                f.write_str(joint(fact))?;
            }
            write!(f, "{fact}")?;
        }
        f.write_str(".")
    }
}

/// What stands before a fact that is not the first.
const fn joint(fact: &Fact) -> &'static str {
    match fact {
        Fact::AfterCutOff { .. } | Fact::OutsideHours | Fact::DayNotCounted { .. } => ", ",
        Fact::CountedFrom { .. } => " ",
        _ => "; ",
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Received { at } => write!(f, "Nhận lúc {}", Moment(*at)),
            Self::AfterCutOff { cut_off } => write!(f, "sau {}", cut_off.format(TIME)),
            Self::OutsideHours => f.write_str("ngoài giờ làm việc"),
            Self::CountedFrom { at } => write!(f, "nên tính từ {}", Moment(*at)),
            Self::Budget { budget, .. } => write!(f, "thời hạn {budget}"),
            Self::DayNotCounted { date } => write!(f, "không tính ngày đầu {}", date.format(DAY)),
            Self::DaysOff { kind, name, from, to, .. } => {
                match kind {
                    DayKind::Compensatory => write!(f, "nghỉ bù {name} ")?,
                    DayKind::SwapOff => write!(f, "{} ", Uncapitalised(name))?,
                    _ => write!(f, "nghỉ {name} ")?,
                }
                if from == to {
                    write!(f, "{}", from.format(DAY))
                } else {
                    write!(f, "từ {} đến {}", from.format(DAY), to.format(DAY))
                }
            }
            Self::DayWorked { name, date, .. } => {
                write!(f, "{} vào {} {}", Uncapitalised(name), weekday(*date), date.format(DAY))
            }
            Self::Paused { from, to: Some(to), reason, took } => {
                write!(f, "dừng {took} {reason} (từ {} đến {})", ShortMoment(*from), ShortMoment(*to))
            }
            Self::Paused { from, to: None, reason, .. } => {
                write!(f, "đang tạm dừng {reason} từ {}", ShortMoment(*from))
            }
            Self::LastDayOff { date } => {
                write!(f, "ngày cuối {} là ngày nghỉ nên chuyển sang ngày làm việc kế tiếp", date.format(DAY))
            }
            Self::Due { at } => write!(f, "vì vậy hạn là {}", Moment(*at)),
            Self::NotDueYet => f.write_str("vì vậy chưa có hạn, hạn sẽ được tính khi hết tạm dừng"),
            Self::Ended { at, outcome } => write!(f, "kết thúc lúc {}, {outcome}", Moment(*at)),
        }
    }
}

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::WorkingMinutes { minutes, day_minutes } => {
                let day_minutes = day_minutes.max(1);
                match (minutes / day_minutes, minutes % day_minutes) {
                    (0, rest) => f.write_str(&hours(rest)),
                    (days, 0) => write!(f, "{days} {}", kind_of_day(day_minutes)),
                    (days, rest) => write!(f, "{days} ngày {}", hours(rest)),
                }
            }
            Self::WorkingDays(days) => write!(f, "{days} ngày làm việc"),
            Self::CalendarDays(days) => write!(f, "{days} ngày"),
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Minutes(minutes) => write!(f, "{} làm việc", hours(minutes)),
            Self::Days(0) => f.write_str("trong ngày"),
            Self::Days(days) => write!(f, "{days} ngày làm việc"),
            Self::AlmanacHours(hours) => write!(f, "{hours} giờ, kể cả ngoài giờ làm việc và ngày nghỉ"),
            Self::CalendarDays(days) => write!(f, "{days} ngày"),
            Self::CalendarMonths(months) => write!(f, "{months} tháng"),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Early => "trước hạn",
            Self::OnTime => "đúng hạn",
            Self::Late => "quá hạn",
        })
    }
}

const TIME: &str = "%H:%M";
const DAY: &str = "%d/%m";

/// A day on which every hour counts is no working day.
const fn kind_of_day(day_minutes: u32) -> &'static str {
    if day_minutes == MINUTES_OF_A_DAY { "ngày" } else { "ngày làm việc" }
}

/// "20 phút", "4 giờ", "1 giờ 20", "1 giờ 05".
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} phút"),
        (hours, 0) => format!("{hours} giờ"),
        (hours, minutes) => format!("{hours} giờ {minutes:02}"),
    }
}

fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// "16:00 thứ Sáu 20/11/2026".
struct Moment(NaiveDateTime);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.0.format(TIME), weekday(self.0.date()), self.0.format("%d/%m/%Y"))
    }
}

/// "16:00 20/11", inside a story whose year is told at its ends.
struct ShortMoment(NaiveDateTime);

impl fmt::Display for ShortMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.format(TIME), self.0.format(DAY))
    }
}

/// A name that stands inside a sentence.
struct Uncapitalised<'a>(&'a str);

impl fmt::Display for Uncapitalised<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = self.0.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        first.chain(letters).try_for_each(|letter| write!(f, "{letter}"))
    }
}
