//! The desk: officers take letters in, read, verify and decide them, and guard what is sealed.

mod calendar;
mod decide;
mod figures;
mod intake;
mod keys;
mod list;
mod panel;
mod papers;
mod sealed;
mod sender;
mod show;

use axum::handler::Handler;
use system::Access;

use ::system::Routes;

use super::attached;
use crate::access::{APPOINT, APPROVE, HANDLE, READ, RECEIVE};

/// Where the letters stand.
const LIST: &str = "/don-thu-xu-ly";

pub(super) fn routes() -> Routes {
    letters().and(steps()).and(seals()).and(receptions())
}

fn letters() -> Routes {
    const LETTER: &[(&str, &str)] = &[
        ("khoa", "{secret}"),
        ("kind", "complaint"),
        ("source", "desk"),
        ("field", "dat-dai"),
        ("name", "Trần Thị Demo"),
        ("against", "Quyết định thu hồi đất"),
        ("words", "Bồi thường chưa đúng diện tích"),
        ("people", "1"),
        ("files", "@file"),
    ];
    Routes::new()
        .get("/don-thu-xu-ly", Access::Needs(READ), list::page)
        .get("/don-thu-xu-ly/moi", Access::Needs(RECEIVE), intake::page)
        .post("/don-thu-xu-ly/moi", Access::Needs(RECEIVE), intake::receive.layer(attached::room()))
        .example("new-letter-desk", LETTER)
        .get("/don-thu-xu-ly/thong-ke", Access::Needs(READ), figures::page)
        .get("/don-thu-xu-ly/thong-ke/{file}", Access::Needs(READ), papers::report)
        .example("letter-report", &[])
        .get("/don-thu-xu-ly/{code}/van-ban/{paper}", Access::Needs(READ), papers::paper)
        .example("letter-decided", &[])
        .get("/don-thu-xu-ly/{code}", Access::Needs(READ), show::page)
        .example("letter-desk", &[])
        .get("/don-thu-xu-ly/{code}/nguoi-gui", Access::Needs(READ), sender::page)
        .example("letter-desk", &[])
        .get("/don-thu-xu-ly/{code}/tep/{file}", Access::Needs(READ), sender::file)
        .example("letter-desk", &[])
}

fn steps() -> Routes {
    const READING: &[(&str, &str)] = &[
        ("outcome", "accept"),
        ("field", "dat-dai"),
        ("met", "chu-ky"),
        ("met", "ho-ten"),
        ("met", "tieng-viet"),
        ("met", "tham-quyen"),
        ("met", "truc-tiep"),
        ("met", "thoi-hieu"),
        ("met", "chua-giai-quyet"),
        ("met", "ban-chinh"),
        ("met", "loi-le"),
        ("reasons", "Đủ điều kiện thụ lý"),
    ];
    Routes::new()
        .post("/don-thu-xu-ly/{code}/buoc/{step}/de-xuat", Access::Needs(HANDLE), decide::propose)
        .example("letter-to-read", READING)
        .post("/don-thu-xu-ly/{code}/buoc/{step}/duyet", Access::Needs(APPROVE), decide::approve)
        .example("letter-to-approve", &[])
        .post("/don-thu-xu-ly/{code}/buoc/{step}/lam-lai", Access::Needs(APPROVE), decide::send_back)
        .example("letter-to-approve", &[("reason", "Nêu rõ căn cứ")])
        .post("/don-thu-xu-ly/{code}/doi-thoai", Access::Needs(HANDLE), decide::dialogue)
        .example("letter-to-verify", &[("held-on", "2026-11-18"), ("minutes", "Hai bên đã trao đổi")])
        .post("/don-thu-xu-ly/{code}/gia-han", Access::Needs(APPROVE), decide::extend)
        .example("letter-to-extend", &[("reason", "Phải đo đạc lại thửa đất")])
        .post("/don-thu-xu-ly/{code}/buoc/{step}/ket-luan", Access::Needs(HANDLE), decide::conclude)
        .example("letter-to-verify", &[("finding", "partly"), ("words", "Đo thiếu 12 m²")])
        .post("/don-thu-xu-ly/{code}/buoc/{step}/quyet-dinh", Access::Needs(APPROVE), decide::decide)
        .example("letter-to-decide", &[])
        .post("/don-thu-xu-ly/{code}/buoc/{step}/xac-minh-them", Access::Needs(APPROVE), decide::verify_again)
        .example("letter-to-decide", &[("reason", "Cần đo lại")])
        .post("/don-thu-xu-ly/{code}/buoc/{step}/thi-hanh", Access::Needs(HANDLE), decide::carry_out)
        .example("letter-to-carry-out", &[("words", "Đã gửi và thi hành xong")])
}

