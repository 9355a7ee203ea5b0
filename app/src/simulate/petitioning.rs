//! What voters of all communes petition for around two meetings, and who answers it.

use anyhow::{Context, Result};
use base::{FixedRandom, Now, Random};
use directory::Agency;
use flow::Work;
use flow::queries::Piece;
use petitions::demo as sample;
use petitions::meeting::Meeting;
use petitions::petition::State;
use petitions::queries;
use system::{App, Caller, PositionKind};

use super::at_work;
use crate::assemble::Program;
use crate::demo;
use crate::place::told;

/// Who takes part.
pub(super) struct Petitioning {
    clerk: Caller,
    meetings: Vec<Meeting>,
    /// Where voters are met.
    communes: Vec<Agency>,
    /// Those of whom somebody is there to answer.
    answerers: Vec<Agency>,
}

/// Petitions that are looked at in the end, at most.
const MOST: usize = 100;
/// After so many steps an agency has a petition.
const ASSIGNED: usize = 2;
/// Petitions are left unread, classified, assigned, taken up or answered, and every sixth is returned.
const RETURNED: usize = 5;

impl Petitioning {
    pub(super) async fn prepare(program: &Program, start: Now) -> Result<Self> {
        let app = &program.app;
        let officers = demo::officers(program, start).await?;
        let day = start.today();
        let offices = directory::queries::agencies_of_kind(app.store.read(), "department", day).await.map_err(told)?;
        let office = offices.into_iter().find(|agency| agency.notation == "VP").context("an office of the province")?;
        let is_clerk = |caller: &&Caller| {
            caller.officer().is_ok_and(|one| one.agency == office.id && one.kind == PositionKind::Clerk)
        };
        let clerk = officers.iter().find(is_clerk).context("a clerk of the office")?.clone();
        let mut answerers: Vec<Agency> = Vec::new();
        for officer in officers.iter().filter_map(|caller| caller.officer().ok()) {
            if officer.agency != office.id && answerers.iter().all(|known| known.id != officer.agency) {
                let agency = directory::queries::agency(app.store.read(), officer.agency).await.map_err(told)?;
                answerers.extend(agency);
            }
        }
        let communes = directory::queries::agencies_of_kind(app.store.read(), "commune-committee", day).await;
        let meetings = sample::meetings(app, &clerk, day).await.map_err(told)?;
        Ok(Self { clerk, meetings, communes: communes.map_err(told)?, answerers })
    }

    /// Voters of some communes say something.
    pub(super) async fn enter(&self, app: &App, random: &FixedRandom, count: u64) -> Result<()> {
        let random: &(dyn Random + 'static) = random;
        let any = |count: usize| usize::try_from(random.below(count.max(1) as u64)).unwrap_or(0);
        let meeting = self.meetings.get(any(self.meetings.len())).context("a meeting")?;
        for _ in 0..count {
            let place = self.communes.get(any(self.communes.len())).context("a commune")?;
            sample::enter(app, random, &self.clerk, meeting, place).await.map_err(told)?;
        }
        Ok(())
    }

    pub(super) async fn work(
        &self,
        app: &App,
        random: &FixedRandom,
        officer: &Caller,
        piece: &Piece,
    ) -> base::Result<bool> {
        sample::work(app, random, officer, piece, &self.answerers).await
    }

    /// At the end the last meeting looks at what was answered.
    pub(super) async fn follow(&self, app: &App, random: &FixedRandom) -> Result<()> {
        let meeting = self.meetings.last().context("a meeting")?;
        let officer = self.clerk.officer().map_err(told)?;
        let filter = queries::Filter { state: Some(State::Answered), ..queries::Filter::default() };
        let kind = app.store.kind();
        let answered = queries::for_desk(app.store.read(), kind, officer, &filter, None, MOST).await;
        for petition in answered.map_err(told)?.rows {
            sample::follow(app, random, &self.clerk, &petition, meeting).await.map_err(told)?;
        }
        Ok(())
    }

    /// Those that are new at the end get as far as each its own number of steps, so that every state is to be seen.
    pub(super) async fn leave_some_on_the_way(
        &self,
        app: &App,
        random: &FixedRandom,
        officers: &[Caller],
    ) -> Result<()> {
        let filter = queries::Filter { state: Some(State::New), ..queries::Filter::default() };
        let (kind, officer) = (app.store.kind(), self.clerk.officer().map_err(told)?);
        let new = queries::for_desk(app.store.read(), kind, officer, &filter, None, MOST).await.map_err(told)?;
        for (number, petition) in new.rows.iter().enumerate() {
            let way = number % (RETURNED + 1);
            for _ in 0..(if way == RETURNED { ASSIGNED } else { way }) {
                if let Some((officer, piece)) = at_work(app, officers, petition.id).await? {
                    self.work(app, random, officer, &piece).await.map_err(told)?;
                }
            }
            let left = if way == RETURNED { at_work(app, officers, petition.id).await? } else { None };
            if let Some((officer, piece)) = left.filter(|(_, piece)| piece.step.does == Work::Examine) {
                sample::give_back(app, officer, &piece).await.map_err(told)?;
            }
        }
        Ok(())
    }
}
