use chrono::{NaiveTime, TimeDelta};
use rstest::rstest;
use worktime::{Budget, Clock, Counting, OutOfCalendar, Outcome, Pause, Rules, State, Terms};

use crate::{AGENCY, NATIONAL, at, calendar, clock, pause};

const HOURS: Counting = Counting::Hours;
const DAYS: Counting = Counting::DaysExclFirst;

fn terms(budget: Budget, counting: Counting) -> Terms {
    Terms { budget, counting, cut_off: NaiveTime::from_hms_opt(15, 0, 0) }
}

fn due(clock: &Clock) -> Option<chrono::DateTime<chrono::Utc>> {
    clock.due(&calendar(&[NATIONAL])).unwrap()
}

// June 2026 has no holiday; 5 June is a Friday.
#[rstest]
#[case::friday_after_cut_off("2026-06-05 16:00", HOURS, "2026-06-12 17:00")]
#[case::friday_after_cut_off("2026-06-05 16:00", DAYS, "2026-06-15 17:00")]
#[case::friday_morning("2026-06-05 10:00", HOURS, "2026-06-12 10:00")]
#[case::friday_morning("2026-06-05 10:00", DAYS, "2026-06-12 17:00")]
#[case::an_hour_after_opening("2026-06-08 08:00", HOURS, "2026-06-15 08:00")]
#[case::at_the_cut_off_is_not_after_it("2026-06-05 15:00", HOURS, "2026-06-12 15:00")]
#[case::at_the_cut_off_is_not_after_it("2026-06-05 15:00", DAYS, "2026-06-12 17:00")]
#[case::a_minute_after_the_cut_off("2026-06-05 15:01", HOURS, "2026-06-12 17:00")]
#[case::in_the_lunch_break("2026-06-05 12:00", HOURS, "2026-06-12 11:30")]
#[case::before_opening("2026-06-05 05:00", HOURS, "2026-06-11 17:00")]
#[case::on_saturday("2026-06-06 09:00", DAYS, "2026-06-15 17:00")]
#[case::over_30_4("2026-04-29 10:00", HOURS, "2026-05-08 10:00")]
#[case::over_30_4("2026-04-29 10:00", DAYS, "2026-05-08 17:00")]
#[case::over_tet("2026-02-13 10:00", HOURS, "2026-02-27 10:00")]
#[case::over_tet("2026-02-13 10:00", DAYS, "2026-02-27 17:00")]
#[case::over_a_worked_saturday("2026-08-21 10:00", HOURS, "2026-08-27 10:00")]
#[case::over_a_worked_saturday("2026-08-21 10:00", DAYS, "2026-08-27 17:00")]
#[case::over_a_day_off_in_exchange("2026-08-28 10:00", DAYS, "2026-09-09 17:00")]
#[case::over_the_compensatory_day("2026-04-24 10:00", DAYS, "2026-05-06 17:00")]
fn five_working_days(#[case] received: &str, #[case] counting: Counting, #[case] expected: &str) {
    assert_eq!(due(&clock(received, terms(Budget::Days(5), counting))), Some(at(expected)));
}

#[rstest]
#[case::eight_hours_end_at_closing_not_at_the_next_opening("2026-06-05 07:00", 480, "2026-06-05 17:00")]
#[case::the_morning_ends_before_lunch("2026-06-05 07:00", 270, "2026-06-05 11:30")]
#[case::one_minute_more_is_after_lunch("2026-06-05 07:00", 271, "2026-06-05 13:31")]
#[case::four_hours_over_the_weekend("2026-06-05 14:30", 240, "2026-06-08 08:30")]
#[case::no_time_at_all("2026-06-05 10:00", 0, "2026-06-05 10:00")]
#[case::no_time_at_all_after_the_cut_off("2026-06-05 16:00", 0, "2026-06-08 07:00")]
fn working_hours(#[case] received: &str, #[case] minutes: u32, #[case] expected: &str) {
    for counting in [HOURS, DAYS] {
        assert_eq!(due(&clock(received, terms(Budget::Minutes(minutes), counting))), Some(at(expected)));
    }
}

#[rstest]
#[case::in_time("2026-06-05 09:00", "2026-06-05 17:00")]
#[case::after_the_cut_off("2026-06-05 15:30", "2026-06-08 17:00")]
fn the_same_day_is_zero_days_after_the_first(#[case] received: &str, #[case] expected: &str) {
    assert_eq!(due(&clock(received, terms(Budget::Days(0), DAYS))), Some(at(expected)));
}