fn seals() -> Routes {
    const KEY: &[(&str, &str)] = &[("passphrase", "đồng hồ cát rơi chậm"), ("again", "đồng hồ cát rơi chậm")];
    const HOLDERS: &[(&str, &str)] = &[("holder-1", "{one}"), ("holder-2", "{two}"), ("holder-3", "{three}")];
    Routes::new()
        .post("/don-thu-xu-ly/{code}/mo-niem-phong", Access::Needs(HANDLE), sealed::open)
        .example("letter-sealed", &[("passphrase", "{passphrase}"), ("reason", "Xử lý ban đầu đơn tố cáo")])
        .post("/don-thu-xu-ly/{code}/tom-tat", Access::Needs(HANDLE), sealed::summarise)
        .example("letter-opened", &[("summary", "Tố cáo việc nhận tiền"), ("commune", "")])
        .get("/don-thu-xu-ly/niem-phong", Access::Needs(READ), keys::page)
        .post("/don-thu-xu-ly/niem-phong/khoa", Access::Needs(READ), keys::make)
        .example("officer-without-key", KEY)
        .post("/don-thu-xu-ly/niem-phong/nguoi-giu", Access::Needs(APPOINT), keys::name_holders)
        .example("holders-to-name", HOLDERS)
        .post("/don-thu-xu-ly/niem-phong/chi-dinh", Access::Needs(APPOINT), keys::appoint)
        .example("officer-to-appoint", &[("person", "{person}")])
        .post("/don-thu-xu-ly/niem-phong/thoi", Access::Needs(APPOINT), keys::dismiss)
        .example("officer-appointed", &[("person", "{person}")])
        .post("/don-thu-xu-ly/niem-phong/ke-nhiem", Access::Needs(READ), keys::begin)
        .example("succession-to-begin", &[("id", "{id}"), ("person", "{person}"), ("passphrase", "{passphrase}")])
        .post("/don-thu-xu-ly/niem-phong/ke-nhiem/{succession}", Access::Needs(READ), keys::complete)
        .example("succession-begun", &[("passphrase", "{passphrase}")])
}

fn receptions() -> Routes {
    const DAY: &[(&str, &str)] = &[
        ("id", "{id}"),
        ("held-on", "2026-12-15"),
        ("begins", "08:00"),
        ("place", "Trụ sở tiếp công dân"),
        ("leader", "Chủ tịch"),
    ];
    const VISIT: &[(&str, &str)] = &[
        ("id", "{id}"),
        ("people", "2"),
        ("about", "Bồi thường đất"),
        ("answer", "Hướng dẫn gửi đơn"),
        ("letter", ""),
    ];
    Routes::new()
        .get("/don-thu-xu-ly/lich", Access::Needs(READ), calendar::page)
        .post("/don-thu-xu-ly/lich", Access::Needs(RECEIVE), calendar::plan)
        .example("new-reception", DAY)
        .get("/don-thu-xu-ly/lich/{reception}", Access::Needs(READ), calendar::day)
        .example("reception", &[])
        .post("/don-thu-xu-ly/lich/{reception}", Access::Needs(RECEIVE), calendar::visit)
        .example("reception", VISIT)
}
