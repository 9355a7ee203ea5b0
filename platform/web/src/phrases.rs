//! Times as people in Vietnam write them.

use base::local;
use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

use crate::texts::Lang;

/// `09/11/2026`.
pub fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `08:12`.
pub fn time_of_day(at: DateTime<Utc>) -> String {
    local(at).format("%H:%M").to_string()
}

/// `08:12 ngày 09/11/2026`, or `08:12, 09/11/2026`.
pub fn moment(lang: Lang, at: DateTime<Utc>) -> String {
    let at = local(at);
    match lang {
        Lang::Vi => at.format("%H:%M ngày %d/%m/%Y").to_string(),
        Lang::En => at.format("%H:%M, %d/%m/%Y").to_string(),
    }
}

/// `Thứ Sáu`, or `Friday`.
pub fn weekday(lang: Lang, day: NaiveDate) -> &'static str {
    match (lang, day.weekday()) {
        (Lang::Vi, Weekday::Mon) => "Thứ Hai",
        (Lang::Vi, Weekday::Tue) => "Thứ Ba",
        (Lang::Vi, Weekday::Wed) => "Thứ Tư",
        (Lang::Vi, Weekday::Thu) => "Thứ Năm",
        (Lang::Vi, Weekday::Fri) => "Thứ Sáu",
        (Lang::Vi, Weekday::Sat) => "Thứ Bảy",
        (Lang::Vi, Weekday::Sun) => "Chủ Nhật",
        (Lang::En, Weekday::Mon) => "Monday",
        (Lang::En, Weekday::Tue) => "Tuesday",
        (Lang::En, Weekday::Wed) => "Wednesday",
        (Lang::En, Weekday::Thu) => "Thursday",
        (Lang::En, Weekday::Fri) => "Friday",
        (Lang::En, Weekday::Sat) => "Saturday",
        (Lang::En, Weekday::Sun) => "Sunday",
    }
}
