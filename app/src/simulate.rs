//! People file and officers work, day by day, through the same actions as the pages.

mod arrivals;
mod duties;
mod late_part;
mod petitioning;
mod queueing;
mod staff;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use base::{Clock, FixedClock, FixedRandom, Id, Now, Random, SystemClock};
use chrono::{Datelike, Days, NaiveTime, TimeDelta};
use complaints::letter::Sender;
use contracts::questions::Procedure;
use directory::Agency;
use dossiers::demo::{self as sample, Applicant};
use dossiers::dossier::State;
use dossiers::paper::HandedIn;
use feedback::report::State as Standing;
use flow::queries::{Pick, Piece};
use form::Lists;
use indicatif::{ProgressBar, ProgressStyle};
use store::Sql;
use system::{App, Caller};
use worktime::Calendar;
use worktime::ledger::Calendars;

use crate::account;
use crate::assemble::{self, Program};
use crate::demo;
use crate::place::{Place, told};
use crate::work::Worker;
use arrivals::Arrivals;
use petitioning::Petitioning;
use post::order::{Leg, Party};
use queueing::Queueing;
use staff::Staff;

/// How much, over how long.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub dossiers: u32,
    pub days: u32,
    /// The same seed does the same.
    pub seed: u64,
    /// Of about so many dossiers papers are made at once; those of the others when somebody opens them.
    pub papers: u32,
}

impl Plan {
    /// The simulation looks around this often: in a long one officers do more at a time.
    const fn step(&self) -> TimeDelta {
        if self.days > 90 { TimeDelta::minutes(60) } else { TimeDelta::minutes(30) }
    }

    /// Whether papers of the dossier that is filed as this one are made at once.
    fn is_sampled(&self, filed: u64) -> bool {
        filed.is_multiple_of(u64::from((self.dossiers / self.papers.max(1)).max(1)))
    }

    /// How many are asked to pay more or wish to withdraw in a week.
    const fn duties_a_week(&self) -> usize {
        (self.dossiers / (self.days / 7 + 1) / 50) as usize
    }
}

/// Of how many dossiers papers are made at once, so that there are some to look at as they are kept.
pub(crate) const SAMPLE: u32 = 200;
/// How many pieces of work an officer gets done at a time, at least.
const PIECES: usize = 2;
/// How many reports people send meanwhile, at most.
const REPORTS: u32 = 60;
/// How many petitions of voters are entered meanwhile, at most, and how many of them at a time.
const PETITIONS: u32 = 60;
const WAVE: u64 = 12;
/// How many dossiers wait at the end for a payment, or to be withdrawn.
const DUTIES: usize = 14;
/// Of how many dossiers one was filed at the national portal.
const FILED_THERE: u32 = 20;
/// Of how many applicants one wishes for the result by post.
const BY_POST: u64 = 5;
/// Of an officer's work that much is looked through for one thing.
const INBOX: usize = 500;
/// How many petition letters; every fifth is a denunciation.
const LETTERS: u32 = 40;

/// The morning of the first day.
pub(crate) fn beginning(now: Now, days: u32) -> Now {
    let first = now.today().checked_sub_days(Days::new(days.into())).unwrap_or(now.today());
    let morning = first.and_time(NaiveTime::from_hms_opt(7, 0, 0).unwrap_or(NaiveTime::MIN));
    morning.and_local_timezone(base::ZONE).single().map_or(now, |at| Now::at(at.to_utc()))
}

