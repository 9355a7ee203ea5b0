//! The national indicators: shares of named measures, and the points they give.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base::Result;
use contracts::figures::{FeedbackHandled, PaidOnline, PublishedVersions, ReportFacts};
use contracts::questions::{Procedure, Procedures};
use province::{Indicator, IndicatorGroup, IndicatorUnit, Performance};
use system::App;

use crate::announced;
use crate::measure::Measure;
use crate::period::{Span, beginning};
use crate::queries::{self, Line};

/// Measures by the names that rules know them by.
pub(crate) type Known = BTreeMap<&'static str, i64>;

/// Not of an indicator: procedures of a span of which nobody knows when they were decided.
pub(crate) const UNKNOWN: &str = "procedures-unknown";

/// What an indicator comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// In hundredths of a percent, rounded to the nearest.
    Percent(i64),
    /// Minutes.
    Average(i64),
    /// Không phát sinh: there is nothing to have a share of.
    NothingArose,
    /// The program has no rows for it.
    NoSource,
}

/// An indicator with what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scored {
    pub indicator: &'static Indicator,
    pub value: Value,
    pub numerator: i64,
    pub denominator: i64,
    /// In hundredths of a point; none where nothing arose or nobody knows.
    pub score: Option<i64>,
}

/// A group with its indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScoredGroup {
    pub group: &'static IndicatorGroup,
    pub indicators: Vec<Scored>,
}

/// Hundredths of a percent, and of a point.
const HUNDREDTHS: i64 = 100;

impl Scored {
    fn of(indicator: &'static Indicator, known: &Known) -> Self {
        let measure = |name: &Option<String>| name.as_deref().and_then(|name| known.get(name).copied());
        let Some((numerator, denominator)) = measure(&indicator.numerator).zip(measure(&indicator.denominator)) else {
            return Self { indicator, value: Value::NoSource, numerator: 0, denominator: 0, score: None };
        };
        let value = match indicator.unit {
            _ if denominator == 0 => Value::NothingArose,
            IndicatorUnit::Percent => Value::Percent(nearest(numerator * 100 * HUNDREDTHS, denominator)),
            IndicatorUnit::Days => Value::Average(nearest(numerator, denominator)),
        };
        let points = i64::from(indicator.points) * HUNDREDTHS;
        let score = match value {
            Value::Percent(percent) if points > 0 => {
                let full_at = i64::from(indicator.full_at) * HUNDREDTHS;
                Some(nearest(points * percent.clamp(0, full_at), full_at))
            }
            _ => None,
        };
        Self { indicator, value, numerator, denominator, score }
    }

    /// The points that could be had, in hundredths, where it has a score.
    fn attainable(&self) -> i64 {
        self.score.map_or(0, |_| i64::from(self.indicator.points) * HUNDREDTHS)
    }
}

/// Half counts as a whole.
fn nearest(part: i64, of: i64) -> i64 {
    (2 * part + of).div_euclid(2 * of)
}

impl ScoredGroup {
    /// Its points, in hundredths.
    pub(crate) fn score(&self) -> i64 {
        self.indicators.iter().filter_map(|scored| scored.score).sum()
    }

    /// The most that its indicators could have given, in hundredths: those without a score could not.
    pub(crate) fn attainable(&self) -> i64 {
        self.indicators.iter().map(Scored::attainable).sum()
    }

    /// Percent of what could be had; none where nothing could.
    pub(crate) fn share(&self) -> Option<i64> {
        let attainable = self.attainable();
        (attainable > 0).then(|| self.score() * 100 / attainable)
    }
}

/// All groups, from what is known.
pub(crate) fn scored(rules: &'static Performance, known: &Known) -> Vec<ScoredGroup> {
    let of_group = |group| {
        let indicators = rules.of_group(group).map(|indicator| Scored::of(indicator, known)).collect();
        ScoredGroup { group, indicators }
    };
    rules.groups.iter().map(of_group).collect()
}

/// The measures that dossiers give, of the province or of a part of it.
pub(crate) fn of_dossiers(line: &Line) -> Known {
    let count = |measure: Measure| line.counts[measure];
    Known::from([
        ("received", count(Measure::Received)),
        ("in-time", line.in_time()),
        ("minutes", count(Measure::Minutes)),
        ("resolved", count(Measure::Resolved)),
        ("online-complete", count(Measure::OnlineComplete)),
        ("paid-online", count(Measure::PaidOnline)),
        ("fee-due", count(Measure::FeeDue)),
        ("electronic", count(Measure::Electronic)),
        ("result-due", count(Measure::ResultDue)),
        ("digitised", count(Measure::Digitised)),
        ("reused", count(Measure::Reused)),
        ("identified", count(Measure::Identified)),
        ("known-nationally", count(Measure::KnownNationally)),
        ("content", (line.in_time() - count(Measure::Disliked)).max(0)),
    ])
}

