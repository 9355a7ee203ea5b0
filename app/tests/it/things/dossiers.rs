//! Dossiers of the demo, each in the state that a route is about.

use base::{Id, Random};
use chrono::Datelike as _;
use contracts::questions::{Procedure, Procedures};
use dossiers::dossier::{Dossier, State};
use dossiers::paper::Mark;
use dossiers::queries;
use dossiers::slip::{PaperFile, SlipKind, Stage};
use flow::queries::{Pick, may_take};
use flow::{Flow, OpenStep, Work};
use system::{PositionKind, Route};
use tinhso::Worker;

use super::{Thing, enters};
use crate::province::{Person, Province};

pub(super) async fn find(province: &Province, name: &str, route: &Route) -> Option<Thing> {
    match name {
        "procedure" => {
            Some(Thing::of(super::Owner::Anyone).with("code", any_procedure(province).await.code.clone()).everyones())
        }
        "guide" => Some(Thing::of(super::Owner::Anyone).with("code", "sinh-con").everyones()),
        "agency" => Some(Thing::of(super::Owner::Anyone).with("code", "H32.103").everyones()),
        "own-dossier" => own(province, |dossier| dossier.state.allows(State::WithdrawalAsked)).await,
        "own-ended-dossier" => own(province, Dossier::may_be_rated).await,
        "own-waiting-dossier" => own_waiting(province).await,
        "own-paper" | "own-slip" | "own-result" => own_file(province, name).await,
        "dossier-desk" => with_files(province, route).await,
        "dossier-in-process" => in_state(province, route, |state| matches!(state, State::Received | State::Processing))
            .await
            .map(|thing| thing.with("id", base::Id::new(province.app().now()))),
        "dossier-owed" => owed(province, route).await,
        "dossier-withdrawal" => in_state(province, route, |state| state == State::WithdrawalAsked).await,
        "dossier-to-receive" => at_step(province, route, Work::Receive, None).await,
        "dossier-to-sign" => at_step(province, route, Work::Sign, Some(Stage::Printed)).await,
        "dossier-to-number" => at_step(province, route, Work::Number, Some(Stage::Signed)).await,
        "step-to-take" => step(province, false).await,
        "step-taken" => step(province, true).await,
        "pile" => Some(Thing::of(province.officers().await.swap_remove(0)).everyones()),
        "signed-paper" => signed_paper(province).await,
        _ => None,
    }
}

pub(super) async fn all(province: &Province) -> Vec<Dossier> {
    let mut dossiers = Vec::new();
    for state in (1..).map_while(State::from_code) {
        dossiers.extend(queries::in_state(province.store().read(), state, 500).await.unwrap());
    }
    dossiers
}

async fn any_procedure(province: &Province) -> std::sync::Arc<Procedure> {
    let app = province.app();
    app.ask::<dyn Procedures>().unwrap().offered(app.now()).await.unwrap().swap_remove(0)
}

/// The account of whom the dossier is for.
pub(super) async fn applicant(province: &Province, dossier: &Dossier) -> Person {
    let person = directory::queries::person(province.store().read(), dossier.applicant).await.unwrap().unwrap();
    province.person(person.personal_number.unwrap().reveal()).await
}

/// Somebody else, and an officer of an agency that has nothing to do with it.
async fn strangers(province: &Province, dossier: &Dossier) -> Vec<Person> {
    let citizens = province.citizens().await.into_iter();
    let other = citizens.filter(|one| one.caller.person() != Some(dossier.applicant)).take(1);
    let mut strangers: Vec<Person> = other.collect();
    for officer in province.officers().await {
        let reads = officer.officer().is_some_and(|one| one.may(dossiers::access::READ));
        if reads && !sees(province, &officer, dossier).await {
            strangers.push(officer);
            break;
        }
    }
    strangers
}

async fn sees(province: &Province, officer: &Person, dossier: &Dossier) -> bool {
    let officer = officer.officer().unwrap();
    queries::for_officer(province.store().read(), officer, &dossier.code).await.is_ok()
}

async fn owned(province: &Province, dossier: &Dossier) -> Thing {
    let strangers = strangers(province, dossier).await;
    Thing::of(applicant(province, dossier).await).with("code", &dossier.code).hidden_from(strangers)
}

async fn own(province: &Province, wanted: impl Fn(&Dossier) -> bool) -> Option<Thing> {
    let dossier = all(province).await.into_iter().find(wanted)?;
    Some(owned(province, &dossier).await)
}

