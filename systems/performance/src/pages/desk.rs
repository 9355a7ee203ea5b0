//! Statistics of the agencies that an officer sees, and the dossiers behind every figure.

mod list;
pub(super) mod reports;

use ::system::{Access, App, Routes};
use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use base::{Error, Id, Result};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Answer, Query, Visitor, filters};

use super::choices::{self, Choice};
use super::sheets::{self, Titles};
use super::shown::{Shown, point};
use crate::access::READ;
use crate::period::{Period, Span};
use crate::queries::{self, Behind, Group, Line, Narrow};
use web::sheet::{FileOf, Sheet};

const PAGE: &str = "/thong-ke";
const BEHIND: &str = "/thong-ke/ho-so";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/thong-ke", Access::Needs(READ), page)
        .get("/thong-ke/bang.csv", Access::Needs(READ), csv)
        .get("/thong-ke/bang.xlsx", Access::Needs(READ), xlsx)
        .get("/thong-ke/ho-so", Access::Needs(READ), list::page)
        .get("/thong-ke/ho-so.csv", Access::Needs(READ), list::csv)
        .get("/thong-ke/ho-so.xlsx", Access::Needs(READ), list::xlsx)
        .get("/thong-ke/phan-anh", Access::Needs(READ), reports::page)
}

pub(super) fn api() -> Routes {
    Routes::new().get("/api/v1/statistics", Access::Needs(READ), told)
}

/// What stands in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "ky", alias = "period", skip_serializing_if = "String::is_empty")]
    period: String,
    #[serde(rename = "nhom", alias = "by", skip_serializing_if = "String::is_empty")]
    group: String,
    #[serde(rename = "co-quan", alias = "agency", skip_serializing_if = "Option::is_none")]
    agency: Option<Id>,
    #[serde(rename = "linh-vuc", alias = "field", skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(rename = "thu-tuc", alias = "procedure", skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    /// Of a list: the figure, and after which dossier it goes on.
    #[serde(rename = "so", skip_serializing_if = "String::is_empty")]
    figure: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

const GROUPS: [(Group, &str); 4] =
    [(Group::Agency, "co-quan"), (Group::Field, "linh-vuc"), (Group::Procedure, "thu-tuc"), (Group::Month, "thang")];

impl Wanted {
    fn period(&self, visitor: &Visitor) -> Result<Period> {
        choices::wanted(&self.period, Period::this_month, visitor.now)
    }

    fn span(&self, visitor: &Visitor) -> Result<Span> {
        Ok(self.period(visitor)?.span(visitor.now))
    }

    pub(super) fn group(&self) -> Result<Group> {
        match self.group.as_str() {
            "" | "co-quan" | "agency" => Ok(Group::Agency),
            "linh-vuc" | "field" => Ok(Group::Field),
            "thu-tuc" | "procedure" => Ok(Group::Procedure),
            "thang" | "month" => Ok(Group::Month),
            _ => Err(Error::invalid("nhom", "performance-table-unknown")),
        }
    }

    fn narrow(&self, visitor: &Visitor) -> Result<Narrow> {
        Ok(Narrow {
            scope: Some(visitor.caller.officer_who_may(READ)?.agency),
            agency: self.agency,
            field: self.field.clone(),
            procedure: self.procedure.clone(),
        })
    }

    fn at(&self, path: &str) -> Result<String> {
        Ok(format!("{path}?{}", serde_html_form::to_string(self)?))
    }

    /// Narrowed to what one line is about.
    pub(super) fn of_line(&self, key: &str) -> Result<Self> {
        let mut inside = self.clone();
        match self.group()? {
            Group::Agency => inside.agency = Some(key.parse()?),
            Group::Field => inside.field = Some(key.to_owned()),
            Group::Procedure => inside.procedure = Some(key.to_owned()),
            Group::Month => inside.period = Period::month_of(key.parse::<NaiveDate>()?).to_string(),
            Group::Whole => {}
        }
        Ok(inside)
    }

    /// Where the line is broken down further: by the first group that it is not narrowed to.
    pub(super) fn deeper(&self) -> Result<Option<String>> {
        let open = [
            (self.agency.is_none(), "co-quan"),
            (self.field.is_none() && self.procedure.is_none(), "linh-vuc"),
            (self.procedure.is_none(), "thu-tuc"),
        ];
        let Some((_, group)) = open.into_iter().find(|(open, _)| *open) else { return Ok(None) };
        Self { group: group.to_owned(), ..self.clone() }.at(PAGE).map(Some)
    }

    /// The dossiers of a figure.
    pub(super) fn behind(&self, figure: Behind) -> Result<String> {
        let figure = figure.as_str().to_owned();
        Self { figure, group: String::new(), after: String::new(), ..self.clone() }.at(BEHIND)
    }

