//! Calendars as anybody may write them: refused with a reason, or they answer for every day.

use base::testing::{Edit, damaged_text};
use chrono::{Days, NaiveDate, TimeDelta};
use proptest::collection::vec;
use proptest::prelude::*;
use worktime::{Budget, Calendar, Clock, Counting, Explanation, Rules, Terms};

use crate::{AGENCY, NATIONAL, instant};

fn budgets() -> impl Strategy<Value = Budget> {
    let amount = prop_oneof![0..60_u32, any::<u32>()];
    (amount, 0..5_u8).prop_map(|(amount, unit)| match unit {
        0 => Budget::Minutes(amount),
        1 => Budget::Days(amount),
        2 => Budget::CalendarDays(amount),
        3 => Budget::AlmanacHours(amount),
        _ => Budget::CalendarMonths(amount),
    })
}

proptest! {
    #[test]
    fn a_calendar_that_is_taken_answers(
        edits in vec(any::<Edit>(), 1..8),
        agency in vec(any::<Edit>(), 0..8),
        budget in budgets(),
        days in 0..55_000_u64,
        minutes in 0..1440_i64,
        by_hours in any::<bool>(),
    ) {
        let layers = [damaged_text(NATIONAL, &edits), damaged_text(AGENCY, &agency)];
        let layers: Vec<Rules> = layers.iter().filter_map(|text| Rules::from_toml(text).ok()).collect();
        for rules in &layers {
            let written = toml::to_string(rules).unwrap();
            prop_assert_eq!(&Rules::from_toml(&written).unwrap(), rules);
        }
        let Ok(calendar) = Calendar::new(layers) else { return Ok(()) };
        let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(days);
        prop_assert_eq!(calendar.day(date).map(|day| day.date), (date < NaiveDate::from_ymd_opt(2150, 1, 1).unwrap()).then_some(date));
        let received = instant(date.and_time(chrono::NaiveTime::MIN)) + TimeDelta::minutes(minutes);
        let counting = if by_hours { Counting::Hours } else { Counting::DaysExclFirst };
        let clock = Clock { terms: Terms { budget, counting, cut_off: calendar.cut_off(date) }, received, pauses: Vec::new(), ended: None };
        if let Ok(due) = clock.due(&calendar) {
            // No days at all are over when the day is, which may have closed already.
            let none = matches!(budget, Budget::CalendarDays(0) | Budget::CalendarMonths(0));
            prop_assert!(none || due.is_none_or(|due| due >= received));
            if Explanation::of(&clock, &calendar, received).is_ok() {
                prop_assert!(clock.remaining(&calendar, received).is_ok());
            }
        }
    }
}