async fn own_waiting(province: &Province) -> Option<Thing> {
    for dossier in all(province).await.into_iter().filter(|dossier| dossier.state == State::SupplementAsked) {
        let Some(asked) = queries::open_supplement(province.store().read(), dossier.id).await.unwrap() else {
            continue;
        };
        let [Mark::Component { code, .. }] = asked.marks.as_slice() else { continue };
        let papers = format!("[{{\"component\":\"{code}\",\"file\":\"{}\"}}]", uploaded(province, &dossier).await);
        let file = file_of(province, &dossier).await;
        let thing = owned(province, &dossier).await.with("component", code).with("papers", papers).with_file(file);
        return Some(thing);
    }
    None
}

/// The bytes of a paper that was handed in.
pub(super) async fn file_of(province: &Province, dossier: &Dossier) -> Vec<u8> {
    let papers = queries::papers(province.store().read(), dossier.id).await.unwrap();
    province.app().files.read(&papers[0].file.hash).await.unwrap().to_vec()
}

/// The applicant sends a paper in by itself, as programs do; gives its hash.
pub(super) async fn uploaded(province: &Province, dossier: &Dossier) -> String {
    let (app, owner) = (province.app(), applicant(province, dossier).await);
    let paper = queries::papers(app.store.read(), dossier.id).await.unwrap().swap_remove(0).file;
    let upload =
        dossiers::paper::Upload { hash: paper.hash.clone(), name: paper.name, size: paper.size, mime: paper.mime };
    let account = owner.caller.actor().account.unwrap();
    dossiers::actions::keep_upload(app, app.now(), account, &upload).await.unwrap();
    paper.hash
}

/// A paper, a slip and a result of a dossier, as far as each may be looked at.
#[derive(Default)]
struct FilesOf {
    paper: Option<Id>,
    slip: Option<Id>,
    result: Option<Id>,
}

async fn files_of(province: &Province, dossier: &Dossier) -> FilesOf {
    let c = province.store().read();
    let papers = queries::papers(c, dossier.id).await.unwrap();
    let slips = queries::slips(c, dossier.id).await.unwrap();
    let outcomes = queries::outcomes(c, dossier.id).await.unwrap();
    FilesOf {
        paper: papers.first().map(|paper| paper.id),
        slip: slips.iter().find(|slip| slip.kind != SlipKind::FollowUp && slip.file.is_some()).map(|slip| slip.id),
        result: outcomes.iter().find(|one| one.stage == Stage::Issued && one.file.is_some()).map(|one| one.id),
    }
}

async fn own_file(province: &Province, name: &str) -> Option<Thing> {
    for dossier in all(province).await {
        let files = files_of(province, &dossier).await;
        let (parameter, found) = match name {
            "own-paper" => ("paper", files.paper),
            "own-slip" => ("slip", files.slip),
            _ => ("result", files.result),
        };
        if let Some(id) = found {
            return Some(owned(province, &dossier).await.with(parameter, id));
        }
    }
    None
}

/// A dossier on the desk of whoever may use the route, hidden from who may use it elsewhere.
async fn on_desk(
    province: &Province,
    route: &Route,
    dossier: &Dossier,
    may: impl Fn(&Person) -> bool,
) -> Option<Thing> {
    let (mut owner, mut hidden_from) = (None, None);
    for officer in province.officers().await.into_iter().filter(|officer| enters(officer, route.access)) {
        if !sees(province, &officer, dossier).await {
            hidden_from = hidden_from.or(Some(officer));
        } else if may(&officer) {
            owner = owner.or(Some(officer));
        }
    }
    Some(Thing::of(owner?).with("code", &dossier.code).hidden_from(hidden_from))
}

async fn with_files(province: &Province, route: &Route) -> Option<Thing> {
    for dossier in all(province).await {
        if let FilesOf { paper: Some(paper), slip: Some(slip), result: Some(result) } =
            files_of(province, &dossier).await
        {
            let thing = on_desk(province, route, &dossier, |_| true).await?;
            return Some(thing.with("paper", paper).with("slip", slip).with("result", result));
        }
    }
    None
}

async fn in_state(province: &Province, route: &Route, wanted: impl Fn(State) -> bool) -> Option<Thing> {
    let dossier = all(province).await.into_iter().find(|dossier| wanted(dossier.state))?;
    let receives = |one: &Person| {
        one.officer().is_some_and(|one| one.agency == dossier.receiving && one.kind == PositionKind::Reception)
    };
    on_desk(province, route, &dossier, receives).await
}

