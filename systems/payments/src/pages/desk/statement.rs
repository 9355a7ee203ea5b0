//! One day: how many lines came out how, what each agency took in, and the rows behind every figure.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use system::App;
use web::{Answer, Flash, Form, Path, Query, Sent, Visitor, filters, redirect_with};

use super::show;
use super::statements::LIST;
use crate::actions;
use crate::queries::{self, Line, Narrow};
use crate::statement::{Outcome, Statement};

const SIZE: usize = 100;

#[derive(Template)]
#[template(path = "payments/desk/statement.html")]
struct Page<'a> {
    csrf: &'a str,
    address: String,
    list: &'static str,
    statement: &'a Statement,
    agency: String,
    totals: Vec<Figure>,
    income: Vec<Taken>,
    rows: Vec<Row>,
    narrowed: bool,
    next: String,
    sent: &'a Sent,
}

/// How many lines came out so.
struct Figure {
    outcome: Outcome,
    href: String,
    lines: i64,
    ours: i64,
    theirs: i64,
}

/// What an agency took in by one fee.
struct Taken {
    agency: String,
    name: String,
    href: String,
    lines: i64,
    amount: i64,
}

struct Row {
    line: Line,
    outcome: Outcome,
    agency: String,
    href: String,
    closed_by: String,
    /// Whether it waits for somebody to find out why.
    open: bool,
    /// Whether the form that was sent was this one's.
    sent: bool,
}

#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "ket-qua", default, skip_serializing_if = "String::is_empty")]
    outcome: String,
    #[serde(rename = "co-quan", default, skip_serializing_if = "Option::is_none")]
    agency: Option<Id>,
    #[serde(rename = "khoan", default, skip_serializing_if = "String::is_empty")]
    fee: String,
    #[serde(rename = "sau", default, skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl Wanted {
    fn narrow(&self) -> Narrow {
        Narrow {
            outcome: Outcome::parse(&self.outcome),
            agency: self.agency,
            fee: (!self.fee.is_empty()).then(|| self.fee.clone()),
            after: self.after.unwrap_or(0),
        }
    }

    fn at(&self, address: &str) -> Result<String> {
        Ok(format!("{}#dong", web::address(address, self)?))
    }
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    content(&app, &visitor, id, &wanted, &Sent::default()).await
}

async fn content(app: &App, visitor: &Visitor, id: Id, wanted: &Wanted, sent: &Sent) -> Answer {
    let c = app.store.read();
    let statement = queries::statement(c, visitor.caller.officer()?, id).await?.ok_or(Error::NotFound)?;
    let address = format!("{LIST}/{id}");
    let narrow = wanted.narrow();
    let found = queries::lines(c, id, &narrow, SIZE).await?;
    let mut names = Names::default();
    let mut rows = Vec::with_capacity(found.rows.len());
    for line in found.rows {
        let outcome = Outcome::parse(&line.outcome).ok_or_else(|| Error::inside("a line with an unknown outcome"))?;
        let closer = match line.closed_by {
            Some(person) => directory::queries::person(c, person).await?.map(|person| person.name),
            None => None,
        };
        rows.push(Row {
            outcome,
            agency: names.of(c, line.agency).await?,
            href: line.charge.map(show::address).unwrap_or_default(),
            closed_by: closer.unwrap_or_default(),
            open: outcome.is_difference() && line.closed_at.is_none(),
            sent: sent.value("dong") == line.number.to_string(),
            line,
        });
    }
    let mut income = Vec::new();
    for taken in queries::income(c, id).await? {
        let behind = Wanted {
            outcome: Outcome::Matched.as_str().to_owned(),
            agency: Some(taken.agency),
            fee: taken.fee.clone(),
            after: None,
        };
        income.push(Taken {
            agency: names.of(c, taken.agency).await?,
            name: taken.name,
            href: behind.at(&address)?,
            lines: taken.lines,
            amount: taken.amount,
        });
    }
    let page = Page {
        csrf: visitor.csrf(),
        agency: names.of(c, statement.agency).await?,
        list: LIST,
        totals: figures(&queries::totals(c, id).await?, &address)?,
        income,
        rows,
        narrowed: wanted.narrow() != Narrow::default(),
        next: match found.next {
            Some(next) => Wanted { after: next.parse().ok(), ..wanted.clone() }.at(&address)?,
            None => String::new(),
        },
        address,
        statement: &statement,
        sent,
    };
    let day = web::date(statement.day);
    visitor.form(&visitor.text_with("payments-statement-title", &[("day", day)]), &sent.errors, &page)
}

/// All five, those without a line too.
fn figures(totals: &[queries::Total], address: &str) -> Result<Vec<Figure>> {
    let figure = |outcome: Outcome| {
        let total = totals.iter().find(|total| total.outcome == outcome.as_str());
        let behind = Wanted { outcome: outcome.as_str().to_owned(), ..Wanted::default() };
        Ok(Figure {
            outcome,
            href: behind.at(address)?,
            lines: total.map_or(0, |total| total.lines),
            ours: total.map_or(0, |total| total.ours),
            theirs: total.map_or(0, |total| total.theirs),
        })
    };
    Outcome::ALL.into_iter().map(figure).collect()
}

/// Somebody found out why.
pub(super) async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let number = sent.value("dong").parse().map_err(|_| Error::NotFound)?;
    let closed = actions::close_difference(&app, visitor.now, &visitor.caller, id, number, sent.value("note")).await;
    match closed {
        Ok(()) => Ok(redirect_with(&format!("{LIST}/{id}"), Flash::success("payments-told-closed"))),
        Err(Error::Invalid(errors)) => {
            let wanted = Wanted { after: Some(number - 1), ..Wanted::default() };
            content(&app, &visitor, id, &wanted, &sent.wrong(&visitor, &errors)).await
        }
        Err(error) => Err(error.into()),
    }
}
