//! What people see: what a letter is, how to send one, how theirs stands, when leaders receive.

mod calendar;
mod denounce;
mod home;
mod receipt;
mod send;

use axum::handler::Handler;
use system::Access;

use ::system::Routes;

use super::attached;

pub(super) fn routes() -> Routes {
    const LETTER: &[(&str, &str)] = &[
        ("khoa", "{secret}"),
        ("kind", "complaint"),
        ("field", "dat-dai"),
        ("commune", "{commune}"),
        ("to", "{commune}"),
        ("name", "Trần Thị Demo"),
        ("against", "Quyết định thu hồi đất"),
        ("words", "Bồi thường chưa đúng diện tích"),
        ("people", "1"),
        ("files", "@file"),
    ];
    const DENUNCIATION: &[(&str, &str)] =
        &[("khoa", "{secret}"), ("name", "Trần Thị Demo"), ("words", "Việc cần tố cáo"), ("files", "@file")];
    Routes::new()
        .get("/don-thu", Access::Public, home::page)
        .get("/don-thu/gui", Access::Public, send::page)
        .post("/don-thu/gui", Access::Public, send::send.layer(attached::room()))
        .example("new-letter", LETTER)
        .get("/don-thu/to-cao", Access::Public, denounce::page)
        .post("/don-thu/to-cao", Access::Public, denounce::send.layer(attached::room()))
        .example("new-denunciation", DENUNCIATION)
        .get("/don-thu/lich-tiep-cong-dan", Access::Public, calendar::page)
        .get("/don-thu/da-gui/{code}", Access::Public, receipt::page)
        .example("own-letter", &[("?khoa", "{secret}")])
}
