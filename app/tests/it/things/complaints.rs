//! Petition letters and keys, each made through the system's own actions and taken as far as a route needs it.

use base::Id;
use bytes::Bytes;
use complaints::actions::{self, Attached, Conclusion, Content, NewLetter, NewReception, NewSuccession, Reading};
use complaints::demo::PASSPHRASE;
use complaints::given::Given;
use complaints::letter::{Finding, Kind, Letter, Sender, Source};
use complaints::queries;
use files::FileKind;
use identity::LinkSecret;
use store::Sql;
use system::PositionKind;

use super::{Owner, Thing};
use crate::province::{Person, Province};

/// A ward of the demo, and the agency that receives denunciations.
const WARD: &str = "H32.103";
const INSPECTORATE: &str = "H32.19";

/// How far a letter has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Received,
    Proposed,
    Accepted,
    Concluded,
    Decided,
}

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    use PositionKind::{Leader, Reception, Specialist};
    Some(match name {
        "new-letter" | "new-denunciation" => {
            let secret = LinkSecret::new(&*province.app().random);
            Thing::of(Owner::Anyone).with("secret", secret.reveal()).with("commune", WARD).with_file(picture())
        }
        "own-letter" => {
            let (letter, secret) = letter(province, Reached::Received).await;
            Thing::of(Owner::Anyone).with("code", &letter.code).with("secret", secret.reveal()).everyones()
        }
        "new-letter-desk" => {
            let secret = LinkSecret::new(&*province.app().random);
            let desk = officers(province, WARD, Reception).await.swap_remove(0);
            Thing::of(desk).with("secret", secret.reveal()).with_file(picture())
        }
        "letter-desk" | "letter-to-read" => at_desk(province, Reached::Received, Specialist).await,
        "letter-to-approve" => at_desk(province, Reached::Proposed, Leader).await,
        "letter-to-verify" => at_desk(province, Reached::Accepted, Specialist).await,
        "letter-to-extend" => at_desk(province, Reached::Accepted, Leader).await,
        "letter-to-decide" => at_desk(province, Reached::Concluded, Leader).await,
        "letter-to-carry-out" => at_desk(province, Reached::Decided, Specialist).await,
        "letter-decided" => at_desk(province, Reached::Decided, Specialist).await.with("paper", "ket-qua.pdf"),
        "letter-report" => {
            let leader = officers(province, WARD, Leader).await.swap_remove(0);
            Thing::of(leader).with("file", "bao-cao.docx").everyones()
        }
        "letter-sealed" | "letter-opened" => sealed(province, name == "letter-opened").await,
        "officer-without-key" => Thing::of(officers(province, WARD, PositionKind::Head).await.swap_remove(0)),
        "holders-to-name" | "officer-to-appoint" | "officer-appointed" => key_holders(province, name).await,
        "succession-to-begin" | "succession-begun" => succession(province, name == "succession-begun").await,
        "new-reception" => {
            let desk = officers(province, INSPECTORATE, Reception).await.swap_remove(0);
            Thing::of(desk).with("id", Id::new(province.app().now()))
        }
        "reception" => reception(province).await,
        _ => return None,
    })
}

fn picture() -> Vec<u8> {
    photos::demo::street(3).unwrap()
}

async fn agency(province: &Province, code: &str) -> Id {
    let app = province.app();
    directory::queries::agency_by_code(app.store.read(), code, app.now().today()).await.unwrap().unwrap().id
}

/// The officers of one kind in an agency.
async fn officers(province: &Province, code: &str, kind: PositionKind) -> Vec<Person> {
    let agency = agency(province, code).await;
    let officers = province.officers().await.into_iter();
    officers.filter(|one| one.officer().is_some_and(|one| one.kind == kind && one.agency == agency)).collect()
}

async fn appointed(province: &Province) -> Person {
    officers(province, INSPECTORATE, PositionKind::Specialist).await.swap_remove(0)
}

