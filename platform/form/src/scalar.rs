//! Single values as people in Vietnam write them: numbers `1.234,5`, dates `31/12/1990`, phones, identity numbers.

use chrono::{Datelike, NaiveDate};
use serde_json::{Number, Value};
use unicode_normalization::UnicodeNormalization;

use crate::ErrorKind;

/// More digits than this are not exact in a JSON number (IEEE 754 double).
const MAX_DIGITS: usize = 15;
/// No living person, contract or building is older; an earlier year is a slip of the keyboard.
const FIRST_YEAR: i32 = 1800;

/// NFC, without control characters, trimmed. A tab or, in one line of text, a line end becomes a space.
pub(crate) fn text(typed: &str, lines: bool) -> String {
    let joined = typed.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = joined
        .nfc()
        .filter_map(|c| match c {
            '\n' if lines => Some('\n'),
            '\n' | '\t' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect();
    clean.trim().to_owned()
}

/// A number written the Vietnamese way: `.` between thousands (or nowhere), `,` before the fraction.
pub(crate) fn number(text: &str, whole: bool) -> Result<Value, ErrorKind> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (units, fraction) = match digits.split_once(',') {
        Some((_, fraction)) if !all_digits(fraction) => return Err(ErrorKind::NotANumber),
        Some((units, fraction)) => (units, fraction),
        None => (digits, ""),
    };
    let units = without_grouping(units).ok_or(ErrorKind::NotANumber)?;
    if units.len() + fraction.len() > MAX_DIGITS {
        return Err(ErrorKind::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        let number: i64 = format!("{sign}{units}").parse().map_err(|_| ErrorKind::NotANumber)?;
        return Ok(number.into());
    }
    if whole {
        return Err(ErrorKind::NotWhole);
    }
    format!("{sign}{units}.{fraction}")
        .parse()
        .ok()
        .and_then(Number::from_f64)
        .map(Value::Number)
        .ok_or(ErrorKind::NotANumber)
}

fn without_grouping(units: &str) -> Option<String> {
    let mut groups = units.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len());
    let sound = all_digits(first) && rest.iter().all(|group| group.len() == 3 && all_digits(group));
    (grouped && sound).then(|| first.to_owned() + &rest.concat())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number as it is written in Vietnam, with thousands grouped.
pub(crate) fn number_text(number: &Number) -> String {
    let plain = number
        .as_i64()
        .map(|whole| whole.to_string())
        .or_else(|| number.as_f64().map(|real| real.to_string()))
        .unwrap_or_default();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.as_str()),
    };
    let (units, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (at, digit) in units.chars().enumerate() {
        if at > 0 && (units.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push(',');
        grouped.push_str(fraction);
    }
    grouped
}

/// Money typed with or without its unit.
pub(crate) fn money(text: &str) -> Result<Value, ErrorKind> {
    let lower = text.to_lowercase();
    let amount = ["đồng", "vnd", "vnđ", "đ"].iter().find_map(|unit| lower.strip_suffix(unit)).unwrap_or(&lower);
    number(amount.trim_end(), true)
}

/// `31/12/1990`, also with `-`, `.` or a space, `31121990`, or ISO 8601 as browsers fill it in.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
    let (year, month, day) = match parts.as_slice() {
        [whole] if whole.len() == 8 && all_digits(whole) => (&whole[4..], &whole[2..4], &whole[..2]),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [day, month, year] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    let short = |part: &str| all_digits(part) && part.len() <= 2;
    if !all_digits(year) || !short(month) || !short(day) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .filter(|date| date.year() >= FIRST_YEAR)
}

/// A stored date: ISO 8601, nothing else.
pub(crate) fn iso_date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| text.len() == 10 && date.year() >= FIRST_YEAR)
}

/// `31/12/1990`
pub(crate) fn date_text(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Digits without the spaces, dots and dashes people write, `+84` as `0`.
pub(crate) fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
    match digits.strip_prefix("+84") {
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => digits,
    }
}

