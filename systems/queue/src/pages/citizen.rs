//! Who waits: draws a ticket at a kiosk or on a telephone, and sees how many are before it.

mod desks;
mod draw;
mod ticket;

use ::system::{Access, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/lay-so", Access::Public, desks::page)
        .get("/lay-so/{code}", Access::Public, draw::page)
        .example("kiosk", &[])
        .post("/lay-so/{code}", Access::Public, draw::draw)
        .example("kiosk", &[("id", "{id}"), ("kind", "{kind}"), ("priority", "elderly")])
        .get("/so/{ticket}", Access::Public, ticket::page)
        .example("drawn-ticket", &[])
        .get("/so/{ticket}/in", Access::Public, ticket::slip)
        .example("drawn-ticket", &[])
        .post("/so/{ticket}/bo", Access::Public, ticket::drop_out)
        .example("drawn-ticket", &[])
}