#[test]
fn without_a_cut_off_the_last_minute_counts() {
    let terms = Terms { cut_off: None, ..terms(Budget::Days(1), HOURS) };
    assert_eq!(due(&clock("2026-06-05 16:59", terms)), Some(at("2026-06-08 16:59")));
    assert_eq!(due(&clock("2026-06-05 17:00", terms)), Some(at("2026-06-08 17:00")));
}

#[rstest]
#[case::ends_on_a_working_day("2026-06-01 10:00", Budget::CalendarDays(10), "2026-06-11 17:00")]
#[case::ends_on_saturday("2026-06-01 10:00", Budget::CalendarDays(5), "2026-06-08 17:00")]
#[case::ends_in_tet("2026-02-06 10:00", Budget::CalendarDays(10), "2026-02-23 17:00")]
#[case::one_month("2026-06-01 10:00", Budget::CalendarMonths(1), "2026-07-01 17:00")]
#[case::no_31_in_september("2026-03-31 10:00", Budget::CalendarMonths(6), "2026-09-30 17:00")]
#[case::after_the_cut_off("2026-06-05 16:00", Budget::CalendarDays(2), "2026-06-10 17:00")]
fn days_of_the_almanac(#[case] received: &str, #[case] budget: Budget, #[case] expected: &str) {
    assert_eq!(due(&clock(received, terms(budget, DAYS))), Some(at(expected)));
}

/// A tree across the road on the evening before Tết is no matter for the day on which the office opens again.
#[rstest]
#[case::at_night("2026-06-05 23:30", 2, "2026-06-06 01:30")]
#[case::on_a_sunday("2026-06-07 10:15", 24, "2026-06-08 10:15")]
#[case::in_tet("2026-02-15 22:00", 24, "2026-02-16 22:00")]
#[case::after_the_cut_off("2026-06-05 15:30", 2, "2026-06-05 17:30")]
fn hours_of_the_almanac_run_round_the_clock(#[case] received: &str, #[case] hours: u32, #[case] expected: &str) {
    for counting in [HOURS, DAYS] {
        let clock = clock(received, terms(Budget::AlmanacHours(hours), counting));
        assert_eq!(due(&clock), Some(at(expected)));
        let remaining = clock.remaining(&calendar(&[NATIONAL]), at(received)).unwrap();
        assert_eq!((remaining.minutes, remaining.state), (hours * 60, State::Running));
    }
}

#[test]
fn without_a_cut_off_days_of_the_almanac_count_from_a_saturday() {
    let terms = Terms { cut_off: None, ..terms(Budget::CalendarDays(3), DAYS) };
    assert_eq!(due(&clock("2026-06-06 20:00", terms)), Some(at("2026-06-09 17:00")));
}

/// From Wednesday 10:00 to the next Monday 10:00: three working days, whichever way they are counted.
#[rstest]
#[case(HOURS, "2026-06-15 08:00", "2026-06-18 08:00")]
#[case(DAYS, "2026-06-15 17:00", "2026-06-18 17:00")]
fn a_supplement_of_three_days_moves_the_due_day_by_three(
    #[case] counting: Counting,
    #[case] before: &str,
    #[case] after: &str,
) {
    let national = calendar(&[NATIONAL]);
    let mut dossier = clock("2026-06-01 08:00", terms(Budget::Days(10), counting));
    assert_eq!(due(&dossier), Some(at(before)));

    let supplement = pause("2026-06-03 10:00", "2026-06-08 10:00");
    dossier.pauses.push(Pause { to: None, ..supplement.clone() });
    assert_eq!(due(&dossier), None, "nobody knows while it lasts");
    assert_eq!(dossier.promise_after(&national, at(before), &dossier.pauses[0]), Ok(at(before)));

    dossier.pauses = vec![supplement];
    assert_eq!(due(&dossier), Some(at(after)));
    assert_eq!(dossier.promise_after(&national, at(before), &dossier.pauses[0]), Ok(at(after)));
}

