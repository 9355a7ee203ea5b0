//! Reports, each made through the system's own actions and taken as far as a route needs it.

use base::Id;
use bytes::Bytes;
use feedback::actions::{self, NewAnswer, NewReport, Stroke};
use feedback::queries::{self, Alike, Chosen};
use feedback::report::{Contact, Report};
use files::FileKind;
use geo::{Place, Tile};
use identity::LinkSecret;
use system::PositionKind;

use super::{Owner, Thing};
use crate::province::{Person, Province};

/// A ward of the demo; its neighbour has the same kinds of officers.
const WARD: &str = "H32.103";

/// How far a report has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Filed,
    Assigned,
    Proposed,
    Answered,
}

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    Some(match name {
        "new-report" => {
            let secret = LinkSecret::new(&*province.app().random);
            Thing::of(Owner::Anyone).with("secret", secret.reveal()).with("commune", WARD).with_file(picture())
        }
        "map-tile" => {
            let Tile { z, x, y } = Tile::of(place(), 12);
            Thing::of(Owner::Anyone).with("z", z).with("x", x).with("y", y).everyones()
        }
        "own-report" | "own-report-photo" => owned(province, Reached::Filed).await,
        "own-answered-report" => owned(province, Reached::Answered).await,
        "public-report" | "public-report-photo" => {
            let report = report(province, Reached::Assigned).await;
            let thing = described(province, Thing::of(Owner::Anyone), &report).await;
            thing.with("form", Id::new(province.app().now())).everyones()
        }
        "service-definition" => Thing::of(Owner::Anyone).with("file", "rac.json").everyones(),
        "service-request" => {
            let report = report(province, Reached::Assigned).await;
            Thing::of(Owner::Anyone).with("file", format!("{}.xml", report.code)).everyones()
        }
        "report-desk" | "report-desk-photo" | "report-to-triage" => {
            at_desk(province, Reached::Filed, PositionKind::Reception).await
        }
        "report-desk-video" => with_video(province).await,
        "reporter" => Thing::of(reporter(province).await),
        "subscription" => {
            let (app, person) = (province.app(), reporter(province).await);
            actions::subscribe(app, app.now(), &person.caller, Some("rac"), None).await.unwrap();
            let id = person.caller.citizen().unwrap().person;
            let id = queries::subscriptions(app.store.read(), id).await.unwrap().remove(0).id;
            let stranger = province.citizens().await.swap_remove(1);
            Thing::of(person).hidden_from([stranger]).with("id", id)
        }
        "report-desk-photo-hidden" => with_hidden(province).await,
        "report-to-join" => {
            report(province, Reached::Filed).await;
            at_desk(province, Reached::Filed, PositionKind::Reception).await
        }
        "report-with-joined" => with_joined(province).await,
        "report-to-handle" => at_desk(province, Reached::Assigned, PositionKind::Specialist).await,
        "report-to-approve" => at_desk(province, Reached::Proposed, PositionKind::Leader).await,
        _ => return None,
    })
}

fn place() -> Place {
    Place::new(12.2458, 109.1953).unwrap()
}

fn picture() -> Vec<u8> {
    photos::demo::street(3).unwrap()
}

/// An officer of the ward, or, with `elsewhere`, their like in another agency.
async fn officer(province: &Province, kind: PositionKind, elsewhere: bool) -> Person {
    let ward = ward(province).await;
    let officers = province.officers().await.into_iter();
    let fits = |one: &Person| one.officer().is_some_and(|one| one.kind == kind && (one.agency == ward) != elsewhere);
    officers.into_iter().find(fits).unwrap()
}

async fn ward(province: &Province) -> Id {
    let app = province.app();
    let ward = directory::queries::agency_by_code(app.store.read(), WARD, app.now().today()).await.unwrap();
    ward.unwrap().id
}

async fn reporter(province: &Province) -> Person {
    province.citizens().await.swap_remove(0)
}