/// A Vietnamese mobile number (10 digits, prefixes in use since the change of 2018), a landline (11 digits, `02…`) or a foreign number
/// in E.164.
pub(crate) fn is_phone(text: &str) -> bool {
    if let Some(foreign) = text.strip_prefix('+') {
        return all_digits(foreign) && (7..=15).contains(&foreign.len()) && !foreign.starts_with("84");
    }
    if !all_digits(text) {
        return false;
    }
    match text.as_bytes() {
        [b'0', b'2', ..] => text.len() == 11,
        [b'0', network, digit, ..] if text.len() == 10 => match network {
            b'3' => *digit >= b'2',
            b'5' => b"25689".contains(digit),
            b'7' => b"06789".contains(digit),
            b'8' => *digit >= b'1',
            b'9' => true,
            _ => false,
        },
        _ => false,
    }
}

pub(crate) fn id_number(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '.')).collect()
}

/// Twelve digits (Luật Căn cước 2023, Điều 12). Whether the number was ever given is for the population register to say.
pub(crate) fn is_id_number(text: &str) -> bool {
    text.len() == 12 && all_digits(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_read_the_vietnamese_way() {
        for (typed, value) in [
            ("1.234,5", json!(1234.5)),
            ("1234,5", json!(1234.5)),
            ("1.234", json!(1234)),
            ("0,50", json!(0.5)),
            ("-7,0", json!(-7)),
        ] {
            assert_eq!(number(typed, false), Ok(value), "{typed}");
        }
        for typed in ["", "1.5", "12.34", "1,2,3", "1e5", ",5", "1.2345", "1234.567", "9999999999999999", "٣"] {
            assert_eq!(number(typed, false), Err(ErrorKind::NotANumber), "{typed}");
        }
        assert_eq!(number("2,5", true), Err(ErrorKind::NotWhole));
        assert_eq!(money("100.000 đ"), Ok(json!(100_000)));
        assert_eq!(money("5.000 VNĐ"), Ok(json!(5000)));
    }

    #[test]
    fn dates_are_read_as_typed_and_kept_as_iso() {
        let expected = NaiveDate::from_ymd_opt(2026, 2, 1);
        for typed in ["01/02/2026", "1/2/2026", "1-2-2026", "01022026", "2026-02-01", "1.2.2026"] {
            assert_eq!(date(typed), expected, "{typed}");
        }
        for typed in ["30/02/2026", "1/2/26", "2026", "1/2", "a/b/cccc", "01/02/0026", "é1022026", "+1/2/2026"] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }

    #[test]
    fn phones_lose_their_ornaments() {
        assert_eq!(phone("+84 90 000 00 00"), "0900000000");
        assert_eq!(phone("090.000.0000"), "0900000000");
        for good in ["0900000000", "02580000000", "+33100000000"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["", "0", "0400000000", "090000000", "0258000000", "+84900000000", "٠٩٠٠٠٠٠٠٠٠"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }

    #[test]
    fn text_is_composed_and_trimmed() {
        assert_eq!(text("  Nguye\u{302}\u{303}n\u{0}\tVăn ", false), "Nguyễn Văn");
        assert_eq!(text("a\r\nb\n", true), "a\nb");
        assert_eq!(text("a\r\nb", false), "a b");
    }

    proptest! {
        #[test]
        fn a_shown_number_reads_as_itself(units in -99_999_999_999_i64..=99_999_999_999, thousandths in 0_i64..1000) {
            let typed = format!("{units},{thousandths:03}");
            let value = number(&typed, false).unwrap();
            let shown = number_text(value.as_number().unwrap());
            prop_assert_eq!(number(&shown, false), Ok(value));
        }

        #[test]
        fn a_shown_date_reads_as_itself(days in 657_073_i32..800_000) {
            let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(date(&date_text(day)), Some(day));
            prop_assert_eq!(iso_date(&day.to_string()), Some(day));
        }

        #[test]
        fn garbage_is_refused_quietly(typed in any::<String>()) {
            let _ = (number(&typed, false), money(&typed), date(&typed), iso_date(&typed));
            let _ = (is_phone(&phone(&typed)), is_id_number(&id_number(&typed)), text(&typed, true));
        }
    }
}
