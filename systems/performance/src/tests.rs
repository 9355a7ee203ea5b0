//! Sums are what their facts add up to, every figure is as many as the dossiers behind it, and the indicators are those that
//! one counts by hand from the journal.

mod by_hand;
mod procedures;
mod reports;

use base::{Id, Now};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use store::{Sql, Tx};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::fact::Fact;
use crate::fixture::{Act, Fixture, Step, steps};
use crate::grain::Grain;
use crate::measure::{self, Measure, Sums};
use crate::period::{Period, Span};
use crate::queries::{self, Behind, Group, Line, Narrow};
use crate::{actions, indicator, migrations};

/// Histories tried in an ordinary run; `PROPTEST_CASES` says otherwise for a long one.
const CASES: u32 = 24;
const MINUTES_OF_A_DAY: i64 = 24 * 60;

impl Fixture {
    async fn facts(&self) -> Vec<Fact> {
        queries::facts(self.app.store.read(), None, 1_000_000).await.unwrap()
    }

    async fn sums(&self) -> [Sums; Grain::ALL.len()] {
        let kept = async |grain| queries::sums(self.app.store.read(), grain).await.unwrap();
        [kept(Grain::Cells).await, kept(Grain::Agencies).await, kept(Grain::Procedures).await]
    }

    async fn many_behind(&self, figure: Behind, narrow: &Narrow, span: &Span) -> i64 {
        let c = self.app.store.read();
        let (mut many, mut before) = (0, None);
        loop {
            let slice = queries::behind(c, figure, narrow, span, before, 7).await.unwrap();
            many += i64::try_from(slice.rows.len()).unwrap();
            before = slice.rows.last().map(|fact| fact.id);
            if slice.next.is_none() {
                return many;
            }
        }
    }

    /// What does not hold; empty when all does.
    async fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut sums = Sums::new();
        for fact in self.facts().await {
            measure::count(&mut sums, &fact, 1);
        }
        for (grain, kept) in Grain::ALL.into_iter().zip(self.sums().await) {
            if grain.sums(&sums) != kept {
                faults.push(format!("{grain:?} are not the sums of the facts: {sums:?}"));
            }
        }
        let now = self.app.now();
        let this = Period::this_month(now);
        for period in [this, this.before(), Period::quarter_of(now.today()), Period::Year { year: now.year() }] {
            faults.extend(self.faults_of(&period.to_string(), &period.span(now)).await);
        }
        for scope in [None, Some(self.agencies[1].id)] {
            let all = Narrow { scope, ..Narrow::default() };
            faults.extend(self.unlike_alone(&all, &this.span(now)).await);
        }
        faults
    }

    async fn faults_of(&self, period: &str, span: &Span) -> Vec<String> {
        let mut faults = Vec::new();
        let c = self.app.store.read();
        for scope in [None, Some(self.agencies[0].id), Some(self.agencies[1].id)] {
            let all = Narrow { scope, ..Narrow::default() };
            let whole = queries::whole(c, &all, span).await.unwrap();
            for figure in Behind::ALL {
                let many = self.many_behind(figure, &all, span).await;
                if many != whole.figure(figure) {
                    faults.push(format!("{period}: {} dossiers behind {figure:?} of {}", many, whole.figure(figure)));
                }
            }
            for group in [Group::Agency, Group::Field, Group::Procedure, Group::Month] {
                let lines = queries::lines(c, group, &all, span).await.unwrap();
                for measure in Measure::ALL {
                    let sum: i64 = lines.iter().map(|line| line.counts[measure]).sum();
                    if sum != whole.counts[measure] {
                        faults.push(format!("{period}: {measure:?} by {group:?} is {sum}"));
                    }
                }
                let overdue: i64 = lines.iter().map(|line| line.overdue).sum();
                if group != Group::Month && overdue != whole.overdue {
                    faults.push(format!("{period}: overdue by {group:?} is {overdue}"));
                }
            }
        }
        faults
    }

    /// Lines that are not the whole of what is narrowed to them, which other sums may answer.
    async fn unlike_alone(&self, all: &Narrow, span: &Span) -> Vec<String> {
        let c = self.app.store.read();
        let mut faults = Vec::new();
        for group in [Group::Agency, Group::Field, Group::Procedure] {
            for line in queries::lines(c, group, all, span).await.unwrap() {
                let key = line.key.clone();
                let narrow = match group {
                    Group::Agency => Narrow { agency: Some(key.parse().unwrap()), ..all.clone() },
                    Group::Field => Narrow { field: Some(key), ..all.clone() },
                    _ => Narrow { procedure: Some(key), ..all.clone() },
                };
                let alone = queries::whole(c, &narrow, span).await.unwrap();
                if (Line { key: line.key.clone(), ..alone }) != line {
                    faults.push(format!("{line:?} is not what {narrow:?} has"));
                }
            }
        }
        faults
    }
}

