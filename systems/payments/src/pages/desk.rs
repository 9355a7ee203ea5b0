//! Officers see what is owed to their agency, take money at the desk, and say that it came or went back.

mod act;
mod list;
mod show;
mod statement;
mod statements;

use ::system::{Access, Routes};

use crate::access::{COLLECT, READ, RECONCILE, REFUND};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/thanh-toan-xu-ly", Access::Needs(READ), list::page)
        .get("/thanh-toan-xu-ly/{charge}", Access::Needs(READ), show::page)
        .example("charge-desk", &[])
        .get("/thanh-toan-xu-ly/{charge}/bien-lai", Access::Needs(READ), show::receipt)
        .example("charge-paid", &[])
        .post("/thanh-toan-xu-ly/{charge}/tien-mat", Access::Needs(COLLECT), act::cash)
        .example("charge-desk", &[("id", "{id}")])
        .post("/thanh-toan-xu-ly/{charge}/chuyen-khoan", Access::Needs(COLLECT), act::transfer)
        .example("charge-transfer", &[("order", "{order}"), ("reference", "FT-{order}")])
        .post("/thanh-toan-xu-ly/{charge}/hoan-tien", Access::Needs(REFUND), act::refund)
        .example("charge-to-refund", &[("refund-reference", "HT-01")])
        .get("/thanh-toan-xu-ly/doi-soat", Access::Needs(RECONCILE), statements::page)
        .post("/thanh-toan-xu-ly/doi-soat", Access::Needs(RECONCILE), statements::upload)
        .example("payment-file", &[("id", "{id}"), ("day", "{day}"), ("file", "@file")])
        .get("/thanh-toan-xu-ly/doi-soat/{statement}", Access::Needs(RECONCILE), statement::page)
        .example("payment-statement", &[])
        .post("/thanh-toan-xu-ly/doi-soat/{statement}/dong", Access::Needs(RECONCILE), statement::close)
        .example("payment-statement", &[("dong", "1"), ("note", "Sai mã")])
}
