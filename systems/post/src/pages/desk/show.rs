use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use directory::queries::Names;
use exchange::Delivery;
use system::App;
use web::{Answer, Path, Visitor, filters};

use crate::access::READ;
use crate::order::Order;
use crate::queries::{self, Heard};
use crate::{actions, paper};

#[derive(Template)]
#[template(path = "post/desk/show.html")]
struct Show {
    address: String,
    /// The dossier on the desk.
    subject: String,
    agency: String,
    service: &'static str,
    heard: Vec<Heard>,
    /// What it said that did not count.
    odd: Vec<Heard>,
    deliveries: Vec<Delivery>,
    order: Order,
}

/// Where officers see an order.
pub(super) fn address(order: Id) -> String {
    format!("/buu-chinh-xu-ly/{order}")
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let c = app.store.read();
    let order = queries::for_officer(c, officer, id).await?;
    actions::look(&app, visitor.now, &visitor.caller, &order).await?;
    let heard = queries::heard_of(c, order.id).await?;
    let page = Show {
        address: address(order.id),
        subject: format!("/mot-cua/ho-so/{}", order.dossier_code),
        agency: Names::default().of(c, order.agency).await?,
        service: paper::service(&order.service)?,
        odd: heard.iter().filter(|one| one.verdict != "taken" && one.verdict != "repeated").cloned().collect(),
        heard,
        deliveries: exchange::queries::about(c, order.id).await?,
        order,
    };
    visitor.page(&page.order.code.clone(), &page)
}

/// The label of a letter; whoever prints it has seen the address.
pub(super) async fn label(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let c = app.store.read();
    let order = queries::for_officer(c, officer, id).await?;
    actions::look(&app, visitor.now, &visitor.caller, &order).await?;
    let agency = directory::queries::agency(c, order.agency).await?.ok_or(Error::NotFound)?;
    let paper = paper::label(&app, &agency, &order, &officer.name)?;
    super::printed(&app, paper, visitor.now.utc(), &format!("phieu-gui-{}", order.code)).await
}
