//! Counting all figures anew, from the rows that did the work.

use std::process::ExitCode;

use anyhow::Result;
use performance::actions;

use crate::place::{Place, told};
use crate::serve;

pub(crate) async fn count_again(place: &Place, json: bool) -> Result<ExitCode> {
    let opened = serve::open(place, "http://localhost:8080".to_owned(), Vec::new()).await?;
    let app = &opened.program.app;
    let counted = actions::rebuild(app, app.now()).await.map_err(told)?;
    app.store.clone().close().await.map_err(told)?;
    if json {
        println!("{}", serde_json::json!({ "counted": counted }));
    } else {
        println!("{counted} dossiers counted");
    }
    Ok(ExitCode::SUCCESS)
}
