use chrono::NaiveTime;
use rstest::rstest;
use worktime::{Budget, Clock, Counting, Explanation, Fact, Pause, Remaining, State, Terms, Took, left_phrase};

use crate::{AGENCY, NATIONAL, at, calendar, clock, pause};

fn five_days(counting: Counting) -> Terms {
    Terms { budget: Budget::Days(5), counting, cut_off: NaiveTime::from_hms_opt(15, 0, 0) }
}

fn told(clock: &Clock) -> String {
    Explanation::of(clock, &calendar(&[NATIONAL]), at("2026-12-01 08:00")).unwrap().to_string()
}

#[test]
fn a_dossier_of_november_2026() {
    let mut dossier = clock("2026-11-20 16:00", five_days(Counting::DaysExclFirst));
    dossier.pauses = vec![pause("2026-11-25 10:00", "2026-11-30 10:00")];
    assert_eq!(
        told(&dossier),
        "Nhận lúc 16:00 thứ Sáu 20/11/2026, sau 15:00 nên tính từ 07:00 thứ Hai 23/11/2026, không tính ngày đầu 23/11; \
         thời hạn 5 ngày làm việc; nghỉ Ngày Văn hóa Việt Nam 24/11; \
         dừng 3 ngày làm việc chờ bổ sung hồ sơ (từ 10:00 25/11 đến 10:00 30/11); \
         vì vậy hạn là 17:00 thứ Sáu 04/12/2026."
    );
}

#[test]
fn a_dossier_in_hours_over_the_national_day() {
    let mut dossier = clock("2026-08-21 10:00", five_days(Counting::Hours));
    dossier.terms.budget = Budget::Days(7);
    dossier.pauses = vec![pause("2026-08-24 08:00", "2026-08-25 09:30")];
    dossier.ended = Some(at("2026-09-04 09:00"));
    assert_eq!(
        told(&dossier),
        "Nhận lúc 10:00 thứ Sáu 21/08/2026; thời hạn 7 ngày làm việc; làm bù cho ngày 31/08/2026 vào thứ Bảy 22/08; \
         dừng 1 ngày 1 giờ 30 chờ bổ sung hồ sơ (từ 08:00 24/08 đến 09:30 25/08); \
         nghỉ hoán đổi dịp Quốc khánh 31/08; nghỉ Quốc khánh từ 01/09 đến 02/09; \
         vì vậy hạn là 11:30 thứ Sáu 04/09/2026; kết thúc lúc 09:00 thứ Sáu 04/09/2026, đúng hạn."
    );
}

#[test]
fn a_paused_dossier_has_no_due_date_yet() {
    let mut dossier = clock("2026-06-06 09:00", five_days(Counting::DaysExclFirst));
    dossier.pauses = vec![Pause { to: None, ..pause("2026-06-10 10:00", "2026-06-10 10:00") }];
    let june = Explanation::of(&dossier, &calendar(&[NATIONAL]), at("2026-06-20 08:00")).unwrap();
    assert_eq!(
        june.to_string(),
        "Nhận lúc 09:00 thứ Bảy 06/06/2026, ngoài giờ làm việc nên tính từ 07:00 thứ Hai 08/06/2026, \
         không tính ngày đầu 08/06; thời hạn 5 ngày làm việc; \
         đang tạm dừng chờ bổ sung hồ sơ từ 10:00 10/06; vì vậy chưa có hạn, hạn sẽ được tính khi hết tạm dừng."
    );
}

#[test]
fn a_last_day_off_is_told() {
    let mut dossier = clock("2026-04-16 09:00", five_days(Counting::DaysExclFirst));
    dossier.terms.budget = Budget::CalendarDays(10);
    assert_eq!(
        told(&dossier),
        "Nhận lúc 09:00 thứ Năm 16/04/2026, không tính ngày đầu 16/04; thời hạn 10 ngày; \
         nghỉ Giỗ Tổ Hùng Vương 26/04; nghỉ bù Giỗ Tổ Hùng Vương 27/04; \
         ngày cuối 26/04 là ngày nghỉ nên chuyển sang ngày làm việc kế tiếp; vì vậy hạn là 17:00 thứ Ba 28/04/2026."
    );
}

#[test]
fn a_week_of_tet_is_one_fact_with_its_act() {
    let tet = Explanation::of(
        &clock("2026-02-13 10:00", five_days(Counting::Hours)),
        &calendar(&[NATIONAL, AGENCY]),
        at("2026-02-13 10:00"),
    )
    .unwrap();
    let days_off: Vec<_> = tet
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::DaysOff { from, to, legal, .. } => Some((from.to_string(), to.to_string(), !legal.act.is_empty())),
            _ => None,
        })
        .collect();
    assert_eq!(days_off, [("2026-02-16".to_owned(), "2026-02-20".to_owned(), true)]);
}

#[test]
fn what_a_pause_took_is_counted_as_the_budget_is() {
    let took = |budget, counting| {
        let mut dossier = clock("2026-06-01 08:00", Terms { budget, ..five_days(counting) });
        dossier.pauses = vec![pause("2026-06-05 10:00", "2026-06-08 09:00")];
        let facts = Explanation::of(&dossier, &calendar(&[NATIONAL]), at("2026-07-01 08:00")).unwrap().facts;
        facts.into_iter().find_map(|fact| match fact {
            Fact::Paused { took, .. } => Some(took),
            _ => None,
        })
    };
    assert_eq!(
        took(Budget::Days(9), Counting::Hours),
        Some(Took::WorkingMinutes { minutes: 7 * 60, day_minutes: 480 })
    );
    assert_eq!(took(Budget::Days(9), Counting::DaysExclFirst), Some(Took::WorkingDays(1)));
    assert_eq!(took(Budget::CalendarDays(9), Counting::Hours), Some(Took::CalendarDays(3)));
}

#[rstest]
#[case(State::Running, 0, "Đến hạn")]
#[case(State::Running, 20, "Còn 20 phút")]
#[case(State::Running, 65, "Còn 1 giờ 05")]
#[case(State::Running, 80, "Còn 1 giờ 20")]
#[case(State::Running, 240, "Còn 4 giờ")]
#[case(State::Running, 479, "Còn 7 giờ 59")]
#[case(State::Running, 480, "Còn 1 ngày")]
#[case(State::Running, 719, "Còn 1 ngày")]
#[case(State::Running, 720, "Còn 1,5 ngày")]
#[case(State::Running, 1439, "Còn 2,5 ngày")]
#[case(State::Running, 1440, "Còn 3 ngày làm việc")]
#[case(State::Running, 2900, "Còn 6 ngày làm việc")]
#[case(State::Late, 0, "Vừa quá hạn")]
#[case(State::Late, 59, "Trễ 59 phút")]
#[case(State::Late, 150, "Trễ 2 giờ")]
#[case(State::Late, 1500, "Trễ 3 ngày")]
#[case(State::Paused, 500, "Tạm dừng")]
fn what_is_left_in_a_few_words(#[case] state: State, #[case] minutes: u32, #[case] phrase: &str) {
    assert_eq!(left_phrase(Remaining { state, minutes, day_minutes: 480 }), phrase);
}
