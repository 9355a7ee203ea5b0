//! The desk: officers find dossiers, work on their steps, sign, number and hand over, and file for people at the counter.

mod apology;
mod batch;
mod counter;
mod decide;
mod decision;
mod download;
mod history;
mod list;
mod offers;
mod online;
mod opened;
mod panel;
mod payment;
mod register;
mod show;
mod workload;

use ::system::{Access, Routes};

use crate::access::{ASSIGN, ISSUE, READ, RECEIVE, SIGN};

pub(super) fn routes() -> Routes {
    counter::routes().and(dossier_routes())
}

fn dossier_routes() -> Routes {
    const TO_DECIDE: &[(&str, &str)] = &[("viec", "accept")];
    Routes::new()
        .get("/mot-cua/ho-so", Access::Needs(READ), list::page)
        .get("/mot-cua/tra-ket-qua", Access::Needs(RECEIVE), list::to_return)
        .get(register::PAGE, Access::Needs(READ), register::page)
        .get(register::PRINT, Access::Needs(READ), register::print)
        .get(register::CSV, Access::Needs(READ), register::csv)
        .get(register::XLSX, Access::Needs(READ), register::xlsx)
        .get(online::PAGE, Access::Needs(READ), online::page)
        .get(online::BEHIND, Access::Needs(READ), online::behind)
        .get(offers::PAGE, Access::Needs(READ), offers::page)
        .get("/mot-cua/khoi-luong", Access::Needs(ASSIGN), workload::page)
        .get("/mot-cua/khoi-luong/viec", Access::Needs(ASSIGN), workload::tasks)
        .get("/mot-cua/ky", Access::Needs(SIGN), batch::to_sign)
        .post("/mot-cua/ky", Access::Needs(SIGN), batch::sign)
        .example("dossier-to-sign", &[("buoc", "{step}")])
        .get("/mot-cua/cap-so", Access::Needs(ISSUE), batch::to_number)
        .post("/mot-cua/cap-so", Access::Needs(ISSUE), batch::number)
        .example("dossier-to-number", &[("buoc", "{step}")])
        .get("/mot-cua/ho-so/{code}", Access::Needs(READ), show::page)
        .example("dossier-desk", &[])
        .get("/mot-cua/ho-so/{code}/tep/{paper}", Access::Needs(READ), download::paper)
        .example("dossier-desk", &[])
        .get("/mot-cua/ho-so/{code}/giay/{slip}", Access::Needs(READ), download::slip)
        .example("dossier-desk", &[])
        .get("/mot-cua/ho-so/{code}/ket-qua/{result}", Access::Needs(READ), download::result)
        .example("dossier-desk", &[])
        .post("/mot-cua/ho-so/{code}/ket-qua/{result}/tao-lai", Access::Needs(READ), download::make_again)
        .example("dossier-desk", &[])
        .post("/mot-cua/ho-so/{code}/uy-quyen", Access::Needs(RECEIVE), decide::authorisation)
        .example("desk-authorised-dossier", &[("authorisation", "yes")])
        .post("/mot-cua/ho-so/{code}/buoc/{step}/quyet-dinh", Access::Needs(READ), decide::decide)
        .example("dossier-to-receive", TO_DECIDE)
        .post("/mot-cua/ho-so/{code}/buoc/{step}/ky", Access::Needs(SIGN), decide::sign)
        .example("dossier-to-sign", &[])
        .post("/mot-cua/ho-so/{code}/buoc/{step}/cap-so", Access::Needs(ISSUE), decide::issue)
        .example("dossier-to-number", &[])
        .post("/mot-cua/ho-so/{code}/xin-loi", Access::Needs(SIGN), apology::apologise)
        .example("dossier-owed", &[("apology-reason", "Chờ ý kiến của cơ quan khác"), ("again-on", "{day}")])
        .post("/mot-cua/ho-so/{code}/rut-ho-so", Access::Needs(RECEIVE), decide::withdrawal)
        .example("dossier-withdrawal", &[("tra-loi", "tu-choi")])
        .post("/mot-cua/ho-so/{code}/tai-chinh", Access::Needs(RECEIVE), payment::payment)
        .example(
            "dossier-in-process",
            &[("viec", "yeu-cau"), ("id", "{id}"), ("amount", "50.000"), ("reason", "Tiền mẫu")],
        )
}
