//! The pages of signing in, of the own account, and of those who look after accounts.

mod account;
mod administer;
mod asked;
mod errors;
mod password;
mod reads;
mod register;
mod second_factor;
mod sign_in;
mod steps;
mod tokens;

use system::{Access, Routes};

use crate::access::ADMINISTER;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/dang-nhap", Access::Public, sign_in::page)
        .post("/dang-nhap", Access::Public, sign_in::send)
        .example("account", &[("login", "nobody"), ("password", "no password")])
        .get("/dang-nhap/ma", Access::Public, steps::code_page)
        .post("/dang-nhap/ma", Access::Public, steps::code_send)
        .example("account", &[("code", "000000")])
        .get("/dang-nhap/mat-khau", Access::Public, steps::password_page)
        .post("/dang-nhap/mat-khau", Access::Public, steps::password_send)
        .example("account", &[("password", ""), ("password-again", "")])
        .get("/dang-nhap/xac-thuc-hai-lop", Access::Public, steps::enrol_page)
        .post("/dang-nhap/xac-thuc-hai-lop", Access::Public, steps::enrol_send)
        .example("account", &[("code", "000000")])
        .post("/dang-xuat", Access::SignedIn, sign_in::sign_out)
        .get("/dang-ky", Access::Public, register::page)
        .post("/dang-ky", Access::Public, register::send)
        .example("account", &[("number", "")])
        .get("/dang-ky/ma", Access::Public, register::code_page)
        .post("/dang-ky/ma", Access::Public, register::code_send)
        .example("account", &[("code", "000000")])
        .get("/tai-khoan", Access::SignedIn, account::page)
        .post("/tai-khoan/chuc-vu", Access::Officer, account::switch)
        .example("account", &[("holding", "{holding}")])
        .post("/tai-khoan/phien", Access::SignedIn, account::revoke)
        .example("account", &[("session", "{session}")])
        .get("/tai-khoan/mat-khau", Access::SignedIn, password::page)
        .post("/tai-khoan/mat-khau", Access::SignedIn, password::send)
        .example("account", &[("current", ""), ("password", ""), ("password-again", "")])
        .get("/tai-khoan/xac-thuc-hai-lop", Access::SignedIn, second_factor::page)
        .post("/tai-khoan/xac-thuc-hai-lop", Access::SignedIn, second_factor::start)
        .example("account", &[])
        .post("/tai-khoan/xac-thuc-hai-lop/bat", Access::SignedIn, second_factor::confirm)
        .example("account", &[("code", "000000")])
        .post("/tai-khoan/xac-thuc-hai-lop/tat", Access::SignedIn, second_factor::remove)
        .example("account", &[("code", "000000")])
        .get("/tai-khoan/khoa-truy-cap", Access::Officer, tokens::page)
        .post("/tai-khoan/khoa-truy-cap", Access::Officer, tokens::create)
        .example("account", &[("name", "")])
        .post("/tai-khoan/khoa-truy-cap/huy", Access::Officer, tokens::revoke)
        .example("account", &[("token", "{token}")])
        .get("/tai-khoan/du-lieu", Access::SignedIn, reads::page)
        .get("/quan-tri/tai-khoan", Access::Needs(ADMINISTER), administer::page)
        .post("/quan-tri/tai-khoan", Access::Needs(ADMINISTER), administer::act)
        .example("account", &[("account", "{account}"), ("act", "unblock")])
}
