use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use base::{Result, fold};
use chrono::NaiveDate;
use serde::Deserialize;
use system::App;
use web::{Answer, Choice, Query, Visitor, filters};

use super::kind_of;
use crate::answer::takes_part;
use crate::catalogue::Catalogue;
use crate::package::Level;
use crate::procedure::Version;
use crate::queries::{self, Filter};

const PAGE: usize = 50;

/// What stands in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    #[serde(rename = "viec")]
    event: String,
    #[serde(rename = "linh-vuc")]
    field: String,
    #[serde(rename = "co-quan")]
    agency: String,
    #[serde(rename = "trang")]
    page: String,
}

#[derive(Template)]
#[template(path = "procedures/list.html")]
struct List<'a> {
    wanted: Wanted,
    narrowed: bool,
    events: Vec<Pick>,
    fields: Vec<Choice>,
    agencies: Vec<Choice>,
    count: usize,
    rows: Vec<Row<'a>>,
    previous: String,
    next: String,
    hotline: &'a str,
}

/// A life event, and how many procedures it leaves.
struct Pick {
    text: String,
    href: String,
    count: i64,
    current: bool,
}

pub(super) struct Row<'a> {
    pub(super) version: &'a Version,
    pub(super) level: &'static str,
    pub(super) tone: &'static str,
    /// Whether it is filed on this portal.
    pub(super) here: bool,
    pub(super) agencies: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let catalogue = Catalogue::of(&app)?;
    let day = visitor.now.today();
    let offered = catalogue.shelf(visitor.now).offered(day);
    let found = queries::found(app.store.read(), app.store.kind(), &wanted.q).await?;
    let filter = Filter { words: &wanted.q, field: &wanted.field, agency: &wanted.agency, event: "" };
    let of_any_event = queries::list(&offered, day, &filter, found.as_ref());
    let listed = match catalogue.events().iter().find(|entry| entry.code == wanted.event) {
        Some(event) => queries::list(&of_any_event, day, &Filter { event: &event.title, ..filter }, None),
        None => of_any_event.clone(),
    };
    let last = listed.len().div_ceil(PAGE).max(1);
    let number = wanted.page.parse().unwrap_or(1).clamp(1, last);
    let turned = |page: usize| address(&Wanted { page: page.to_string(), ..wanted.clone() });
    let elsewhere = catalogue.is_filed_elsewhere(day);
    let rows = listed.iter().skip((number - 1) * PAGE).take(PAGE).map(|version| row(&visitor, version, day, elsewhere));
    let page = List {
        narrowed: [&wanted.q, &wanted.event, &wanted.field, &wanted.agency].iter().any(|word| !word.is_empty()),
        events: picks(&visitor, &catalogue, &wanted, &of_any_event)?,
        fields: field_choices(&visitor, &offered),
        agencies: agency_choices(&visitor, &offered, day),
        count: listed.len(),
        rows: rows.collect(),
        previous: if number > 1 { turned(number - 1)? } else { String::new() },
        next: if number < last { turned(number + 1)? } else { String::new() },
        hotline: &app.settings.province.hotline,
        wanted: wanted.clone(),
    };
    visitor.page(&visitor.text("procedures-list-title"), &page)
}

pub(super) fn row<'a>(visitor: &Visitor, version: &'a Version, day: NaiveDate, elsewhere: bool) -> Row<'a> {
    let here = version.package.procedure.agencies.iter().filter(|agency| takes_part(agency, day));
    let mut kinds: Vec<String> = here.map(|agency| kind_of(visitor, &agency.kind)).collect();
    kinds.dedup();
    let (level, tone) = match version.online() {
        Some(Level::Full) => ("procedures-tag-full", "ok"),
        Some(Level::Partial) => ("procedures-tag-partial", "ok"),
        None => ("procedures-tag-none", "wait"),
    };
    Row { version, level, tone, here: version.online().is_some() && !elsewhere, agencies: kinds.join("; ") }
}

/// The list with these words in its address, as few as will do.
fn address(wanted: &Wanted) -> Result<String> {
    let words = [
        ("q", &wanted.q),
        ("viec", &wanted.event),
        ("linh-vuc", &wanted.field),
        ("co-quan", &wanted.agency),
        ("trang", &wanted.page),
    ];
    let said: Vec<_> = words.into_iter().filter(|(_, word)| !word.is_empty()).collect();
    web::address("/thu-tuc", &said)
}

/// Every life event and those with something behind them, the rest of what is wanted kept.
fn picks(visitor: &Visitor, catalogue: &Catalogue, wanted: &Wanted, listed: &[Arc<Version>]) -> Result<Vec<Pick>> {
    let pick = |code: &str, text: String, count: usize| -> Result<Pick> {
        let other = Wanted { event: code.to_owned(), page: String::new(), ..wanted.clone() };
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Ok(Pick { text, href: address(&other)?, count, current: wanted.event == code })
    };
    let mut picks = vec![pick("", visitor.text("procedures-all-events"), listed.len())?];
    for entry in catalogue.events() {
        let count = listed.iter().filter(|version| version.is_for(&entry.title)).count();
        if count > 0 || wanted.event == entry.code {
            picks.push(pick(&entry.code, entry.title.clone(), count)?);
        }
    }
    Ok(picks)
}

/// "All" and then the choices, by their text.
fn choices(visitor: &Visitor, all: &str, by_value: BTreeMap<String, String>) -> Vec<Choice> {
    let mut named: Vec<Choice> = by_value.into_iter().map(|(value, text)| Choice { value, text }).collect();
    named.sort_by_cached_key(|choice| fold(&choice.text));
    named.insert(0, Choice { value: String::new(), text: visitor.text(all) });
    named
}

fn field_choices(visitor: &Visitor, offered: &[Arc<Version>]) -> Vec<Choice> {
    let fields = offered.iter().map(|version| &version.package.procedure.field);
    let by_code = fields.map(|field| (field.code.clone(), field.name.clone())).collect();
    choices(visitor, "procedures-all-fields", by_code)
}

fn agency_choices(visitor: &Visitor, offered: &[Arc<Version>], day: NaiveDate) -> Vec<Choice> {
    let agencies = offered.iter().flat_map(|version| &version.package.procedure.agencies);
    let here = agencies.filter(|agency| takes_part(agency, day));
    let by_kind = here.map(|agency| (agency.kind.clone(), kind_of(visitor, &agency.kind))).collect();
    choices(visitor, "procedures-all-agencies", by_kind)
}