#[store::test]
async fn whatever_happens_sums_are_what_the_facts_add_up_to(given: Fixture) {
    let cases = std::env::var_os("PROPTEST_CASES").map_or(CASES, |_| Config::default().cases);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let histories = (steps(1..40, 3 * MINUTES_OF_A_DAY), 1..9usize);
    let outcome = TestRunner::new(config).run(&histories, |(history, round)| {
        let lived = async {
            given.live(&history, round).await;
            given.faults().await
        };
        let faults = block_in_place(|| Handle::current().block_on(lived));
        if faults.is_empty() { Ok(()) } else { Err(TestCaseError::fail(faults.join("\n"))) }
    });
    if let Err(TestError::Fail(what, history)) = outcome {
        panic!("{what}\nfrom: {history:?}");
    }
    assert!(outcome.is_ok(), "{outcome:?}");
}

/// The same history each time.
fn year() -> Vec<Step> {
    let mut runner = TestRunner::deterministic();
    steps(900..901, MINUTES_OF_A_DAY).new_tree(&mut runner).unwrap().current()
}

/// One of so many agencies that they are not asked one by one, and one of all but a few.
#[store::test]
async fn a_scope_of_many_agencies_has_the_dossiers_of_each(given: Fixture) {
    given.live(&year(), 20).await;
    let [_, ward, other] = &given.agencies;
    for most in [60, 1000] {
        let wider = Sql::composed(format!(
            "INSERT INTO directory_scopes (ancestor, descendant, depth) SELECT DISTINCT $1, z.descendant, 1 \
             FROM directory_scopes z WHERE z.descendant <> $2 ORDER BY 2 LIMIT {most} ON CONFLICT DO NOTHING"
        ));
        let wider = wider.bind(ward.id.uuid()).bind(other.id.uuid());
        given.app.store.write(async |tx| wider.run(tx).await).await.unwrap();
        let narrow = Narrow { scope: Some(ward.id), ..Narrow::default() };
        let span = Period::Year { year: 2026 }.span(given.app.now());
        let whole = queries::whole(given.app.store.read(), &narrow, &span).await.unwrap();
        for figure in Behind::ALL {
            assert_eq!(given.many_behind(figure, &narrow, &span).await, whole.figure(figure), "{most}: {figure:?}");
        }
        assert!(whole.counts[Measure::Received] > 0);
        assert_eq!(given.unlike_alone(&narrow, &span).await, Vec::<String>::new(), "{most}");
    }
}