pub(crate) async fn run(place: &Place, plan: Plan, json: bool) -> Result<ExitCode> {
    let began = Instant::now();
    let fresh = !account::are_kept(&place.data);
    let folder = demo::prepare(place, plan, SystemClock.now()).await?;
    let store = assemble::connect(&place.location()?).await?;
    if !fresh {
        let now = SystemClock.now();
        let clock = Arc::new(FixedClock::new(beginning(now, plan.days)));
        let program = demo::open(&folder, store.clone(), clock.clone(), &[], demo::NOBODY_ELSE).await?;
        go(&program, &clock, now, plan).await?;
    }
    let states = count_states(&store).await?;
    store.close().await.map_err(told)?;
    if json {
        println!("{}", serde_json::to_string(&states)?);
    } else {
        for (state, count) in &states {
            println!("{state:>2}  {count}");
        }
        let seconds = began.elapsed().as_secs_f64();
        println!("{} dossiers in {seconds:.0} s: {:.1}/s", plan.dossiers, f64::from(plan.dossiers) / seconds);
    }
    Ok(ExitCode::SUCCESS)
}

async fn count_states(store: &store::Store) -> Result<BTreeMap<i64, i64>> {
    let rows = Sql::new("SELECT state, count(*) FROM dossiers GROUP BY state")
        .all(store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
        .await
        .map_err(told)?;
    Ok(rows.into_iter().collect())
}

struct World<'a> {
    program: &'a Program,
    random: FixedRandom,
    citizens: Vec<Applicant>,
    staff: Staff,
    /// What can be filed, and where.
    offers: Vec<(Arc<Procedure>, Id)>,
    lists: &'static Lists,
    paper: HandedIn,
    /// Communes of the demo, in which people report.
    communes: Vec<Agency>,
    petitioning: Petitioning,
    /// The dossier whose part at another agency nobody gets to.
    left: Option<Id>,
}

/// Runs from where the clock stands until `end`.
pub(crate) async fn go(program: &Program, clock: &FixedClock, end: Now, plan: Plan) -> Result<()> {
    let start = clock.now();
    let mut world = World {
        program,
        random: FixedRandom::new(plan.seed),
        citizens: demo::citizens(program, start).await?,
        staff: Staff::new(demo::officers(program, start).await?, plan.seed),
        offers: offers(program, start).await?,
        lists: dossiers::declared::lists().map_err(told)?,
        paper: sample::sample_paper(&program.app, start).await.map_err(told)?,
        communes: communes(program, start).await?,
        petitioning: Petitioning::prepare(program, start).await?,
        left: None,
    };
    let bar = ProgressBar::new(u64::from(plan.dossiers)).with_style(
        ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {per_sec} {eta}").context("the bar of progress")?,
    );
    bar.set_message("Hồ sơ minh họa");
    let mut worker = Worker::new(program);
    let moments = moments(start, end, plan.step());
    let calendar = world.calendar()?;
    let arrivals = Arrivals::new(&moments, &calendar);
    let open = moments.iter().filter(|at| is_open(&calendar, **at)).count().max(1);
    let pieces = PIECES.max(usize::try_from(plan.dossiers)? * 2 / open);
    let (mut filed, mut reported, mut petitioned, mut written) = (0, 0, 0, 0);
    let mut queueing = Queueing::prepare(&world, end.today(), plan.seed).await?;
    let late_from = late_part::day(&calendar, end);
    let (mut sample, mut day) = (Vec::new(), start.today());
    for (number, at) in moments.iter().copied().enumerate() {
        clock.set(at);
        let due = |all: u32| arrivals.due(number, all);
        while filed < due(plan.dossiers) {
            let dossier = world.file(filed % BY_POST == 0).await?;
            if plan.is_sampled(filed) {
                sample.extend(dossier);
            }
            filed += 1;
            bar.inc(1);
        }
        while reported < due(REPORTS.min(plan.dossiers)) {
            world.report().await?;
            reported += 1;
        }
        // Clerks enter at once what was said at one meeting with voters.
        while petitioned + WAVE <= due(PETITIONS.min(plan.dossiers)) {
            world.petitioning.enter(&program.app, &world.random, WAVE).await?;
            petitioned += WAVE;
        }
        while written < due(LETTERS.min(plan.dossiers)) {
            world.write(written % 5 == 4).await?;
            written += 1;
        }
        if !is_open(&calendar, at) {
            continue;
        }
        if at.today() != day {
            if at.today().iso_week() != day.iso_week() {
                world.begin_week(plan.duties_a_week()).await?;
            }
            day = at.today();
            world.answer_requests().await?;
            world.follow_reports().await?;
            if day == late_from {
                world.left = Some(world.file_what_will_be_late().await?);
            }
            flow::actions::tell_late_parts(&program.app).await.map_err(told)?;
        }
        world.work(pieces).await?;
        queueing.go_on(&world).await?;
        sample::leave_papers(&program.app, &sample).await.map_err(told)?;
        worker.drain().await;
        post::demo::carry(&program.app).await.map_err(told)?;
    }
    world.leave_some_open(DUTIES).await?;
    world.file_at_the_portal((plan.dossiers / FILED_THERE).min(2)).await?;
    world.show_every_state().await?;
    queueing.leave_some_waiting(&world).await?;
    sample::leave_papers(&program.app, &sample).await.map_err(told)?;
    // Charges follow from what was asked for, and dossiers from what was paid.
    worker.drain().await;
    world.pay().await?;
    world.petitioning.follow(&program.app, &world.random).await?;
    world.petitioning.leave_some_on_the_way(&program.app, &world.random, &world.staff.officers).await?;
    worker.drain().await;
    bar.finish_and_clear();
    Ok(())
}

