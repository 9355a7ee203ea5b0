//! Why a clock is due when it is: the facts that led there, in order, and the same in Vietnamese.

mod vietnamese;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

pub use vietnamese::left_phrase;

use crate::calendar::{Calendar, Day, DayKind};
use crate::clock::{Budget, Clock, Counting, Length, OutOfCalendar, Outcome, Plan, naive};
use crate::rules::Legal;
use crate::spans::{Span, Standstills};

/// The facts behind a clock, in the order in which they are told. Times are local. `Display` tells them in Vietnamese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub facts: Vec<Fact>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Received {
        at: NaiveDateTime,
    },
    /// It came in later in the day than the cut-off allows.
    AfterCutOff {
        cut_off: NaiveTime,
    },
    /// It came in at an hour that does not count.
    OutsideHours,
    /// Told only when it is not the moment of receipt.
    CountedFrom {
        at: NaiveDateTime,
    },
    Budget {
        budget: Budget,
        counting: Counting,
    },
    /// Day 0 of a budget in days.
    DayNotCounted {
        date: NaiveDate,
    },
    /// Days off beyond the weekly rest days, one after the other for one reason.
    DaysOff {
        kind: DayKind,
        name: String,
        legal: Legal,
        from: NaiveDate,
        to: NaiveDate,
    },
    /// A rest day that counted because it was worked.
    DayWorked {
        name: String,
        legal: Legal,
        date: NaiveDate,
    },
    Paused {
        from: NaiveDateTime,
        to: Option<NaiveDateTime>,
        reason: String,
        took: Took,
    },
    /// The last day of a budget in calendar days was off.
    LastDayOff {
        date: NaiveDate,
    },
    Due {
        at: NaiveDateTime,
    },
    /// Paused: nobody can say yet.
    NotDueYet,
    Ended {
        at: NaiveDateTime,
        outcome: Outcome,
    },
}

/// What a pause took, in the unit that the budget is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    WorkingMinutes { minutes: u32, day_minutes: u32 },
    WorkingDays(u32),
    CalendarDays(u32),
}

impl Explanation {
    /// Explains a clock as it stands at `at`; that moment ends the story only while there is no due time.
    pub fn of(clock: &Clock, calendar: &Calendar, at: DateTime<Utc>) -> Result<Self, OutOfCalendar> {
        let calendar = clock.counted_on(calendar);
        let plan = clock.plan(calendar)?;
        let due = clock.due(calendar)?.map(naive);
        let horizon = due.unwrap_or(naive(at)).max(plan.start);

        let mut facts = beginning(clock, calendar, &plan);
        let mut course = exceptional_days(calendar, naive(clock.received).date(), horizon.date());
        course.extend(pauses(clock, calendar, &plan, horizon)?);
        course.sort_by_key(|(when, _)| *when);
        facts.extend(course.into_iter().map(|(_, fact)| fact));
        match due {
            Some(at) => {
                let last = plan.last_day(calendar, &clock.standstills())?.filter(|&last| last < at.date());
                facts.extend(last.map(|date| Fact::LastDayOff { date }));
                facts.push(Fact::Due { at });
            }
            None => facts.push(Fact::NotDueYet),
        }
        if let (Some(ended), Some(outcome)) = (clock.ended, clock.outcome(calendar)?) {
            facts.push(Fact::Ended { at: naive(ended), outcome });
        }
        Ok(Self { facts })
    }
}

fn beginning(clock: &Clock, calendar: &Calendar, plan: &Plan) -> Vec<Fact> {
    let received = naive(clock.received);
    let mut facts = vec![Fact::Received { at: received }];
    if plan.start != received {
        let open_day = calendar.day(received.date()).is_some_and(Day::is_working);
        facts.push(match clock.terms.cut_off {
            Some(cut_off) if open_day && received.time() > cut_off => Fact::AfterCutOff { cut_off },
            _ => Fact::OutsideHours,
        });
        facts.push(Fact::CountedFrom { at: plan.start });
    }
    if matches!(plan.length, Length::WorkingDays(1..) | Length::AlmanacDays(1..)) {
        facts.push(Fact::DayNotCounted { date: plan.start.date() });
    }
    facts.push(Fact::Budget { budget: clock.terms.budget, counting: clock.terms.counting });
    facts
}

/// Days off and days worked against the weekly rule, each run under its first day.
fn exceptional_days(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDateTime, Fact)> {
    let mut runs: Vec<(NaiveDateTime, Fact)> = Vec::new();
    for day in calendar.days_from(from).take_while(|day| day.date <= to) {
        let Some(reason) = &day.reason else { continue };
        if day.kind == DayKind::SwapWork {
            let worked = Fact::DayWorked { name: reason.name.clone(), legal: reason.legal.clone(), date: day.date };
            runs.push((day.date.and_time(NaiveTime::MIN), worked));
            continue;
        }
        match runs.last_mut() {
            Some((_, Fact::DaysOff { kind, name, to, .. }))
                if (*kind, &*name) == (day.kind, &reason.name) && to.succ_opt() == Some(day.date) =>
            {
                *to = day.date;
            }
            _ => runs.push((
                day.date.and_time(NaiveTime::MIN),
                Fact::DaysOff {
                    kind: day.kind,
                    name: reason.name.clone(),
                    legal: reason.legal.clone(),
                    from: day.date,
                    to: day.date,
                },
            )),
        }
    }
    runs
}

/// The pauses that began before `horizon`, each with what it took; one that lasts has taken what it took until then.
fn pauses(
    clock: &Clock,
    calendar: &Calendar,
    plan: &Plan,
    horizon: NaiveDateTime,
) -> Result<Vec<(NaiveDateTime, Fact)>, OutOfCalendar> {
    let day_minutes = calendar.day_minutes(plan.start.date()).ok_or(OutOfCalendar)?;
    let took = |span: Span| match plan.length {
        Length::Time(_) => {
            let minutes = calendar.worked(span, &Standstills::none()).num_minutes();
            Took::WorkingMinutes { minutes: u32::try_from(minutes).unwrap_or(u32::MAX), day_minutes }
        }
        Length::WorkingDays(_) => Took::WorkingDays(plan.days_ended_in(calendar, span)),
        Length::AlmanacDays(_) => Took::CalendarDays(plan.days_ended_in(calendar, span)),
    };
    let facts = clock.pauses.iter().filter(|pause| naive(pause.from) < horizon).map(|pause| {
        let (from, to) = (naive(pause.from), pause.to.map(naive));
        let took = took(Span { from: from.max(plan.start), to: to.unwrap_or(horizon) });
        (from, Fact::Paused { from, to, reason: pause.reason.clone(), took })
    });
    Ok(facts.collect())
}
