//! One matter said in several places.

use http::StatusCode;

use super::{DESK, Fixture, HEAD, LIST, NOBODY, RESOLVED, ROAD};
use crate::petition::State;
use crate::queries;

#[store::test]
async fn joined_petitions_are_answered_once_and_counted_for_each_place(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let mut codes = Vec::new();
    for place in ["H32.103", "H32.101", "H32.102", "H32.103"] {
        codes.push(f.entered(&meeting, place, &format!("{ROAD}, mưa là ngập")).await);
    }
    let desk = f.get(DESK, &format!("{LIST}/{}", codes[1])).await.page();
    assert!(desk.contains("Giống") && desk.contains("100 %") && desk.contains(&codes[0]), "{desk}");
    for other in &codes[1..] {
        f.at_step(DESK, other, "gop", &[("into", codes[0].as_str())]).await.to();
        let joined = f.petition(other).await;
        assert_eq!((joined.state, joined.places), (State::Joined, 0));
    }
    let petition = f.petition(&codes[0]).await;
    assert_eq!(petition.places, 3, "two groups of one place count once");
    assert_eq!(queries::collected_in(f.app.store.read(), petition.id).await.unwrap().len(), 4);
    f.assigned(&codes[0]).await;
    f.answered(&codes[0], RESOLVED).await;
    for place in ["H32.103", "H32.101", "H32.102"] {
        let found = f.get(NOBODY, &format!("/kien-nghi-cu-tri?xa={place}")).await.page();
        assert!(found.contains(&codes[0]), "{place}");
    }
    let again = f.entered(&meeting, "H32.103", ROAD).await;
    let late = f.at_step(DESK, &again, "gop", &[("into", codes[0].as_str())]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "what is answered takes in no more");
}

#[store::test]
async fn what_is_taken_out_is_read_anew_and_counts_again(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let one = f.entered(&meeting, "H32.103", ROAD).await;
    let other = f.entered(&meeting, "H32.101", ROAD).await;
    let third = f.entered(&meeting, "H32.102", ROAD).await;
    // Joined into one that is joined itself then, it is answered by the last.
    f.at_step(DESK, &third, "gop", &[("into", other.as_str())]).await.to();
    f.at_step(DESK, &other, "gop", &[("into", one.as_str())]).await.to();
    let petition = f.petition(&one).await;
    assert_eq!((petition.places, f.petition(&third).await.joined), (3, Some(petition.id)));
    let collected = queries::collected_in(f.app.store.read(), petition.id).await.unwrap();
    let of = |own| collected.iter().find(|collected| collected.own == own).unwrap().id;
    let first = f.post(DESK, &format!("{LIST}/{one}/tach/{}", of(petition.id)), &[]).await;
    assert_eq!(first.status, StatusCode::CONFLICT, "a petition keeps what it came with");
    let third_id = f.petition(&third).await.id;
    f.post(DESK, &format!("{LIST}/{one}/tach/{}", of(third_id)), &[]).await.to();
    let out = f.petition(&third).await;
    assert_eq!((out.state, out.places, out.joined), (State::New, 1, None));
    assert_eq!(f.petition(&one).await.places, 2);
    f.assigned(&third).await;
    assert_eq!(f.petition(&third).await.state, State::Assigned);
}

#[store::test]
async fn only_petitions_of_one_meeting_are_joined_and_whoever_assigns_may_join_too(f: Fixture) {
    let (meeting, later) = (f.meeting("12", "2026-12-08").await, f.meeting("13", "2027-04-06").await);
    let one = f.entered(&meeting, "H32.103", ROAD).await;
    let other = f.entered(&later, "H32.101", ROAD).await;
    for into in [other.as_str(), one.as_str(), "KN-26-999999", ""] {
        let wrong = f.at_step(DESK, &one, "gop", &[("into", into)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{into}");
    }
    let same = f.entered(&meeting, "H32.102", ROAD).await;
    let fields = [("field", "giao-thong"), ("public-words", ROAD), ("agency", "H32.53")];
    f.at_step(DESK, &same, "phan-loai", &fields).await.to();
    f.at_step(HEAD, &same, "gop", &[("into", one.as_str())]).await.to();
    assert_eq!(f.petition(&one).await.places, 2);
    f.assigned(&one).await;
    let public = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{same}")).await.page();
    assert!(public.contains("Được gộp") && public.contains(&one), "its own page leads on: {public}");
}