#[rstest]
#[case::from_closing_to_opening("2026-06-03 17:00", "2026-06-04 07:00", 0, 0)]
#[case::a_weekend("2026-06-05 18:00", "2026-06-08 06:00", 0, 0)]
#[case::lunch("2026-06-03 11:30", "2026-06-03 13:30", 0, 0)]
#[case::within_a_day("2026-06-03 08:00", "2026-06-03 09:00", 0, 60)]
#[case::over_closing("2026-06-03 16:00", "2026-06-04 08:00", 1, 120)]
#[case::until_closing("2026-06-03 16:00", "2026-06-03 17:00", 1, 60)]
#[case::over_the_first_day("2026-06-01 10:00", "2026-06-04 10:00", 3, 1440)]
#[case::backwards("2026-06-04 10:00", "2026-06-03 10:00", 0, 0)]
fn what_a_pause_takes(#[case] from: &str, #[case] to: &str, #[case] days: i64, #[case] minutes: i64) {
    let paused = |counting| Clock {
        pauses: vec![pause(from, to)],
        ..clock("2026-06-01 08:00", terms(Budget::Days(5), counting))
    };
    // Monday 8 June closes the fifth day; the week after has no day off.
    assert_eq!(due(&paused(DAYS)), Some(at("2026-06-08 17:00") + TimeDelta::days(days)));

    let national = calendar(&[NATIONAL]);
    let late = at("2026-06-30 10:00");
    let unpaused = clock("2026-06-01 08:00", terms(Budget::Days(5), HOURS));
    let taken = unpaused.used(&national, late).unwrap() - paused(HOURS).used(&national, late).unwrap();
    assert_eq!(taken.num_minutes(), minutes);
}

#[test]
fn overlapping_pauses_stop_the_clock_once() {
    let mut dossier = clock("2026-06-01 08:00", terms(Budget::Days(5), HOURS));
    dossier.pauses = vec![pause("2026-06-03 13:30", "2026-06-04 11:30"), pause("2026-06-03 10:00", "2026-06-03 15:00")];
    let both = due(&dossier);
    dossier.pauses = vec![pause("2026-06-03 10:00", "2026-06-04 11:30")];
    assert_eq!(both, due(&dossier));
}

#[rstest]
#[case(HOURS)]
#[case(DAYS)]
fn a_pause_from_the_due_moment_on_changes_nothing(#[case] counting: Counting) {
    let mut dossier = clock("2026-06-01 07:00", terms(Budget::Days(1), counting));
    let before = due(&dossier);
    dossier.pauses = vec![Pause { from: before.unwrap(), to: None, reason: String::new() }];
    assert_eq!(due(&dossier), before);
}

#[rstest]
#[case(HOURS)]
#[case(DAYS)]
fn a_pause_does_not_undo_lateness(#[case] counting: Counting) {
    let national = calendar(&[NATIONAL]);
    let mut dossier = clock("2026-06-01 08:00", terms(Budget::Days(1), counting));
    let before = due(&dossier);
    dossier.pauses = vec![Pause { to: None, ..pause("2026-06-10 08:00", "2026-06-10 08:00") }];
    assert_eq!(due(&dossier), before);
    assert_eq!(dossier.remaining(&national, at("2026-06-12 08:00")).unwrap().state, State::Late);
}

#[rstest]
#[case::the_day_before("2026-06-11 16:00", Outcome::Early)]
#[case::the_same_morning("2026-06-12 08:00", Outcome::OnTime)]
#[case::at_the_due_moment("2026-06-12 10:00", Outcome::OnTime)]
#[case::a_minute_after("2026-06-12 10:01", Outcome::Late)]
fn how_it_ended(#[case] ended: &str, #[case] expected: Outcome) {
    let dossier = Clock { ended: Some(at(ended)), ..clock("2026-06-05 10:00", terms(Budget::Days(5), HOURS)) };
    assert_eq!(dossier.outcome(&calendar(&[NATIONAL])), Ok(Some(expected)));
}

#[test]
fn ending_on_an_earlier_day_without_time_to_spare_is_on_time() {
    let dossier =
        Clock { ended: Some(at("2026-06-06 09:00")), ..clock("2026-06-05 16:00", terms(Budget::Minutes(0), HOURS)) };
    assert_eq!(dossier.outcome(&calendar(&[NATIONAL])), Ok(Some(Outcome::OnTime)));
}

