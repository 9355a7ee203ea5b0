//! Vietnam's lunar calendar, computed for the meridian of UTC+7 (Decision 121/CP of 8 August 1967).
//!
//! A month begins on the day of the astronomical new moon; the eleventh month holds the winter solstice; when thirteen
//! new moons lie between two eleventh months, the first month without a principal solar term is the leap one.
//! New moon and longitude of the sun follow Jean Meeus, *Astronomical Algorithms* (2nd ed., chapters 49 and 25).
//! A table made for Beijing must never stand in: the two calendars differ whenever a new moon falls between
//! 23:00 and midnight of Hà Nội, as before Tết 2030.

use chrono::{Datelike, NaiveDate};

/// A day of the lunar calendar. `year` is the solar year in which its first month begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LunarDate {
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// True in the second of two months that bear the same number.
    pub leap: bool,
    /// 1 to 29 or 30.
    pub day: u32,
}

impl LunarDate {
    /// A day of an ordinary month.
    pub const fn new(year: i32, month: u32, day: u32) -> Self {
        Self { year, month, leap: false, day }
    }

    /// The solar date, or `None` when that year has no such month or that month no such day.
    pub fn to_solar(self) -> Option<NaiveDate> {
        let solstice_year = if self.month >= 11 { self.year } else { self.year - 1 };
        let month = months_after_solstice(solstice_year)
            .into_iter()
            .find(|month| (month.number, month.leap) == (self.month, self.leap))?;
        let length = new_moon_day(month.lunation + 1) - new_moon_day(month.lunation);
        let day = i32::try_from(self.day).ok().filter(|day| (1..=length).contains(day))?;
        NaiveDate::from_num_days_from_ce_opt(new_moon_day(month.lunation) + day - 1)
    }

    /// The lunar date of a solar one.
    pub fn of(date: NaiveDate) -> Self {
        let day = date.num_days_from_ce();
        let solstice_year =
            if new_moon_day(solstice_lunation(date.year())) <= day { date.year() } else { date.year() - 1 };
        let months = months_after_solstice(solstice_year);
        let index = months.partition_point(|month| new_moon_day(month.lunation) <= day).saturating_sub(1);
        let month = months[index];
        Self {
            year: if month.number >= 11 { solstice_year } else { solstice_year + 1 },
            month: month.number,
            leap: month.leap,
            day: (day - new_moon_day(month.lunation) + 1).unsigned_abs(),
        }
    }
}

/// One month of the run that begins with an eleventh month; `lunation` counts new moons from that of 6 January 2000.
#[derive(Clone, Copy)]
struct Month {
    number: u32,
    leap: bool,
    lunation: i32,
}

/// The twelve or thirteen months from the eleventh of `year` to the tenth of the next.
fn months_after_solstice(year: i32) -> Vec<Month> {
    let (first, next) = (solstice_lunation(year), solstice_lunation(year + 1));
    let leap_lunation =
        if next - first == 13 { (first + 1..next).find(|&lunation| lacks_principal_term(lunation)) } else { None };
    let mut number = 10;
    (first..next)
        .map(|lunation| {
            let leap = leap_lunation == Some(lunation);
            if !leap {
                number = number % 12 + 1;
            }
            Month { number, leap, lunation }
        })
        .collect()
}

/// The month in which the sun reaches 270°, the winter solstice of `year`.
fn solstice_lunation(year: i32) -> i32 {
    // The last new moon of the solar year is that month's or, after the solstice, the next one's.
    let december = f64::from(year - 1999) * 365.2425 - 6.8;
    let mut lunation = floor(december / SYNODIC_MONTH);
    while sector_at_start(lunation) >= 9 {
        lunation -= 1;
    }
    lunation
}

/// A month without a principal term: the sun stays in one sector of 30° from its start to the next one's.
fn lacks_principal_term(lunation: i32) -> bool {
    sector_at_start(lunation) == sector_at_start(lunation + 1)
}

/// The sector of 30° (0 to 11, from the March equinox) in which the sun stands when the month's first day begins.
fn sector_at_start(lunation: i32) -> i32 {
    let midnight = f64::from(new_moon_day(lunation)) + JULIAN_DAY_OF_CE_0 - UTC_PLUS_7;
    floor(sun_longitude(midnight + delta_t(midnight)) / 30.0)
}

/// Day (counted as [`Datelike::num_days_from_ce`]) on which the new moon falls in Vietnam.
fn new_moon_day(lunation: i32) -> i32 {
    let terrestrial = new_moon(f64::from(lunation));
    floor(terrestrial - delta_t(terrestrial) + UTC_PLUS_7 - JULIAN_DAY_OF_CE_0)
}

