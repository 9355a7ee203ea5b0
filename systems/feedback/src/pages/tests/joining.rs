//! One matter that many report.

use http::StatusCode;
use serde_json::Value;

use super::open_data::{counted, to_be_counted};
use super::{DESK, Fixture, LEADER, MODERATED, NOBODY, OTHER, OTHER_DESK, OWNER, SPECIALIST, code_of};
use crate::actions;
use crate::queries;
use crate::report::State;

const ANSWER: &str = "0198c0de-0000-7000-8000-000000000001";

/// A flooded street: reports of one kind some metres beside each other.
async fn flooded(f: &Fixture, who: &str, north: u32) -> (String, String) {
    let lat = format!("12.24{north:05}");
    let fields = [
        ("kind", "o-ga"),
        ("lat", lat.as_str()),
        ("lon", "109.1953"),
        ("commune", "H32.103"),
        ("words", "Đường ngập, hố sâu"),
        ("van-gui", "yes"),
    ];
    let receipt = f.sent(who, &fields, &[]).await;
    (code_of(&receipt), receipt)
}

async fn join(f: &Fixture, lead: &str, others: &[&str]) {
    let mut fields = vec![("trong", "200".to_owned())];
    for other in others {
        fields.push(("report", f.report(other).await.id.to_string()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    f.post(DESK, &format!("/phan-anh-xu-ly/{lead}/gop"), &fields).await.to();
}

async fn take_out(f: &Fixture, lead: &str, other: &str) -> http::StatusCode {
    let id = f.report(other).await.id.to_string();
    f.post(DESK, &format!("/phan-anh-xu-ly/{lead}/tach"), &[("report", &id)]).await.status
}

async fn answer(f: &Fixture, code: &str) {
    f.at_step(SPECIALIST, code, "tra-loi", &[("id", ANSWER), ("answer", "Đã thông cống.")]).await.to();
    f.at_step(LEADER, code, "duyet", &[]).await.to();
}

async fn assert_map_adds_up(f: &Fixture) {
    assert_eq!(counted(f).await, to_be_counted(f).await);
}

#[store::test]
async fn reports_of_one_matter_are_answered_once_and_each_sender_reads_it(f: Fixture) {
    let (lead, _) = flooded(&f, NOBODY, 58000).await;
    let (stranger, receipt) = flooded(&f, NOBODY, 58100).await;
    let (named, _) = flooded(&f, OWNER, 58200).await;
    let (elsewhere, _) = flooded(&f, OTHER, 99000).await;
    // One that everybody sees already.
    f.at_step(DESK, &stranger, "phan-loai", MODERATED).await.to();
    assert_map_adds_up(&f).await;
    let page = f.get(DESK, &format!("/phan-anh-xu-ly/{lead}/gop?trong=200")).await.page();
    assert!(page.contains(&stranger) && page.contains(&named) && !page.contains(&elsewhere), "{page}");
    assert!(page.contains("Gộp tất cả 2 phản ánh"), "{page}");

    join(&f, &lead, &[&stranger, &named]).await;
    assert_map_adds_up(&f).await;
    let joined = f.report(&stranger).await;
    assert_eq!((joined.state, joined.public_at, joined.promised_at), (State::Joined, None, None));
    let (report, viec) = (f.report(&lead).await, f.get(DESK, "/viec").await.page());
    assert_eq!((report.joins, report.supports), (2, 2));
    assert!(viec.contains(&lead) && !viec.contains(&named), "one piece of work is left: {viec}");
    let history = journal::history(&f.app.store, report.id).await.unwrap();
    let entry = history.iter().find(|line| line.verb == "feedback.took-in").unwrap();
    assert_eq!(entry.data.get("reports").and_then(Value::as_array).map(Vec::len), Some(2), "one entry names both");
    let (of_joined, of_new) = ("/phan-anh-xu-ly?trang-thai=joined", "/phan-anh-xu-ly?trang-thai=new");
    assert!(f.get(DESK, of_joined).await.page().contains(&named) && !f.get(DESK, of_new).await.page().contains(&named));
    let grouped = f.get(DESK, "/phan-anh-xu-ly?gop=co").await.page();
    assert!(grouped.contains("Cùng một chuyện: 3 phản ánh") && !grouped.contains(&named), "{grouped}");

    f.at_step(DESK, &lead, "phan-loai", MODERATED).await.to();
    assert_map_adds_up(&f).await;
    let led = f.get(NOBODY, &format!("/phan-anh/{stranger}")).await;
    assert_eq!(led.to(), format!("/phan-anh/{lead}"), "whoever has the old address finds the matter");
    assert_eq!(f.get(NOBODY, &format!("/phan-anh/{named}")).await.status, StatusCode::NOT_FOUND, "nobody read it");
    answer(&f, &lead).await;
    let told = f.get(NOBODY, &receipt).await.page();
    for part in ["Được gộp và trả lời chung tại", &lead, "Đã thông cống.", "Ông/Bà có hài lòng"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    while actions::tell_joined(&f.app).await.unwrap() > 0 {}
    let messages = f.get(OWNER, "/thong-bao").await.page();
    assert!(messages.contains(&format!("đã trả lời phản ánh {named}")), "{messages}");
    let totals = queries::totals(f.app.store.read(), report.filed_at, f.app.now().utc()).await.unwrap();
    assert_eq!((totals.received, totals.matters, totals.answered), (3, 1, 1));
}

#[store::test]
async fn everybody_who_sees_the_same_is_counted_once(f: Fixture) {
    let (lead, _) = flooded(&f, NOBODY, 58000).await;
    let (other, _) = flooded(&f, OWNER, 58100).await;
    for code in [&lead, &other] {
        f.at_step(DESK, code, "phan-loai", MODERATED).await.to();
        for who in [OWNER, OTHER] {
            f.post(who, &format!("/phan-anh/{code}/ung-ho"), &[("form", ANSWER)]).await.to();
        }
    }
    join(&f, &lead, &[&other]).await;
    assert_eq!(f.report(&lead).await.supports, 2, "the sender of the one and the other person, each of them once");
    take_out(&f, &lead, &other).await;
    assert_eq!(f.report(&lead).await.supports, 2, "their own support of the first stays");
}

#[store::test]
async fn joining_is_undone_until_an_answer_is_written(f: Fixture) {
    let (lead, _) = flooded(&f, NOBODY, 58000).await;
    let (other, _) = flooded(&f, OWNER, 58100).await;
    let (last, _) = flooded(&f, OTHER, 58200).await;
    // Joined into one that is joined itself then, it is answered by the last of them.
    join(&f, &other, &[&last]).await;
    join(&f, &lead, &[&other]).await;
    let id = f.report(&lead).await.id;
    assert_eq!(f.report(&last).await.joined, Some(id));
    assert_eq!((f.report(&lead).await.joins, f.report(&other).await.joins), (2, 0));
    f.at_step(DESK, &lead, "phan-loai", MODERATED).await.to();
    assert_eq!(take_out(&f, &lead, &other).await, StatusCode::SEE_OTHER);
    assert_map_adds_up(&f).await;
    let out = f.report(&other).await;
    assert_eq!((out.state, out.joined, f.report(&lead).await.joins), (State::New, None, 1));
    f.at_step(DESK, &other, "phan-loai", MODERATED).await.to();
    let promised = f.report(&other).await.promised_at;
    assert_eq!(promised, f.report(&lead).await.promised_at, "it was promised as of the day it was sent");
    answer(&f, &lead).await;
    assert_eq!(take_out(&f, &lead, &last).await, StatusCode::CONFLICT);
    assert_map_adds_up(&f).await;
}

#[store::test]
async fn one_whom_the_common_answer_did_not_help_is_read_anew_alone(f: Fixture) {
    let (lead, first) = flooded(&f, NOBODY, 58000).await;
    let (other, receipt) = flooded(&f, NOBODY, 58100).await;
    join(&f, &lead, &[&other]).await;
    f.at_step(DESK, &lead, "phan-loai", MODERATED).await.to();
    answer(&f, &lead).await;
    let secret = |receipt: &str| receipt.split("khoa=").nth(1).unwrap().to_owned();
    let rated = [("khoa", &*secret(&first)), ("hai-long", "co")];
    f.post(NOBODY, &format!("/phan-anh/da-gui/{lead}/danh-gia"), &rated).await.to();
    assert_eq!(f.report(&lead).await.state, State::Closed);
    f.on("2026-11-23T08:00:00+07:00");
    let asked = [("khoa", &*secret(&receipt)), ("reason", "Chỗ tôi vẫn ngập")];
    f.post(NOBODY, &format!("/phan-anh/da-gui/{other}/mo-lai"), &asked).await.to();
    let (report, answered) = (f.report(&other).await, f.report(&lead).await);
    assert_eq!((report.state, report.joined, report.reopened), (State::New, None, 1));
    assert!(report.promised_at.unwrap() > f.app.now().utc(), "it has a clock of its own");
    assert_eq!((answered.state, answered.joins), (State::Closed, 0), "the others are left in peace");
    assert!(f.get(DESK, &format!("/phan-anh-xu-ly/{other}")).await.page().contains("Chỗ tôi vẫn ngập"));
    assert_map_adds_up(&f).await;
}

#[store::test]
async fn only_the_desk_that_received_them_joins_reports(f: Fixture) {
    let (lead, _) = flooded(&f, NOBODY, 58000).await;
    flooded(&f, NOBODY, 58100).await;
    let address = format!("/phan-anh-xu-ly/{lead}/gop");
    let all = [("trong", "200"), ("tat-ca", "yes")];
    assert_eq!(f.post(OTHER_DESK, &address, &all).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.post(SPECIALIST, &address, &all).await.status, StatusCode::FORBIDDEN);
    f.post(DESK, &address, &[("trong", "200")]).await.to();
    assert_eq!(f.report(&lead).await.joins, 0, "who ticks nothing joins nothing");
}

#[store::test]
async fn however_many_there_are_they_are_joined_in_one_go(f: Fixture) {
    let (lead, _) = flooded(&f, NOBODY, 58000).await;
    for north in 0..120 {
        flooded(&f, OWNER, 58001 + north).await;
    }
    f.post(DESK, &format!("/phan-anh-xu-ly/{lead}/gop"), &[("trong", "200"), ("tat-ca", "yes")]).await.to();
    let lead = f.report(&lead).await;
    assert_eq!(lead.joins, 120);
    let slice = queries::joined_into(f.app.store.read(), lead.id, None, 50).await.unwrap();
    assert!(slice.rows.len() == 50 && slice.next.is_some());
    let waiting = flow::queries::cases_of(f.app.store.read(), slice.rows[0].id).await.unwrap();
    assert!(waiting.iter().all(|case| case.closed_at.is_some()), "nobody is reminded of what is joined");
}
