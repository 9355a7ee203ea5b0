//! A decree changes a procedure on a day: both versions side by side, dossiers moved on purpose, and the same change taken
//! to another province.

use std::sync::Arc;

use base::{FixedClock, FixedRandom, Id, Now, PositionKind};
use contracts::questions::{Procedure, Procedures};
use directory::Agency;
use dossiers::actions::{self as work, Decision};
use dossiers::demo::Applicant;
use dossiers::dossier::Dossier;
use dossiers::paper::HandedIn;
use procedures::actions::{drafts, exchange};
use procedures::exchange::{Choices, unpack};
use store::Sql;
use store::testing::{OnDatabase, TestDatabase};
use system::{App, Caller, Citizen, Officer};
use tinhso::Plan;

use crate::binary::run_at;
use crate::province::{Ground, Province};

const CODE: &str = "1.009994";
const FOLDER: &str = "1.009994-cap-giay-phep-xay-dung";
const TODAY: &str = "2026-11-19T10:15:00+07:00";
const TOMORROW: &str = "2026-11-20T08:00:00+07:00";

/// A province whose clock a test sets.
struct One {
    province: Province,
    clock: Arc<FixedClock>,
}

impl OnDatabase for One {
    async fn on(database: TestDatabase) -> Self {
        let clock = Arc::new(FixedClock::new(Now::parse(TODAY)));
        let plan = Plan { dossiers: 4, days: 2, seed: 1, papers: 0 };
        Self { province: Province::open(Ground::new(database.kind).await, plan, clock.clone()).await, clock }
    }
}

/// Two of them.
struct Two {
    here: One,
    there: One,
}

impl OnDatabase for Two {
    async fn on(database: TestDatabase) -> Self {
        let kind = database.kind;
        Self { here: One::on(TestDatabase { kind }).await, there: One::on(TestDatabase { kind }).await }
    }
}

/// Somebody who keeps procedures; each call is another person.
fn keeper(app: &App) -> Caller {
    let permissions = procedures::access::PERMISSIONS.iter().map(|permission| permission.key);
    let officer = web::testing::officer(app.now(), PositionKind::Administrator, &permissions.collect::<Vec<_>>());
    Caller::Officer(officer)
}

async fn ward(app: &App) -> Agency {
    directory::testing::agency(&app.store, app.now(), "H32.103").await
}

async fn in_force(app: &App) -> Arc<Procedure> {
    app.ask::<dyn Procedures>().unwrap().in_force(CODE, app.now()).await.unwrap().unwrap()
}

async fn online_fee(app: &App) -> i64 {
    in_force(app).await.fees.iter().find(|fee| fee.channel == "online").unwrap().amount
}

async fn applicant(app: &App) -> Applicant {
    for demo in province::people().unwrap().into_iter().filter(|person| person.phone.is_some()) {
        let known = directory::queries::person_by_number(app.store.read(), &demo.id_number).await.unwrap();
        let Some(person) = known else { continue };
        return Applicant {
            caller: Caller::Citizen(Citizen {
                account: person.id,
                person: person.id,
                name: person.name.clone(),
                assurance: 2,
            }),
            person: person.id,
            name: person.name,
            birth_date: demo.birth_date,
            number: demo.id_number,
            phone: demo.phone.unwrap().reveal().to_owned(),
        };
    }
    panic!("the demo registers its people");
}

/// Files the procedure as it is in force now.
async fn filed(app: &App) -> Dossier {
    let procedure = in_force(app).await;
    let paper = HandedIn {
        component: String::new(),
        hash: "0".repeat(64),
        name: "giay-to-mau.pdf".to_owned(),
        size: 1,
        mime: "application/pdf".to_owned(),
    };
    let lists = dossiers::declared::lists().unwrap();
    let random = FixedRandom::new(7);
    dossiers::demo::file(app, &random, &applicant(app).await, &procedure, ward(app).await.id, &paper, lists)
        .await
        .unwrap()
}

async fn officer(app: &App, kind: PositionKind, unit: Option<String>) -> Caller {
    let ward = ward(app).await;
    let officer = directory::testing::officer(app.now(), &ward, kind, dossiers::access::PERMISSIONS);
    Caller::Officer(Officer { unit, ..officer })
}

/// Somebody of the step's unit ends an open step of a dossier.
async fn go(app: &App, dossier: &Dossier, step: &str, outcome: &str, kind: PositionKind) {
    let steps = flow::queries::steps_of(app.store.read(), dossier.id).await.unwrap();
    let open = steps.iter().find(|one| one.closed_at.is_none() && one.name == step).unwrap();
    let decision = Decision::Go { outcome: outcome.to_owned(), note: "Đã xem".to_owned() };
    let officer = officer(app, kind, open.unit.clone()).await;
    work::decide(app, app.now(), &officer, dossier.id, open.id, decision).await.unwrap();
}

async fn now_of(app: &App, dossier: &Dossier) -> Dossier {
    dossiers::queries::by_id(app.store.read(), dossier.id).await.unwrap().unwrap()
}

async fn due_of(app: &App, dossier: &Dossier) -> chrono::DateTime<chrono::Utc> {
    let sql = Sql::new("SELECT due_at FROM worktime_clocks WHERE owner_kind = 'case' AND owner_id = $1");
    sql.bind(dossier.case.uuid()).one(app.store.read(), |row| row.get(0)).await.unwrap().unwrap()
}

