use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Choice, Query, Visitor, address, filters};

use crate::pages::choices::{self, none_or};
use crate::petition::{Petition, State as Standing};
use crate::queries::{self, Filter};
use crate::rules;

const SIZE: usize = 30;
const LIST: &str = "/kien-nghi-cu-tri";

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(rename = "xa", skip_serializing_if = "String::is_empty")]
    place: String,
    #[serde(rename = "ky-hop", skip_serializing_if = "String::is_empty")]
    meeting: String,
    #[serde(rename = "linh-vuc", skip_serializing_if = "String::is_empty")]
    field: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(rename = "ket-qua", skip_serializing_if = "String::is_empty")]
    result: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "petitions/citizen/list.html")]
struct List<'a> {
    wanted: &'a Wanted,
    places: Vec<Choice>,
    meetings: Vec<Choice>,
    fields: Vec<Choice>,
    states: Vec<Choice>,
    results: Vec<Choice>,
    rows: Vec<Line>,
    next: String,
}

struct Line {
    petition: Petition,
    field: String,
    words: String,
    agency: String,
    result: String,
}

/// A line shows the beginning of what is asked.
const SHOWN: usize = 200;

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let filter = filter(&app, &visitor, &wanted).await?;
    let before = Cursor::read(&wanted.after)?;
    let found = queries::public_list(app.store.read(), app.store.kind(), &filter, before, SIZE).await?;
    let next = match found.next {
        Some(after) => address(LIST, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = List {
        places: none_or(&visitor, "petitions-any-place", choices::communes(&app, &visitor).await?),
        meetings: none_or(&visitor, "petitions-any-meeting", choices::meetings(&app).await?),
        fields: none_or(&visitor, "petitions-any-field", choices::fields()?),
        states: none_or(&visitor, "petitions-any-state", states(&visitor)),
        results: none_or(&visitor, "petitions-any-result", choices::results()?),
        rows: lines(&app, found.rows).await?,
        wanted: &wanted,
        next,
    };
    visitor.page(&visitor.text("petitions-list-title"), &page)
}

async fn filter(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Filter> {
    let place = match wanted.place.as_str() {
        "" => None,
        code => directory::queries::agency_by_code(app.store.read(), code, visitor.now.today()).await?,
    };
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    Ok(Filter {
        words: wanted.words.clone(),
        state: Standing::parse(&wanted.state),
        field: some(&wanted.field),
        result: some(&wanted.result),
        meeting: wanted.meeting.parse().ok(),
        place: place.map(|agency| agency.id),
    })
}

/// Those in which a public petition can be.
fn states(visitor: &Visitor) -> Vec<Choice> {
    let public = Standing::ALL.into_iter().filter(|state| !matches!(state, Standing::New | Standing::Refused));
    public.map(|state| Choice { value: state.as_str().to_owned(), text: visitor.text(state.text()) }).collect()
}

async fn lines(app: &App, petitions: Vec<Petition>) -> Result<Vec<Line>> {
    let mut names = Names::default();
    let mut lines = Vec::new();
    for petition in petitions {
        let words = petition.public_words.as_deref().unwrap_or_default();
        let mut shown: String = words.chars().take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        lines.push(Line {
            field: rules::field_title(&petition.field),
            words: shown,
            agency: names.of(app.store.read(), petition.agency).await?,
            result: petition.result.as_deref().map(rules::result_title).unwrap_or_default(),
            petition,
        });
    }
    Ok(lines)
}
