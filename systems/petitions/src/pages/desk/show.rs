use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::NaiveDate;
use directory::queries::Names;
use flow::pages::{Clock, Station, Worked};
use serde::Deserialize;
use system::{App, Officer};
use web::{Answer, Path, Query, Sent, Visitor, filters};

use super::LIST;
use super::follow::{self, Following};
use super::panel::panel;
use crate::access::CLASSIFY;
use crate::collected::Collected;
use crate::pages::clock::clock;
use crate::pages::timeline::stations;
use crate::petition::{Petition, RoadStep};
use crate::queries::{self, Remark};
use crate::rules;

#[derive(Template)]
#[template(path = "petitions/desk/show.html")]
struct Show<'a> {
    csrf: &'a str,
    address: String,
    petition: &'a Petition,
    field: String,
    meeting: String,
    result: String,
    entered: String,
    receiving: String,
    agency: String,
    clock: Option<Clock>,
    /// Empty for officers who have nothing to do with it now.
    panel: String,
    following: Option<Following<'a>>,
    collected: Vec<Gathered>,
    /// Code of the petition that is answered for this one.
    joined: String,
    answers: Vec<Answered>,
    remarks: Vec<Remark>,
    stations: Vec<Station>,
    today: NaiveDate,
}

/// What was said in one place, without who said it.
struct Gathered {
    collected: Collected,
    place: String,
    sitting: &'static str,
    may_take_out: bool,
}

struct Answered {
    answer: queries::Answer,
    result: String,
    tone: &'static str,
    agency: String,
    road_map: Vec<RoadStep>,
}

#[derive(Deserialize)]
pub(super) struct At {
    /// The step to work on.
    #[serde(default)]
    buoc: Option<Id>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(at): Query<At>,
) -> Answer {
    let petition = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::default();
    let content = content(&app, &visitor, &petition, at.buoc, &sent).await?;
    visitor.page(&petition.code, &content)
}

impl Worked for Petition {
    const LIST: &'static str = LIST;

    fn id(&self) -> Id {
        self.id
    }

    async fn for_officer(app: &App, officer: &Officer, code: &str) -> Result<Self> {
        queries::for_officer(app.store.read(), officer, code).await
    }

    async fn again(app: &App, visitor: &Visitor, code: &str, step: Option<Id>, sent: Sent) -> Answer {
        let petition = Self::for_officer(app, visitor.caller.officer()?, code).await?;
        let content = content(app, visitor, &petition, step, &sent).await?;
        visitor.rejected(&petition.code, &content)
    }
}

async fn content<'a>(
    app: &App,
    visitor: &'a Visitor,
    petition: &'a Petition,
    wanted: Option<Id>,
    sent: &'a Sent,
) -> Result<Show<'a>> {
    let c = app.store.read();
    let officer = visitor.caller.officer()?;
    let steps = flow::queries::steps_of(c, petition.id).await?;
    let panel = match flow::queries::at_hand(officer, &steps, wanted) {
        Some(step) => {
            visitor.fragment(&panel(app, visitor, petition, step, flow::queries::last_note(&steps), sent).await?)?
        }
        None => String::new(),
    };
    let mut names = Names::default();
    let joined = match petition.joined {
        Some(other) => queries::by_id(c, other).await?,
        None => None,
    };
    Ok(Show {
        csrf: visitor.csrf(),
        address: format!("{LIST}/{}", petition.code),
        field: rules::field_title(&petition.field),
        meeting: queries::meeting(c, petition.meeting).await?.map(|meeting| meeting.title).unwrap_or_default(),
        result: petition.result.as_deref().map(rules::result_title).unwrap_or_default(),
        entered: names.of(app.store.read(), petition.entered).await?,
        receiving: names.of(app.store.read(), petition.receiving).await?,
        agency: names.of(app.store.read(), petition.agency).await?,
        clock: clock(app, visitor, petition).await?,
        panel,
        following: follow::following(app, visitor, petition, sent).await?,
        collected: gathered(app, officer, petition, &mut names).await?,
        joined: joined.map(|other| other.code).unwrap_or_default(),
        answers: answers(app, petition, &mut names).await?,
        remarks: queries::remarks(c, petition.id).await?,
        stations: stations(app, petition).await?,
        today: visitor.now.today(),
        petition,
    })
}

async fn gathered(app: &App, officer: &Officer, petition: &Petition, names: &mut Names) -> Result<Vec<Gathered>> {
    let may = officer.may(CLASSIFY) && officer.agency == petition.receiving && petition.state.takes_in();
    let mut rows = Vec::new();
    for collected in queries::collected_in(app.store.read(), petition.id).await? {
        rows.push(Gathered {
            place: directory::commune_name(&names.of(app.store.read(), collected.place).await?).to_owned(),
            sitting: collected.sitting.text(),
            may_take_out: may && collected.own != petition.id,
            collected,
        });
    }
    Ok(rows)
}

async fn answers(app: &App, petition: &Petition, names: &mut Names) -> Result<Vec<Answered>> {
    let c = app.store.read();
    let mut rows = Vec::new();
    for answer in queries::answers(c, petition.id).await? {
        rows.push(Answered {
            result: rules::result_title(&answer.result),
            tone: rules::result_tone(&answer.result),
            agency: names.of(app.store.read(), answer.agency).await?,
            road_map: queries::road_map(c, answer.id).await?,
            answer,
        });
    }
    Ok(rows)
}