/// The building permit with another fee, a shorter deadline published from tomorrow on.
async fn decreed(app: &App) -> Id {
    let (author, second) = (keeper(app), keeper(app));
    let old = ::province::national().folder("procedures").folder(FOLDER);
    let changed = |file: &str, from: &str, to: &str| {
        let text = old.text(file).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        text.replace(from, to)
    };
    let deadline = changed("procedure.toml", "calendar_days = 15", "calendar_days = 14");
    let files = old
        .clone()
        .with("fees.toml", changed("fees.toml", "online = 37500", "online = 40000"))
        .with("procedure.toml", deadline.replace("15 ngày đối với", "14 ngày đối với"));
    let draft = drafts::save(app, app.now(), &author, CODE, 0, &files).await.unwrap();
    let draft = drafts::renew_cases(app, app.now(), &author, &draft.code).await.unwrap();
    drafts::check(app, app.now(), &author, &draft).await.unwrap();
    let draft = drafts::last(app, CODE).await.unwrap().unwrap();
    drafts::publish(app, app.now(), &second, &draft, "2026-11-20".parse().unwrap()).await.unwrap()
}

#[store::test]
async fn a_decree_holds_from_its_day_and_what_runs_is_moved_on_purpose(one: One) {
    let app = one.province.app();
    let before = in_force(app).await;
    let running = filed(app).await;
    go(app, &running, "receive", "accept", PositionKind::Reception).await;
    let (promised, due) = (now_of(app, &running).await.promised_at, due_of(app, &running).await);
    let version = decreed(app).await;
    let late = filed(app).await;
    assert_eq!((late.procedure, online_fee(app).await), (before.id, 37_500), "until that day the old one");

    one.clock.set(Now::parse(TOMORROW));
    let new = filed(app).await;
    assert_eq!((new.procedure, online_fee(app).await), (version, 40_000), "from that day on the new one");
    assert_eq!(now_of(app, &running).await.procedure, before.id, "nothing moves by itself");
    // Both go on side by side, each by its own version.
    go(app, &late, "receive", "accept", PositionKind::Reception).await;
    go(app, &new, "receive", "accept", PositionKind::Reception).await;
    assert!(due_of(app, &late).await > due_of(app, &new).await);

    let leader = officer(app, PositionKind::Leader, None).await;
    assert_eq!(work::migrate(app, app.now(), &leader, &running.code).await.unwrap(), None);
    let moved = now_of(app, &running).await;
    assert_eq!((moved.procedure, moved.promised_at), (version, promised));
    assert_eq!(due_of(app, &running).await, due, "a shorter deadline shortens nothing");
    let again = work::migrate(app, app.now(), &leader, &running.code).await;
    assert!(matches!(again, Err(base::Error::Conflict("dossiers-migrate-there-already"))), "{again:?}");
    let desk = officer(app, PositionKind::Reception, None).await;
    assert!(matches!(work::migrate(app, app.now(), &desk, &late.code).await, Err(base::Error::Forbidden(_))));
    go(app, &running, "assign", "assign", PositionKind::Head).await;
    let steps = flow::queries::steps_of(app.store.read(), running.id).await.unwrap();
    let open: Vec<&str> = steps.iter().filter(|step| step.closed_at.is_none()).map(|step| step.name.as_str()).collect();
    assert_eq!(open.len(), 2, "the moved one goes on: {open:?}");
    assert_eq!(steps.iter().filter(|step| step.name == "receive").count(), 1, "what was done stays done");
    let entries: Option<i64> = Sql::new("SELECT count(*) FROM journal_entries WHERE verb = 'dossiers.migrated'")
        .one(app.store.read(), |row| row.get(0))
        .await
        .unwrap();
    assert_eq!(entries, Some(1));
    let ground = one.province.close().await;
    let verified = run_at(&["verify"], &ground.place);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
}

#[store::test]
async fn a_package_is_taken_to_another_province_and_filed_there(two: Two) {
    let (here, there) = (two.here.province.app(), two.there.province.app());
    decreed(here).await;
    two.here.clock.set(Now::parse(TOMORROW));
    two.there.clock.set(Now::parse(TOMORROW));
    let packed = exchange::send_out(here, here.now(), CODE).await.unwrap();
    let parcel = unpack(&packed).unwrap();
    assert_eq!(parcel.manifest.province, "khanh-hoa");
    assert_eq!(
        exchange::open_questions(there, there.now(), &parcel).await.unwrap(),
        [],
        "the same law, the same agencies"
    );
    let author = keeper(there);
    let draft = exchange::bring_in(there, there.now(), &author, &parcel, &Choices::new()).await.unwrap();
    assert_eq!(online_fee(there).await, 37_500, "a draft is in force nowhere");
    drafts::check(there, there.now(), &author, &draft).await.unwrap();
    let draft = drafts::last(there, CODE).await.unwrap().unwrap();
    let today = there.now().today();
    let version = drafts::publish(there, there.now(), &keeper(there), &draft, today).await.unwrap();
    let dossier = filed(there).await;
    assert_eq!((dossier.procedure, online_fee(there).await), (version, 40_000));
}
