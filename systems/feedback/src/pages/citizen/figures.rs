//! How agencies answer.

use askama::Template;
use axum::extract::State;
use base::Result;
use chrono::TimeDelta;
use directory::queries::Names;
use system::App;
use web::{Answer, Visitor, filters};

use crate::queries::{self, Totals};

/// What is looked back on.
const DAYS: i64 = 365;
const MINUTES_OF_A_DAY: i64 = 24 * 60;

#[derive(Template)]
#[template(path = "feedback/citizen/figures.html")]
struct Page {
    whole: Shares,
    rows: Vec<Line>,
}

struct Line {
    agency: String,
    shares: Shares,
}

/// Totals as people read them.
struct Shares {
    totals: Totals,
    in_time: Option<i64>,
    satisfied: Option<i64>,
    /// Days from sending to the first answer, on average, with one decimal.
    days: Option<String>,
}

impl Shares {
    fn of(totals: Totals) -> Self {
        let percent = |part: i64, of: i64| (of > 0).then(|| part * 100 / of);
        let tenths = percent(totals.minutes, totals.answered).map(|minutes| minutes / 10 / MINUTES_OF_A_DAY);
        Self {
            in_time: percent(totals.in_time, totals.answered),
            satisfied: percent(totals.satisfied, totals.rated),
            days: tenths.map(|tenths| format!("{},{}", tenths / 10, tenths % 10)),
            totals,
        }
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let page = page_of(&app, &visitor).await?;
    visitor.page(&visitor.text("feedback-figures-title"), &page)
}

async fn page_of(app: &App, visitor: &Visitor) -> Result<Page> {
    let now = visitor.now.utc();
    let since = now - TimeDelta::days(DAYS);
    let mut names = Names::default();
    let mut rows = Vec::new();
    for line in queries::by_agency(app.store.read(), since, now).await? {
        rows.push(Line { agency: names.of(app.store.read(), line.agency).await?, shares: Shares::of(line.totals) });
    }
    Ok(Page { whole: Shares::of(queries::totals(app.store.read(), since, now).await?), rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_what_can_be_counted() {
        let totals = Totals { received: 9, answered: 4, in_time: 3, minutes: 4 * 36 * 60, ..Totals::default() };
        let shares = Shares::of(totals);
        assert_eq!((shares.in_time, shares.satisfied, shares.days.as_deref()), (Some(75), None, Some("1,5")));
        assert!(Shares::of(Totals::default()).days.is_none());
    }
}
