//! The gateway of a demo, as a page: nobody pays anything there.

use ::system::{Access, App, Routes};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse as _;
use base::{Error, Result};
use serde::Deserialize;
use web::{Answer, Form, Visitor, filters, redirect};

use crate::demo::{Gateway, PATH};
use crate::gateway::{Message, Notice, Status};
use crate::{GatewayAt, Ways, actions};

pub(super) fn routes() -> Routes {
    // Public: a payer comes with what the program signed.
    Routes::new()
        .get("/cong-thanh-toan-minh-hoa", Access::Public, page)
        .example(
            "demo-order",
            &[
                ("?merchant", "{merchant}"),
                ("?order", "{order}"),
                ("?amount", "{amount}"),
                ("?currency", "VND"),
                ("?back", "{back}"),
                ("?signature", "{signature}"),
            ],
        )
        .post("/cong-thanh-toan-minh-hoa", Access::Public, decide)
        .example("demo-order", &[("wanted", "{wanted}"), ("viec", "thoi")])
        .get("/cong-thanh-toan-minh-hoa/tra-cuu", Access::Public, state)
        .example("demo-order", &[("?merchant", "{merchant}"), ("?order", "{order}"), ("?signature", "{asked}")])
}

/// The demo's gateway and how the program is known to it; elsewhere there is none.
fn of(app: &App) -> Result<(&Gateway, &GatewayAt)> {
    let playing = app.parts.get::<Gateway>().map_err(|_| Error::NotFound)?;
    let at = app.parts.get::<Ways>()?.gateway.as_ref().ok_or(Error::NotFound)?;
    Ok((playing, at))
}

#[derive(Template)]
#[template(path = "payments/gateway.html")]
struct Page<'a> {
    csrf: &'a str,
    address: &'a str,
    wanted: &'a str,
    order: &'a str,
    amount: i64,
}

async fn page(State(app): State<App>, visitor: Visitor, RawQuery(wanted): RawQuery) -> Answer {
    let (_, at) = of(&app)?;
    let wanted = wanted.unwrap_or_default();
    let order = Order::read(&wanted, at)?;
    let page = Page { csrf: visitor.csrf(), address: PATH, wanted: &wanted, order: &order.code, amount: order.amount };
    visitor.page(&visitor.text("payments-gateway-title"), &page)
}

/// What a payer is to pay.
struct Order {
    code: String,
    amount: i64,
    back: String,
}

impl Order {
    fn read(wanted: &str, at: &GatewayAt) -> Result<Self> {
        let message = Message::read(wanted.as_bytes(), &at.secret)?;
        let amount = message.value("amount").parse().map_err(|_| Error::NotFound)?;
        Ok(Self { code: message.value("order").to_owned(), amount, back: message.value("back").to_owned() })
    }

    /// Back in the program, whatever name the browser has for it.
    fn path(&self) -> Result<&str> {
        let place = self.back.find("/thanh-toan/").ok_or(Error::NotFound)?;
        Ok(&self.back[place..])
    }
}

#[derive(Deserialize)]
struct Decided {
    wanted: String,
    viec: Choice,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Choice {
    TraTien,
    Thoi,
    KhongTraLoi,
}

/// The payer pays or gives up; the gateway tells the program so, or forgets to.
async fn decide(State(app): State<App>, visitor: Visitor, Form(decided): Form<Decided>) -> Answer {
    let (playing, at) = of(&app)?;
    let order = Order::read(&decided.wanted, at)?;
    let status = if decided.viec == Choice::Thoi { Status::Failed } else { Status::Paid };
    let told = playing.decide(&order.code, order.amount, status).message().signed(&at.secret)?;
    if decided.viec != Choice::KhongTraLoi {
        // Through the same reader as what comes from outside.
        actions::notified(&app, visitor.now, Notice::read(told.as_bytes(), &at.secret)?).await?;
    }
    Ok(redirect(order.path()?))
}

/// What became of an order, for the program that asks.
async fn state(State(app): State<App>, RawQuery(asked): RawQuery) -> Answer {
    let (playing, at) = of(&app)?;
    let question = Message::read(asked.unwrap_or_default().as_bytes(), &at.secret)?;
    Ok(playing.answer(question.value("order"), &at.secret)?.into_response())
}
