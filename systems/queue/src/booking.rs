//! A booking (lịch hẹn): an hour at a desk, for whoever holds its link. It names nobody.

use base::{Id, Now};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use province::BookingTerms;
use worktime::Day;

/// Where a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Booked,
    /// An end: its holder came in time and has a ticket.
    Arrived,
    /// An end.
    Cancelled,
    /// An end: nobody came in time.
    Missed,
}

impl State {
    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Booked => "queue-booking-booked",
            Self::Arrived => "queue-booking-arrived",
            Self::Cancelled => "queue-booking-cancelled",
            Self::Missed => "queue-booking-missed",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Booked | Self::Arrived => "ok",
            Self::Cancelled => "wait",
            Self::Missed => "late",
        }
    }
}

/// One booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// By chance: whoever knows it may come or call off. The ticket that is drawn on arrival has the same.
    pub id: Id,
    pub agency: Id,
    pub kind: Id,
    pub starts_at: DateTime<Utc>,
    pub made_at: DateTime<Utc>,
    pub arrived_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Booking {
    pub fn state(&self, terms: BookingTerms, now: Now) -> State {
        if self.arrived_at.is_some() {
            State::Arrived
        } else if self.cancelled_at.is_some() {
            State::Cancelled
        } else if now.utc() > self.starts_at + TimeDelta::minutes(terms.late_minutes) {
            State::Missed
        } else {
            State::Booked
        }
    }

    /// Whether its holder may say now that they are here.
    pub fn may_arrive(&self, terms: BookingTerms, now: Now) -> bool {
        let earliest = self.starts_at - TimeDelta::minutes(terms.early_minutes);
        self.state(terms, now) == State::Booked && now.utc() >= earliest
    }
}

/// When slots begin on a day: as many whole ones as each session of the office holds.
pub fn slots(day: &Day, terms: BookingTerms) -> Vec<DateTime<Utc>> {
    let length = terms.slot_minutes.max(1);
    let starts = day.sessions.iter().flat_map(|session| {
        let last = session.closes().saturating_sub(length);
        (session.opens()..=last).step_by(length.into())
    });
    let moment = |minute: u16| {
        let time = NaiveTime::from_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0)?;
        Some(day.date.and_time(time).and_local_timezone(base::ZONE).single()?.to_utc())
    };
    starts.filter_map(moment).collect()
}

#[cfg(test)]
mod tests {
    use worktime::{Calendar, Rules};

    use super::*;

    const TERMS: BookingTerms =
        BookingTerms { days_ahead: 7, slot_minutes: 60, per_slot: 4, early_minutes: 20, late_minutes: 15 };

    fn at(moment: &str) -> Now {
        Now::parse(&format!("2026-11-20T{moment}:00+07:00"))
    }

    #[test]
    fn whoever_comes_in_time_may_say_so_and_nobody_earlier_or_later() {
        let booking = Booking {
            id: Id::new(at("08:00")),
            agency: Id::new(at("08:00")),
            kind: Id::new(at("08:00")),
            starts_at: at("09:00").utc(),
            made_at: at("08:00").utc(),
            arrived_at: None,
            cancelled_at: None,
        };
        for (moment, may) in [("08:39", false), ("08:40", true), ("09:15", true), ("09:16", false)] {
            assert_eq!(booking.may_arrive(TERMS, at(moment)), may, "{moment}");
        }
        assert_eq!(booking.state(TERMS, at("09:16")), State::Missed);
        let arrived = Booking { arrived_at: Some(at("09:00").utc()), ..booking };
        assert!(!arrived.may_arrive(TERMS, at("09:01")), "once");
        assert_eq!(arrived.state(TERMS, at("12:00")), State::Arrived);
    }

    #[test]
    fn slots_lie_within_the_hours_of_the_office_and_there_are_none_on_a_day_off() {
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let calendar = Calendar::new(vec![rules]).unwrap();
        let friday = calendar.day(at("08:00").today()).unwrap();
        let found = slots(friday, TERMS);
        assert!(!found.is_empty());
        let minutes: u16 = friday.sessions.iter().map(|session| session.closes() - session.opens()).sum();
        assert!(found.len() <= usize::from(minutes / 60));
        assert!(found.windows(2).all(|pair| pair[1] - pair[0] >= TimeDelta::hours(1)));
        let sunday = calendar.day(Now::parse("2026-11-22T08:00:00+07:00").today()).unwrap();
        assert!(slots(sunday, TERMS).is_empty());
    }
}