/// From the beginning to the end, step by step.
fn moments(start: Now, end: Now, step: TimeDelta) -> Vec<Now> {
    let mut moments: Vec<Now> = std::iter::successors(Some(start), |at| Some(Now::at(at.utc() + step)))
        .take_while(|at| at.utc() < end.utc())
        .collect();
    moments.push(end);
    moments
}

/// Whether officers are at work.
fn is_open(calendar: &Calendar, at: Now) -> bool {
    let minute = u16::try_from(at.local().time().signed_duration_since(NaiveTime::MIN).num_minutes()).unwrap_or(0);
    calendar.day(at.today()).is_some_and(|day| {
        day.is_working() && day.sessions.iter().any(|session| (session.opens()..session.closes()).contains(&minute))
    })
}

/// Every procedure, at each agency of the demo that receives it.
async fn offers(program: &Program, now: Now) -> Result<Vec<(Arc<Procedure>, Id)>> {
    let app = &program.app;
    let procedures = app.ask::<dyn contracts::questions::Procedures>().context("nobody knows procedures")?;
    let mut offers = Vec::new();
    for officer in demo::officers(program, now).await? {
        let Ok(officer) = officer.officer() else { continue };
        if officer.kind != system::PositionKind::Reception || offers.iter().any(|(_, agency)| *agency == officer.agency)
        {
            continue;
        }
        let agency = directory::queries::agency(app.store.read(), officer.agency).await.map_err(told)?;
        let agency = agency.context("an officer's agency")?;
        for procedure in procedures.offered(now).await.map_err(told)? {
            if procedure.is_received_by(&agency.kind, &agency.notation) {
                offers.push((procedure, agency.id));
            }
        }
    }
    anyhow::ensure!(!offers.is_empty(), "no agency of the demo receives any procedure");
    Ok(offers)
}

/// What is to be done with a thing, and who does it.
async fn at_work<'a>(app: &App, officers: &'a [Caller], subject: Id) -> Result<Option<(&'a Caller, Piece)>> {
    for caller in officers {
        let Ok(officer) = caller.officer() else { continue };
        let c = app.store.read();
        let inbox = flow::queries::inbox(c, officer, Pick::All, app.now().utc(), None, INBOX).await.map_err(told)?;
        if let Some(piece) = inbox.rows.into_iter().find(|piece| piece.case.subject == subject) {
            return Ok(Some((caller, piece)));
        }
    }
    Ok(None)
}

