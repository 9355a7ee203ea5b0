//! Who waits: draws a ticket at a kiosk or on a telephone, and sees how many are before it.

mod book;
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
        .get("/dat-hen/{code}", Access::Public, book::page)
        .example("kiosk", &[])
        .post("/dat-hen/{code}", Access::Public, book::book)
        .example("kiosk", &[("id", "{id}"), ("kind", "{kind}"), ("slot", "{slot}")])
        .get("/hen/{booking}", Access::Public, book::show)
        .example("booking", &[])
        .post("/hen/{booking}/den", Access::Public, book::arrive)
        .example("booking-to-come", &[])
        .post("/hen/{booking}/huy", Access::Public, book::cancel)
        .example("booking", &[])
        .get("/so/{ticket}", Access::Public, ticket::page)
        .example("drawn-ticket", &[])
        .get("/so/{ticket}/in", Access::Public, ticket::slip)
        .example("drawn-ticket", &[])
        .post("/so/{ticket}/bo", Access::Public, ticket::drop_out)
        .example("drawn-ticket", &[])
}
