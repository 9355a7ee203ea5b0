//! What everybody may see: a map, filters, a table.

use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::{App, Caller};
use web::{Answer, Choice, Query, Visitor, address, filters};

use super::send::communes;
use crate::pages::view::View;
use crate::queries::{self, Filter};
use crate::report::{Report, State as Standing};
use crate::rules::{self, rules};

const SIZE: usize = 30;
const LIST: &str = "/phan-anh";

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(rename = "loai", skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(rename = "xa", skip_serializing_if = "String::is_empty")]
    commune: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "feedback/citizen/list.html")]
struct List<'a> {
    wanted: &'a Wanted,
    kinds: Vec<Choice>,
    communes: Vec<Choice>,
    states: Vec<Choice>,
    rows: Vec<Line>,
    view: View,
    named: bool,
    csrf: &'a str,
    next: String,
}

struct Line {
    report: Report,
    title: String,
    words: String,
    agency: String,
}

/// A line shows the beginning of what was said.
const SHOWN: usize = 160;

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let filter = filter(&app, &visitor, &wanted).await?;
    let before = Cursor::read(&wanted.after)?;
    let found = queries::public_list(app.store.read(), app.store.kind(), &filter, before, SIZE).await?;
    let mut view = View::of(&app)?;
    if let Some(commune) = filter.commune {
        let agency = directory::queries::agency(app.store.read(), commune).await?;
        let centre = agency.and_then(|agency| rules::land(&app).ok()?.centre_of(agency.gso.as_deref()?));
        view = centre.map_or(view, |centre| View { zoom: 13, ..View::at(centre) });
    }
    let next = match found.next {
        Some(after) => address(LIST, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = List {
        kinds: any(&visitor, "feedback-any-kind", kinds()?),
        communes: any(&visitor, "feedback-any-commune", communes(&app, &visitor).await?),
        states: any(&visitor, "feedback-any-state", states(&visitor)),
        rows: lines(&app, found.rows).await?,
        named: matches!(visitor.caller, Caller::Citizen(_)),
        csrf: visitor.csrf(),
        wanted: &wanted,
        view,
        next,
    };
    visitor.page(&visitor.text("feedback-list-title"), &page)
}

async fn filter(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Filter> {
    let commune = match wanted.commune.as_str() {
        "" => None,
        code => directory::queries::agency_by_code(app.store.read(), code, visitor.now.today()).await?,
    };
    Ok(Filter {
        words: wanted.words.clone(),
        state: Standing::parse(&wanted.state),
        kind: (!wanted.kind.is_empty()).then(|| wanted.kind.clone()),
        commune: commune.map(|agency| agency.id),
        ..Filter::default()
    })
}

/// Choices with one that does not narrow.
fn any(visitor: &Visitor, key: &str, choices: Vec<Choice>) -> Vec<Choice> {
    let any = Choice { value: String::new(), text: visitor.text(key) };
    std::iter::once(any).chain(choices).collect()
}

fn kinds() -> Result<Vec<Choice>> {
    let choice = |kind: &province::Kind| Choice { value: kind.code.clone(), text: kind.title.clone() };
    Ok(rules()?.kinds.iter().map(choice).collect())
}

/// Those in which a public report can be.
fn states(visitor: &Visitor) -> Vec<Choice> {
    let public = Standing::ALL.into_iter().filter(|state| !matches!(state, Standing::New | Standing::Refused));
    public.map(|state| Choice { value: state.as_str().to_owned(), text: visitor.text(state.text()) }).collect()
}

async fn lines(app: &App, reports: Vec<Report>) -> Result<Vec<Line>> {
    let mut names = Names::default();
    let mut lines = Vec::new();
    for report in reports {
        let words = report.moderated.as_ref().map(|moderated| moderated.words.as_str()).unwrap_or_default();
        let mut shown: String = words.chars().take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        let agency = names.of(app.store.read(), report.agency).await?;
        lines.push(Line { title: rules::kind_title(&report.kind), words: shown, agency, report });
    }
    Ok(lines)
}
