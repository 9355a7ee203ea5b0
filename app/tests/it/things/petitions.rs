//! Petitions, each made through the system's own actions and taken as far as a route needs it.

use base::Id;
use bytes::Bytes;
use files::FileKind;
use petitions::actions::{self, Classified, NewAnswer, NewEntry, NewStep, Uploaded};
use petitions::collected::Sitting;
use petitions::petition::Petition;
use petitions::{import, queries};
use system::PositionKind::{self, Clerk, Head, Leader, Reception, Specialist};

use super::{Owner, Thing};
use crate::province::{Person, Province};

/// The office that enters, classifies and assigns, and the ward that answers.
const OFFICE: &str = "H32.01";
const WARD: &str = "H32.103";

/// How far a petition has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Entered,
    Classified,
    Assigned,
    Proposed,
    Answered,
}

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    let office = async |kind| (officer(province, kind, OFFICE).await, stranger(province, kind).await);
    let ward = async |kind| (officer(province, kind, WARD).await, stranger(province, kind).await);
    let at = async |reached, (own, stranger): (Person, Person)| {
        let petition = petition(province, reached).await;
        described(province, Thing::of(own).hidden_from([stranger]), &petition).await
    };
    Some(match name {
        "new-petition" => {
            let thing = Thing::of(officer(province, Clerk, OFFICE).await).with("id", Id::new(province.app().now()));
            thing.with("meeting", meeting(province).await).with("place", WARD).with_file(filled_in())
        }
        "petition-meeting" => {
            let thing = Thing::of(officer(province, Leader, OFFICE).await);
            thing.with("meeting", meeting(province).await).everyones()
        }
        "petition-table" => table(province).await,
        "public-petition" => {
            let petition = petition(province, Reached::Classified).await;
            described(province, Thing::of(Owner::Anyone), &petition).await.everyones()
        }
        "petition-desk" | "petition-to-classify" => at(Reached::Entered, office(Reception).await).await,
        "petition-to-join" => {
            let into = petition(province, Reached::Entered).await;
            at(Reached::Entered, office(Reception).await).await.with("into", into.code)
        }
        "petition-joined" => joined(province).await,
        "petition-to-assign" => at(Reached::Classified, office(Head).await).await,
        "petition-to-handle" => at(Reached::Assigned, ward(Specialist).await).await,
        "petition-to-approve" => at(Reached::Proposed, ward(Leader).await).await,
        "petition-answered" => at(Reached::Answered, office(Clerk).await).await,
        "petition-promised" => at(Reached::Answered, ward(Specialist).await).await.with("number", 1),
        _ => return None,
    })
}

/// A table of three petitions, the last of a place that is no commune.
fn filled_in() -> Vec<u8> {
    import::template(["Phường Nha Trang", "Phường Bắc Nha Trang"]).unwrap()
}

async fn agency(province: &Province, code: &str) -> Id {
    let app = province.app();
    let agency = directory::queries::agency_by_code(app.store.read(), code, app.now().today()).await.unwrap();
    agency.unwrap().id
}

async fn officer(province: &Province, kind: PositionKind, code: &str) -> Person {
    let agency = agency(province, code).await;
    let officers = province.officers().await.into_iter();
    let fits = |one: &Person| one.officer().is_some_and(|one| one.kind == kind && one.agency == agency);
    officers.into_iter().find(fits).unwrap()
}

/// The like of an officer in another ward, which has nothing to do with it.
async fn stranger(province: &Province, kind: PositionKind) -> Person {
    officer(province, kind, "H32.101").await
}

async fn meeting(province: &Province) -> Id {
    queries::meetings(province.store().read(), None, 1).await.unwrap().rows[0].id
}

async fn entered(province: &Province) -> Petition {
    let (app, now) = (province.app(), province.app().now());
    let new = NewEntry {
        id: Id::new(now),
        meeting: meeting(province).await,
        sitting: Sitting::Before,
        place: agency(province, WARD).await,
        voter: "Cử tri Ví Dụ".to_owned(),
        words: "Đề nghị sửa đường".to_owned(),
        field: "giao-thong".to_owned(),
        proposed: None,
        collected_on: None,
    };
    actions::enter(app, now, &officer(province, Clerk, OFFICE).await.caller, new).await.unwrap()
}

/// Voters of the ward ask for something, and officers work until it has come so far.
async fn petition(province: &Province, reached: Reached) -> Petition {
    let (app, now) = (province.app(), province.app().now());
    let petition = entered(province).await;
    let (id, ward) = (petition.id, agency(province, WARD).await);
    if reached >= Reached::Classified {
        let desk = officer(province, Reception, OFFICE).await.caller;
        let words = "Đề nghị sửa đường".to_owned();
        let decided = Classified { field: "giao-thong".to_owned(), words, proposed: ward };
        actions::classify(app, now, &desk, id, step(province, id).await, decided).await.unwrap();
    }
    if reached >= Reached::Assigned {
        let head = officer(province, Head, OFFICE).await.caller;
        actions::assign(app, now, &head, id, step(province, id).await, ward).await.unwrap();
    }
    if reached >= Reached::Proposed {
        let specialist = officer(province, Specialist, WARD).await.caller;
        let due_on = Some(now.today());
        let new = NewAnswer {
            id: Id::new(now),
            result: "in-progress".to_owned(),
            words: "Đang sửa".to_owned(),
            reason: String::new(),
            road_map: vec![NewStep { words: "Sửa xong".to_owned(), due_on }],
        };
        actions::propose(app, now, &specialist, id, step(province, id).await, new).await.unwrap();
    }
    if reached >= Reached::Answered {
        let leader = officer(province, Leader, WARD).await.caller;
        actions::approve(app, now, &leader, id, step(province, id).await).await.unwrap();
    }
    queries::by_id(app.store.read(), id).await.unwrap().unwrap()
}

/// The open step; the last one where none is open.
async fn step(province: &Province, petition: Id) -> Id {
    let steps = flow::queries::steps_of(province.store().read(), petition).await.unwrap();
    steps.iter().find(|step| step.closed_at.is_none()).or(steps.last()).unwrap().id
}

async fn described(province: &Province, thing: Thing, petition: &Petition) -> Thing {
    let thing = thing.with("code", &petition.code).with("step", step(province, petition.id).await);
    thing.with("agency", WARD).with("meeting", meeting(province).await).with("id", Id::new(province.app().now()))
}

async fn joined(province: &Province) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let (desk, stranger) = (officer(province, Reception, OFFICE).await, stranger(province, Reception).await);
    let (one, other) = (entered(province).await, entered(province).await);
    let step = step(province, other.id).await;
    actions::join(app, now, &desk.caller, other.id, step, &one.code).await.unwrap();
    let collected = queries::collected_in(app.store.read(), one.id).await.unwrap();
    let collected = collected.into_iter().find(|collected| collected.own == other.id).unwrap();
    let thing = described(province, Thing::of(desk).hidden_from([stranger]), &one).await;
    thing.with("collected", collected.id)
}

async fn table(province: &Province) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let (clerk, stranger) = (officer(province, Clerk, OFFICE).await, stranger(province, Clerk).await);
    let stored = app.files.keep(Bytes::from(filled_in()), FileKind::Docx).await.unwrap();
    let id = Id::new(now);
    let new = Uploaded {
        id,
        meeting: meeting(province).await,
        sitting: Sitting::Before,
        file_hash: stored.hash,
        file_name: "kien-nghi.docx".to_owned(),
    };
    actions::upload(app, now, &clerk.caller, new).await.unwrap();
    Thing::of(clerk).hidden_from([stranger]).with("import", id)
}
