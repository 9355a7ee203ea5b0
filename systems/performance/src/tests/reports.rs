//! Indicator 5.1 once more, from the entries of the journal one by one, with working days counted on the fingers.

use base::{Id, local};
use chrono::{DateTime, Days, Utc};
use journal::Line;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use store::Sql;
use worktime::Calendar;

use super::MINUTES_OF_A_DAY;
use crate::fixture::reports::steps;
use crate::fixture::{Fixture, calendars};
use crate::period::{Period, Span};
use crate::queries::{self, Reports};
use crate::{actions, rules};

/// The close of so many working days after the one on which it comes in.
fn after(calendar: &Calendar, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let on = local(from).date_naive();
    let closes = (0..400).filter_map(|later| calendar.closes(on.checked_add_days(Days::new(later)).unwrap()));
    closes.filter(|closes| from < *closes).nth(days as usize).unwrap()
}

/// What the entries of one report say.
struct Told {
    filed: DateTime<Utc>,
    refused: Option<DateTime<Utc>>,
    answered: Option<DateTime<Utc>>,
    /// Since when everybody sees it.
    public: Option<DateTime<Utc>>,
}

impl Told {
    fn by(story: &[Line]) -> Self {
        let at = |verb: &str| story.iter().find(|line| line.verb == verb).map(|line| line.at);
        let mut public = None;
        for line in story {
            public = line.data["public"].as_bool().unwrap().then(|| public.unwrap_or(line.at));
        }
        Self {
            filed: at("feedback.filed").unwrap(),
            refused: at("feedback.refused"),
            answered: at("feedback.answered"),
            public,
        }
    }

    fn is_in_time(&self, calendar: &Calendar, period: DateTime<Utc>) -> bool {
        let terms = &rules().unwrap().terms;
        let missed = |from, days, by: DateTime<Utc>| {
            let end = after(calendar, from, days);
            by > end && end < period
        };
        if let Some(answered) = self.answered {
            let shown = self.public.map_or(answered, |public| public.max(answered));
            return !missed(self.filed, terms.answer_report.working_days, answered)
                && !missed(answered, terms.show_answer.working_days, shown);
        }
        match self.refused {
            Some(refused) => !missed(self.filed, terms.refuse_report.working_days, refused),
            None => !missed(self.filed, terms.answer_report.working_days, period),
        }
    }
}

/// Whether the newest that the journal tells of it is that another took it in.
async fn is_joined(given: &Fixture, id: Id) -> bool {
    let entries = Sql::new(
        "SELECT verb, thing_id, data FROM journal_entries WHERE verb IN ('feedback.took-in', 'feedback.taken-out') \
         ORDER BY position",
    );
    let entries = entries.all(given.app.store.read(), |row| {
        let data: serde_json::Value = serde_json::from_str(&row.get::<String>(2)?)?;
        let joined: Vec<Id> = serde_json::from_value(data["reports"].clone())?;
        Ok((row.get::<String>(0)?, Id::from_uuid(row.get(1)?), joined))
    });
    let about = |(verb, thing, joined): (String, Id, Vec<Id>)| match verb.as_str() {
        "feedback.took-in" if joined.contains(&id) => Some(true),
        "feedback.taken-out" if thing == id => Some(false),
        _ => None,
    };
    entries.await.unwrap().into_iter().filter_map(about).next_back().unwrap_or(false)
}

async fn by_hand(given: &Fixture, sent: &[Id], span: &Span) -> (i64, i64) {
    let calendars = calendars();
    let (mut filed, mut kept) = (0, 0);
    for id in sent {
        let told = Told::by(&journal::history(&given.app.store, *id).await.unwrap());
        let inside = (span.from..span.to).contains(&local(told.filed).date_naive());
        if inside && !is_joined(given, *id).await {
            filed += 1;
            kept += i64::from(told.is_in_time(&calendars.of(*id), span.end));
        }
    }
    (filed, kept)
}

async fn many_behind(given: &Fixture, figure: Reports, scope: Id, span: &Span) -> i64 {
    let (mut many, mut before) = (0, None);
    loop {
        let slice = queries::reports(given.app.store.read(), figure, scope, span, before, 7).await.unwrap();
        many += i64::try_from(slice.rows.len()).unwrap();
        before = slice.rows.last().map(|report| report.id);
        if slice.next.is_none() {
            return many;
        }
    }
}

#[store::test]
async fn reports_of_a_year_are_kept_as_one_counts_by_hand(given: Fixture) {
    let mut runner = TestRunner::deterministic();
    let year = steps(500..501, 3 * MINUTES_OF_A_DAY / 2).new_tree(&mut runner).unwrap().current();
    let sent = given.report(&year).await;
    let (mut seen, mut missed) = (0, 0);
    for period in ["2025-12", "2026-01", "2026-02", "2026-05", "2026-q2", "2026"] {
        let Some(span) = period.parse::<Period>().unwrap().finished(given.app.now()) else { continue };
        let (filed, kept) = by_hand(&given, &sent, &span).await;
        assert_eq!(queries::reports_kept(given.app.store.read(), &span).await.unwrap(), (filed, kept), "{period}");
        let [province, ward, other] = given.agencies.each_ref().map(|agency| agency.id);
        for (figure, many) in [(Reports::Filed, filed), (Reports::Kept, kept), (Reports::Late, filed - kept)] {
            assert_eq!(many_behind(&given, figure, province, &span).await, many, "{period}: {figure:?}");
            let parts =
                many_behind(&given, figure, ward, &span).await + many_behind(&given, figure, other, &span).await;
            assert_eq!(parts, many, "{period}: {figure:?} of each ward");
        }
        (seen, missed) = (seen + kept, missed + filed - kept);
    }
    assert!(seen > 50 && missed > 10, "{seen} in time, {missed} late");

    let before =
        queries::reports_kept(given.app.store.read(), &Period::Year { year: 2026 }.span(given.app.now())).await;
    actions::rebuild(&given.app, given.app.now()).await.unwrap();
    let again = queries::reports_kept(given.app.store.read(), &Period::Year { year: 2026 }.span(given.app.now())).await;
    assert_eq!(before.unwrap(), again.unwrap());
}