/// Somebody complains to the ward, with a picture, and officers work until it has come so far.
async fn letter(province: &Province, reached: Reached) -> (Letter, LinkSecret) {
    let (app, now) = (province.app(), province.app().now());
    let (secret, ward) = (LinkSecret::new(&*app.random), agency(province, WARD).await);
    let file = Attached { name: "quyet-dinh.jpg".to_owned(), kind: FileKind::Jpeg, bytes: Bytes::from(picture()) };
    let new = NewLetter {
        secret: secret.clone(),
        kind: Kind::Complaint,
        source: Source::Desk,
        receiving: ward,
        commune: Some(ward),
        field: Some("dat-dai".to_owned()),
        previous: None,
        dated: None,
        people: 1,
        content: Content::Open {
            sender: Sender { name: "Trần Thị Demo".to_owned(), ..Sender::default() },
            against: "Quyết định 12".to_owned(),
            summary: "Bồi thường thiếu diện tích".to_owned(),
            files: vec![file],
        },
        address: None,
    };
    let desk = officers(province, WARD, PositionKind::Reception).await.swap_remove(0);
    let specialist = officers(province, WARD, PositionKind::Specialist).await.swap_remove(0);
    let leader = officers(province, WARD, PositionKind::Leader).await.swap_remove(0);
    let letter = actions::receive(app, now, &desk.caller, new).await.unwrap();
    if reached >= Reached::Proposed {
        let read: Reading = complaints::demo::usual(&letter, 99).unwrap();
        let step = step(province, &letter).await;
        actions::propose(app, now, &specialist.caller, letter.id, step, read).await.unwrap();
    }
    if reached >= Reached::Accepted {
        let step = step(province, &letter).await;
        actions::approve(app, now, &leader.caller, letter.id, step).await.unwrap();
    }
    if reached >= Reached::Concluded {
        let conclusion = Conclusion { finding: Finding::Right, words: "Đúng".to_owned() };
        let step = step(province, &letter).await;
        actions::conclude(app, now, &specialist.caller, letter.id, step, conclusion).await.unwrap();
    }
    if reached >= Reached::Decided {
        let step = step(province, &letter).await;
        actions::decide(app, now, &leader.caller, letter.id, step).await.unwrap();
    }
    (queries::by_id(app.store.read(), letter.id).await.unwrap().unwrap(), secret)
}

/// The open step.
async fn step(province: &Province, letter: &Letter) -> Id {
    let steps = flow::queries::steps_of(province.store().read(), letter.id).await.unwrap();
    steps.into_iter().find(|step| step.closed_at.is_none()).unwrap().id
}

async fn at_desk(province: &Province, reached: Reached, kind: PositionKind) -> Thing {
    let (letter, _) = letter(province, reached).await;
    let owner = officers(province, WARD, kind).await.swap_remove(0);
    let stranger = officers(province, "H32.101", kind).await.swap_remove(0);
    let file = queries::files_of(province.store().read(), letter.id).await.unwrap().remove(0);
    let thing = Thing::of(owner).hidden_from([stranger]).with("code", &letter.code).with("file", file.id);
    thing.with("step", step(province, &letter).await)
}

/// A denunciation of the inspectorate; to colleagues who are not appointed its seal does not exist.
async fn sealed(province: &Province, opened: bool) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let mut given = Given::default();
    "Trần Thị Demo".clone_into(&mut given.name);
    "Nhận tiền".clone_into(&mut given.words);
    let new = NewLetter {
        secret: LinkSecret::new(&*app.random),
        kind: Kind::Denunciation,
        source: Source::Desk,
        receiving: agency(province, INSPECTORATE).await,
        commune: None,
        field: None,
        previous: None,
        dated: None,
        people: 1,
        content: Content::Sealed(given),
        address: None,
    };
    let desk = officers(province, INSPECTORATE, PositionKind::Reception).await.swap_remove(0);
    let letter = actions::receive(app, now, &desk.caller, new).await.unwrap();
    let reader = appointed(province).await;
    if opened {
        actions::open(app, now, &reader.caller, letter.id, PASSPHRASE, "Xử lý ban đầu").await.unwrap();
    }
    let colleague = officers(province, INSPECTORATE, PositionKind::Specialist).await.swap_remove(1);
    let stranger = officers(province, WARD, PositionKind::Specialist).await.swap_remove(0);
    let thing = Thing::of(reader).hidden_from([colleague, stranger]);
    thing.with("code", &letter.code).with("passphrase", PASSPHRASE)
}