/// A dossier whose result is promised and not there, before whoever signs at the agency that answers for it.
async fn owed(province: &Province, route: &Route) -> Option<Thing> {
    let day = province.app().now().today() + chrono::Days::new(300);
    let monday = day - chrono::Days::new(u64::from(day.weekday().num_days_from_monday()));
    for dossier in all(province).await.into_iter().filter(dossiers::apology::is_owed) {
        let leads = |one: &Person| one.officer().is_some_and(|one| one.agency == dossier.agency);
        if let Some(thing) = on_desk(province, route, &dossier, leads).await {
            return Some(thing.with("day", monday));
        }
    }
    None
}

/// A dossier with an open step of this work, its result at the stage that the work needs; officers work until there is one.
async fn at_step(province: &Province, route: &Route, does: Work, stage: Option<Stage>) -> Option<Thing> {
    for _ in 0..12 {
        for dossier in all(province).await {
            let free = !matches!(dossier.state, State::WithdrawalAsked | State::PaymentAsked);
            let steps = flow::queries::steps_of(province.store().read(), dossier.id).await.unwrap();
            let waits =
                |step: &&OpenStep| step.closed_at.is_none() && step.does == does && step.waiting_since.is_none();
            let Some(step) = steps.iter().find(waits).filter(|_| free) else { continue };
            let outcome = queries::outcome_of_case(province.store().read(), step.case).await.unwrap();
            if stage.is_none() || outcome.map(|outcome| outcome.stage) == stage {
                let may = |one: &Person| one.officer().is_some_and(|one| may_take(one, step));
                return Some(on_desk(province, route, &dossier, may).await?.with("step", step.id));
            }
        }
        work_up_to(province, does).await;
    }
    None
}

/// Chance by which officers in the demo propose and approve, and neither ask nor refuse.
struct Favourable;

impl Random for Favourable {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
        bytes[0] = 50;
    }
}

/// Every officer does what lies before them, except the work that is wanted and what comes after it.
async fn work_up_to(province: &Province, does: Work) {
    let app = province.app();
    let leaves = |work: Work| match does {
        Work::Sign => matches!(work, Work::Sign | Work::Number),
        _ => work == does,
    };
    for officer in province.officers().await {
        let position = officer.officer().unwrap();
        let inbox =
            flow::queries::inbox(app.store.read(), position, Pick::All, app.now().utc(), None, 20).await.unwrap();
        let theirs = |piece: &flow::queries::Piece| piece.case.system == "dossiers" && !leaves(piece.step.does);
        for piece in inbox.rows.into_iter().filter(theirs) {
            match dossiers::demo::work(app, &Favourable, &officer.caller, &piece).await {
                Ok(_) | Err(base::Error::Conflict(_)) => {}
                Err(error) => panic!("{}: {error}", officer.login),
            }
        }
    }
    Worker::new(&province.demo.program).drain().await;
}

/// An open step, free or taken by the one who may put it back; hidden from their like in another agency, and from a
/// colleague with other work.
async fn step(province: &Province, taken: bool) -> Option<Thing> {
    let (app, officers) = (province.app(), province.officers().await);
    for dossier in all(province).await {
        for step in flow::queries::steps_of(app.store.read(), dossier.id).await.unwrap() {
            let may = |one: &&Person| one.officer().is_some_and(|one| may_take(one, &step));
            let Some(owner) = officers.iter().find(may).filter(|_| step.claimed_by.is_none()) else { continue };
            let Some(officer) = owner.officer() else { continue };
            let like = |one: &&Person| {
                one.officer().is_some_and(|one| {
                    (one.kind, &one.unit) == (officer.kind, &officer.unit) && one.agency != officer.agency
                })
            };
            let colleague = |one: &&Person| {
                one.officer().is_some_and(|one| one.agency == officer.agency && one.kind != officer.kind)
            };
            let Some(strangers) = officers.iter().find(like).zip(officers.iter().find(colleague)) else { continue };
            if taken {
                let take = async |tx: &store::Tx| {
                    let flow = Flow { tx, app, now: app.now(), actor: owner.caller.actor() };
                    flow.claim(officer, step.id).await
                };
                app.store.write(take).await.unwrap();
            }
            let thing = Thing::of(owner.clone()).with("step", step.id);
            return Some(thing.hidden_from([strangers.0.clone(), strangers.1.clone()]));
        }
    }
    None
}

async fn signed_paper(province: &Province) -> Option<Thing> {
    for dossier in all(province).await {
        let outcomes = queries::outcomes(province.store().read(), dossier.id).await.unwrap();
        let issued = outcomes.into_iter().find(|outcome| outcome.stage == Stage::Issued);
        if let Some(PaperFile::Kept(hash)) = issued.and_then(|outcome| outcome.file) {
            let file = province.app().files.read(&hash).await.unwrap();
            return Some(Thing::of(super::Owner::Anyone).with_file(file.to_vec()));
        }
    }
    None
}
