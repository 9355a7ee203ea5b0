//! A parcel of land to be split whose tax part nobody gets to, so that there is always one that is late.

use anyhow::{Context, Result};
use base::{Id, Now};
use chrono::{Days, NaiveDate};
use dossiers::demo as sample;
use worktime::Calendar;

use super::{World, at_work};
use crate::place::told;

const SPLIT: &str = "1.012784";
/// So many working days before the end it reaches the tax office: more than that has for it, fewer than the whole has.
const WORKING_DAYS: usize = 8;

/// The day on which it is filed.
pub(super) fn day(calendar: &Calendar, end: Now) -> NaiveDate {
    let is_worked = |day: &NaiveDate| calendar.day(*day).is_some_and(worktime::Day::is_working);
    let back = (1..60).filter_map(|days| end.today().checked_sub_days(Days::new(days)));
    back.filter(is_worked).nth(WORKING_DAYS - 1).unwrap_or_default()
}

impl World<'_> {
    /// The first of the people files it, and everybody before the tax office does their work at once.
    pub(super) async fn file_what_will_be_late(&self) -> Result<Id> {
        let app = &self.program.app;
        let offered = self.offers.iter().find(|(procedure, _)| procedure.code == SPLIT);
        let (procedure, agency) = offered.context("nobody of the demo splits land")?;
        let citizen = self.citizens.first().context("a citizen of the demo")?;
        let filed = sample::file(app, &self.random, citizen, procedure, *agency, &self.paper, self.lists).await;
        let dossier = filed.map_err(told)?.id;
        while let Some((officer, piece)) = at_work(app, &self.staff.officers, dossier).await? {
            if piece.case.parent_step.is_some() {
                break;
            }
            sample::agree(app, officer, &piece).await.map_err(told)?;
        }
        Ok(dossier)
    }
}