/// The communes of the demo's agencies.
async fn communes(program: &Program, now: Now) -> Result<Vec<Agency>> {
    let mut communes: Vec<Agency> = Vec::new();
    for officer in demo::officers(program, now).await? {
        let Ok(officer) = officer.officer() else { continue };
        let agency = directory::queries::agency(program.app.store.read(), officer.agency).await.map_err(told)?;
        let new = agency
            .filter(|agency| agency.kind == "commune-committee" && communes.iter().all(|known| known.id != agency.id));
        communes.extend(new);
    }
    Ok(communes)
}

impl World<'_> {
    fn any<'t, T>(&self, of: &'t [T]) -> Option<&'t T> {
        let random: &dyn Random = &self.random;
        of.get(usize::try_from(random.below(of.len() as u64)).unwrap_or(0))
    }

    fn chance(&self, percent: u64) -> bool {
        let random: &dyn Random = &self.random;
        random.below(100) < percent
    }

    /// The hours that all agencies of the demo keep.
    fn calendar(&self) -> Result<Arc<Calendar>> {
        let calendars = self.program.app.parts.get::<Calendars>().map_err(told)?;
        let officer = self.staff.officers.first().context("an officer of the demo")?.officer().map_err(told)?;
        Ok(calendars.of(officer.agency))
    }

    async fn file(&self, by_post: bool) -> Result<Option<Id>> {
        let (Some(citizen), Some((procedure, agency))) = (self.any(&self.citizens), self.any(&self.offers)) else {
            return Ok(None);
        };
        let app = &self.program.app;
        let filed = sample::file(app, &self.random, citizen, procedure, *agency, &self.paper, self.lists).await;
        let dossier = filed.map_err(told)?;
        if by_post {
            let party = Party {
                name: citizen.name.clone(),
                phone: citizen.phone.clone(),
                address: "Nhà số 1 đường Ví Dụ, phường Nha Trang".to_owned(),
                commune: String::new(),
            };
            post::demo::choose(app, &citizen.caller, &dossier.code, party).await.map_err(told)?;
        }
        Ok(Some(dossier.id))
    }

    /// Somebody reports something; some do not wish to be named.
    async fn report(&self) -> Result<()> {
        let (Some(citizen), Some(commune)) = (self.any(&self.citizens), self.any(&self.communes)) else {
            return Ok(());
        };
        feedback::demo::report(&self.program.app, &self.random, &citizen.caller, commune).await.map_err(told)?;
        Ok(())
    }

    /// A report in each state, whatever chance made of the others.
    async fn show_every_state(&self) -> Result<()> {
        let (Some(citizen), Some(commune)) = (self.citizens.first(), self.communes.first()) else { return Ok(()) };
        let app = &self.program.app;
        feedback::demo::every_state(app, &self.random, &citizen.caller, &self.staff.officers, commune)
            .await
            .map_err(told)
    }

    /// Somebody writes a letter, or denounces something.
    async fn write(&self, denounces: bool) -> Result<()> {
        let (Some(citizen), Some(commune)) = (self.any(&self.citizens), self.any(&self.communes)) else {
            return Ok(());
        };
        let app = &self.program.app;
        let person = directory::queries::person(app.store.read(), citizen.person).await.map_err(told)?;
        let person = person.context("a citizen of the demo")?;
        let sender = Sender {
            name: person.name,
            number: person.personal_number.map(|number| number.reveal().to_owned()).unwrap_or_default(),
            address: person.address.unwrap_or_default(),
            phone: person.phone.map(|phone| phone.reveal().to_owned()).unwrap_or_default(),
        };
        if denounces {
            complaints::demo::denounce(app, &self.random, &sender).await.map_err(told)?;
        } else {
            complaints::demo::letter(app, &self.random, &sender, commune).await.map_err(told)?;
        }
        Ok(())
    }

    /// Some of those whose report was answered say whether that helped.
    async fn follow_reports(&self) -> Result<()> {
        let app = &self.program.app;
        let answered = feedback::queries::in_state(app.store.read(), Standing::Answered, 100).await.map_err(told)?;
        for report in answered {
            let reporter = self.citizens.iter().find(|citizen| report.reporter == Some(citizen.person));
            if let Some(reporter) = reporter.filter(|_| self.chance(30)) {
                feedback::demo::follow(app, &self.random, &reporter.caller, &report).await.map_err(told)?;
            }
        }
        Ok(())
    }

    /// Everybody who is there and gets to it does some of the nearest work.
    async fn work(&self, pieces: usize) -> Result<()> {
        let app = &self.program.app;
        for (caller, officer, pace) in self.staff.on(app.now().today()) {
            if !self.chance(pace) {
                continue;
            }
            let inbox = flow::queries::inbox(app.store.read(), officer, Pick::All, app.now().utc(), None, pieces).await;
            for piece in inbox.map_err(told)?.rows {
                if piece.case.parent_step.is_some() && Some(piece.case.subject) == self.left {
                    continue;
                }
                if piece.step.does == flow::Work::Return && self.goes_by_post(piece.case.subject).await? {
                    continue;
                }
                let done = match piece.case.system.as_str() {
                    "feedback" => feedback::demo::work(app, &self.random, caller, &piece).await,
                    "petitions" => self.petitioning.work(app, &self.random, caller, &piece).await,
                    "complaints" => complaints::demo::work(app, &self.random, caller, &piece).await,
                    _ => sample::work(app, &self.random, caller, &piece).await,
                };
                match done {
                    // A refusal may have closed a step beside it while it lay on the same officer's table.
                    Ok(_) | Err(base::Error::Conflict(_)) => {}
                    Err(error) => return Err(told(error)),
                }
            }
        }
        Ok(())
    }

    /// Some filed at the national portal; of the second a paper is missing.
    async fn file_at_the_portal(&self, count: u32) -> Result<()> {
        let app = &self.program.app;
        let offered = self.offers.iter().filter(|(procedure, _)| {
            procedure.papers.iter().any(|paper| paper.required && paper.condition.is_none() && paper.reuse.is_none())
        });
        for ((procedure, agency), number) in offered.zip(1..=count) {
            let agency = directory::queries::agency(app.store.read(), *agency).await.map_err(told)?;
            let (Some(agency), Some(citizen)) = (agency, self.citizens.first()) else { continue };
            let components: Vec<&str> = procedure.papers.iter().map(|paper| paper.code.as_str()).collect();
            let components = if number == 1 { components.as_slice() } else { &[] };
            let applicant = (citizen.name.as_str(), citizen.number.reveal());
            let code = format!("MINH-HOA-{number:04}");
            let filed = national::demo::filed(&code, &procedure.code, &agency.code, applicant, components);
            national::demo::arrive(app, &filed).await.map_err(told)?;
        }
        Ok(())
    }

    /// What the carrier takes along is handed to nobody at the desk.
    async fn goes_by_post(&self, dossier: Id) -> Result<bool> {
        let orders = post::queries::of_dossier(self.program.app.store.read(), dossier).await.map_err(told)?;
        Ok(orders.iter().any(|order| order.leg == Leg::Return && !order.state.is_end()))
    }

    /// Some of those who were asked bring what is missing.
    async fn answer_requests(&self) -> Result<()> {
        for dossier in self.in_state(State::SupplementAsked).await? {
            if !self.chance(30) {
                continue;
            }
            let Some(applicant) = self.citizens.iter().find(|citizen| citizen.person == dossier.applicant) else {
                continue;
            };
            if dossiers::queries::open_supplement(self.program.app.store.read(), dossier.id)
                .await
                .map_err(told)?
                .is_some()
            {
                sample::complete(&self.program.app, applicant, &dossier, &self.paper).await.map_err(told)?;
            }
        }
        Ok(())
    }

    async fn in_state(&self, state: State) -> Result<Vec<dossiers::dossier::Dossier>> {
        dossiers::queries::in_state(self.program.app.store.read(), state, 500).await.map_err(told)
    }
}