    /// With the period that is shown written out, so that links lead to the same tomorrow.
    fn dated(self, visitor: &Visitor) -> Result<Self> {
        Ok(Self { period: self.period(visitor)?.to_string(), ..self })
    }

    /// What it is narrowed to, each with the address without it.
    async fn narrowings(&self, app: &App, visitor: &Visitor, path: &str) -> Result<Vec<Narrowing>> {
        let mut titles = Titles::new(app, visitor);
        let mut narrowings = Vec::new();
        if let Some(agency) = self.agency {
            let href = Self { agency: None, ..self.clone() }.at(path)?;
            narrowings.push(Narrowing { text: titles.agency(agency).await?, href });
        }
        if let Some(field) = &self.field {
            let href = Self { field: None, ..self.clone() }.at(path)?;
            narrowings.push(Narrowing { text: field.clone(), href });
        }
        if let Some(procedure) = &self.procedure {
            let href = Self { procedure: None, ..self.clone() }.at(path)?;
            narrowings.push(Narrowing { text: titles.procedure(procedure).await?, href });
        }
        Ok(narrowings)
    }
}

struct Narrowing {
    text: String,
    href: String,
}

#[derive(Template)]
#[template(path = "performance/desk.html")]
struct Page {
    wanted: Wanted,
    period: String,
    periods: Vec<Choice>,
    narrowings: Vec<Narrowing>,
    figures: Vec<Figure>,
    average: String,
    picks: Vec<Pick>,
    table: Shown,
    downloads: (String, String),
}

struct Figure {
    number: i64,
    text: &'static str,
    href: String,
    late: bool,
}

struct Pick {
    text: &'static str,
    href: String,
    current: bool,
}

/// What stands above the table.
const FIGURES: [Behind; 8] = [
    Behind::Received,
    Behind::Carried,
    Behind::Early,
    Behind::OnTime,
    Behind::Late,
    Behind::OpenInTime,
    Behind::Overdue,
    Behind::Online,
];

async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let wanted = wanted.dated(&visitor)?;
    let (narrow, span) = (wanted.narrow(&visitor)?, wanted.span(&visitor)?);
    let group = wanted.group()?;
    let lines = queries::lines(app.store.read(), group, &narrow, &span).await?;
    let whole = match group {
        Group::Month => queries::whole(app.store.read(), &narrow, &span).await?,
        _ => Line::sum(&lines),
    };
    let pick = |(each, word): (Group, &str)| {
        let href = Wanted { group: word.to_owned(), ..wanted.clone() }.at(PAGE)?;
        Ok(Pick { text: sheets::by(each), href: href + "#bang", current: each == group })
    };
    let picks: Result<Vec<Pick>> = GROUPS.into_iter().map(pick).collect();
    let page = Page {
        period: wanted.period.clone(),
        periods: choices::periods(&visitor, wanted.period(&visitor)?, false),
        narrowings: wanted.narrowings(&app, &visitor, PAGE).await?,
        figures: figures(&whole, &wanted)?,
        average: sheets::average(&whole, &wanted)?.value.shown(point(&visitor)),
        picks: picks?,
        table: Shown::of(&visitor, sheets::statistics(&app, &visitor, &wanted, &lines).await?),
        downloads: (wanted.at("/thong-ke/bang.csv")?, wanted.at("/thong-ke/bang.xlsx")?),
        wanted,
    };
    visitor.page(&visitor.text("performance-desk-title"), &page)
}

fn figures(whole: &Line, wanted: &Wanted) -> Result<Vec<Figure>> {
    let figure = |figure: Behind| {
        let number = whole.figure(figure);
        let late = number > 0 && matches!(figure, Behind::Late | Behind::Overdue);
        Ok(Figure { number, text: figure.text(), href: wanted.behind(figure)?, late })
    };
    FIGURES.into_iter().map(figure).collect()
}

async fn sheet(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Sheet> {
    let (narrow, span) = (wanted.narrow(visitor)?, wanted.span(visitor)?);
    let lines = queries::lines(app.store.read(), wanted.group()?, &narrow, &span).await?;
    sheets::statistics(app, visitor, wanted, &lines).await
}

async fn take(app: &App, visitor: &Visitor, wanted: Wanted, kind: FileOf) -> Answer {
    let wanted = wanted.dated(visitor)?;
    let sheet = sheet(app, visitor, &wanted).await?;
    Ok(sheet.file(kind, &format!("thong-ke-{}", wanted.period))?)
}

async fn csv(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    take(&app, &visitor, wanted, FileOf::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    take(&app, &visitor, wanted, FileOf::Xlsx).await
}

async fn told(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let wanted = wanted.dated(&visitor)?;
    let sheet = sheet(&app, &visitor, &wanted).await?;
    Ok(Json(json!({ "period": wanted.period, "rows": sheet.json() })).into_response())
}
