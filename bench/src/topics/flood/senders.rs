//! Who sends what: people of two wards, most of them about a few hundred places that others report as well.

use anyhow::{Context, Result, ensure};
use base::{FixedRandom, Now, Random};
use chrono::TimeDelta;
use feedback::actions::{self, NewReport};
use feedback::report::{Contact, Report};
use flow::queries as steps;
use geo::Place;
use identity::LinkSecret;
use system::{App, Caller, PositionKind};
use tinhso::Demo;

use crate::land::{Land, Spot, beside};
use crate::told;

const PLACES: u64 = 400;
/// How far off telephones are, in metres.
const OFF: i32 = 25;
/// What a flood does to ten places.
const KINDS: [&str; 10] = ["ngap", "ngap", "ngap", "ngap", "ngap", "ngap", "cay-do", "cay-do", "o-ga", "den-duong"];
/// Of ten, those who are signed in.
const SIGNED_IN: usize = 3;
/// How many others send before one who lost the answer sends again.
const LOST_FOR: usize = 200;

/// People, officers, and what is wrong where.
pub(super) struct Senders {
    citizens: Vec<Caller>,
    officers: Vec<Caller>,
    troubles: Vec<Trouble>,
    began: Now,
}

/// Something at a place that many report.
struct Trouble {
    spot: Spot,
    kind: &'static str,
    /// Tells it from others, in every report of it.
    words: String,
}

/// One sending of a report.
#[derive(Clone)]
pub(super) struct Sending {
    pub(super) number: usize,
    pub(super) new: NewReport,
    pub(super) caller: Caller,
    pub(super) now: Now,
    /// From two connections at the same time.
    pub(super) at_once: bool,
    /// Sent before, and the answer was lost.
    pub(super) again: bool,
}

impl Senders {
    /// The hour ends at `now`.
    pub(super) async fn of(demo: &Demo, now: Now) -> Result<Self> {
        let app = &demo.program.app;
        let random = FixedRandom::new(23);
        let land = Land::of(&app.store, now, &random).await?;
        let officers = demo.officers().await?;
        let mut wards = Vec::new();
        for officer in officers.iter().filter_map(|caller| caller.officer().ok()) {
            let agency = directory::queries::agency(app.store.read(), officer.agency).await.map_err(told)?;
            let ward = agency.is_some_and(|agency| agency.kind == "commune-committee");
            if ward && officer.kind == PositionKind::Reception && !wards.contains(&officer.agency) {
                wards.push(officer.agency);
            }
        }
        ensure!(!wards.is_empty(), "no ward has a desk");
        let trouble = |number: usize| {
            Ok(Trouble {
                spot: land.spot_in(wards[number % wards.len()], &random)?,
                kind: KINDS[number / wards.len() % KINDS.len()],
                words: format!("Đường Ví Dụ, điểm {number}"),
            })
        };
        let troubles: Result<Vec<Trouble>> = (0..usize::try_from(PLACES)?).map(trouble).collect();
        let citizens = demo.citizens().await?.into_iter().map(|citizen| citizen.caller).collect();
        Ok(Self { citizens, officers, troubles: troubles?, began: Now::at(now.utc() - TimeDelta::hours(1)) })
    }

    pub(super) fn spots(&self) -> impl Iterator<Item = Place> {
        self.troubles.iter().map(|trouble| trouble.spot.place)
    }

    /// So many reports, evenly over the hour; every tenth is sent again later, every twentieth from two connections. The same
    /// each time.
    pub(super) fn all(&self, reports: usize) -> Result<Vec<Sending>> {
        let random = FixedRandom::new(29);
        let mut sendings: Vec<Sending> = Vec::new();
        for number in 0..reports {
            if let Some(lost) = number.checked_sub(LOST_FOR).filter(|lost| lost % 10 == 3) {
                let before = sendings.iter().rev().find(|sending| sending.number == lost && !sending.again);
                let before = before.context("what was sent before")?.clone();
                sendings.push(Sending { now: self.at(number, reports)?, again: true, ..before });
            }
            sendings.push(Sending {
                number,
                new: self.report(number, &random)?,
                caller: if number % 10 < SIGNED_IN {
                    self.citizens[number % self.citizens.len()].clone()
                } else {
                    Caller::Anonymous
                },
                now: self.at(number, reports)?,
                at_once: number % 20 == 11,
                again: false,
            });
        }
        // Whoever lost the last answers tries again after the hour.
        let late = reports.saturating_sub(LOST_FOR)..reports;
        let late: Vec<Sending> = sendings
            .iter()
            .filter(|one| !one.again && late.contains(&one.number) && one.number % 10 == 3)
            .cloned()
            .collect();
        sendings.extend(late.into_iter().map(|one| Sending { again: true, ..one }));
        Ok(sendings)
    }

    fn at(&self, number: usize, reports: usize) -> Result<Now> {
        let after = i64::try_from(number * 3_600_000 / reports)?;
        Ok(Now::at(self.began.utc() + TimeDelta::milliseconds(after)))
    }

    fn report(&self, number: usize, random: &(dyn Random + 'static)) -> Result<NewReport> {
        // The worst places are reported by many.
        let trouble = random.below(PLACES).min(random.below(PLACES));
        let Trouble { spot, kind, words } = &self.troubles[usize::try_from(trouble)?];
        Ok(NewReport {
            secret: LinkSecret::new(random),
            kind: (*kind).to_owned(),
            place: Some(beside(spot.place, OFF, random)),
            place_words: words.clone(),
            commune: spot.commune,
            words: "Nước dâng nhanh, cây ngã chắn lối đi, xe không qua được. Xin cử người tới giúp.".to_owned(),
            contact: Contact::default(),
            unnamed: number.is_multiple_of(4),
            // Every household has an address of its own (RFC 3849 keeps these for examples).
            sender: Some(format!("2001:db8:{:x}:{:x}::/64", number / 3, number % 3)),
        })
    }

    /// The desk reads it and hands it on, as it mostly does.
    pub(super) async fn read(&self, app: &App, now: Now, report: &Report) -> Result<()> {
        let open = steps::steps_of(app.store.read(), report.id).await.map_err(told)?;
        let step = open.into_iter().find(|step| step.closed_at.is_none()).context("a report without a step")?;
        let takes = |caller: &&Caller| caller.officer().is_ok_and(|officer| steps::may_take(officer, &step));
        let officer = self.officers.iter().find(takes).context("nobody reads reports")?;
        let decided = feedback::demo::usual(app, report).await.map_err(told)?;
        actions::triage(app, now, officer, report.id, step.id, decided).await.map(drop).map_err(told)
    }
}
