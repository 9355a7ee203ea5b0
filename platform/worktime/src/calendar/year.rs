//! Works out all days of one year from the rules.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::{Day, DayKind, Reason, weekly};
use crate::lunar::LunarDate;
use crate::rules::{DateRow, HolidayRule, RowKind, Rules, YearlyDay};

/// A compensatory day further away than this would mean an office that hardly opens.
const COMPENSATION_REACH: u64 = 60;

pub(super) fn days(layers: &[Rules], year: i32) -> Vec<Day> {
    let off = DaysOff::around(layers, year);
    NaiveDate::from_ymd_opt(year, 1, 1)
        .into_iter()
        .flat_map(|first| first.iter_days().take_while(|day| day.year() == year))
        .map(|date| off.day(layers, date))
        .collect()
}

struct DaysOff<'a> {
    rows: BTreeMap<NaiveDate, &'a DateRow>,
    holidays: BTreeMap<NaiveDate, Reason>,
    compensatory: BTreeMap<NaiveDate, Reason>,
}

impl<'a> DaysOff<'a> {
    /// The neighbouring years count too: Tết of one lunar year and days made up for cross New Year.
    fn around(layers: &'a [Rules], year: i32) -> Self {
        let rows = layers.iter().flat_map(|rules| &rules.dates).map(|row| (row.date, row)).collect();
        let mut holidays = BTreeMap::new();
        for rule in effective_rules(layers) {
            for (date, reason) in (year - 1..=year + 1).flat_map(|year| occurrence(rule, year)) {
                holidays.entry(date).or_insert(reason);
            }
        }
        let mut off = Self { rows, holidays, compensatory: BTreeMap::new() };
        off.compensate(layers);
        off
    }

    /// Labour Code 2019, article 111: a holiday on a weekly rest day moves to the next working day.
    fn compensate(&mut self, layers: &[Rules]) {
        for (&date, holiday) in &self.holidays {
            let ruled = layers.iter().flat_map(|rules| &rules.compensation).find(|rule| rule.in_force.holds_on(date));
            let Some(rule) = ruled else { continue };
            let decided =
                self.rows.values().any(|row| row.kind == RowKind::Compensatory && row.stands_for == Some(date));
            let worked = self.rows.get(&date).is_some_and(|row| row.kind == RowKind::SwapWork);
            if decided || worked || is_weekly_working(layers, date) {
                continue;
            }
            let next =
                (1..=COMPENSATION_REACH).filter_map(|days| date.checked_add_days(Days::new(days))).find(|next| {
                    is_weekly_working(layers, *next)
                        && !self.holidays.contains_key(next)
                        && !self.compensatory.contains_key(next)
                        && !self.rows.contains_key(next)
                });
            if let Some(next) = next {
                let reason = Reason { name: holiday.name.clone(), legal: rule.legal.clone(), stands_for: Some(date) };
                self.compensatory.insert(next, reason);
            }
        }
    }

    fn day(&self, layers: &[Rules], date: NaiveDate) -> Day {
        let (kind, reason) = self.kind(layers, date);
        let hours_of = match (kind, &reason) {
            (DayKind::SwapWork, Some(Reason { stands_for: Some(other), .. })) => other.weekday(),
            _ => date.weekday(),
        };
        let (sessions, desk) = match kind {
            DayKind::Working | DayKind::SwapWork | DayKind::WeeklyRest => (
                weekly(layers, |rules| &rules.hours, date, hours_of),
                weekly(layers, |rules| &rules.desk, date, date.weekday()),
            ),
            DayKind::Holiday | DayKind::Compensatory | DayKind::SwapOff => (Vec::new(), Vec::new()),
        };
        Day { date, kind, reason, sessions, desk }
    }

    fn kind(&self, layers: &[Rules], date: NaiveDate) -> (DayKind, Option<Reason>) {
        if let Some(row) = self.rows.get(&date) {
            let kind = match row.kind {
                RowKind::Holiday => DayKind::Holiday,
                RowKind::Compensatory => DayKind::Compensatory,
                RowKind::SwapOff => DayKind::SwapOff,
                RowKind::SwapWork => DayKind::SwapWork,
            };
            let reason = Reason { name: row.name.clone(), legal: row.legal.clone(), stands_for: row.stands_for };
            return (kind, Some(reason));
        }
        if let Some(reason) = self.holidays.get(&date) {
            return (DayKind::Holiday, Some(reason.clone()));
        }
        if let Some(reason) = self.compensatory.get(&date) {
            return (DayKind::Compensatory, Some(reason.clone()));
        }
        let kind = if is_weekly_working(layers, date) { DayKind::Working } else { DayKind::WeeklyRest };
        (kind, None)
    }
}

fn is_weekly_working(layers: &[Rules], date: NaiveDate) -> bool {
    !weekly(layers, |rules| &rules.hours, date, date.weekday()).is_empty()
}

/// For each holiday the rules of the closest layer that knows its id.
fn effective_rules(layers: &[Rules]) -> impl Iterator<Item = &HolidayRule> {
    layers.iter().enumerate().flat_map(|(level, rules)| {
        let closer = &layers[level + 1..];
        rules
            .holidays
            .iter()
            .filter(|rule| !closer.iter().flat_map(|layer| &layer.holidays).any(|other| other.id == rule.id))
    })
}

/// The days off that a rule gives in a year, solar or lunar as the rule goes.
fn occurrence(rule: &HolidayRule, year: i32) -> impl Iterator<Item = (NaiveDate, Reason)> {
    let day = match rule.on {
        YearlyDay::Solar(on) => NaiveDate::from_ymd_opt(year, on.month, on.day),
        YearlyDay::Lunar(on) => LunarDate::new(year, on.month, on.day).to_solar(),
    };
    let decision = rule.decided.iter().find(|decision| decision.year == year);
    let before = decision.map_or(rule.before, |decision| decision.before);
    let legal = decision.map_or(&rule.legal, |decision| &decision.legal);
    day.filter(|&day| rule.in_force.holds_on(day))
        .and_then(|day| day.checked_sub_days(Days::new(before.into())))
        .into_iter()
        .flat_map(|first| first.iter_days().take(rule.days.into()))
        .map(|date| (date, Reason { name: rule.name.clone(), legal: legal.clone(), stands_for: None }))
}
