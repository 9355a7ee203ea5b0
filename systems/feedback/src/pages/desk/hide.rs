//! Faces, plates and names on a picture are hidden with a finger: a tap without JavaScript, a stroke with it.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use photos::Area;
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, filters, redirect_with};

use super::LIST;
use crate::access::{self, HANDLE, TRIAGE};
use crate::actions::{self, Stroke};
use crate::queries::{self, Photo};
use crate::report::Report;

/// As wide as the picture stands on the page before a script makes it wider, in pixels; a tap is sent in these.
const WIDTH: u32 = 280;
/// Sides of the square of a tap to choose from, in percent of the width.
const SIDES: [u32; 3] = [6, 12, 24];
const USUAL: u32 = 12;

#[derive(Template)]
#[template(path = "feedback/desk/hide.html")]
struct Page<'a> {
    csrf: &'a str,
    report: &'a Report,
    photo: &'a Photo,
    address: String,
    width: u32,
    sides: [u32; 3],
    side: u32,
    hidden: usize,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, photo)): Path<(String, Id)>,
    web::Query(sent): web::Query<Chosen>,
) -> Answer {
    let (report, photo) = at_hand(&app, &visitor, &code, photo).await?;
    let page = Page {
        csrf: visitor.csrf(),
        address: format!("{LIST}/{code}"),
        width: WIDTH,
        sides: SIDES,
        side: sent.co.filter(|side| SIDES.contains(side)).unwrap_or(USUAL),
        hidden: queries::hidden_areas(app.store.read(), photo.id).await?.len(),
        photo: &photo,
        report: &report,
    };
    visitor.page(&visitor.text("feedback-hide-title"), &page)
}

/// The side that was chosen before.
#[derive(serde::Deserialize)]
pub(super) struct Chosen {
    co: Option<u32>,
}

pub(super) async fn hide(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, id)): Path<(String, Id)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let (report, photo) = at_hand(&app, &visitor, &code, id).await?;
    let sent = Sent::new(pairs);
    let side = sent.value("co").parse().ok().filter(|side| SIDES.contains(side)).unwrap_or(USUAL);
    let done = match stroke(&sent, side) {
        Some(stroke) => actions::hide(&app, visitor.now, &visitor.caller, &report, &photo, stroke).await,
        None => Err(Error::invalid("area", "feedback-hide-nothing")),
    };
    let address = format!("{LIST}/{code}/anh/{id}/che?co={side}");
    match done {
        Ok(()) => Ok(redirect_with(&address, Flash::success("feedback-told-hidden"))),
        Err(Error::Invalid(errors)) => {
            let key = errors.into_values().next().unwrap_or_default();
            Ok(redirect_with(&address, Flash::error(&key)))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn show_again(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, id)): Path<(String, Id)>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let (report, photo) = at_hand(&app, &visitor, &code, id).await?;
    actions::show_again(&app, visitor.now, &visitor.caller, &report, &photo).await?;
    Ok(redirect_with(&format!("{LIST}/{code}/anh/{id}/che"), Flash::success("feedback-told-shown-again")))
}

/// A tap on the picture, in its pixels, or a rectangle in percent of its sides.
fn stroke(sent: &Sent, side: u32) -> Option<Stroke> {
    let number = |name: &str| sent.value(name).replace(',', ".").parse::<f64>().ok();
    if let Some((x, y)) = number("o.x").zip(number("o.y")) {
        // The keyboard presses the picture at its corner, where nobody taps.
        let width = f64::from(WIDTH);
        let tap = Stroke::Tap { x: x / width, y: y / width, side: f64::from(side) / 100.0 };
        return (x != 0.0 || y != 0.0).then_some(tap);
    }
    let share = |name: &str| number(name).map(|percent| percent / 100.0);
    let area = Area { left: share("left")?, top: share("top")?, width: share("width")?, height: share("height")? };
    Some(Stroke::Rectangle(area))
}

/// Whether the officer hides parts of pictures of a report: its desk, or who works on it.
pub(super) fn may_hide(visitor: &Visitor, report: &Report) -> bool {
    let desk = access::may(&visitor.caller, TRIAGE).is_ok_and(|officer| officer.agency == report.receiving);
    desk || access::may(&visitor.caller, HANDLE).is_ok_and(|officer| officer.agency == report.agency)
}

async fn at_hand(app: &App, visitor: &Visitor, code: &str, photo: Id) -> Result<(Report, Photo)> {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await?;
    if !may_hide(visitor, &report) {
        return Err(Error::NotFound);
    }
    let photos = super::show::photos(app, &report).await?;
    let photo = photos.into_iter().find(|one| one.id == photo).ok_or(Error::NotFound)?;
    Ok((report, photo))
}
