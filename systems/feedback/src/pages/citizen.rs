//! What people see: they report, read what others reported and how it was answered, and follow their own.

mod data;
mod figures;
mod follow;
mod list;
mod map;
mod mine;
mod near;
mod receipt;
mod send;
mod show;

use axum::handler::Handler;
use system::Access;

use ::system::Routes;

use super::pictures;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/phan-anh", Access::Public, list::page)
        .get("/phan-anh/gui", Access::Public, send::page)
        .post("/phan-anh/gui", Access::Public, send::send.layer(pictures::room()))
        .example(
            "new-report",
            &[
                ("khoa", "{secret}"),
                ("kind", "rac"),
                ("commune", "{commune}"),
                ("words", "Rác đầu ngõ"),
                ("photos", "@file"),
            ],
        )
        .get("/phan-anh/cua-toi", Access::Citizen, mine::page)
        .get("/phan-anh/theo-doi", Access::Citizen, follow::page)
        .post("/phan-anh/theo-doi", Access::Citizen, follow::follow)
        .example("reporter", &[("loai", "rac"), ("xa", "")])
        .post("/phan-anh/theo-doi/{id}/bo", Access::Citizen, follow::stop)
        .example("subscription", &[])
        .get("/phan-anh/thong-ke", Access::Public, figures::page)
        .get("/phan-anh/rss.xml", Access::Public, data::rss)
        .get("/phan-anh/du-lieu.csv", Access::Public, data::csv)
        .get("/phan-anh/ranh-gioi", Access::Public, map::outline)
        .get("/phan-anh/o/{z}/{x}/{y}", Access::Public, map::tile)
        .example("map-tile", &[])
        .get("/phan-anh/da-gui/{code}", Access::Public, receipt::page)
        .example("own-report", &[])
        .post("/phan-anh/da-gui/{code}/danh-gia", Access::Public, receipt::rate)
        .example("own-answered-report", &[("hai-long", "co")])
        .post("/phan-anh/da-gui/{code}/mo-lai", Access::Public, receipt::reopen)
        .example("own-answered-report", &[("reason", "Vẫn như cũ")])
        .get("/phan-anh/da-gui/{code}/anh/{photo}", Access::Public, receipt::picture)
        .example("own-report-photo", &[])
        .get("/phan-anh/{code}", Access::Public, show::page)
        .example("public-report", &[])
        .post("/phan-anh/{code}/ung-ho", Access::Public, show::support)
        .example("public-report", &[("form", "{form}")])
        .get("/phan-anh/{code}/anh/{photo}", Access::Public, show::picture)
        .example("public-report-photo", &[])
}
