//! What a calendar may say, as it is written in TOML. One [`Rules`] is one layer: the nation's, a province's, an agency's.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// One layer of a calendar. Every entry holds between dates and names the act it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Whose layer this is, for messages.
    pub name: String,
    /// Weekly hours that count. Of several in force on a day, the last one written holds.
    #[serde(default)]
    pub hours: Vec<Timetable>,
    /// Extra opening hours that receive and return but do not count, such as a Saturday desk. Chosen as `hours` are.
    #[serde(default)]
    pub desk: Vec<Timetable>,
    #[serde(default, rename = "holiday")]
    pub holidays: Vec<HolidayRule>,
    /// While one is in force, a holiday on a weekly rest day gives the next working day off.
    #[serde(default)]
    pub compensation: Vec<Compensation>,
    /// Days decided one by one; they override every rule.
    #[serde(default, rename = "date")]
    pub dates: Vec<DateRow>,
    /// What "one working day" is worth where days are counted as hours.
    #[serde(default)]
    pub day_length: Vec<DayLength>,
    /// The time of day after which what comes in counts as received on the next working day.
    #[serde(default)]
    pub cut_off: Vec<CutOff>,
}

/// Why a set of rules cannot become a calendar. Each names the layer and the entry.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    #[error("not a calendar: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("{layer}: sessions of the hours in force from {from} overlap or are out of order")]
    Sessions { layer: String, from: NaiveDate },
    #[error("{layer}: an entry holds from {from} to {to}, which is earlier")]
    Backwards { layer: String, from: NaiveDate, to: NaiveDate },
    #[error("{layer}: holiday {id} lasts no day")]
    NoDays { layer: String, id: String },
    #[error("{layer}: a working day from {from} on is worth {minutes} minutes, which is no day")]
    DayLength { layer: String, from: NaiveDate, minutes: u32 },
    #[error("{layer}: {date} is decided twice")]
    DecidedTwice { layer: String, date: NaiveDate },
    #[error("{layer}: the row of {date} does not say which day it stands for")]
    StandsForNothing { layer: String, date: NaiveDate },
}

pub(crate) const MINUTES_OF_A_DAY: u32 = 24 * 60;

impl Rules {
    /// Reads and checks one layer.
    pub fn from_toml(text: &str) -> Result<Self, RulesError> {
        let rules: Self = toml::from_str(text)?;
        rules.check()?;
        Ok(rules)
    }

    /// Every hour of every day counts, and no day is off.
    pub(crate) fn round_the_clock() -> Self {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let in_force = Period { from: NaiveDate::MIN, to: None };
        let legal = Legal { act: String::new(), verified: true };
        let whole = Session { opens: 0, closes: 24 * 60 };
        let week = vec![WeekdayHours { days: vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun], sessions: vec![whole] }];
        Self {
            name: "24/24".to_owned(),
            hours: vec![Timetable { in_force, season: None, week, legal: legal.clone() }],
            day_length: vec![DayLength { minutes: MINUTES_OF_A_DAY, in_force, legal }],
            ..Self::default()
        }
    }

    pub(crate) fn check(&self) -> Result<(), RulesError> {
        let layer = || self.name.clone();
        for timetable in self.hours.iter().chain(&self.desk) {
            if !timetable.sessions_in_order() {
                return Err(RulesError::Sessions { layer: layer(), from: timetable.in_force.from });
            }
        }
        for period in self.periods() {
            if let Some(to) = period.to.filter(|&to| to < period.from) {
                return Err(RulesError::Backwards { layer: layer(), from: period.from, to });
            }
        }
        if let Some(holiday) = self.holidays.iter().find(|holiday| holiday.days == 0) {
            return Err(RulesError::NoDays { layer: layer(), id: holiday.id.clone() });
        }
        if let Some(length) = self.day_length.iter().find(|length| !(1..=MINUTES_OF_A_DAY).contains(&length.minutes)) {
            return Err(RulesError::DayLength { layer: layer(), from: length.in_force.from, minutes: length.minutes });
        }
        let mut decided = BTreeSet::new();
        for row in &self.dates {
            if !decided.insert(row.date) {
                return Err(RulesError::DecidedTwice { layer: layer(), date: row.date });
            }
            if matches!(row.kind, RowKind::Compensatory | RowKind::SwapWork) && row.stands_for.is_none() {
                return Err(RulesError::StandsForNothing { layer: layer(), date: row.date });
            }
        }
        Ok(())
    }

    fn periods(&self) -> impl Iterator<Item = &Period> {
        let timetables = self.hours.iter().chain(&self.desk).map(|entry| &entry.in_force);
        let holidays = self.holidays.iter().map(|entry| &entry.in_force);
        let compensation = self.compensation.iter().map(|entry| &entry.in_force);
        let lengths = self.day_length.iter().map(|entry| &entry.in_force);
        let cut_offs = self.cut_off.iter().map(|entry| &entry.in_force);
        timetables.chain(holidays).chain(compensation).chain(lengths).chain(cut_offs)
    }
}

/// The act a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    /// Type, number, date and article, as an officer would cite it.
    pub act: String,
    /// False until somebody has compared the entry with the gazette.
    pub verified: bool,
}

/// Days on which a rule holds, both ends included; no end means until further notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub from: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl Period {
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// The opening hours of a week, all year or in one season of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    pub in_force: Period,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// Weekdays named nowhere are weekly rest days.
    pub week: Vec<WeekdayHours>,
    pub legal: Legal,
}