const SYNODIC_MONTH: f64 = 29.530_588_861;
const UTC_PLUS_7: f64 = 7.0 / 24.0;
const JULIAN_DAY_OF_CE_0: f64 = 1_721_424.5;
const J2000: f64 = 2_451_545.0;

/// Terrestrial minus universal time, in days; Espenak and Meeus's parabola for 2005–2050.
fn delta_t(julian_day: f64) -> f64 {
    let years = (julian_day - J2000) / 365.25;
    (62.92 + 0.322_17 * years + 0.005_589 * years * years) / 86_400.0
}

/// Apparent longitude of the sun in degrees, 0 to 360, good to 0.01° (Meeus, chapter 25).
fn sun_longitude(julian_ephemeris_day: f64) -> f64 {
    let t = (julian_ephemeris_day - J2000) / 36_525.0;
    let mean_longitude = polynomial(t, &[280.466_46, 36_000.769_83, 0.000_303_2]);
    let anomaly = polynomial(t, &[357.529_11, 35_999.050_29, -0.000_153_7]).to_radians();
    let centre = polynomial(t, &[1.914_602, -0.004_817, -0.000_014]) * anomaly.sin()
        + polynomial(t, &[0.019_993, -0.000_101]) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let node = polynomial(t, &[125.04, -1_934.136]).to_radians();
    (mean_longitude + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// Julian ephemeris day of a new moon, good to half a minute in our centuries (Meeus, chapter 49).
fn new_moon(k: f64) -> f64 {
    let t = k / 1_236.85;
    let mean = 2_451_550.097_66 + SYNODIC_MONTH * k + polynomial(t, &[0.0, 0.0, 0.000_154_37, -0.000_000_15, 7.3e-10]);
    let eccentricity = polynomial(t, &[1.0, -0.002_516, -0.000_007_4]);
    let sun = 2.553_4 + 29.105_356_7 * k + polynomial(t, &[0.0, 0.0, -0.000_001_4, -0.000_000_11]);
    let moon = 201.564_3 + 385.816_935_28 * k + polynomial(t, &[0.0, 0.0, 0.010_758_2, 0.000_012_38, -5.8e-8]);
    let latitude = 160.710_8 + 390.670_502_84 * k + polynomial(t, &[0.0, 0.0, -0.001_611_8, -0.000_002_27, 1.1e-8]);
    let node = 124.774_6 - 1.563_755_88 * k + polynomial(t, &[0.0, 0.0, 0.002_067_2, 0.000_002_15]);

    let periodic: f64 = NEW_MOON_TERMS
        .iter()
        .map(|&(amplitude, e, of_moon, of_sun, of_latitude)| {
            let argument = of_moon * moon + of_sun * sun + of_latitude * latitude;
            amplitude * eccentricity.powi(e) * argument.to_radians().sin()
        })
        .sum();
    let planetary: f64 =
        PLANETARY_TERMS.iter().map(|&(amplitude, start, rate)| amplitude * (start + rate * k).to_radians().sin()).sum();
    let venus = 0.000_325 * (299.77 + 0.107_408 * k - 0.009_173 * t * t).to_radians().sin();
    mean + periodic - 0.000_17 * node.to_radians().sin() + planetary + venus
}

/// Days; power of the eccentricity; multiples of the moon's anomaly, the sun's anomaly, the moon's argument of latitude.
const NEW_MOON_TERMS: [(f64, i32, f64, f64, f64); 24] = [
    (-0.407_20, 0, 1.0, 0.0, 0.0),
    (0.172_41, 1, 0.0, 1.0, 0.0),
    (0.016_08, 0, 2.0, 0.0, 0.0),
    (0.010_39, 0, 0.0, 0.0, 2.0),
    (0.007_39, 1, 1.0, -1.0, 0.0),
    (-0.005_14, 1, 1.0, 1.0, 0.0),
    (0.002_08, 2, 0.0, 2.0, 0.0),
    (-0.001_11, 0, 1.0, 0.0, -2.0),
    (-0.000_57, 0, 1.0, 0.0, 2.0),
    (0.000_56, 1, 2.0, 1.0, 0.0),
    (-0.000_42, 0, 3.0, 0.0, 0.0),
    (0.000_42, 1, 0.0, 1.0, 2.0),
    (0.000_38, 1, 0.0, 1.0, -2.0),
    (-0.000_24, 1, 2.0, -1.0, 0.0),
    (-0.000_07, 0, 1.0, 2.0, 0.0),
    (0.000_04, 0, 2.0, 0.0, -2.0),
    (0.000_04, 0, 0.0, 3.0, 0.0),
    (0.000_03, 0, 1.0, 1.0, -2.0),
    (0.000_03, 0, 2.0, 0.0, 2.0),
    (-0.000_03, 0, 1.0, 1.0, 2.0),
    (0.000_03, 0, 1.0, -1.0, 2.0),
    (-0.000_02, 0, 1.0, -1.0, -2.0),
    (-0.000_02, 0, 3.0, 1.0, 0.0),
    (0.000_02, 0, 4.0, 0.0, 0.0),
];

/// Days; degrees at k = 0; degrees for each k. The first argument, Venus's, also bends with time and stands in the code.
const PLANETARY_TERMS: [(f64, f64, f64); 13] = [
    (0.000_165, 251.88, 0.016_321),
    (0.000_164, 251.83, 26.651_886),
    (0.000_126, 349.42, 36.412_478),
    (0.000_110, 84.66, 18.206_239),
    (0.000_062, 141.74, 53.303_771),
    (0.000_060, 207.14, 2.453_732),
    (0.000_056, 154.84, 7.306_860),
    (0.000_047, 34.52, 27.261_239),
    (0.000_042, 207.19, 0.121_824),
    (0.000_040, 291.34, 1.844_379),
    (0.000_037, 161.72, 24.198_154),
    (0.000_035, 239.56, 25.513_099),
    (0.000_023, 331.55, 3.592_518),
];

/// Coefficients from the constant upwards.
fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[expect(clippy::cast_possible_truncation, reason = "days and lunations of any year chrono knows fit")]
fn floor(x: f64) -> i32 {
    x.floor() as i32
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    #[case(2019, "2019-02-05", "2019-04-14")]
    #[case(2020, "2020-01-25", "2020-04-02")]
    #[case(2021, "2021-02-12", "2021-04-21")]
    #[case(2022, "2022-02-01", "2022-04-10")]
    #[case(2023, "2023-01-22", "2023-04-29")]
    #[case(2024, "2024-02-10", "2024-04-18")]
    #[case(2025, "2025-01-29", "2025-04-07")]
    #[case(2026, "2026-02-17", "2026-04-26")]
    #[case(2027, "2027-02-06", "2027-04-16")]
    #[case(2028, "2028-01-26", "2028-04-04")]
    #[case(2029, "2029-02-13", "2029-04-23")]
    #[case(2030, "2030-02-02", "2030-04-12")]
    #[case(2031, "2031-01-23", "2031-04-01")]
    #[case(2032, "2032-02-11", "2032-04-19")]
    #[case(2033, "2033-01-31", "2033-04-09")]
    #[case(2034, "2034-02-19", "2034-04-28")]
    #[case(2035, "2035-02-08", "2035-04-17")]
    fn tet_and_the_hung_kings_day(#[case] year: i32, #[case] tet: &str, #[case] hung_kings: &str) {
        assert_eq!(LunarDate::new(year, 1, 1).to_solar(), Some(date(tet)));
        assert_eq!(LunarDate::new(year, 3, 10).to_solar(), Some(date(hung_kings)));
    }

    #[rstest]
    #[case(2014, 9)]
    #[case(2017, 6)]
    #[case(2020, 4)]
    #[case(2023, 2)]
    #[case(2025, 6)]
    #[case(2028, 5)]
    #[case(2031, 3)]
    #[case(2033, 11)]
    fn a_leap_year_has_its_leap_month_where_the_almanac_has_it(#[case] year: i32, #[case] leap_month: u32) {
        let leap_months: Vec<u32> = (1..=12)
            .filter(|&month| LunarDate { leap: true, ..LunarDate::new(year, month, 1) }.to_solar().is_some())
            .collect();
        assert_eq!(leap_months, [leap_month]);
    }

    #[test]
    fn every_day_of_a_century_goes_there_and_back() {
        let mut last = LunarDate::of(date("1999-12-31"));
        for day in date("2000-01-01").iter_days().take_while(|day| day.year() < 2100) {
            let lunar = LunarDate::of(day);
            assert_eq!(lunar.to_solar(), Some(day), "{day} {lunar:?}");
            let follows = lunar.day == last.day + 1 || (lunar.day == 1 && (29..=30).contains(&last.day));
            assert!(follows, "{last:?} is followed by {lunar:?}");
            last = lunar;
        }
    }

    #[test]
    fn a_day_that_the_month_lacks_is_refused() {
        assert_eq!(LunarDate::new(2026, 13, 1).to_solar(), None);
        assert_eq!(LunarDate::new(2026, 1, 0).to_solar(), None);
        assert_eq!(LunarDate::new(2025, 12, 30).to_solar(), None, "the last month of Ất Tỵ has 29 days");
    }

    #[test]
    fn the_new_moon_of_meeus_example_49a() {
        assert!((new_moon(-283.0) - 2_443_192.651_18).abs() < 0.000_02);
    }

    #[test]
    fn the_sun_of_meeus_example_25a() {
        assert!((sun_longitude(2_448_908.5) - 199.908_95).abs() < 0.000_1);
    }
}
