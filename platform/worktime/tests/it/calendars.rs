use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use rstest::rstest;
use worktime::{Calendar, DayKind, Rules, RulesError};

use crate::{AGENCY, NATIONAL, calendar, date};

fn days(calendar: &Calendar, year: i32) -> impl Iterator<Item = &worktime::Day> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    first.iter_days().take_while(move |day| day.year() == year).map(|day| calendar.day(day).unwrap())
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Weekdays off and weekend days worked.
#[rstest]
#[case::two_holidays_on_a_weekend_twice(2023, "01-02 01-23 01-24 01-25 01-26 01-27 05-01 05-02 05-03 09-04 09-05", "")]
#[case(2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02", "04-26")]
#[case(2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24", "01-10 08-22")]
#[case::tet_with_two_compensatory_days(
    2027,
    "01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24",
    ""
)]
fn a_year_as_it_was_decided_or_follows_from_the_rules(#[case] year: i32, #[case] off: &str, #[case] worked: &str) {
    let national = calendar(&[NATIONAL]);
    let listed = |wanted: fn(&worktime::Day) -> bool| {
        days(&national, year)
            .filter(|day| wanted(day))
            .map(|day| day.date.format("%m-%d").to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(|day| !day.is_working() && !is_weekend(day.date)).join(" "), off);
    assert_eq!(listed(|day| day.is_working() && is_weekend(day.date)).join(" "), worked);
}

/// Eleven paid days, twelve with the Day of Vietnamese Culture: whatever falls on a rest day is made up for.
#[test]
fn no_holiday_is_lost_to_a_rest_day() {
    let national = calendar(&[NATIONAL]);
    for year in 2021..=2100 {
        let off = days(&national, year)
            .filter(|day| matches!(day.kind, DayKind::Holiday | DayKind::Compensatory) && !is_weekend(day.date))
            .count();
        let coinciding = 11 + usize::from(year >= 2026) - off;
        assert!(coinciding <= 1, "{year}: {off} days; only two holidays on one date may cost a day");
    }
}

#[rstest]
#[case("2026-04-27", DayKind::Compensatory, Some("2026-04-26"), "Giỗ Tổ Hùng Vương")]
#[case("2026-01-10", DayKind::SwapWork, Some("2026-01-02"), "Làm bù cho ngày 02/01/2026")]
#[case("2026-08-31", DayKind::SwapOff, Some("2026-08-22"), "Nghỉ hoán đổi dịp Quốc khánh")]
#[case("2030-02-02", DayKind::Holiday, None, "Tết Nguyên đán")]
fn a_day_says_why(#[case] day: &str, #[case] kind: DayKind, #[case] stands_for: Option<&str>, #[case] name: &str) {
    let national = calendar(&[NATIONAL]);
    let day = national.day(date(day)).unwrap();
    let reason = day.reason.as_ref().unwrap();
    assert_eq!((day.kind, reason.stands_for, reason.name.as_str()), (kind, stands_for.map(date), name));
    assert!(!reason.legal.act.is_empty());
}

#[test]
fn the_day_of_culture_begins_in_2026() {
    let national = calendar(&[NATIONAL]);
    assert_eq!(national.day(date("2025-11-24")).unwrap().kind, DayKind::Working);
    assert_eq!(national.day(date("2026-11-24")).unwrap().kind, DayKind::Holiday);
}

#[test]
fn a_worked_saturday_has_the_hours_of_the_day_it_stands_for() {
    let national = calendar(&[NATIONAL]);
    assert_eq!(sessions(&national, "2026-08-22"), "07:00-11:30 13:30-17:00");
}

#[rstest]
#[case::summer("2026-06-01", "06:30-11:00 13:30-17:00")]
#[case::first_day_of_summer("2026-04-15", "06:30-11:00 13:30-17:00")]
#[case::between_seasons_the_nation_decides("2026-10-19", "07:00-11:30 13:30-17:00")]
#[case::winter_over_new_year("2027-01-04", "07:30-11:30 13:00-16:30")]
#[case::winter_saturday("2026-12-05", "07:30-10:30")]
#[case::winter_hours_ended("2028-12-04", "07:00-11:30 13:30-17:00")]
#[case::before_the_decision("2020-06-01", "07:00-11:30 13:30-17:00")]
#[case::holidays_stay("2026-09-02", "")]
fn an_agency_overrides_the_hours_when_it_has_any(#[case] day: &str, #[case] expected: &str) {
    assert_eq!(sessions(&calendar(&[NATIONAL, AGENCY]), day), expected);
}

#[test]
fn a_saturday_desk_opens_but_does_not_count() {
    let agency = calendar(&[NATIONAL, AGENCY]);
    let saturday = agency.day(date("2026-06-06")).unwrap();
    assert_eq!((saturday.kind, saturday.is_working()), (DayKind::WeeklyRest, false));
    assert_eq!(saturday.desk.iter().map(ToString::to_string).collect::<Vec<_>>(), ["07:30-10:30"]);
    assert!(agency.day(date("2027-02-06")).unwrap().desk.is_empty(), "closed on the first day of Tết");
}

#[test]
fn a_holiday_on_a_worked_saturday_needs_no_compensation() {
    let agency = calendar(&[NATIONAL, AGENCY]);
    assert_eq!(agency.day(date("2022-01-01")).unwrap().date.weekday(), Weekday::Sat);
    assert_eq!(agency.day(date("2022-01-03")).unwrap().kind, DayKind::Working);
    assert_eq!(calendar(&[NATIONAL]).day(date("2022-01-03")).unwrap().kind, DayKind::Compensatory);
}

#[test]
fn a_holiday_that_is_worked_needs_no_compensation() {
    let agency = r#"
        name = "Cơ quan Mẫu"
        [[date]]
        date = "2026-04-26"
        kind = "swap_work"
        stands_for = "2026-04-24"
        name = "Trực Giỗ Tổ"
        legal = { act = "thử", verified = false }
    "#;
    let agency = calendar(&[NATIONAL, agency]);
    assert!(agency.day(date("2026-04-26")).unwrap().is_working());
    assert!(agency.day(date("2026-04-27")).unwrap().is_working());
}

#[test]
fn a_closer_layer_replaces_a_holiday_and_a_decided_day() {
    let province = r#"
        name = "Tỉnh Mẫu"
        [[holiday]]
        id = "national-day"
        name = "Quốc khánh"
        on = { solar = "09-02" }
        in_force = { from = "2026-01-01" }
        legal = { act = "thử", verified = false }
        [[date]]
        date = "2026-08-31"
        kind = "swap_work"
        stands_for = "2026-08-31"
        name = "Vẫn làm việc"
        legal = { act = "thử", verified = false }
        [[date]]
        date = "2026-04-28"
        kind = "compensatory"
        stands_for = "2026-04-26"
        name = "Giỗ Tổ Hùng Vương"
        legal = { act = "thử", verified = false }
    "#;
    let province = calendar(&[NATIONAL, province]);
    let kind = |day| province.day(date(day)).unwrap().kind;
    assert_eq!(kind("2026-09-01"), DayKind::Working);
    assert_eq!(kind("2026-08-31"), DayKind::SwapWork);
    assert_eq!(kind("2026-04-27"), DayKind::Working, "the decision moved the compensatory day");
    assert_eq!(kind("2026-04-28"), DayKind::Compensatory);
}

#[test]
fn length_of_day_and_cut_off_are_data() {
    let national = calendar(&[NATIONAL]);
    assert_eq!(national.day_minutes(date("2026-06-01")), Some(480));
    assert_eq!(national.cut_off(date("2026-06-01")), NaiveTime::from_hms_opt(15, 0, 0));
    assert_eq!(national.cut_off(date("2018-06-20")), None);
}

#[test]
fn beyond_its_years_a_calendar_knows_nothing() {
    let national = calendar(&[NATIONAL]);
    assert!(national.day(date("1999-12-31")).is_none());
    assert!(national.day(date("2149-12-31")).is_some());
    assert!(national.day(date("2150-01-01")).is_none());
}

#[rstest]
#[case::overlapping_sessions(
    r#"[[hours]]
    in_force = { from = "2026-01-01" }
    week = [{ days = ["Mon"], sessions = ["07:00-12:00", "11:00-17:00"] }]
    legal = { act = "thử", verified = false }"#,
    "thử: sessions of the hours in force from 2026-01-01 overlap or are out of order"
)]
#[case::backwards_period(
    r#"[[compensation]]
    in_force = { from = "2026-01-02", to = "2026-01-01" }
    legal = { act = "thử", verified = false }"#,
    "thử: an entry holds from 2026-01-02 to 2026-01-01, which is earlier"
)]
#[case::worked_for_nothing(
    r#"[[date]]
    date = "2026-01-10"
    kind = "swap_work"
    name = "Làm bù"
    legal = { act = "thử", verified = false }"#,
    "thử: the row of 2026-01-10 does not say which day it stands for"
)]
#[case::decided_twice(
    r#"date = [
      { date = "2026-01-10", kind = "holiday", name = "a", legal = { act = "thử", verified = false } },
      { date = "2026-01-10", kind = "holiday", name = "b", legal = { act = "thử", verified = false } },
    ]"#,
    "thử: 2026-01-10 is decided twice"
)]
#[case::no_days(
    r#"[[holiday]]
    id = "x"
    name = "x"
    on = { solar = "01-01" }
    days = 0
    in_force = { from = "2026-01-01" }
    legal = { act = "thử", verified = false }"#,
    "thử: holiday x lasts no day"
)]
fn mistakes_are_named(#[case] entry: &str, #[case] message: &str) {
    let error = Rules::from_toml(&format!("name = \"thử\"\n{entry}")).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[rstest]
#[case("sessions = [\"17:00-07:00\"]")]
#[case("sessions = [\"07:00-25:00\"]")]
#[case("sessions = [\"7:00-11:00\"]")]
#[case("sessions = [\"+7:00-11:00\"]")]
#[case("sessions = [\"07:60-11:00\"]")]
fn what_is_no_session_is_refused(#[case] sessions: &str) {
    let text = format!(
        "name = \"thử\"\n[[hours]]\nin_force = {{ from = \"2026-01-01\" }}\nweek = [{{ days = [\"Mon\"], {sessions} }}]\n\
         legal = {{ act = \"thử\", verified = false }}"
    );
    assert!(matches!(Rules::from_toml(&text), Err(RulesError::Toml(_))));
}

#[test]
fn a_misspelt_key_is_refused() {
    assert!(matches!(Rules::from_toml("name = \"thử\"\nhollidays = []"), Err(RulesError::Toml(_))));
}

#[rstest]
#[case(0, false)]
#[case(480, true)]
#[case(1440, true)]
#[case(u32::MAX, false)]
fn a_working_day_is_worth_something_and_no_more_than_a_day(#[case] minutes: u32, #[case] taken: bool) {
    let text = format!(
        "name = \"thử\"\n[[day_length]]\nminutes = {minutes}\nin_force = {{ from = \"2026-01-01\" }}\n\
         legal = {{ act = \"thử\", verified = false }}"
    );
    let rules = Rules::from_toml(&text);
    assert!(if taken { rules.is_ok() } else { matches!(rules, Err(RulesError::DayLength { .. })) }, "{rules:?}");
}

fn sessions(calendar: &Calendar, day: &str) -> String {
    let day = calendar.day(date(day)).unwrap();
    day.sessions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
