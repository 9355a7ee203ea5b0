//! The periods to choose from.

use base::Now;
use web::Visitor;

use crate::period::Period;

pub(super) struct Choice {
    pub(super) value: String,
    pub(super) text: String,
}

const MONTHS: usize = 13;
const QUARTERS: usize = 5;
const YEARS: usize = 3;

/// `Tháng 10/2026`, `Quý 4/2026`, `Năm 2026`.
pub(super) fn name(visitor: &Visitor, period: Period) -> String {
    let with = |key: &str, count: u32, year: i32| {
        visitor.text_with(key, &[("count", count.to_string()), ("year", year.to_string())])
    };
    match period {
        Period::Month { year, month } => with("performance-month", month, year),
        Period::Quarter { year, quarter } => with("performance-quarter", quarter, year),
        Period::Year { year } => visitor.text_with("performance-year", &[("year", year.to_string())]),
    }
}

/// The newest periods of each kind, and the one that is looked at; with `finished`, those with a month that is over.
pub(super) fn periods(visitor: &Visitor, looked_at: Period, finished: bool) -> Vec<Choice> {
    let today = visitor.now.today();
    let back = |from: Period, many: usize| std::iter::successors(Some(from), |period| Some(period.before())).take(many);
    let months = back(Period::month_of(today), MONTHS);
    let quarters = back(Period::quarter_of(today), QUARTERS);
    let years = back(Period::Year { year: visitor.now.year() }, YEARS);
    let offered = |period: &Period| !finished || period.finished(visitor.now).is_some();
    let mut periods: Vec<Period> = months.chain(quarters).chain(years).filter(offered).collect();
    if !periods.contains(&looked_at) {
        periods.insert(0, looked_at);
    }
    periods.into_iter().map(|period| Choice { value: period.to_string(), text: name(visitor, period) }).collect()
}

/// The period in the address, or the one that is shown without.
pub(super) fn wanted(text: &str, otherwise: fn(Now) -> Period, now: Now) -> base::Result<Period> {
    if text.is_empty() { Ok(otherwise(now)) } else { text.parse() }
}
