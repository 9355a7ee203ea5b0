//! How agencies answer.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::TimeDelta;
use directory::queries::Names;
use system::App;
use web::{Answer, Visitor, filters};

use crate::queries::{self, Totals};
use crate::rules::rules;

/// What is looked back on.
const DAYS: i64 = 365;
const MINUTES_OF_AN_HOUR: i64 = 60;
const MINUTES_OF_A_DAY: i64 = 24 * MINUTES_OF_AN_HOUR;

#[derive(Template)]
#[template(path = "feedback/citizen/figures.html")]
struct Page {
    whole: Shares,
    /// Those with answers enough to be compared, best first, then the others.
    rows: Vec<Line>,
    least: i64,
    said: String,
}

struct Line {
    /// Its place in the table; none for one with too few answers.
    rank: Option<usize>,
    agency: String,
    shares: Shares,
    /// The median, in words.
    said: String,
}

/// Totals as people read them.
struct Shares {
    totals: Totals,
    in_time: Option<i64>,
    satisfied: Option<i64>,
    /// Half of the first answers came sooner, in minutes.
    median: Option<i64>,
}

impl Shares {
    fn of(totals: Totals, median: Option<i64>) -> Self {
        let percent = |part: i64, of: i64| (of > 0).then(|| part * 100 / of);
        Self {
            in_time: percent(totals.in_time, totals.answered),
            satisfied: percent(totals.satisfied, totals.rated),
            median,
            totals,
        }
    }

    /// Best first: by the share in time, then by how soon.
    fn order(&self) -> (std::cmp::Reverse<Option<i64>>, i64) {
        (std::cmp::Reverse(self.in_time), self.median.unwrap_or(i64::MAX))
    }

    /// "40 phút", "5 giờ", "1,5 ngày".
    fn said(&self, visitor: &Visitor) -> String {
        let said = |key: &str, count: String| visitor.text_with(key, &[("count", count)]);
        match self.median {
            None => "–".to_owned(),
            Some(minutes) if minutes < MINUTES_OF_AN_HOUR => said("feedback-figures-minutes", minutes.to_string()),
            Some(minutes) if minutes < 2 * MINUTES_OF_A_DAY => {
                said("feedback-figures-hours", (minutes / MINUTES_OF_AN_HOUR).to_string())
            }
            Some(minutes) => {
                let tenths = minutes * 10 / MINUTES_OF_A_DAY;
                said("feedback-figures-in-days", format!("{},{}", tenths / 10, tenths % 10))
            }
        }
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let page = page_of(&app, &visitor).await?;
    visitor.page(&visitor.text("feedback-figures-title"), &page)
}

async fn page_of(app: &App, visitor: &Visitor) -> Result<Page> {
    let now = visitor.now.utc();
    let (c, since) = (app.store.read(), now - TimeDelta::days(DAYS));
    let medians = queries::medians(c, since).await?;
    let median = |agency: Option<Id>| medians.get(&agency).copied();
    let least = rules()?.league.least;
    let mut names = Names::default();
    let mut rows = Vec::new();
    for line in queries::by_agency(c, since, now).await? {
        let shares = Shares::of(line.totals, median(Some(line.agency)));
        let said = shares.said(visitor);
        rows.push(Line { rank: None, agency: names.of(c, line.agency).await?, shares, said });
    }
    let (mut compared, others): (Vec<Line>, Vec<Line>) =
        rows.into_iter().partition(|line| line.shares.totals.answered >= least);
    compared.sort_by_key(|line| line.shares.order());
    for (index, line) in compared.iter_mut().enumerate() {
        line.rank = Some(index + 1);
    }
    compared.extend(others);
    let whole = Shares::of(queries::totals(c, since, now).await?, median(None));
    Ok(Page { said: whole.said(visitor), whole, rows: compared, least })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_what_can_be_counted() {
        let totals = Totals { received: 9, answered: 4, in_time: 3, ..Totals::default() };
        let shares = Shares::of(totals, Some(36 * 60));
        assert_eq!((shares.in_time, shares.satisfied), (Some(75), None));
        assert_eq!(Shares::of(Totals::default(), None).in_time, None);
    }

    #[test]
    fn best_is_who_is_in_time_and_then_who_is_sooner() {
        let of = |in_time, minutes| Shares::of(Totals { answered: 10, in_time, ..Totals::default() }, Some(minutes));
        assert!(of(9, 900).order() < of(8, 10).order());
        assert!(of(9, 100).order() < of(9, 900).order());
    }
}
