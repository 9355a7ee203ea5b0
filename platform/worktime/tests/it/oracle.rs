//! The clocks against an oracle that knows nothing but how to walk a table of minutes.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use proptest::prelude::*;
use worktime::{Budget, Calendar, Clock, Counting, Explanation, Fact, Outcome, Pause, State, Terms};

use crate::{AGENCY, NATIONAL, calendar, instant};

/// Of one calendar, from 2019 to 2033.
struct Minutes {
    calendar: Calendar,
    open: Vec<bool>,
    /// For each day, the minute at which it is over for those who count days, and whether it is worked.
    ends: Vec<(usize, bool)>,
}

const DAY: usize = 24 * 60;

fn epoch() -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 1, 1).unwrap()
}

impl Minutes {
    fn of(layers: &[&str]) -> Self {
        let calendar = calendar(layers);
        let mut open = Vec::new();
        let mut ends = Vec::new();
        for date in epoch().iter_days().take_while(|date| date.year() < 2034) {
            let start = open.len();
            let sessions = &calendar.day(date).unwrap().sessions;
            open.extend((0..1440).map(|minute| sessions.iter().any(|s| (s.opens()..s.closes()).contains(&minute))));
            let last_open = (start..start + DAY).rfind(|&minute| open[minute]);
            ends.push((last_open.map_or(start + DAY, |minute| minute + 1), last_open.is_some()));
        }
        Self { calendar, open, ends }
    }
}

static CALENDARS: LazyLock<[Minutes; 2]> =
    LazyLock::new(|| [Minutes::of(&[NATIONAL]), Minutes::of(&[NATIONAL, AGENCY])]);

/// A clock in minutes after the epoch.
#[derive(Clone, Debug)]
struct Case {
    calendar: usize,
    received: usize,
    budget: Budget,
    counting: Counting,
    cut_off: Option<usize>,
    pauses: Vec<(usize, Option<usize>)>,
}

impl Case {
    fn minutes(&self) -> &'static Minutes {
        &CALENDARS[self.calendar]
    }

    fn clock(&self) -> Clock {
        Clock {
            terms: Terms {
                budget: self.budget,
                counting: self.counting,
                cut_off: self.cut_off.map(|minute| NaiveTime::MIN + TimeDelta::minutes(minute.try_into().unwrap())),
            },
            received: time(self.received),
            pauses: self
                .pauses
                .iter()
                .map(|&(from, to)| Pause { from: time(from), to: to.map(time), reason: "chờ".to_owned() })
                .collect(),
            ended: None,
        }
    }

    fn paused(&self, minute: usize) -> bool {
        self.pauses.iter().any(|&(from, to)| from <= minute && to.is_none_or(|to| minute < to))
    }

    /// Nothing ever moves again after this minute.
    fn stuck_from(&self) -> usize {
        let open = self.pauses.iter().filter(|(_, to)| to.is_none()).map(|&(from, _)| from);
        open.min().unwrap_or(usize::MAX)
    }

    const fn round_the_clock(&self) -> bool {
        matches!(self.budget, Budget::AlmanacHours(_))
    }

    fn counts(&self, minute: usize) -> bool {
        self.round_the_clock() || self.minutes().open[minute]
    }

    fn start(&self) -> usize {
        let almanac = matches!(self.budget, Budget::CalendarDays(_) | Budget::CalendarMonths(_));
        let mut minute = self.received;
        if self.round_the_clock() {
            return minute;
        }
        match self.cut_off {
            None if almanac => return minute,
            Some(cut_off) if minute % DAY > cut_off => minute = (minute / DAY + 1) * DAY,
            _ => {}
        }
        while !self.minutes().open[minute] {
            minute += 1;
        }
        minute
    }

    fn due(&self) -> Option<usize> {
        match (self.budget, self.counting) {
            (Budget::Minutes(minutes), _) => self.due_in_minutes(minutes),
            (Budget::AlmanacHours(hours), _) => self.due_in_minutes(hours * 60),
            (Budget::Days(days), Counting::Hours) => self.due_in_minutes(days * 480),
            (Budget::Days(days), Counting::DaysExclFirst) => self.due_in_days(days, false),
            (Budget::CalendarDays(days), _) => self.due_in_days(days, true),
            (Budget::CalendarMonths(months), _) => {
                let first = epoch() + TimeDelta::days((self.start() / DAY).try_into().unwrap());
                let days = (first + Months::new(months) - first).num_days();
                self.due_in_days(days.try_into().unwrap(), true)
            }
        }
    }

    fn due_in_minutes(&self, budget: u32) -> Option<usize> {
        let mut minute = self.start();
        let mut left = budget;
        while left > 0 {
            if minute >= self.stuck_from() {
                return None;
            }
            if self.counts(minute) && !self.paused(minute) {
                left -= 1;
            }
            minute += 1;
        }
        Some(minute)
    }

    fn due_in_days(&self, days: u32, almanac: bool) -> Option<usize> {
        let mut number = 0;
        for &(end, worked) in &self.minutes().ends[self.start() / DAY..] {
            if end > self.stuck_from() {
                return None;
            }
            if self.paused(end - 1) || !(worked || almanac) {
                continue;
            }
            if number >= days && worked {
                return Some(end);
            }
            number += 1;
        }
        unreachable!("the table reaches beyond every case")
    }

    fn used(&self, until: usize) -> usize {
        (self.start()..until).filter(|&minute| self.counts(minute) && !self.paused(minute)).count()
    }
}

fn time(minute: usize) -> DateTime<Utc> {
    instant(epoch().and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.try_into().unwrap()))
}

