//! Who comes to a one-stop desk in the last days, draws a ticket and is called.

use anyhow::Result;
use base::{FixedRandom, Id, Random};
use chrono::{Days, NaiveDate};
use queue::demo as sample;
use system::{Caller, PositionKind};

use super::World;
use crate::demo;
use crate::place::told;

/// So many days before the end the desks begin.
const DAYS: u64 = 3;
/// So many come at most between two looks around.
const COMING: u64 = 3;
/// So many are called on the last day, if nobody works on it.
const ROUNDS: usize = 6;

/// The desk of an agency: who leads it and who calls.
struct Desk {
    agency: Id,
    head: Caller,
    reception: Caller,
}

/// Desks of the communes of the demo and of the department that keeps the land register.
pub(super) struct Queueing {
    desks: Vec<Desk>,
    from: NaiveDate,
    begun: bool,
    /// Its own, so that the rest of the past does not hang on who queues.
    random: FixedRandom,
}

impl Queueing {
    pub(super) async fn prepare(world: &World<'_>, end: NaiveDate, seed: u64) -> Result<Self> {
        let app = &world.program.app;
        let land = directory::queries::agency_by_code(app.store.read(), demo::LAND, end).await.map_err(told)?;
        let agencies = world.communes.iter().map(|commune| commune.id).chain(land.map(|agency| agency.id));
        let of = |agency: Id, kind: PositionKind| {
            let fits = |caller: &&Caller| caller.officer().is_ok_and(|one| one.agency == agency && one.kind == kind);
            world.staff.officers.iter().find(fits).cloned()
        };
        let desk = |agency: Id| {
            let (head, reception) = (of(agency, PositionKind::Head)?, of(agency, PositionKind::Reception)?);
            Some(Desk { agency, head, reception })
        };
        let from = end.checked_sub_days(Days::new(DAYS)).unwrap_or(end);
        let desks = agencies.filter_map(desk).collect();
        Ok(Self { desks, from, begun: false, random: FixedRandom::new(seed) })
    }

    /// People come, and counters call; nobody does before the last days.
    pub(super) async fn go_on(&mut self, world: &World<'_>) -> Result<()> {
        let app = &world.program.app;
        if app.now().today() < self.from {
            return Ok(());
        }
        if !self.begun {
            for desk in &self.desks {
                sample::begin(app, &desk.head).await.map_err(told)?;
            }
            self.begun = true;
        }
        for desk in &self.desks {
            let random: &(dyn Random + 'static) = &self.random;
            for _ in 0..=random.below(COMING) {
                sample::draw(app, random, desk.agency).await.map_err(told)?;
            }
            sample::serve(app, random, &desk.reception).await.map_err(told)?;
        }
        Ok(())
    }

    /// Some wait and some are called at the end, whatever day it is.
    pub(super) async fn leave_some_waiting(&mut self, world: &World<'_>) -> Result<()> {
        for _ in 0..ROUNDS {
            self.go_on(world).await?;
        }
        Ok(())
    }
}
