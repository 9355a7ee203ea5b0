use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use super::backup::{differences, held, make};
use super::restore::put_back;
use crate::assemble;
use crate::place::{Place, told};
use crate::verify;

/// Makes a copy of a province, puts it into a folder of its own on SQLite, proves it there and compares all tables with the copy:
/// a backup that was never put back is none.
pub(crate) async fn drill(place: &Place, json: bool) -> Result<ExitCode> {
    let began = Instant::now();
    let scratch = tempfile::Builder::new().prefix("tinhso-drill-").tempdir()?;
    let copy = scratch.path().join("copy.zip");
    make(place, &copy).await?;
    let restored = Place { data: scratch.path().join("province"), database_url: None };
    let about = put_back(&restored, &copy).await?;
    let store = assemble::connect(&restored.location()?).await?;
    let mut found = differences(&about.tables, &held(&store).await?);
    let (findings, proved) = verify::findings(&store).await?;
    found.extend(findings);
    store.close().await.map_err(told)?;
    let (bytes, seconds) = (std::fs::metadata(&copy)?.len(), began.elapsed().as_secs_f32());
    let rows: u64 = about.tables.iter().map(|table| table.rows).sum();
    if json {
        let told = serde_json::json!({
            "rows": rows, "files": about.files.len(), "bytes": bytes, "proved": proved, "seconds": seconds, "findings": found,
        });
        println!("{told}");
    } else {
        for finding in &found {
            println!("{finding}");
        }
        println!(
            "{rows} rows, {} files, {bytes} bytes; {proved} entries proved; {seconds:.1} s; {} findings",
            about.files.len(),
            found.len()
        );
    }
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
