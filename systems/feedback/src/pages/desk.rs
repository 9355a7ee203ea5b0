//! The desk: officers read reports, hand them on, answer and approve.

mod decide;
mod hide;
mod join;
mod list;
mod panel;
mod reporter;
mod show;
mod street;

use axum::handler::Handler;
use system::Access;

use ::system::Routes;

use super::pictures;
use crate::access::{APPROVE, HANDLE, READ, TRIAGE};

/// Where the reports stand.
const LIST: &str = "/phan-anh-xu-ly";

pub(super) fn routes() -> Routes {
    const TO_TRIAGE: &[(&str, &str)] = &[
        ("kind", "rac"),
        ("agency", "{agency}"),
        ("public-words", "Rác chưa được thu gom"),
        ("place-words", ""),
        ("public", "yes"),
    ];
    Routes::new()
        .get("/phan-anh-xu-ly", Access::Needs(READ), list::page)
        .get("/phan-anh-xu-ly/{code}", Access::Needs(READ), show::page)
        .example("report-desk", &[])
        .get("/phan-anh-xu-ly/{code}/nguoi-gui", Access::Needs(READ), reporter::page)
        .example("report-desk", &[])
        .get("/phan-anh-xu-ly/{code}/tai-cho", Access::Needs(HANDLE), street::page)
        .example("report-to-handle", &[])
        .get("/phan-anh-xu-ly/{code}/gop", Access::Needs(TRIAGE), join::page)
        .example("report-to-join", &[])
        .post("/phan-anh-xu-ly/{code}/gop", Access::Needs(TRIAGE), join::join)
        .example("report-to-join", &[("trong", "50"), ("tat-ca", "yes")])
        .get("/phan-anh-xu-ly/{code}/da-gop", Access::Needs(READ), join::joined)
        .example("report-desk", &[])
        .post("/phan-anh-xu-ly/{code}/tach", Access::Needs(TRIAGE), join::take_out)
        .example("report-with-joined", &[("report", "{joined}")])
        .get("/phan-anh-xu-ly/{code}/anh/{photo}", Access::Needs(READ), show::picture)
        .example("report-desk-photo", &[])
        .get("/phan-anh-xu-ly/{code}/video/{video}", Access::Needs(READ), show::video)
        .example("report-desk-video", &[])
        .get("/phan-anh-xu-ly/{code}/anh/{photo}/che", Access::Needs(READ), hide::page)
        .example("report-desk-photo", &[])
        .post("/phan-anh-xu-ly/{code}/anh/{photo}/che", Access::Needs(READ), hide::hide)
        .example("report-desk-photo", &[("left", "10"), ("top", "10"), ("width", "20"), ("height", "20")])
        .post("/phan-anh-xu-ly/{code}/anh/{photo}/hien-lai", Access::Needs(READ), hide::show_again)
        .example("report-desk-photo-hidden", &[])
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/phan-loai", Access::Needs(TRIAGE), decide::triage)
        .example("report-to-triage", TO_TRIAGE)
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/tu-choi", Access::Needs(TRIAGE), decide::refuse)
        .example("report-to-triage", &[("reason", "Không rõ nội dung")])
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/nhan", Access::Needs(HANDLE), decide::take)
        .example("report-to-handle", &[])
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/tra-lai", Access::Needs(HANDLE), decide::give_back)
        .example("report-to-handle", &[("reason", "Thuộc cơ quan khác")])
        .post(
            "/phan-anh-xu-ly/{code}/buoc/{step}/tra-loi",
            Access::Needs(HANDLE),
            decide::answer.layer(pictures::room()),
        )
        .example("report-to-handle", &[("id", "{answer}"), ("answer", "Đã thu gom"), ("photos", "@file")])
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/xong", Access::Needs(HANDLE), street::done.layer(pictures::room()))
        .example("report-to-handle", &[("id", "{answer}"), ("answer", "Đã thu gom"), ("photos", "@file")])
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/duyet", Access::Needs(APPROVE), decide::approve)
        .example("report-to-approve", &[])
        .post("/phan-anh-xu-ly/{code}/buoc/{step}/lam-lai", Access::Needs(APPROVE), decide::send_back)
        .example("report-to-approve", &[("reason", "Cần nói rõ ngày")])
}