/// Every measure of the province that some system can answer for; `whole` is that of dossiers.
pub(crate) async fn of_province(app: &App, span: &Span, whole: &Line) -> Result<Known> {
    let c = app.store.read();
    let mut known = of_dossiers(whole);
    if let Some(catalogue) = app.ask::<dyn Procedures>() {
        let offered = catalogue.offered(app.now()).await?;
        let online = offered.iter().filter(|procedure| procedure.channels.iter().any(|channel| channel == "online"));
        let online: Vec<&str> = online.map(|procedure| procedure.code.as_str()).collect();
        let used = queries::procedures_used_online(c, span).await?;
        known.insert("procedures", i64::try_from(offered.len())?);
        known.insert("procedures-online", i64::try_from(online.len())?);
        let used = used.iter().filter(|code| online.contains(&code.as_str())).count();
        known.insert("procedures-used-online", i64::try_from(used)?);
        if let Some(versions) = app.ask::<dyn PublishedVersions>() {
            known.extend(of_procedures(app, versions.as_ref(), &offered, span)?);
        }
    }
    if let Some(feedback) = app.ask::<dyn FeedbackHandled>() {
        let handled = feedback.handled(beginning(span.from), span.end).await?;
        known.insert("reports", handled.total);
        known.insert("reports-in-time", handled.total - handled.late);
        known.insert("reports-content", (handled.total - handled.late - handled.disliked).max(0));
    }
    if app.ask::<dyn ReportFacts>().is_some() {
        let (filed, kept) = queries::reports_kept(c, span).await?;
        known.insert("reports-filed", filed);
        known.insert("reports-kept", kept);
    }
    Ok(known)
}

/// What the catalogue alone tells: how procedures are announced, and which of those that people can file now cost something.
fn of_procedures(
    app: &App,
    versions: &dyn PublishedVersions,
    offered: &[Arc<Procedure>],
    span: &Span,
) -> Result<Known> {
    let count = |procedures: usize| -> Result<i64> { Ok(i64::try_from(procedures)?) };
    let now = app.now();
    let mut known = Known::new();
    let tally = announced::tally(&announced::announced(app, now, span)?.unwrap_or_default());
    known.insert(UNKNOWN, tally.unknown);
    let steps = [
        ("procedures-announced", "procedures-decided-in-time", tally.decided),
        ("procedures-published", "procedures-published-in-time", tally.published),
    ];
    for (all, in_time, judged) in steps {
        // Where nobody knows a single day, nothing can be said, not even that nothing arose.
        if judged.all > 0 || tally.unknown == 0 {
            known.insert(all, judged.all);
            known.insert(in_time, judged.in_time);
        }
    }
    let public = versions.offered_on(now, span.to.pred_opt().unwrap_or(span.to));
    known.insert("procedures-public", count(public.len())?);
    known.insert("procedures-complete", count(public.iter().filter(|one| one.missing.is_empty()).count())?);
    let cost = versions.offered_on(now, now.today()).into_iter().filter(|version| version.charges);
    let cost: BTreeSet<String> = cost.map(|version| version.code).collect();
    let gateway = app.ask::<dyn PaidOnline>().map(|payments| payments.is_offered()).transpose()?.unwrap_or(false);
    // What every dossier pays becomes a charge, and every charge can be paid through the gateway.
    let charged = |procedure: &&Arc<Procedure>| gateway && procedure.fees.iter().any(|fee| fee.amount > 0);
    known.insert("procedures-with-fee", count(cost.len())?);
    let payable = offered.iter().filter(charged).filter(|procedure| cost.contains(&procedure.code)).count();
    known.insert("procedures-payable-online", count(payable)?);
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn one(code: &str, known: &[(&'static str, i64)]) -> Scored {
        let indicator = rules().unwrap().indicators.iter().find(|indicator| indicator.code == code).unwrap();
        Scored::of(indicator, &known.iter().copied().collect())
    }

    #[test]
    fn all_points_from_the_threshold_on_and_fewer_in_proportion_below() {
        let online = |many| one("3.3", &[("online-complete", many), ("received", 1000)]).score;
        assert_eq!([online(800), online(500), online(250), online(0)], [Some(400), Some(400), Some(200), Some(0)]);
    }

    #[test]
    fn a_share_has_two_decimals_rounded() {
        let scored = one("2.1", &[("in-time", 2), ("received", 3)]);
        assert_eq!((scored.value, scored.score), (Value::Percent(6667), Some(1333)));
    }

    #[test]
    fn a_share_of_nothing_did_not_arise_and_costs_no_points() {
        let scored = one("3.6", &[("paid-online", 0), ("fee-due", 0)]);
        assert_eq!((scored.value, scored.score, scored.attainable()), (Value::NothingArose, None, 0));
    }

    #[test]
    fn what_nobody_answers_for_is_said_to_have_no_source() {
        assert_eq!(one("1.1", &[]).value, Value::NoSource);
        assert_eq!(one("5.2", &[("received", 4)]).value, Value::NoSource);
    }

    #[test]
    fn an_average_has_no_points() {
        let scored = one("2.2", &[("minutes", 300), ("resolved", 2)]);
        assert_eq!((scored.value, scored.score), (Value::Average(150), None));
    }

    #[test]
    fn every_measure_that_the_rules_name_is_one_that_the_program_has() {
        let mut names: Vec<&str> = of_dossiers(&Line::default()).into_keys().collect();
        names.extend(["procedures", "procedures-online", "procedures-used-online"]);
        names.extend(["procedures-announced", "procedures-decided-in-time"]);
        names.extend(["procedures-published", "procedures-published-in-time"]);
        names.extend(["procedures-public", "procedures-complete", "procedures-with-fee", "procedures-payable-online"]);
        names.extend(["reports", "reports-in-time", "reports-content", "reports-filed", "reports-kept"]);
        for indicator in &rules().unwrap().indicators {
            for measure in indicator.numerator.iter().chain(&indicator.denominator) {
                assert!(names.contains(&measure.as_str()), "{}: {measure}", indicator.code);
            }
        }
    }
}