impl Timetable {
    /// In force, and in season.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.in_force.holds_on(date) && self.season.is_none_or(|season| season.holds_on(date))
    }

    /// Hours of one weekday, in order.
    pub fn sessions(&self, weekday: Weekday) -> impl Iterator<Item = Session> {
        self.week
            .iter()
            .filter(move |hours| hours.days.contains(&weekday))
            .flat_map(|hours| hours.sessions.iter().copied())
    }

    fn sessions_in_order(&self) -> bool {
        std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7).all(|weekday| {
            let sessions: Vec<_> = self.sessions(weekday).collect();
            sessions.is_sorted_by(|earlier, later| earlier.closes() <= later.opens())
        })
    }
}

/// Sessions that several weekdays share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekdayHours {
    /// `["Mon", "Tue"]`.
    pub days: Vec<Weekday>,
    /// In the order of the day.
    pub sessions: Vec<Session>,
}

/// A part of every year, both ends included; it may run over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    pub from: MonthDay,
    pub to: MonthDay,
}

impl Season {
    pub fn holds_on(self, date: NaiveDate) -> bool {
        let day = MonthDay { month: date.month(), day: date.day() };
        if self.from <= self.to { self.from <= day && day <= self.to } else { self.from <= day || day <= self.to }
    }
}

/// A public holiday that returns every year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayRule {
    /// Names the holiday across layers: a closer layer's rules for an id replace those of the wider ones.
    pub id: String,
    /// As people read it.
    pub name: String,
    pub on: YearlyDay,
    /// How many of the `days` come before the day itself; a year's decision may say otherwise.
    #[serde(default)]
    pub before: u8,
    #[serde(default = "one_day")]
    pub days: u8,
    /// Compared with the day itself.
    pub in_force: Period,
    pub legal: Legal,
    /// Years for which the arrangement was decided: Tết 1+4, 2+3 or 3+2 days, National Day with the day before or after.
    #[serde(default)]
    pub decided: Vec<YearDecision>,
}

const fn one_day() -> u8 {
    1
}

/// The day a holiday falls on, every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearlyDay {
    Solar(MonthDay),
    /// Month and day of Vietnam's lunar calendar; never of a leap month.
    Lunar(MonthDay),
}

/// How the days of a holiday lie in one year, as the Prime Minister decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearDecision {
    pub year: i32,
    pub before: u8,
    pub legal: Legal,
}

/// While in force, a holiday on a weekly rest day moves (Labour Code 2019, article 111).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compensation {
    pub in_force: Period,
    pub legal: Legal,
}

/// What was decided for one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRow {
    pub date: NaiveDate,
    pub kind: RowKind,
    pub name: String,
    /// Compensatory day: the holiday it makes up for. Worked day: the day off whose hours are worked now.
    /// Day off in exchange: when the hours are worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<NaiveDate>,
    pub legal: Legal,
}

/// What a day becomes by decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// Off by itself. Gives no compensatory day: the decision says all there is.
    Holiday,
    /// Off instead of a holiday that fell on a rest day; takes the place of the day the rule would give.
    Compensatory,
    /// A working day that is off in exchange for another one.
    SwapOff,
    /// A rest day that is worked in exchange, with the hours of the weekday it stands for.
    SwapWork,
}

/// What one working day is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayLength {
    pub minutes: u32,
    pub in_force: Period,
    pub legal: Legal,
}

/// The hour after which the office takes nothing in for the same day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// Local time.
    pub time: NaiveTime,
    pub in_force: Period,
    pub legal: Legal,
}

/// A stretch of opening hours within one day, written `07:00-11:30`; the end is not part of it and may be `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Session {
    opens: u16,
    closes: u16,
}

impl Session {
    /// Minutes after midnight.
    pub const fn opens(self) -> u16 {
        self.opens
    }

    /// Minutes after midnight, up to 1440.
    pub const fn closes(self) -> u16 {
        self.closes
    }
}

/// Text that is no session, or no day of a year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {wanted}")]
pub struct Malformed {
    text: String,
    wanted: &'static str,
}

impl FromStr for Session {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        text.split_once('-')
            .and_then(|(opens, closes)| Some(Self { opens: minute_of_day(opens)?, closes: minute_of_day(closes)? }))
            .filter(|session| session.opens < session.closes)
            .ok_or_else(|| Malformed { text: text.to_owned(), wanted: "a session such as 07:00-11:30" })
    }
}

fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = two_numbers(text, ':')?;
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 24 * 60).then_some(minutes)
}

/// Two numbers of two digits each.
fn two_numbers(text: &str, between: char) -> Option<(u16, u16)> {
    let (first, second) = text.split_once(between)?;
    let number = |digits: &str| {
        (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
    };
    Some((number(first)?, number(second)?))
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opens, closes } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)
    }
}

/// A day of every year, solar or lunar, written `09-02` (month first).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    pub month: u32,
    pub day: u32,
}

impl FromStr for MonthDay {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        two_numbers(text, '-')
            .filter(|(month, day)| (1..=12).contains(month) && (1..=31).contains(day))
            .map(|(month, day)| Self { month: month.into(), day: day.into() })
            .ok_or_else(|| Malformed { text: text.to_owned(), wanted: "a month and day such as 09-02" })
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

macro_rules! written_as_text {
    ($($kind:ty),*) => {$(
        impl TryFrom<String> for $kind {
            type Error = Malformed;
            fn try_from(text: String) -> Result<Self, Malformed> {
                text.parse()
            }
        }
        impl From<$kind> for String {
            fn from(value: $kind) -> Self {
                value.to_string()
            }
        }
    )*};
}
written_as_text!(Session, MonthDay);