/// Takes back what the demo set up, so that a province can begin: what is sealed, and the recovery key with it.
async fn unbegun(province: &Province, recovery: bool) {
    let sealed = ["complaints_handed", "complaints_sealed", "complaints_openings"];
    let keys = ["complaints_left", "complaints_successions", "complaints_parts", "complaints_recovery"];
    let tables = sealed.into_iter().chain(keys.into_iter().filter(|_| recovery));
    province
        .store()
        .write(async |tx| {
            for table in tables {
                Sql::composed(format!("DELETE FROM {table}")).run(tx).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

async fn with_key(province: &Province, person: &Person) {
    let (app, officer) = (province.app(), person.officer().unwrap());
    let known = queries::people(app.store.read()).await.unwrap();
    if !known.iter().any(|known| known.person == officer.person && known.has_key) {
        actions::make_key(app, app.now(), &person.caller, PASSPHRASE, PASSPHRASE).await.unwrap();
    }
}

async fn key_holders(province: &Province, name: &str) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let leaders = officers(province, INSPECTORATE, PositionKind::Leader).await;
    let reader = appointed(province).await.officer().unwrap().person;
    let thing = Thing::of(leaders[0].clone()).with("person", reader);
    match name {
        "holders-to-name" => unbegun(province, true).await,
        "officer-to-appoint" => unbegun(province, false).await,
        _ if queries::is_appointed(app.store.read(), reader).await.unwrap() => {}
        _ => actions::appoint(app, now, &leaders[0].caller, reader).await.unwrap(),
    }
    let head = officers(province, INSPECTORATE, PositionKind::Head).await.swap_remove(0);
    let people: Vec<Id> = leaders.iter().chain([&head]).map(|one| one.officer().unwrap().person).collect();
    thing.with("one", people[0]).with("two", people[1]).with("three", people[2])
}

/// Somebody who has a key shall be appointed: one holder begins, another completes.
async fn succession(province: &Province, begun: bool) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let leaders = officers(province, INSPECTORATE, PositionKind::Leader).await;
    let successor = officers(province, INSPECTORATE, PositionKind::Specialist).await.swap_remove(1);
    with_key(province, &successor).await;
    let person = successor.officer().unwrap().person;
    let id = Id::new(now);
    if !begun {
        return Thing::of(leaders[0].clone()).with("id", id).with("person", person).with("passphrase", PASSPHRASE);
    }
    let new = NewSuccession { id, person, seat: None };
    actions::begin_succession(app, now, &leaders[0].caller, new, PASSPHRASE).await.unwrap();
    let strangers = [leaders[0].clone(), successor];
    Thing::of(leaders[1].clone()).hidden_from(strangers).with("succession", id).with("passphrase", PASSPHRASE)
}

async fn reception(province: &Province) -> Thing {
    let (app, now) = (province.app(), province.app().now());
    let desk = officers(province, INSPECTORATE, PositionKind::Reception).await.swap_remove(0);
    let id = Id::new(now);
    let mut held_on = now.today();
    let known = queries::receptions_of(app.store.read(), desk.officer().unwrap()).await.unwrap();
    while known.iter().any(|day| day.held_on == held_on) {
        held_on = held_on.succ_opt().unwrap();
    }
    let new = NewReception {
        id,
        held_on,
        begins: "08:00".to_owned(),
        place: "Phòng 1".to_owned(),
        leader: "Chánh Thanh tra".to_owned(),
    };
    actions::plan_reception(app, now, &desk.caller, new).await.unwrap();
    let stranger = officers(province, WARD, PositionKind::Reception).await.swap_remove(0);
    Thing::of(desk).hidden_from([stranger]).with("reception", id).with("id", Id::new(now))
}
