//! What crossed the border, as those from whom it did tell of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::{Error, Result};
use chrono::NaiveDate;
use contracts::crossing::{Comparison, Crossed, Crossing, Scope};
use system::App;

/// Where a thing that crossed is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub partner: &'a str,
    pub day: NaiveDate,
    pub comparison: Comparison,
    pub key: &'a str,
}

/// How the things of a day compare at one partner.
pub(crate) struct Figures {
    /// Its word in addresses, and the key of its name.
    pub(crate) partner: &'static str,
    pub(crate) name: &'static str,
    pub(crate) counts: BTreeMap<Comparison, i64>,
}

impl Figures {
    fn sum(&self, of: impl Fn(Comparison) -> bool) -> i64 {
        self.counts.iter().filter(|(comparison, _)| of(**comparison)).map(|(_, count)| count).sum()
    }

    /// What we have of the day, and what they have.
    pub(crate) fn ours(&self) -> i64 {
        self.sum(|comparison| comparison != Comparison::OnlyTheirs)
    }

    pub(crate) fn theirs(&self) -> i64 {
        self.sum(|one| matches!(one, Comparison::Matched | Comparison::OnlyTheirs | Comparison::Different))
    }
}

/// Every partner's figures of a day.
pub(crate) async fn figures(app: &App, scope: Scope, day: NaiveDate) -> Result<Vec<Figures>> {
    let mut all = Vec::new();
    for crossing in app.ask_all::<dyn Crossing>() {
        let (partner, name) = crossing.partner();
        let counts = crossing.figures(scope, day).await?.into_iter().collect();
        all.push(Figures { partner, name, counts });
    }
    Ok(all)
}

/// # Errors
/// [`Error::NotFound`] when nothing goes there.
pub(crate) fn of(app: &App, partner: &str) -> Result<Arc<dyn Crossing>> {
    let all = app.ask_all::<dyn Crossing>().into_iter();
    all.into_iter().find(|crossing| crossing.partner().0 == partner).ok_or(Error::NotFound)
}

/// The difference of this key; none outside the scope.
pub(crate) async fn one(app: &App, scope: Scope, found: &Found<'_>) -> Result<Option<Crossed>> {
    if !found.comparison.is_difference() {
        return Ok(None);
    }
    let crossing = of(app, found.partner)?;
    // Keys come in order: the first at or after this one is it, or it is not there.
    let mut before = found.key.to_owned();
    before.pop();
    let rows = crossing.rows(scope, found.day, found.comparison, &before, LOOKED_THROUGH).await?;
    Ok(rows.into_iter().find(|row| row.key == found.key))
}

/// Keys that begin alike: more than a day has that differ in their last character.
const LOOKED_THROUGH: usize = 100;
