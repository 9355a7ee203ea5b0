//! Proving: the journal against its seals, dossiers against the journal, signatures against their papers.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use base::{Clock, SystemClock};
use store::{Sql, Store};
use web::{Lang, Texts};

use crate::assemble;
use crate::cli::{Place, told};

pub(crate) async fn run(place: &Place, json: bool) -> Result<ExitCode> {
    let store = assemble::connect(&place.location()?).await?;
    let (findings, proved) = journal::verify(&store).await.map_err(told)?;
    let mut found: Vec<String> = findings.iter().map(ToString::to_string).collect();
    found.extend(dossiers_against_journal(&store).await?);
    store.close().await.map_err(told)?;
    if json {
        println!("{}", serde_json::json!({ "proved": proved, "findings": found }));
    } else {
        for finding in &found {
            println!("{finding}");
        }
        println!("{proved} entries proved, {} findings", found.len());
    }
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// State and promised date of every dossier must be what its last sealed entry says.
async fn dossiers_against_journal(store: &Store) -> Result<Vec<String>> {
    let rows = Sql::new(
        "SELECT d.code, d.state, e.data FROM dossiers d JOIN journal_entries e ON e.id = \
         (SELECT max_id.id FROM journal_entries max_id WHERE max_id.thing_id = d.id AND max_id.thing_kind = 'dossier' \
          AND max_id.verb NOT IN ('dossiers.step-done', 'dossiers.signed', 'dossiers.sub-result') \
          ORDER BY max_id.id DESC LIMIT 1)",
    )
    .all(store.read(), |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?)))
    .await
    .map_err(told)?;
    let mut found = Vec::new();
    for (code, state, data) in rows {
        let told: contracts::events::DossierChanged = serde_json::from_str(&data)?;
        if i64::from(told.state) != state {
            found.push(format!("dossier {code} is in state {state}, but its journal says {}", told.state));
        }
    }
    Ok(found)
}

pub(crate) async fn signature(file: &Path, place: Option<&Place>, json: bool) -> Result<ExitCode> {
    let pdf = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let now = SystemClock.now();
    let check = match place {
        Some(place) => {
            let store = assemble::connect(&place.location()?).await?;
            let keyring = sign::Keyring::open(&place.data).map_err(told)?;
            let check = keyring.check(store.read(), pdf, now).await.map_err(told)?;
            store.close().await.map_err(told)?;
            check
        }
        None => sign::check_file(&pdf, &Arc::new(sign::Anchors::new(Vec::new())), now),
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&check)?);
    } else {
        let systems = crate::systems::all();
        let texts = Texts::load(systems.iter().flat_map(|system| &system.texts)).map_err(told)?;
        println!("{}", check.told(&texts, Lang::Vi));
    }
    Ok(if check.verdict == sign::Verdict::Valid { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
