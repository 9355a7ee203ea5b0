//! The counters of an agency: who calls whom, what a day was like, what there is.

mod counter;
mod figures;
mod list;
mod settings;

use ::system::{Access, Routes};

use crate::access::{MANAGE, READ, SERVE};

/// Where the counters stand.
const LIST: &str = "/quay";
const SETTINGS: &str = "/quay/thiet-lap";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/quay", Access::Needs(SERVE), list::page)
        .get("/quay/so-lieu", Access::Needs(READ), figures::page)
        .get("/quay/thiet-lap", Access::Needs(MANAGE), settings::page)
        .post("/quay/thiet-lap/bat-dau", Access::Needs(MANAGE), settings::begin)
        .example("desk-to-begin", &[])
        .post("/quay/thiet-lap/loai-viec", Access::Needs(MANAGE), settings::add_kind)
        .example("kind-to-add", &[("id", "{id}"), ("letter", "Z"), ("name", "Việc mẫu")])
        .post("/quay/thiet-lap/loai-viec/{kind}/dong", Access::Needs(MANAGE), settings::close_kind)
        .example("desk-to-manage", &[])
        .post("/quay/thiet-lap/quay", Access::Needs(MANAGE), settings::add_counter)
        .example("kind-to-add", &[("id", "{id}"), ("number", "99"), ("counter-name", "Quầy mẫu"), ("serves", "{kind}")])
        .get("/quay/thiet-lap/quay/{counter}", Access::Needs(MANAGE), settings::counter)
        .example("desk-to-manage", &[])
        .post("/quay/thiet-lap/quay/{counter}", Access::Needs(MANAGE), settings::set_counter)
        .example("desk-to-manage", &[("counter-name", "Quầy mẫu"), ("serves", "{kind}")])
        .post("/quay/thiet-lap/quay/{counter}/dong", Access::Needs(MANAGE), settings::close_counter)
        .example("desk-to-manage", &[])
        .get("/quay/{counter}", Access::Needs(SERVE), counter::page)
        .example("own-counter", &[])
        .post("/quay/{counter}/goi", Access::Needs(SERVE), counter::call)
        .example("own-counter", &[])
        .post("/quay/{counter}/so/{ticket}", Access::Needs(SERVE), counter::act)
        .example("called-ticket", &[("viec", "goi-lai")])
}