/// Somebody reports rubbish in the ward, with a picture, and officers work until it has come so far.
async fn report(province: &Province, reached: Reached) -> Report {
    let (app, now) = (province.app(), province.app().now());
    let secret = LinkSecret::new(&*app.random);
    let new = NewReport {
        secret,
        kind: "rac".to_owned(),
        place: Some(place()),
        place_words: "Đường Ví Dụ".to_owned(),
        commune: ward(province).await,
        words: "Rác chưa được thu gom".to_owned(),
        contact: Contact::default(),
        unnamed: false,
        sender: None,
    };
    let report = actions::file(app, now, &reporter(province).await.caller, new).await.unwrap();
    let sent = app.files.keep(Bytes::from(picture()), FileKind::Jpeg).await.unwrap();
    actions::keep_photo(app, now, report.form_id, &sent).await.unwrap();
    let desk = officer(province, PositionKind::Reception, false).await;
    let specialist = officer(province, PositionKind::Specialist, false).await;
    let leader = officer(province, PositionKind::Leader, false).await;
    if reached >= Reached::Assigned {
        let decided = feedback::demo::usual(app, &report).await.unwrap();
        let step = step(province, &report).await;
        actions::triage(app, now, &desk.caller, report.id, step, decided).await.unwrap();
    }
    if reached >= Reached::Proposed {
        let new = NewAnswer { id: Id::new(now), words: "Đã thu gom".to_owned() };
        let step = step(province, &report).await;
        actions::propose(app, now, &specialist.caller, report.id, step, new).await.unwrap();
    }
    if reached >= Reached::Answered {
        let step = step(province, &report).await;
        actions::approve(app, now, &leader.caller, report.id, step).await.unwrap();
    }
    queries::by_id(app.store.read(), report.id).await.unwrap().unwrap()
}

/// The open step.
async fn step(province: &Province, report: &Report) -> Id {
    let steps = flow::queries::steps_of(province.store().read(), report.id).await.unwrap();
    steps.into_iter().find(|step| step.closed_at.is_none()).unwrap().id
}

async fn described(province: &Province, thing: Thing, report: &Report) -> Thing {
    let photos = queries::photos(province.store().read(), report.form_id).await.unwrap();
    thing.with("code", &report.code).with("photo", photos[0].id)
}

async fn owned(province: &Province, reached: Reached) -> Thing {
    let report = report(province, reached).await;
    let stranger = province.citizens().await.swap_remove(1);
    let thing = Thing::of(reporter(province).await).hidden_from([stranger]);
    described(province, thing, &report).await
}

/// A report with a part of its picture hidden.
async fn with_hidden(province: &Province) -> Thing {
    let (app, report) = (province.app(), report(province, Reached::Filed).await);
    let desk = officer(province, PositionKind::Reception, false).await;
    let photo = queries::photos(app.store.read(), report.form_id).await.unwrap().remove(0);
    let stroke = Stroke::Tap { x: 0.5, y: 0.5, side: 0.1 };
    actions::hide(app, app.now(), &desk.caller, &report, &photo, stroke).await.unwrap();
    let stranger = officer(province, PositionKind::Reception, true).await;
    described(province, Thing::of(desk).hidden_from([stranger]), &report).await
}

/// A report with a video.
async fn with_video(province: &Province) -> Thing {
    let (app, report) = (province.app(), report(province, Reached::Filed).await);
    let mut video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    video.resize(1000, 0);
    let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from(video))]);
    let stored = app.files.receive_video(pieces, 10_000).await.unwrap();
    actions::keep_video(app, app.now(), report.form_id, &stored).await.unwrap();
    let video = queries::video(app.store.read(), report.form_id).await.unwrap().unwrap();
    let stranger = officer(province, PositionKind::Reception, true).await;
    let thing = Thing::of(officer(province, PositionKind::Reception, false).await).hidden_from([stranger]);
    described(province, thing, &report).await.with("video", video.id)
}

/// Two reports of one matter, of which one is joined into the other.
async fn with_joined(province: &Province) -> Thing {
    let (lead, other) = (report(province, Reached::Filed).await, report(province, Reached::Filed).await);
    let desk = officer(province, PositionKind::Reception, false).await;
    let (app, chosen) = (province.app(), Chosen::These(vec![other.id]));
    actions::join(app, app.now(), &desk.caller, lead.id, Alike::Within(50), &chosen).await.unwrap();
    let stranger = officer(province, PositionKind::Reception, true).await;
    let thing = Thing::of(desk).hidden_from([stranger]).with("joined", other.id);
    described(province, thing, &lead).await
}

async fn at_desk(province: &Province, reached: Reached, kind: PositionKind) -> Thing {
    let report = report(province, reached).await;
    let stranger = officer(province, kind, true).await;
    let thing = Thing::of(officer(province, kind, false).await).hidden_from([stranger]).with_file(picture());
    let thing = described(province, thing, &report).await;
    let thing = thing.with("step", step(province, &report).await).with("agency", WARD);
    thing.with("answer", Id::new(province.app().now()))
}
