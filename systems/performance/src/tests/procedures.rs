//! Indicators 1.1 to 1.3 and 3.5 once more: days from the entries of the journal, working days counted on the fingers.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use store::Sql;
use worktime::Calendar;

use crate::fixture::versions::New;
use crate::fixture::{Fixture, calendars};
use crate::indicator::{self, Known, UNKNOWN};
use crate::period::{Period, Span};
use crate::queries::{self, Narrow};

/// Working days from one day until before another.
fn working(calendar: &Calendar, from: NaiveDate, until: NaiveDate) -> usize {
    let days = from.iter_days().take_while(|day| *day < until);
    days.filter(|day| calendar.closes(*day).is_some()).count()
}

/// Code, day of the decision, first day, moment of publication.
type Told = (String, Option<NaiveDate>, NaiveDate, DateTime<Utc>);

async fn told(given: &Fixture) -> Vec<Told> {
    let entries =
        Sql::new("SELECT data, at FROM journal_entries WHERE verb = 'procedures.published' ORDER BY position");
    let entries = entries.all(given.app.store.read(), |row| {
        let data: serde_json::Value = serde_json::from_str(&row.get::<String>(0)?)?;
        let code = data["code"].as_str().unwrap().to_owned();
        let decided = data["decided"].as_str().map(|day| day.parse().unwrap());
        Ok((code, decided, data["from"].as_str().unwrap().parse().unwrap(), row.get(1)?))
    });
    entries.await.unwrap()
}

/// Judged by the decision and in time, judged by the publication and in time, unknown.
const NAMES: [&str; 5] = [
    "procedures-announced",
    "procedures-decided-in-time",
    "procedures-published",
    "procedures-published-in-time",
    UNKNOWN,
];

fn by_hand(told: &[Told], calendar: &Calendar, span: &Span) -> [i64; 5] {
    let mut procedures: BTreeMap<&str, Vec<Option<(bool, bool)>>> = BTreeMap::new();
    for (code, decided, from, at) in told {
        let published = base::local(*at).date_naive();
        if !(span.from..span.to).contains(&decided.unwrap_or(published)) {
            continue;
        }
        let judged = decided.map(|day| {
            // The first working day from the decision on is day 0; all of day 5 is in time, until the office closes.
            let mut open = day.iter_days().filter_map(|day| calendar.closes(day));
            (working(calendar, day, *from) >= 5, *at <= open.nth(5).unwrap())
        });
        procedures.entry(code).or_default().push(judged);
    }
    let mut counts = [0; 5];
    for versions in procedures.into_values() {
        let mut is_unknown = false;
        for (place, step) in [(0, 0), (2, 1)] {
            let steps = versions.iter().map(|version| version.map(|both| [both.0, both.1][step]));
            let late = steps.clone().any(|in_time| in_time == Some(false));
            let in_time = !late && steps.clone().all(|in_time| in_time == Some(true));
            counts[place] += i64::from(late || in_time);
            counts[place + 1] += i64::from(in_time);
            is_unknown |= !late && !in_time;
        }
        counts[4] += i64::from(is_unknown);
    }
    counts
}

fn versions() -> impl Strategy<Value = Vec<(New, i64)>> {
    let version = (0..25u32, prop::option::weighted(0.8, 0..14u64), 0..12u64, any::<bool>(), any::<bool>(), 0..7000i64);
    let new = version.prop_map(|(code, decided, begins, complete, charges, minutes)| {
        let missing = if complete { Vec::new() } else { vec!["results"] };
        (New { code: format!("1.{code:06}"), decided, begins, missing, charges }, minutes)
    });
    prop::collection::vec(new, 130..131)
}

async fn known(given: &Fixture, span: &Span) -> Known {
    let line = queries::whole(given.app.store.read(), &Narrow::default(), span).await.unwrap();
    indicator::of_province(&given.app, span, &line).await.unwrap()
}

#[store::test]
async fn procedures_of_a_year_are_announced_as_one_counts_by_hand(given: Fixture) {
    let year = versions().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    for (new, minutes) in year {
        let later = given.app.now().utc() + chrono::TimeDelta::minutes(minutes);
        given.on(&later.to_rfc3339());
        given.publish(new).await;
    }
    let (calendar, told) = (calendars().common(), told(&given).await);
    let mut seen = [0; 5];
    for period in ["2025-12", "2026-01", "2026-02", "2026-04", "2026-05", "2026-q2", "2026"] {
        let span = period.parse::<Period>().unwrap().finished(given.app.now()).unwrap();
        let counts = by_hand(&told, &calendar, &span);
        let known = known(&given, &span).await;
        assert_eq!(NAMES.map(|name| known.get(name).copied().unwrap_or(0)), counts, "{period}");
        let public = told.iter().filter(|(_, _, from, _)| *from < span.to).count();
        assert_eq!(known["procedures-public"], i64::try_from(public).unwrap(), "{period}");
        seen.iter_mut().zip(counts).for_each(|(seen, count)| *seen += count);
    }
    let [announced, decided, published, shown, unknown] = seen;
    assert!(decided > 5 && shown > 5 && unknown > 5, "{seen:?}");
    assert!(announced - decided > 5 && published - shown > 5, "{seen:?}");
}

/// Three procedures can be filed, of which two cost something: one the same for every dossier, one by the copy.
#[store::test]
async fn a_procedure_can_be_paid_online_where_every_dossier_pays_and_there_is_a_gateway(given: Fixture) {
    let new = |code: &str, missing, charges| New { code: code.to_owned(), decided: None, begins: 0, missing, charges };
    given.publish(new("1.000001", vec!["steps"], true)).await;
    given.publish(new("1.000002", Vec::new(), true)).await;
    given.publish(new("1.000003", Vec::new(), false)).await;
    let span = Period::this_month(given.app.now()).span(given.app.now());
    let counted = known(&given, &span).await;
    assert_eq!((counted["procedures-public"], counted["procedures-complete"]), (3, 2));
    // Of the procedures of this world only the second charges every dossier.
    assert_eq!((counted["procedures-with-fee"], counted["procedures-payable-online"]), (2, 1));
    assert_eq!(
        (counted.get("procedures-announced"), counted[UNKNOWN]),
        (None, 3),
        "no day is known, so nothing is said"
    );
    given.world.has_no_gateway();
    assert_eq!(known(&given, &span).await["procedures-payable-online"], 0);
}
