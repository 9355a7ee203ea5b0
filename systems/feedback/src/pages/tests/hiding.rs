//! What is hidden of a picture.

use http::StatusCode;
use image::RgbImage;

use super::{DESK, Fixture, HOLE, LEADER, MODERATED, NOBODY, OTHER_DESK, SPECIALIST, code_of, picture};
use crate::queries;

async fn sent(f: &Fixture) -> (String, String, String) {
    let receipt = f.sent(NOBODY, HOLE, &[("photos", "duong.jpg", &picture())]).await;
    let code = code_of(&receipt);
    let form = f.report(&code).await.form_id;
    let photo = queries::photos(f.app.store.read(), form).await.unwrap().remove(0).id.to_string();
    (code, photo, receipt)
}

async fn seen(f: &Fixture, who: &str, address: &str) -> RgbImage {
    let answer = f.get(who, address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    let code = address.split('/').find(|part| part.starts_with("PA-")).unwrap();
    let photo = queries::photos(f.app.store.read(), f.report(code).await.form_id).await.unwrap().remove(0);
    let bytes = f.app.files.read(&photo.clean).await.unwrap();
    assert!(answer.body == String::from_utf8_lossy(&bytes), "other bytes are served at {address}");
    image::load_from_memory(&bytes).unwrap().to_rgb8()
}

/// The picture of the demo has 480 × 360 pixels; the page shows it 280 wide.
#[store::test]
async fn a_tap_and_a_stroke_hide_parts_of_a_picture_and_leave_the_rest(f: Fixture) {
    let (code, photo, receipt) = sent(&f).await;
    let address = format!("/phan-anh-xu-ly/{code}/anh/{photo}");
    let before = seen(&f, DESK, &address).await;
    let page = f.get(DESK, &format!("{address}/che")).await.page();
    assert!(page.contains("type=\"image\"") && page.contains("width=\"280\""), "{page}");
    f.post(DESK, &format!("{address}/che"), &[("co", "12"), ("o.x", "140"), ("o.y", "105")]).await.to();
    let stroke = [("left", "0"), ("top", "0"), ("width", "25"), ("height", "10,5")];
    f.post(DESK, &format!("{address}/che"), &stroke).await.to();

    let after = seen(&f, DESK, &address).await;
    let hidden = |x: u32, y: u32| (212..268).contains(&x) && (152..208).contains(&y) || x < 118 && y < 36;
    // Beside an edge the compression of a JPEG mixes what lies in one block of sixteen.
    let at_an_edge = |x: u32, y: u32| (192..288).contains(&x) && (128..224).contains(&y) || x < 144 && y < 64;
    for (x, y, pixel) in after.enumerate_pixels() {
        if hidden(x, y) {
            assert!(pixel.0.iter().all(|part| *part < 16), "{x} {y}: {pixel:?}");
        } else if !at_an_edge(x, y) {
            let moved = pixel.0.iter().zip(before.get_pixel(x, y).0).map(|(one, other)| one.abs_diff(other)).max();
            assert!(moved < Some(8), "{x} {y}: {pixel:?}");
        }
    }
    // What was seen before is served to nobody: the reporter and everybody see the same bytes as the desk.
    let own = receipt.replace(&code, &format!("{code}/anh/{photo}"));
    assert_eq!(seen(&f, NOBODY, &own).await, after);
    let decided: Vec<(&str, &str)> = MODERATED.iter().copied().chain([("photo", photo.as_str())]).collect();
    f.at_step(DESK, &code, "phan-loai", &decided).await.to();
    let public = format!("/phan-anh/{code}/anh/{photo}");
    assert_eq!(seen(&f, NOBODY, &public).await, after);

    // Also once it is public, and by whoever works on it; the last stroke can be taken back.
    f.post(SPECIALIST, &format!("{address}/hien-lai"), &[]).await.to();
    let shown = seen(&f, NOBODY, &public).await;
    assert!(shown.get_pixel(50, 10).0.iter().any(|part| *part > 100), "{:?}", shown.get_pixel(50, 10));
    assert!(shown.get_pixel(240, 180).0.iter().all(|part| *part < 16));
    f.post(SPECIALIST, &format!("{address}/hien-lai"), &[]).await.to();
    assert_eq!(seen(&f, NOBODY, &public).await, before);
    assert_eq!(f.post(SPECIALIST, &format!("{address}/hien-lai"), &[]).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn only_those_who_work_on_a_report_hide_parts_of_its_picture(f: Fixture) {
    let (code, photo, _) = sent(&f).await;
    let address = format!("/phan-anh-xu-ly/{code}/anh/{photo}/che");
    let tap = [("o.x", "140"), ("o.y", "105")];
    for who in [OTHER_DESK, LEADER] {
        assert_eq!(f.get(who, &address).await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(f.post(who, &address, &tap).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    // The keyboard presses a picture at its corner.
    for nothing in [&[("o.x", "0"), ("o.y", "0")][..], &[("left", "10")], &[("o.x", "900"), ("o.y", "0")]] {
        f.post(DESK, &address, nothing).await.to();
    }
    let hidden = queries::hidden_areas(f.app.store.read(), photo.parse().unwrap()).await.unwrap();
    assert_eq!(hidden, []);
}