#[store::test]
async fn the_indicators_of_a_year_are_those_one_counts_by_hand(given: Fixture) {
    let made = given.live(&year(), 20).await;
    assert!(made.len() > 60, "{} dossiers", made.len());
    let (mut seen, mut identified, mut known, mut disliked) = (0, 0, 0, 0);
    for period in ["2025-12", "2026-01", "2026-05", "2026-q1", "2026-q2", "2026-q3", "2026", "2027-q1"] {
        let Some(span) = period.parse::<Period>().unwrap().finished(given.app.now()) else { continue };
        let by_hand = by_hand::count(&given, &made, &span).await;
        let line = queries::whole(given.app.store.read(), &Narrow::default(), &span).await.unwrap();
        assert_eq!(indicator::of_dossiers(&line), by_hand, "{period}");
        seen += by_hand["received"];
        identified += by_hand["identified"];
        known += by_hand["known-nationally"];
        disliked += by_hand["in-time"] - by_hand["content"];
    }
    assert!(seen > 70, "{seen} dossiers were counted");
    assert!(identified > 10 && known > 10 && disliked > 2, "{identified}, {known}, {disliked} of {seen}");
}

#[store::test]
async fn built_from_nothing_facts_and_sums_are_the_same(given: Fixture) {
    given.live(&year()[..200], 20).await;
    let (facts, sums) = (given.facts().await, given.sums().await);
    let counted = actions::rebuild(&given.app, given.app.now()).await.unwrap();
    assert_eq!(counted, facts.len());
    assert_eq!((given.facts().await, given.sums().await), (facts, sums));
}

/// A province that is older than the coarser sums has them as if they had always been kept.
#[store::test]
async fn sums_that_came_later_begin_with_what_the_cells_hold(given: Fixture) {
    given.live(&year()[..200], 20).await;
    let kept = given.sums().await;
    assert!(kept.iter().all(|sums| !sums.is_empty()));
    let anew = async |tx: &Tx| {
        for grain in [Grain::Agencies, Grain::Procedures] {
            Sql::composed(format!("DROP TABLE {}", grain.table())).run(tx).await?;
        }
        let statements =
            |text: &'static str| text.split_inclusive(';').filter(|statement| !statement.trim().is_empty());
        let later = statements(migrations::LATER).filter(|statement| statement.contains("_months"));
        for statement in statements(migrations::COARSER).chain(later) {
            Sql::composed(statement.to_owned()).run(tx).await?;
        }
        Ok(())
    };
    given.app.store.write(anew).await.unwrap();
    let [cells, agencies, procedures] = kept;
    // What is counted since later is nothing of what was counted before.
    let before = |mut sums: Sums| {
        for counts in sums.values_mut() {
            for measure in [Measure::Identified, Measure::KnownNationally, Measure::Disliked] {
                counts[measure] = 0;
            }
        }
        sums
    };
    assert_eq!(given.sums().await, [cells, before(agencies), before(procedures)]);
}

#[store::test]
async fn what_is_told_twice_counts_once(given: Fixture) {
    let dossier = Id::new(given.app.now());
    for act in [Act::Submit(1, 1, 1), Act::Receive(3), Act::Finish(true)] {
        given.act(dossier, act).await;
    }
    given.listen().await;
    let before = given.sums().await;
    for _ in 0..3 {
        given.app.store.write(async |tx| actions::count(&given.app, tx, &[dossier]).await).await.unwrap();
    }
    assert_eq!(given.sums().await, before);
    assert_eq!(given.facts().await.len(), 1);
}

/// Nothing stores that a dossier is late: it becomes so while nobody does anything.
#[store::test]
async fn an_open_dossier_becomes_late_by_time_alone(given: Fixture) {
    let dossier = Id::new(given.app.now());
    given.act(dossier, Act::Submit(0, 1, 0)).await;
    given.act(dossier, Act::Receive(3)).await;
    given.listen().await;
    let overdue = async |moment: &str| {
        let span = Period::month_of(NaiveDate::from_ymd_opt(2025, 11, 1).unwrap()).span(Now::parse(moment));
        let line = queries::whole(given.app.store.read(), &Narrow::default(), &span).await.unwrap();
        (line.open(), line.overdue)
    };
    assert_eq!(overdue("2025-11-23T08:00:00+07:00").await, (1, 0));
    assert_eq!(overdue("2025-11-23T08:00:01+07:00").await, (1, 1));
}
