use base::{Error, Id, Now};
use journal::Actor;
use province::Reorganisation;
use system::PositionKind;

use super::{Fixture, day};
use crate::actions::{add_plan, appoint, begin, decide};
use crate::holding::NewHolding;
use crate::plan::{Decided, PlanState};
use crate::queries::{self, Which};

const PLAN: &str = include_str!("../../../../province/khanh-hoa/reorganisations/2025-07-01.toml");

fn real() -> Reorganisation {
    Reorganisation::parse("2025-07-01.toml".as_ref(), PLAN).unwrap()
}

/// As the published table of successors alone has it.
fn undecided() -> Reorganisation {
    Reorganisation { ends: Vec::new(), ..real() }
}

impl Fixture {
    async fn add(&self, plan: &Reorganisation) -> Id {
        self.store.write(async |tx| add_plan(tx, self.now, &Actor::PROGRAM, plan).await).await.unwrap()
    }

    async fn begin(&self, plan: Id, now: Now) -> Result<(), Error> {
        self.store.write(async |tx| begin(tx, now, &Actor::PROGRAM, plan).await).await
    }

    /// Carries a plan out; gives how many agencies it moved.
    async fn carry_out(&self, plan: Id) -> i64 {
        crate::actions::go_on(&self.given.app(system::Parts::default())).await.unwrap();
        queries::plan_count(self.store.read(), plan).await.unwrap().done
    }

    async fn holder(&self, name: &str, agency: &str, kind: PositionKind, from: &str) -> Id {
        let person = self.person(name).await;
        let agency = self.agency(agency).await;
        let positions = queries::positions(self.store.read(), agency.id, day(from)).await.unwrap();
        let position = positions.into_iter().find(|position| position.kind == kind).unwrap().id;
        let new = NewHolding { position, person, acting_for: None, from: day(from), to: None };
        self.store.write(async |tx| appoint(tx, self.now, &Actor::PROGRAM, new).await).await.unwrap();
        person
    }
}

#[store::test]
async fn the_table_leaves_nine_communes_out_and_divides_seven_and_people_decide_them(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let plan = f.add(&undecided()).await;
    let count = queries::plan_count(f.store.read(), plan).await.unwrap();
    assert_eq!((count.lines, count.undecided), (149, 25));
    let open = queries::plan_lines(f.store.read(), plan, Which::Undecided, None, 100).await.unwrap().rows;
    let communes = open.iter().filter(|line| line.code.split('.').count() == 3);
    let (divided, missing): (Vec<_>, Vec<_>) = communes.partition(|line| line.parts > 1);
    assert_eq!((missing.len(), divided.len()), (9, 7));
    assert!(matches!(f.begin(plan, f.now).await, Err(Error::Conflict("directory-plan-undecided"))));

    for line in &open {
        let decided = |heir: &'static str| {
            f.store.write(async move |tx| decide(tx, f.now, &Actor::PROGRAM, plan, line.agency, heir).await)
        };
        assert!(matches!(decided("H32.31.01").await, Err(Error::Invalid(_))), "it ends on the same day");
        decided("H32.103").await.unwrap();
    }
    let count = queries::plan_count(f.store.read(), plan).await.unwrap();
    assert_eq!((count.undecided, count.unverified), (0, 0));
    f.begin(plan, f.now).await.unwrap();
}

#[store::test]
async fn the_demos_own_decisions_are_marked_as_unverified(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let plan = f.add(&real()).await;
    assert_eq!(f.add(&real()).await, plan, "brought in twice it is one");
    let count = queries::plan_count(f.store.read(), plan).await.unwrap();
    assert_eq!((count.lines, count.undecided, count.unverified), (149, 0, 25));
    let lines = queries::plan_lines(f.store.read(), plan, Which::Unverified, None, 100).await.unwrap().rows;
    assert!(lines.iter().all(|line| line.decided == Decided::Plan && !line.note.is_empty()));
}

#[store::test]
async fn a_plan_waits_for_its_day_and_its_agencies_then_answer_for_those_before_them(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let plan = f.add(&real()).await;
    let early = Now::parse("2025-06-30T23:59:00+07:00");
    assert!(matches!(f.begin(plan, early).await, Err(Error::Conflict("directory-plan-too-early"))));
    let district = f.agency("H32.31").await.id;
    assert!(queries::today_of(f.store.read(), district, day("2025-07-01")).await.unwrap().is_none());
    f.begin(plan, f.now).await.unwrap();
    assert!(matches!(f.begin(plan, f.now).await, Err(Error::Conflict("directory-plan-began"))));
    let heir = queries::today_of(f.store.read(), district, day("2025-07-01")).await.unwrap().unwrap();
    assert_eq!(heir.code, "H32.103");
    assert!(queries::within(f.store.read(), district, heir.id).await.unwrap(), "the heir sees what it did");
    assert_eq!(f.carry_out(plan).await, 149);
    let done = queries::plan(f.store.read(), plan).await.unwrap().unwrap();
    assert_eq!(done.state(), PlanState::Done);
}

#[store::test]
async fn people_go_on_in_the_same_position_and_a_second_leader_is_left_to_people(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let clerk = f.holder("Nguyễn Văn Mẫu", "H32.31.01", PositionKind::Clerk, "2024-01-01").await;
    let leader = f.holder("Trần Thị Mẫu", "H32.31.01", PositionKind::Leader, "2024-01-01").await;
    let sitting = f.agency("H32.101").await;
    let chairs = queries::positions(f.store.read(), sitting.id, day("2025-07-01")).await.unwrap();
    for (number, chair) in chairs.iter().filter(|position| position.kind == PositionKind::Leader).enumerate() {
        for seat in 0..chair.seats {
            let person = f.person(&format!("Lãnh đạo mẫu {number} {seat}")).await;
            let new = NewHolding { position: chair.id, person, acting_for: None, from: day("2025-07-01"), to: None };
            f.store.write(async |tx| appoint(tx, f.now, &Actor::PROGRAM, new).await).await.unwrap();
        }
    }
    let plan = f.add(&real()).await;
    f.begin(plan, f.now).await.unwrap();
    f.carry_out(plan).await;
    let held = async |person: Id| queries::holdings_of(f.store.read(), person, day("2025-07-01")).await.unwrap();
    let went = held(clerk).await;
    assert_eq!(went.len(), 1);
    assert_eq!((went[0].position.kind, went[0].position.agency), (PositionKind::Clerk, sitting.id));
    assert!(held(leader).await.is_empty(), "every chair is taken");
    let done = queries::plan(f.store.read(), plan).await.unwrap().unwrap();
    let waiting = queries::unplaced(f.store.read(), &done, 10).await.unwrap();
    assert_eq!(waiting.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), ["Trần Thị Mẫu"]);
}
