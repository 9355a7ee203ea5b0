//! The pages of signing in, of the own account, and of those who look after accounts.

mod account;
mod administer;
mod asked;
mod organisations;
mod password;
mod reads;
mod register;
mod representatives;
mod second_factor;
mod sign_in;
mod steps;
mod tokens;

use base::FieldErrors;
use system::{Access, Routes};

use crate::access::{ADMINISTER, CONFIRM};

pub(crate) fn routes() -> Routes {
    const REGISTRATION: &[(&str, &str)] = &[
        ("id", "{id}"),
        ("number", "{number}"),
        ("name", "{name}"),
        ("birth-date-day", "5"),
        ("birth-date-month", "1"),
        ("birth-date-year", "1990"),
        ("contact", "{contact}"),
        ("password", "{password}"),
        ("password-again", "{password}"),
    ];
    Routes::new()
        .get("/dang-nhap", Access::Public, sign_in::page)
        .post("/dang-nhap", Access::Public, sign_in::send)
        .example("credentials", &[("login", "{login}"), ("password", "{password}")])
        .get("/dang-nhap/ma", Access::Public, steps::code_page)
        .example("sign-in-at-code", &[])
        .post("/dang-nhap/ma", Access::Public, steps::code_send)
        .example("sign-in-at-code", &[("code", "{code}")])
        .get("/dang-nhap/mat-khau", Access::Public, steps::password_page)
        .example("sign-in-at-password", &[])
        .post("/dang-nhap/mat-khau", Access::Public, steps::password_send)
        .example("sign-in-at-password", &[("password", "{new-password}"), ("password-again", "{new-password}")])
        .get("/dang-nhap/xac-thuc-hai-lop", Access::Public, steps::enrol_page)
        .example("sign-in-at-enrolment", &[])
        .post("/dang-nhap/xac-thuc-hai-lop", Access::Public, steps::enrol_send)
        .example("sign-in-at-enrolment", &[("code", "{code}")])
        .post("/dang-xuat", Access::SignedIn, sign_in::sign_out)
        .example("account", &[])
        .get("/dang-ky", Access::Public, register::page)
        .post("/dang-ky", Access::Public, register::send)
        .example("newcomer", REGISTRATION)
        .get("/dang-ky/ma", Access::Public, register::code_page)
        .example("registration", &[("?dang-ky", "{registration}")])
        .post("/dang-ky/ma", Access::Public, register::code_send)
        .example("registration", &[("id", "{registration}"), ("code", "{code}")])
        .get("/tai-khoan", Access::SignedIn, account::page)
        .post("/tai-khoan/chuc-vu", Access::Officer, account::switch)
        .example("own-holding", &[("holding", "{holding}")])
        .post("/tai-khoan/phien", Access::SignedIn, account::revoke)
        .example("own-session", &[("session", "{session}")])
        .get("/tai-khoan/mat-khau", Access::SignedIn, password::page)
        .post("/tai-khoan/mat-khau", Access::SignedIn, password::send)
        .example(
            "account",
            &[("current", "{password}"), ("password", "{new-password}"), ("password-again", "{new-password}")],
        )
        .get("/tai-khoan/xac-thuc-hai-lop", Access::SignedIn, second_factor::page)
        .post("/tai-khoan/xac-thuc-hai-lop", Access::SignedIn, second_factor::start)
        .example("account", &[])
        .post("/tai-khoan/xac-thuc-hai-lop/bat", Access::SignedIn, second_factor::confirm)
        .example("account-enrolling", &[("code", "{code}")])
        .post("/tai-khoan/xac-thuc-hai-lop/tat", Access::SignedIn, second_factor::remove)
        .example("account-with-second-factor", &[("code", "{code}")])
        .get("/tai-khoan/khoa-truy-cap", Access::Officer, tokens::page)
        .post("/tai-khoan/khoa-truy-cap", Access::Officer, tokens::create)
        .example("account", &[("name", "Máy quét"), ("days", "30")])
        .post("/tai-khoan/khoa-truy-cap/huy", Access::Officer, tokens::revoke)
        .example("own-token", &[("token", "{token}")])
        .get("/tai-khoan/du-lieu", Access::SignedIn, reads::page)
        .get("/tai-khoan/to-chuc", Access::Citizen, organisations::page)
        .post("/tai-khoan/to-chuc", Access::Citizen, organisations::name)
        .example(
            "represented-organisation",
            &[("organisation", "{organisation}"), ("number", "{number}"), ("name", "{name}"), ("to", "{to}")],
        )
        .post("/tai-khoan/to-chuc/thu-hoi", Access::Citizen, organisations::take_back)
        .example("named-representation", &[("representation", "{representation}")])
        .get("/quan-tri/dai-dien", Access::Needs(CONFIRM), representatives::page)
        .post("/quan-tri/dai-dien", Access::Needs(CONFIRM), representatives::confirm)
        .example(
            "representative-to-confirm",
            &[
                ("tax-code", "{tax-code}"),
                ("name", "Công ty TNHH Ví Dụ"),
                ("address", "Số 9 Đường Ví Dụ"),
                ("number", "{number}"),
                ("from", "{from}"),
                ("seen", "yes"),
            ],
        )
        .post("/quan-tri/dai-dien/cham-dut", Access::Needs(CONFIRM), representatives::end)
        .example("confirmed-representation", &[("representation", "{representation}")])
        .get("/quan-tri/tai-khoan", Access::Needs(ADMINISTER), administer::page)
        .post("/quan-tri/tai-khoan", Access::Needs(ADMINISTER), administer::act)
        .example("account-administered", &[("account", "{account}"), ("act", "unblock")])
}

/// The fields of which it holds, with the key of what is said of each.
fn wrong(fields: &[(&str, bool, &str)]) -> FieldErrors {
    let wrong = fields.iter().filter(|(_, wrong, _)| *wrong);
    wrong.map(|(field, _, key)| ((*field).to_owned(), (*key).to_owned())).collect()
}
