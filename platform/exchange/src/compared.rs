//! What crossed the border, compared by one statement of the system whose it is.

use base::{Error, Id, Result, hours_of};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::Answer;
use contracts::crossing::{Comparison, Crossed, Crossing, Scope};
use directory::queries::within_sql;
use store::{Conditions, Row, Sql, Store};

/// What all systems tell of a thing that crossed.
pub struct Known {
    pub key: String,
    pub comparison: Comparison,
    pub agency: Option<Id>,
}

/// Where a system's own columns begin in a row.
pub const OWN: usize = 3;

/// A day, by which statements choose: its hours `from..to`.
#[derive(Clone, Copy)]
pub struct Day {
    pub date: NaiveDate,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// One partner, as the page of reconciliation sees it.
pub struct Compared {
    pub store: Store,
    /// A word for addresses, and the key of the partner's name on screen.
    pub partner: (&'static str, &'static str),
    /// Composes the statement that gives the things of a day: `key`, `comparison`, `agency`, and the system's own columns.
    pub things: fn(Day, &mut Conditions) -> String,
    pub crossed: fn(Known, &Row) -> Result<Crossed>,
}

impl Compared {
    /// The things of a day that a scope sees, as `c`.
    fn seen(&self, scope: Scope, day: NaiveDate, values: &mut Conditions) -> String {
        let (from, to) = hours_of(day);
        let things = (self.things)(Day { date: day, from, to }, values);
        let scope = scope.map(|agency| within_sql("c.agency", values.bind(agency.uuid())));
        format!("({things}) c WHERE {}", scope.as_deref().unwrap_or("1 = 1"))
    }
}

impl Crossing for Compared {
    fn partner(&self) -> (&'static str, &'static str) {
        self.partner
    }

    fn figures(&self, scope: Scope, day: NaiveDate) -> Answer<'_, Vec<(Comparison, i64)>> {
        Box::pin(async move {
            let mut values = Conditions::default();
            let seen = self.seen(scope, day, &mut values);
            let sql = Sql::composed(format!("SELECT c.comparison, count(*) FROM {seen} GROUP BY c.comparison"));
            values
                .bind_to(sql)
                .all(self.store.read(), |row| Ok((comparison(&row.get::<String>(0)?)?, row.get(1)?)))
                .await
        })
    }

    fn rows<'a>(
        &'a self,
        scope: Scope,
        day: NaiveDate,
        comparison: Comparison,
        after: &'a str,
        size: usize,
    ) -> Answer<'a, Vec<Crossed>> {
        Box::pin(async move {
            let mut values = Conditions::default();
            let seen = self.seen(scope, day, &mut values);
            values.and(|n| format!("c.comparison = ${n}"), comparison.as_str());
            values.and(|n| format!("c.key > ${n}"), after);
            let sql = format!("SELECT c.* FROM {seen} {} ORDER BY c.key LIMIT {size}", values.text());
            values.bind_to(Sql::composed(sql)).all(self.store.read(), |row| (self.crossed)(known(&row)?, &row)).await
        })
    }
}

fn known(row: &Row) -> Result<Known> {
    Ok(Known {
        key: row.get(0)?,
        comparison: comparison(&row.get::<String>(1)?)?,
        agency: row.get::<Option<_>>(2)?.map(Id::from_uuid),
    })
}

fn comparison(text: &str) -> Result<Comparison> {
    Comparison::parse(text).ok_or_else(|| Error::inside(format!("things compare as {text}")))
}
