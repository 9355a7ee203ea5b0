//! Whoever stands in the street with a telephone.

use http::StatusCode;

use super::{DESK, Fixture, HOLE, LEADER, MODERATED, NOBODY, POLICE, SPECIALIST, code_of, picture};
use crate::queries;
use crate::report::State;

#[store::test]
async fn work_is_ended_in_the_street_and_shown_beside_what_it_was(f: Fixture) {
    let code = code_of(&f.sent(NOBODY, HOLE, &[("photos", "truoc.jpg", &picture())]).await);
    let street = format!("/phan-anh-xu-ly/{code}/tai-cho");
    assert_eq!(f.get(SPECIALIST, &street).await.status, StatusCode::NOT_FOUND, "nobody has given it to them yet");
    let form = f.report(&code).await.form_id;
    let photo = queries::photos(f.app.store.read(), form).await.unwrap().remove(0).id.to_string();
    let decided: Vec<(&str, &str)> = MODERATED.iter().copied().chain([("photo", photo.as_str())]).collect();
    f.at_step(DESK, &code, "phan-loai", &decided).await.to();
    assert_eq!(f.get(POLICE, &street).await.status, StatusCode::NOT_FOUND);

    let page = f.get(SPECIALIST, &street).await.page();
    for part in ["capture=\"environment\"", "Đã xong", "geo:12.2458,109.1953", photo.as_str(), "Trước nhà bà Lan"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let id = "0198c0de-0000-7000-8000-000000000001";
    let address = format!("/phan-anh-xu-ly/{code}/buoc/{}/xong", f.step(&code).await.id);
    let after = photos::demo::street(4).unwrap();
    let wordless = [("id", id), ("answer", " ")];
    let again = f.upload(SPECIALIST, &address, &wordless, &[("photos", "sau.jpg", &after)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Đã nhận 1 ảnh") && again.body.contains("capture="), "{}", again.body);
    let said = [("id", id), ("answer", "Đã vá.")];
    assert_eq!(f.upload(SPECIALIST, &address, &said, &[]).await.to(), street);
    assert_eq!(f.report(&code).await.state, State::AnswerProposed);
    let public = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    assert!(!public.contains("before-after"), "a leader has not approved it: {public}");
    f.at_step(LEADER, &code, "duyet", &[]).await.to();
    let public = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    let pair = public.split("before-after").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(pair.contains(&photo) && pair.matches("<figure>").count() == 2, "{pair}");
}