#[test]
fn the_end_of_a_clock_ends_its_pause() {
    let mut dossier = clock("2026-06-01 08:00", terms(Budget::Days(5), DAYS));
    dossier.pauses = vec![Pause { to: None, ..pause("2026-06-03 10:00", "2026-06-03 10:00") }];
    dossier.ended = Some(at("2026-06-25 10:00"));
    assert_eq!(due(&dossier), Some(at("2026-06-30 17:00")));
    assert_eq!(dossier.outcome(&calendar(&[NATIONAL])), Ok(Some(Outcome::Early)));
}

#[test]
fn a_running_clock_has_no_outcome() {
    let dossier = clock("2026-06-01 08:00", terms(Budget::Days(5), DAYS));
    assert_eq!(dossier.outcome(&calendar(&[NATIONAL])), Ok(None));
}

#[rstest]
#[case::running("2026-06-02 08:00", State::Running, 4 * 480)]
#[case::paused_with_what_it_would_have("2026-06-04 16:00", State::Paused, 3 * 480 - 120)]
#[case::at_the_moment_of_the_pause("2026-06-03 10:00", State::Paused, 3 * 480 - 120)]
#[case::at_the_moment_it_ends("2026-06-08 10:00", State::Running, 3 * 480 - 120)]
#[case::running_again("2026-06-08 11:00", State::Running, 3 * 480 - 180)]
#[case::due("2026-06-11 08:00", State::Running, 0)]
#[case::late("2026-06-12 08:00", State::Late, 480)]
fn what_is_left(#[case] now: &str, #[case] state: State, #[case] minutes: u32) {
    let mut dossier = clock("2026-06-01 08:00", terms(Budget::Days(5), HOURS));
    dossier.pauses = vec![pause("2026-06-03 10:00", "2026-06-08 10:00")];
    let remaining = dossier.remaining(&calendar(&[NATIONAL]), at(now)).unwrap();
    assert_eq!((remaining.state, remaining.minutes, remaining.day_minutes), (state, minutes, 480));
}

#[rstest]
#[case::on_the_day_of_receipt("2026-06-01 09:00", Budget::Days(3), 3 * 480)]
#[case::on_the_first_day_that_counts("2026-06-02 09:00", Budget::Days(3), 3 * 480 - 120)]
#[case::days_of_the_almanac("2026-06-01 09:00", Budget::CalendarDays(3), 3 * 480)]
#[case::no_day_after_the_first("2026-06-01 09:00", Budget::Days(0), 0)]
fn a_day_that_does_not_count_is_not_left_either(#[case] now: &str, #[case] budget: Budget, #[case] minutes: u32) {
    let dossier = clock("2026-06-01 08:00", terms(budget, DAYS));
    assert_eq!(dossier.remaining(&calendar(&[NATIONAL]), at(now)).unwrap().minutes, minutes);
}

#[test]
fn a_saturday_desk_receives_but_the_clock_waits_for_monday() {
    let agency = calendar(&[NATIONAL, AGENCY]);
    let dossier = clock("2026-06-06 08:00", terms(Budget::Minutes(60), HOURS));
    assert_eq!(dossier.counted_from(&agency), Ok(at("2026-06-08 06:30")));
    assert_eq!(dossier.due(&agency), Ok(Some(at("2026-06-08 07:30"))));
}

#[test]
fn seconds_are_kept() {
    let second = TimeDelta::seconds(37);
    let mut dossier = clock("2026-06-05 10:00", terms(Budget::Days(1), HOURS));
    dossier.received += second;
    assert_eq!(due(&dossier), Some(at("2026-06-08 10:00") + second));
}

#[test]
fn a_calendar_that_never_opens_says_so() {
    let closed = worktime::Calendar::new(vec![Rules { name: "Đóng cửa".to_owned(), ..Rules::default() }]).unwrap();
    let dossier = clock("2026-06-05 10:00", terms(Budget::Days(1), HOURS));
    assert_eq!(dossier.due(&closed), Err(OutOfCalendar));
    let endless = clock("2026-06-05 10:00", terms(Budget::Days(u32::MAX), DAYS));
    assert_eq!(endless.due(&calendar(&[NATIONAL])), Err(OutOfCalendar));
    let endless = clock("2026-06-05 10:00", terms(Budget::CalendarMonths(u32::MAX), DAYS));
    assert_eq!(endless.due(&calendar(&[NATIONAL])), Err(OutOfCalendar));
}
