//! Papers that the province already holds of a person (kho dữ liệu của tổ chức, cá nhân, Decree 45/2020/NĐ-CP, article 16):
//! results issued to them, and files that they handed in with dossiers that were received.

use base::{Id, Now, Result};
use chrono::{Months, NaiveDate};
use contracts::questions::Paper;
use system::App;

use crate::filing;
use crate::paper::{Draft, HandedIn};
use crate::queries;

/// A paper that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// Of the result, or of the paper that was handed in.
    pub(crate) id: Id,
    /// Code of the dossier that it came out of or came with.
    pub(crate) dossier: String,
    /// The version that the dossier runs on.
    pub(crate) procedure: Id,
    /// Who issued it, or received it.
    pub(crate) agency: Id,
    /// The day of its number, or the day it was handed in.
    pub(crate) on: NaiveDate,
    /// How many months from that day on it may be used; absent: without an end.
    pub(crate) valid_months: Option<u32>,
    pub(crate) origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Result {
        name: String,
        number: String,
        /// Void after it had its number.
        revoked: bool,
        /// Absent while the paper is being made.
        hash: Option<String>,
    },
    File {
        file: HandedIn,
        /// Taken from what was held when it was handed in.
        reused: bool,
    },
}

/// Whether a held paper may still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Through this day, where it has an end.
    Valid(Option<NaiveDate>),
    /// Since the day after this one.
    Expired(NaiveDate),
    Revoked,
}

impl Held {
    pub(crate) fn standing(&self, today: NaiveDate) -> Standing {
        let last = self.valid_months.and_then(|months| self.on.checked_add_months(Months::new(months)));
        match (&self.origin, last) {
            (Origin::Result { revoked: true, .. }, _) => Standing::Revoked,
            (_, Some(last)) if last < today => Standing::Expired(last),
            (_, last) => Standing::Valid(last),
        }
    }

    pub(crate) fn is_valid(&self, today: NaiveDate) -> bool {
        matches!(self.standing(today), Standing::Valid(_))
    }

    /// When a file was made is not known, only that it was before it was handed in: it ends no later than counted from there.
    const fn limit(&mut self, months: Option<u32>) {
        if matches!(self.origin, Origin::File { .. }) {
            self.valid_months = months;
        }
    }
}

/// What a person has that can stand for this component: everything valid, newest first; where nothing is, the newest.
pub(crate) async fn fitting(app: &App, now: Now, person: Id, paper: &Paper) -> Result<Vec<Held>> {
    let Some(name) = &paper.reuse else { return Ok(Vec::new()) };
    let months = months_of(app, now, name).await?;
    let mut held = queries::held_by_name(app.store.read(), person, name).await?;
    for one in &mut held {
        one.limit(months);
    }
    if held.iter().any(|one| one.is_valid(now.today())) {
        held.retain(|one| one.is_valid(now.today()));
    } else {
        held.truncate(1);
    }
    Ok(held)
}

/// One paper of the person that can stand for this component, valid or not.
pub(crate) async fn fitting_one(app: &App, now: Now, person: Id, paper: &Paper, id: Id) -> Result<Option<Held>> {
    let Some(name) = &paper.reuse else { return Ok(None) };
    let mut held = queries::held_by_id(app.store.read(), person, name, id).await?;
    if let Some(held) = &mut held {
        held.limit(months_of(app, now, name).await?);
    }
    Ok(held)
}

/// The components of a draft that stand on something held which may not be used any more.
pub(crate) async fn ended<'a>(app: &App, now: Now, draft: &Draft, papers: &'a [Paper]) -> Result<Vec<&'a Paper>> {
    let mut ended = Vec::new();
    for reused in &draft.reused {
        let Some(paper) = papers.iter().find(|paper| paper.code == reused.component) else { continue };
        let held = fitting_one(app, now, draft.applicant, paper, reused.from).await?;
        if !held.is_some_and(|held| held.is_valid(now.today())) {
            ended.push(paper);
        }
    }
    Ok(ended)
}

/// For how many months a paper of this name may be used, by the procedures that issue it today.
async fn months_of(app: &App, now: Now, name: &str) -> Result<Option<u32>> {
    let offered = filing::catalogue(app)?.offered(now).await?;
    let mut results = offered.iter().flat_map(|procedure| &procedure.results);
    Ok(results.find(|result| result.reuse.as_deref() == Some(name)).and_then(|result| result.valid_months))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(months: Option<u32>, revoked: bool) -> Held {
        let id = Id::new(Now::parse("2026-01-01T08:00:00+07:00"));
        let origin = Origin::Result { name: String::new(), number: String::new(), revoked, hash: None };
        let on = NaiveDate::from_ymd_opt(2026, 5, 20).unwrap();
        Held { id, dossier: String::new(), procedure: id, agency: id, on, valid_months: months, origin }
    }

    #[test]
    fn it_may_be_used_through_the_day_that_its_months_end_on() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let six = held(Some(6), false);
        assert_eq!(six.standing(day("2026-11-20")), Standing::Valid(Some(day("2026-11-20"))));
        assert_eq!(six.standing(day("2026-11-21")), Standing::Expired(day("2026-11-20")));
        assert_eq!(held(None, false).standing(day("2050-01-01")), Standing::Valid(None));
        assert_eq!(held(Some(6), true).standing(day("2026-06-01")), Standing::Revoked);
    }
}
