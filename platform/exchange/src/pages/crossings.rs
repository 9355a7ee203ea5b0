//! What went outside on a day and what the others have of it: figures, and the rows behind each.

use askama::Template;
use axum::extract::State as With;
use base::{Error, Result};
use chrono::NaiveDate;
use contracts::crossing::{Comparison, Crossed};
use directory::queries::Names;
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Query, Sent, Visitor, filters};

use crate::access::{RECONCILE, sight};
use crate::crossings::{self, Figures, Found};
use crate::{actions, queries};

const HOME: &str = "/quan-tri/doi-soat";
const SIZE: usize = 100;

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "ngay", default)]
    day: String,
    #[serde(rename = "ket-qua", default)]
    comparison: String,
    #[serde(rename = "sau", default)]
    after: String,
}

/// One figure and where its rows are.
struct Figure {
    text: String,
    count: i64,
    href: String,
}

struct Partner {
    name: &'static str,
    ours: i64,
    theirs: i64,
    figures: Vec<Figure>,
}

#[derive(Template)]
#[template(path = "exchange/crossings.html")]
struct DayPage {
    day: NaiveDate,
    partners: Vec<Partner>,
}

fn comparison_text(comparison: Comparison) -> String {
    format!("exchange-comparison-{}", comparison.as_str())
}

pub(super) async fn day(With(app): With<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let scope = sight(&app, visitor.caller.officer_who_may(RECONCILE)?).await?.agency();
    let day = visitor.day(&wanted.day)?;
    let partner = |figures: Figures| Partner {
        name: figures.name,
        ours: figures.ours(),
        theirs: figures.theirs(),
        figures: Comparison::ALL
            .into_iter()
            .map(|comparison| Figure {
                text: comparison_text(comparison),
                count: figures.counts.get(&comparison).copied().unwrap_or(0),
                href: format!("{HOME}/{}?ngay={day}&ket-qua={}", figures.partner, comparison.as_str()),
            })
            .collect(),
    };
    let partners = crossings::figures(&app, scope, day).await?.into_iter().map(partner).collect();
    visitor.page(&visitor.text("exchange-crossings-title"), &DayPage { day, partners })
}

struct Row {
    crossed: Crossed,
    agency: String,
    note: String,
}

#[derive(Template)]
#[template(path = "exchange/crossing.html")]
struct RowsPage<'a> {
    csrf: &'a str,
    address: String,
    back: String,
    day: NaiveDate,
    name: &'static str,
    comparison: Comparison,
    caption: String,
    rows: Vec<Row>,
    next: String,
    /// The one whose note was wrong.
    key: &'a str,
    sent: &'a Sent,
}

pub(super) async fn rows(
    With(app): With<App>,
    visitor: Visitor,
    Path(partner): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let sent = Sent::default();
    let page = content(&app, &visitor, &partner, &wanted, &sent).await?;
    visitor.page(&visitor.text(page.name), &page)
}

async fn content<'a>(
    app: &App,
    visitor: &'a Visitor,
    partner: &str,
    wanted: &Wanted,
    sent: &'a Sent,
) -> Result<RowsPage<'a>> {
    let scope = sight(app, visitor.caller.officer_who_may(RECONCILE)?).await?.agency();
    let day = visitor.day(&wanted.day)?;
    let comparison = Comparison::parse(&wanted.comparison).unwrap_or(Comparison::OnlyOurs);
    let crossing = crossings::of(app, partner)?;
    let mut found = crossing.rows(scope, day, comparison, &wanted.after, SIZE + 1).await?;
    let more = found.len() > SIZE;
    found.truncate(SIZE);
    let address = format!("{HOME}/{partner}?ngay={day}&ket-qua={}", comparison.as_str());
    let next = found.last().filter(|_| more).map(|last| format!("{address}&sau={}", last.key)).unwrap_or_default();
    let c = app.store.read();
    let mut names = Names::default();
    let mut rows = Vec::with_capacity(found.len());
    for crossed in found {
        let agency = match crossed.agency {
            Some(agency) => names.of(c, agency).await?,
            None => String::new(),
        };
        let closed = match &crossed.note {
            Some(note) => Some(note.clone()),
            None => queries::closing(c, partner, &crossed.key).await?,
        };
        rows.push(Row { crossed, agency, note: closed.unwrap_or_default() });
    }
    Ok(RowsPage {
        csrf: visitor.csrf(),
        address: format!("{HOME}/{partner}/dong"),
        back: format!("{HOME}?ngay={day}"),
        day,
        name: crossing.partner().1,
        comparison,
        caption: comparison_text(comparison),
        rows,
        next,
        key: sent.value("key"),
        sent,
    })
}

pub(super) async fn close(
    With(app): With<App>,
    visitor: Visitor,
    Path(partner): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let wanted = Wanted {
        day: sent.value("ngay").to_owned(),
        comparison: sent.value("ket-qua").to_owned(),
        after: String::new(),
    };
    let (day, comparison) = (visitor.day(&wanted.day)?, Comparison::parse(&wanted.comparison).ok_or(Error::NotFound)?);
    let found = Found { partner: &partner, day, comparison, key: sent.value("key") };
    match actions::close(&app, visitor.now, &visitor.caller, found, sent.value("note")).await {
        Ok(()) => {
            let back = format!("{HOME}/{partner}?ngay={day}&ket-qua={}", comparison.as_str());
            Ok(web::redirect_with(&back, Flash::success("exchange-difference-closed")))
        }
        Err(Error::Invalid(errors)) => {
            let sent = sent.wrong(&visitor, &errors);
            let page = content(&app, &visitor, &partner, &wanted, &sent).await?;
            visitor.rejected(&visitor.text(page.name), &page)
        }
        Err(error) => Err(error.into()),
    }
}