/// Days 2020 to 2030, often at the very minute at which something begins or ends.
fn moment(days: std::ops::Range<usize>) -> impl Strategy<Value = usize> {
    let edges = prop::sample::select(vec![0, 390, 420, 450, 659, 660, 690, 810, 900, 901, 990, 1019, 1020, 1021, 1439]);
    (days, prop_oneof![edges, 0..DAY]).prop_map(|(day, minute)| day * DAY + minute)
}

fn working_budget() -> impl Strategy<Value = Budget> {
    let minutes = prop_oneof![Just(0), Just(480), 0..6000_u32];
    prop_oneof![minutes.prop_map(Budget::Minutes), (0..40_u32).prop_map(Budget::Days)]
}

fn budget() -> impl Strategy<Value = Budget> {
    prop_oneof![
        working_budget(),
        working_budget(),
        (0..70_u32).prop_map(Budget::CalendarDays),
        (0..200_u32).prop_map(Budget::AlmanacHours),
        (0..4_u32).prop_map(Budget::CalendarMonths),
    ]
}

fn pauses(most: usize) -> impl Strategy<Value = Vec<(usize, Option<usize>)>> {
    prop::collection::vec((moment(0..45), prop::option::weighted(0.9, moment(0..12))), 0..=most)
}

fn cases(most_pauses: usize) -> impl Strategy<Value = Case> {
    let counting = prop_oneof![Just(Counting::Hours), Just(Counting::DaysExclFirst)];
    let cut_off = prop_oneof![Just(None), Just(Some(900)), Just(Some(690))];
    (0..2_usize, moment(365..365 + 11 * 365), budget(), counting, cut_off, pauses(most_pauses)).prop_map(
        |(calendar, received, budget, counting, cut_off, pauses)| Case {
            calendar,
            received,
            budget,
            counting,
            cut_off,
            pauses: pauses
                .into_iter()
                .map(|(after, length)| (received + after, length.map(|length| received + after + length)))
                .collect(),
        },
    )
}

proptest! {
    #[test]
    fn due_is_what_walking_minute_by_minute_finds(case in cases(3)) {
        prop_assert_eq!(case.clock().due(&case.minutes().calendar), Ok(case.due().map(time)));
    }

    #[test]
    fn used_is_what_walking_minute_by_minute_finds(case in cases(3), after in moment(0..60)) {
        let now = case.received + after;
        let used = case.clock().used(&case.minutes().calendar, time(now)).unwrap();
        prop_assert_eq!(used, TimeDelta::minutes(case.used(now).try_into().unwrap()));
    }

    #[test]
    fn used_and_left_make_the_budget(case in cases(3), minutes in 1..6000_u32, after in moment(0..30)) {
        let case = Case { budget: Budget::Minutes(minutes), ..case };
        let now = time(case.received + after);
        let remaining = case.clock().remaining(&case.minutes().calendar, now).unwrap();
        let used = case.clock().used(&case.minutes().calendar, now).unwrap().num_minutes();
        let budget = i64::from(minutes);
        match remaining.state {
            State::Running | State::Paused => prop_assert_eq!(used + i64::from(remaining.minutes), budget),
            State::Late => prop_assert_eq!(used - i64::from(remaining.minutes), budget),
        }
    }

    #[test]
    fn late_is_after_due_and_nothing_else(case in cases(3), after in moment(0..60)) {
        let now = time(case.received + after);
        let calendar = &case.minutes().calendar;
        let late = case.clock().due(calendar).unwrap().is_some_and(|due| due < now);
        let remaining = case.clock().remaining(calendar, now).unwrap();
        prop_assert_eq!(remaining.state == State::Late, late);
        let ended = Clock { ended: Some(now), ..case.clock() };
        prop_assert_eq!(ended.outcome(calendar).unwrap() == Some(Outcome::Late), late);
    }

    #[test]
    fn a_later_receipt_is_never_due_earlier(case in cases(0), later in moment(0..8)) {
        let second = Case { received: case.received + later, ..case.clone() };
        let calendar = &case.minutes().calendar;
        prop_assert!(case.clock().due(calendar).unwrap() <= second.clock().due(calendar).unwrap());
    }

    #[test]
    fn a_promise_moves_as_the_due_time_does(case in cases(0), budget in working_budget(), from in moment(0..45), length in moment(0..12)) {
        let case = Case { budget, ..case };
        let calendar = &case.minutes().calendar;
        let promised = case.clock().due(calendar).unwrap().unwrap();
        let from = case.received + from;
        let paused = Case { pauses: vec![(from, Some(from + length))], ..case }.clock();
        let again = paused.promise_after(calendar, promised, &paused.pauses[0]).unwrap();
        prop_assert_eq!(Some(again), paused.due(calendar).unwrap());
    }

    #[test]
    fn due_falls_into_working_time(case in cases(3)) {
        prop_assume!(!case.round_the_clock());
        let calendar = &case.minutes().calendar;
        if let Some(due) = case.clock().due(calendar).unwrap() {
            let local = (due + TimeDelta::hours(7)).naive_utc();
            let minute = local.num_seconds_from_midnight() / 60;
            let day = calendar.day(local.date()).unwrap();
            let reached = day.sessions.iter().any(|s| (u32::from(s.opens())..=s.closes().into()).contains(&minute));
            prop_assert!(reached, "{} is no working time", local);
        }
    }

    #[test]
    fn an_explanation_ends_with_the_due_time(case in cases(3)) {
        let calendar = &case.minutes().calendar;
        let clock = case.clock();
        let told = Explanation::of(&clock, calendar, clock.received).unwrap();
        let last = told.facts.last().cloned();
        let expected = clock.due(calendar).unwrap().map_or(Fact::NotDueYet, |due| {
            Fact::Due { at: (due + TimeDelta::hours(7)).naive_utc() }
        });
        prop_assert_eq!(last, Some(expected));
    }
}
