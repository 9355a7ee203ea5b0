//! What the officer can do with a petition now.

use askama::Template;
use base::Result;
use flow::{OpenStep, Work};
use system::App;
use web::{Choice, Sent, Visitor, filters};

use super::LIST;
use crate::pages::choices::{self, none_or};
use crate::petition::{Petition, RoadStep, State};
use crate::queries::{self, Answer};
use crate::rules::{self, rules};
use crate::twins::Pieces;

#[derive(Template)]
#[template(path = "petitions/desk/panel.html")]
pub(super) struct Panel<'a> {
    csrf: &'a str,
    address: String,
    sent: &'a Sent,
    step: &'a OpenStep,
    /// What the officer before wrote.
    note: String,
    work: AtHand,
}

/// By what the step is.
enum AtHand {
    Classify(Box<ToClassify>),
    Assign { agencies: Vec<Choice>, agency: String, twins: Vec<Twin> },
    Handle(Box<ToHandle>),
    Approve(Option<Box<Proposed>>),
}

struct ToClassify {
    fields: Vec<Choice>,
    field: String,
    words: String,
    agencies: Vec<Choice>,
    agency: String,
    twins: Vec<Twin>,
}

struct ToHandle {
    id: String,
    working: bool,
    results: Vec<Choice>,
    /// Results for which fields are shown: `result=a|b`.
    asks_road_map: String,
    asks_reason: String,
    steps: Vec<StepFields>,
}

struct StepFields {
    number: usize,
    words: String,
    due_on: String,
}

struct Proposed {
    answer: Answer,
    result: String,
    road_map: Vec<RoadStep>,
}

/// Another petition that is likely the same.
struct Twin {
    code: String,
    words: String,
    state: State,
    percent: u8,
}

/// Petitions of the same meeting that are compared, the newest.
const COMPARED: usize = 500;

pub(super) async fn panel<'a>(
    app: &App,
    visitor: &'a Visitor,
    petition: &Petition,
    step: &'a OpenStep,
    note: String,
    sent: &'a Sent,
) -> Result<Panel<'a>> {
    let c = app.store.read();
    let work = match step.does {
        Work::Receive => AtHand::Classify(Box::new(to_classify(app, visitor, petition, sent).await?)),
        Work::Assign => {
            let proposed = match petition.proposed {
                Some(agency) => directory::queries::agency(c, agency).await?,
                None => None,
            };
            let agency = proposed.as_ref().map(|agency| agency.code.clone()).unwrap_or_default();
            AtHand::Assign {
                agency: sent.or("agency", &agency),
                agencies: choices::answerers(app, visitor, proposed).await?,
                twins: twins(app, petition).await?,
            }
        }
        Work::Sign => {
            let open = queries::answers(c, petition.id).await?.into_iter().find(Answer::is_open);
            AtHand::Approve(match open {
                Some(answer) => Some(Box::new(Proposed {
                    result: rules::result_title(&answer.result),
                    road_map: queries::road_map(c, answer.id).await?,
                    answer,
                })),
                None => None,
            })
        }
        _ => AtHand::Handle(Box::new(to_handle(visitor, petition, sent)?)),
    };
    Ok(Panel { csrf: visitor.csrf(), address: format!("{LIST}/{}", petition.code), sent, step, note, work })
}

async fn to_classify(app: &App, visitor: &Visitor, petition: &Petition, sent: &Sent) -> Result<ToClassify> {
    let c = app.store.read();
    let proposed = match petition.proposed {
        Some(agency) => directory::queries::agency(c, agency).await?,
        None => usual(app, visitor, petition).await?,
    };
    let agency = proposed.as_ref().map(|agency| agency.code.clone()).unwrap_or_default();
    Ok(ToClassify {
        fields: none_or(visitor, "petitions-choose", choices::fields()?),
        field: sent.or("field", &petition.field),
        words: sent.or("public-words", petition.public_words.as_ref().unwrap_or(&petition.words)),
        agency: sent.or("agency", &agency),
        agencies: none_or(visitor, "petitions-choose", choices::answerers(app, visitor, proposed).await?),
        twins: twins(app, petition).await?,
    })
}

/// Who answers petitions of the field, at the place where it was said first.
async fn usual(app: &App, visitor: &Visitor, petition: &Petition) -> Result<Option<directory::Agency>> {
    let c = app.store.read();
    let Some(field) = rules()?.field(&petition.field) else { return Ok(None) };
    let Some(first) = queries::collected_in(c, petition.id).await?.into_iter().next() else { return Ok(None) };
    match rules::in_charge(c, &field.handled_by, first.place, visitor.now).await {
        Ok(agency) => Ok(Some(agency)),
        Err(base::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn to_handle(visitor: &Visitor, petition: &Petition, sent: &Sent) -> Result<ToHandle> {
    let asks = |has: fn(&province::Outcome) -> bool| -> Result<String> {
        let codes: Vec<&str> =
            rules()?.results.iter().filter(|result| has(result)).map(|result| result.code.as_str()).collect();
        Ok(format!("result={}", codes.join("|")))
    };
    let step = |number: usize| StepFields {
        number,
        words: sent.value(&format!("step-{number}-words")).to_owned(),
        due_on: sent.value(&format!("step-{number}-due")).to_owned(),
    };
    Ok(ToHandle {
        id: sent.or("id", &visitor.form_id().to_string()),
        working: petition.state == State::Working,
        results: none_or(visitor, "petitions-choose", choices::results()?),
        asks_road_map: asks(|result| result.road_map)?,
        asks_reason: asks(|result| result.reason)?,
        steps: (1..=rules()?.limits.road_steps).map(step).collect(),
    })
}

/// Those most alike, of the same meeting and field, the likest first.
async fn twins(app: &App, petition: &Petition) -> Result<Vec<Twin>> {
    let limits = rules()?.twins;
    let own = Pieces::of(&petition.words);
    let others = queries::joinable(app.store.read(), petition, COMPARED).await?;
    let twin = |other: Petition| Twin {
        percent: own.likeness(&Pieces::of(&other.words)),
        code: other.code,
        words: other.words,
        state: other.state,
    };
    let mut twins: Vec<Twin> = others.into_iter().map(twin).filter(|twin| twin.percent >= limits.percent).collect();
    twins.sort_by(|one, other| other.percent.cmp(&one.percent).then_with(|| one.code.cmp(&other.code)));
    twins.truncate(limits.shown);
    Ok(twins)
}
