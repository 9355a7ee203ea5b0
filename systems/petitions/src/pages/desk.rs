//! The desk: petitions are entered, imported, classified, joined, assigned, answered, approved and followed up.

mod decide;
mod download;
mod entry;
mod follow;
mod import;
mod list;
mod meetings;
mod panel;
mod show;
mod voters;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use system::Access;

use ::system::Routes;

use crate::access::{APPROVE, ASSIGN, CLASSIFY, ENTER, FOLLOW, HANDLE, READ};

/// Where the petitions stand.
const LIST: &str = "/kien-nghi-cu-tri-xu-ly";
/// Where the meetings stand.
const MEETINGS: &str = "/kien-nghi-cu-tri-xu-ly/ky-hop";

/// A file somewhat larger than is taken still comes in, to be refused with a sentence.
const LARGEST: usize = 25 * 1024 * 1024;

pub(super) fn routes() -> Routes {
    const MEETING: &[(&str, &str)] = &[
        ("id", "{id}"),
        ("body", "province-council"),
        ("term", "XI"),
        ("number", "13"),
        ("title", "Kỳ họp thứ 13"),
        ("opens-on", "2026-12-08"),
    ];
    const ENTRY: &[(&str, &str)] = &[
        ("id", "{id}"),
        ("meeting", "{meeting}"),
        ("sitting", "before"),
        ("place", "{place}"),
        ("words", "Đề nghị sửa đường"),
    ];
    const TABLE: &[(&str, &str)] =
        &[("id", "{id}"), ("meeting", "{meeting}"), ("sitting", "before"), ("file", "@file")];
    const ANSWER: &[(&str, &str)] = &[("id", "{id}"), ("result", "resolved"), ("answer", "Đã sửa xong")];
    Routes::new()
        .get("/kien-nghi-cu-tri-xu-ly", Access::Needs(READ), list::page)
        .get("/kien-nghi-cu-tri-xu-ly/ky-hop", Access::Needs(READ), meetings::page)
        .get("/kien-nghi-cu-tri-xu-ly/ky-hop/them", Access::Needs(ENTER), meetings::form)
        .post("/kien-nghi-cu-tri-xu-ly/ky-hop/them", Access::Needs(ENTER), meetings::add)
        .example("new-petition", MEETING)
        .get("/kien-nghi-cu-tri-xu-ly/ky-hop/{meeting}/bao-cao.pdf", Access::Needs(READ), meetings::pdf)
        .example("petition-meeting", &[])
        .get("/kien-nghi-cu-tri-xu-ly/ky-hop/{meeting}/bao-cao.docx", Access::Needs(READ), meetings::docx)
        .example("petition-meeting", &[])
        .get("/kien-nghi-cu-tri-xu-ly/them", Access::Needs(ENTER), entry::page)
        .post("/kien-nghi-cu-tri-xu-ly/them", Access::Needs(ENTER), entry::send)
        .example("new-petition", ENTRY)
        .get("/kien-nghi-cu-tri-xu-ly/nhap", Access::Needs(ENTER), import::page)
        .post(
            "/kien-nghi-cu-tri-xu-ly/nhap",
            Access::Needs(ENTER),
            import::upload.layer(DefaultBodyLimit::max(LARGEST)),
        )
        .example("new-petition", TABLE)
        .get("/kien-nghi-cu-tri-xu-ly/nhap/mau.docx", Access::Needs(ENTER), import::template)
        .get("/kien-nghi-cu-tri-xu-ly/nhap/{import}", Access::Needs(ENTER), import::preview)
        .example("petition-table", &[])
        .post("/kien-nghi-cu-tri-xu-ly/nhap/{import}", Access::Needs(ENTER), import::confirm)
        .example("petition-table", &[("left-out", "4")])
        .get("/kien-nghi-cu-tri-xu-ly/{code}", Access::Needs(READ), show::page)
        .example("petition-desk", &[])
        .get("/kien-nghi-cu-tri-xu-ly/{code}/cu-tri", Access::Needs(READ), voters::page)
        .example("petition-desk", &[])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/phan-loai", Access::Needs(CLASSIFY), decide::classify)
        .example(
            "petition-to-classify",
            &[("field", "giao-thong"), ("public-words", "Đề nghị sửa đường"), ("agency", "{agency}")],
        )
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/gop", Access::Officer, decide::join)
        .example("petition-to-join", &[("into", "{into}")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/chuyen", Access::Officer, decide::forward)
        .example("petition-to-classify", &[("forwarded-to", "Bộ Xây dựng"), ("public-words", "Đề nghị mở đường sắt")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/tu-choi", Access::Needs(CLASSIFY), decide::refuse)
        .example("petition-to-classify", &[("reason", "Không rõ nội dung")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/tach/{collected}", Access::Needs(CLASSIFY), decide::take_out)
        .example("petition-joined", &[])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/giao", Access::Needs(ASSIGN), decide::assign)
        .example("petition-to-assign", &[("agency", "{agency}")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/nhan", Access::Needs(HANDLE), decide::take)
        .example("petition-to-handle", &[])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/tra-lai", Access::Needs(HANDLE), decide::give_back)
        .example("petition-to-handle", &[("reason", "Thuộc cơ quan khác")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/tra-loi", Access::Needs(HANDLE), decide::answer)
        .example("petition-to-handle", ANSWER)
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/duyet", Access::Needs(APPROVE), decide::approve)
        .example("petition-to-approve", &[])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/buoc/{step}/lam-lai", Access::Needs(APPROVE), decide::send_back)
        .example("petition-to-approve", &[("reason", "Cần nói rõ ngày")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/theo-doi", Access::Needs(FOLLOW), follow::follow_up)
        .example("petition-answered", &[("meeting", "{meeting}"), ("follow-words", "Đã làm được một nửa")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/tai-giam-sat", Access::Needs(FOLLOW), follow::re_supervise)
        .example("petition-answered", &[("supervise-words", "Chưa đúng như đã hứa")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/ket-thuc", Access::Needs(FOLLOW), follow::close)
        .example("petition-answered", &[("close-words", "Cử tri đồng ý")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/tra-loi-lai", Access::Needs(HANDLE), follow::answer_again)
        .example("petition-promised", &[("again-words", "Đã làm xong")])
        .post("/kien-nghi-cu-tri-xu-ly/{code}/lo-trinh/{number}", Access::Needs(HANDLE), follow::mark_done)
        .example("petition-promised", &[])
}
