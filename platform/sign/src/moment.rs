//! Dates as PDF writes them (ISO 32000-1, 7.9.4).

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

/// Vietnam keeps UTC+7 all year (Decision 121/CP of 1967), so no time-zone database is needed.
const VIETNAM_SECONDS_EAST: i32 = 7 * 3600;

/// Writes an instant as a PDF date in Vietnamese time: `D:20261121101500+07'00'`.
pub(crate) fn to_pdf(at: DateTime<Utc>) -> String {
    let local = at.naive_utc() + chrono::Duration::seconds(i64::from(VIETNAM_SECONDS_EAST));
    local.format("D:%Y%m%d%H%M%S+07'00'").to_string()
}

/// Reads a full PDF date with its zone; anything shorter says too little to judge a certificate by and gives `None`.
pub(crate) fn from_pdf(text: &str) -> Option<DateTime<Utc>> {
    let digits = text.strip_prefix("D:").unwrap_or(text);
    let (stamp, zone) = digits.split_at_checked(14)?;
    let local = NaiveDateTime::parse_from_str(stamp, "%Y%m%d%H%M%S").ok()?;
    let seconds_east = seconds_east(zone)?;
    let offset = FixedOffset::east_opt(seconds_east)?;
    Some(local.and_local_timezone(offset).single()?.to_utc())
}

fn seconds_east(zone: &str) -> Option<i32> {
    let sign = match zone.chars().next()? {
        'Z' => return Some(0),
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let mut parts = zone.get(1..)?.split('\'');
    let hours: i32 = parts.next()?.parse().ok()?;
    let minutes: i32 = match parts.next() {
        None | Some("") => 0,
        Some(minutes) => minutes.parse().ok()?,
    };
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writes_vietnamese_time() {
        let at = Utc.with_ymd_and_hms(2026, 12, 31, 20, 5, 9).unwrap();
        assert_eq!(to_pdf(at), "D:20270101030509+07'00'");
    }

    #[test]
    fn reads_the_zones_other_software_writes() {
        let expected = Utc.with_ymd_and_hms(2026, 11, 21, 3, 15, 0).unwrap();
        for text in [
            "D:20261121101500+07'00'",
            "D:20261121101500+07'00",
            "D:20261121031500Z",
            "D:20261121031500Z00'00'",
            "D:20261120231500-04'00'",
        ] {
            assert_eq!(from_pdf(text), Some(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 0_i64..4_000_000_000) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            prop_assert_eq!(from_pdf(&to_pdf(at)), Some(at));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            from_pdf(&text);
        }
    }
}
