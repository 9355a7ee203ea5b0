//! Officers see what goes by post, print labels and lists, and what came back.

mod hand_over;
mod list;
mod show;

use ::system::{Access, Routes};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use base::Error;
use chrono::{DateTime, Utc};
use print::Printer;
use system::App;
use web::Answer;

use crate::access::READ;

pub(super) fn routes() -> Routes {
    const MAY: Access = Access::Needs(READ);
    Routes::new()
        .get("/buu-chinh-xu-ly", MAY, list::page)
        .get("/buu-chinh-xu-ly/ban-giao", MAY, hand_over::page)
        .get("/buu-chinh-xu-ly/ban-giao/in", MAY, hand_over::print)
        .get("/buu-chinh-xu-ly/{order}", MAY, show::page)
        .example("carried-order", &[])
        .get("/buu-chinh-xu-ly/{order}/phieu-gui", MAY, show::label)
        .example("carried-order", &[])
}

/// A paper printed for this answer alone: it is handed over with the letters and not kept.
async fn printed(app: &App, paper: print::Paper, at: DateTime<Utc>, name: &str) -> Answer {
    let printed = app.parts.get::<Printer>()?.print(paper, at).await.map_err(Error::from)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\"")).map_err(Error::from)?),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, printed.pdf).into_response())
}
