use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use flow::pages::{Clock, Station};
use system::App;
use web::{Answer, Path, Visitor, filters};

use crate::pages::clock::clock;
use crate::pages::timeline::stations;
use crate::petition::{Petition, RoadStep};
use crate::queries::{self, Remark};
use crate::rules;

#[derive(Template)]
#[template(path = "petitions/citizen/show.html")]
struct Show<'a> {
    petition: &'a Petition,
    words: &'a str,
    field: String,
    result: String,
    meeting: String,
    agency: String,
    places: Vec<Place>,
    clock: Option<Clock>,
    answers: Vec<Answered>,
    remarks: Vec<Remark>,
    /// Code of the petition that is answered for this one.
    joined: String,
    joined_here: Vec<String>,
    stations: Vec<Station>,
    today: chrono::NaiveDate,
}

/// Where it was said, and how often.
struct Place {
    name: String,
    times: usize,
}

struct Answered {
    answer: queries::Answer,
    result: String,
    tone: &'static str,
    agency: String,
    road_map: Vec<RoadStep>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let c = app.store.read();
    let petition = queries::public(c, &code).await?;
    let mut names = Names::default();
    let joined = match petition.joined {
        Some(other) => queries::by_id(c, other).await?.filter(|other| other.public_at.is_some()),
        None => None,
    };
    let public = queries::joined_into(c, petition.id).await?.into_iter().filter(|one| one.public_at.is_some());
    let page = Show {
        words: petition.public_words.as_deref().unwrap_or_default(),
        field: rules::field_title(&petition.field),
        result: petition.result.as_deref().map(rules::result_title).unwrap_or_default(),
        meeting: queries::meeting(c, petition.meeting).await?.map(|meeting| meeting.title).unwrap_or_default(),
        agency: names.of(app.store.read(), petition.agency).await?,
        places: places(&app, &petition, &mut names).await?,
        clock: clock(&app, &visitor, &petition).await?,
        answers: answers(&app, &petition, &mut names).await?,
        remarks: queries::remarks(c, petition.id).await?.into_iter().filter(|one| one.kind.is_public()).collect(),
        joined: joined.map(|other| other.code).unwrap_or_default(),
        joined_here: public.map(|one| one.code).collect(),
        stations: stations(&app, &petition).await?,
        today: visitor.now.today(),
        petition: &petition,
    };
    visitor.page(&format!("{} · {}", page.field, petition.code), &page)
}

async fn places(app: &App, petition: &Petition, names: &mut Names) -> Result<Vec<Place>> {
    let mut places: Vec<Place> = Vec::new();
    for collected in queries::collected_in(app.store.read(), petition.id).await? {
        let name = directory::commune_name(&names.of(app.store.read(), collected.place).await?).to_owned();
        match places.iter_mut().find(|place| place.name == name) {
            Some(place) => place.times += 1,
            None => places.push(Place { name, times: 1 }),
        }
    }
    Ok(places)
}

/// The approved answers, the last one first.
async fn answers(app: &App, petition: &Petition, names: &mut Names) -> Result<Vec<Answered>> {
    let c = app.store.read();
    let mut approved = Vec::new();
    for answer in queries::answers(c, petition.id).await?.into_iter().rev() {
        if answer.approved_at.is_some() {
            approved.push(Answered {
                result: rules::result_title(&answer.result),
                tone: rules::result_tone(&answer.result),
                agency: names.of(app.store.read(), answer.agency).await?,
                road_map: queries::road_map(c, answer.id).await?,
                answer,
            });
        }
    }
    Ok(approved)
}
