//! Packages of procedures between provinces, from the terminal.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use identity::Login;
use journal::Actor;
use procedures::actions::exchange;
use procedures::exchange::{Choices, unpack};

use crate::assemble::{self, Program};
use crate::folder::Folder;
use crate::place::{Place, told};

pub(crate) async fn export(place: &Place, code: &str, file: &Path) -> Result<ExitCode> {
    let program = opened(place).await?;
    let packed = exchange::send_out(&program.app, program.app.now(), code).await.map_err(told)?;
    std::fs::write(file, &packed).with_context(|| format!("{} cannot be written", file.display()))?;
    println!("{code}: {} bytes in {}", packed.len(), file.display());
    closed(&program).await
}

pub(crate) async fn import(
    place: &Place,
    file: &Path,
    login: &str,
    choose: &[String],
    preview: bool,
) -> Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let parcel = unpack(&bytes)?;
    let program = opened(place).await?;
    let (app, now) = (&program.app, program.app.now());
    println!("{} from {}", parcel.manifest.code, parcel.manifest.province_name);
    for (matter, ways) in exchange::open_questions(app, now, &parcel).await.map_err(told)? {
        println!("not here: {matter} ({})", ways.join(" or "));
    }
    if !preview {
        let choices: Choices = choose.iter().map(|chosen| way(chosen)).collect::<Result<_>>()?;
        let login = Login::parse(login).with_context(|| format!("{login} is no sign-in name"))?;
        let account = identity::queries::account_by_login(app.store.read(), &login).await.map_err(told)?;
        let person = account.and_then(|account| account.person).context("no officer has this sign-in name")?;
        let draft = exchange::bring_in_for(app, now, &Actor::PROGRAM, person, &parcel, &choices).await.map_err(told)?;
        println!("{}: save {} of the draft", draft.code, draft.number);
    }
    closed(&program).await
}

fn way(chosen: &str) -> Result<(String, String)> {
    let (matter, way) =
        chosen.split_once('=').with_context(|| format!("`{chosen}` is not like process:standard=ours"))?;
    Ok((matter.to_owned(), way.to_owned()))
}

async fn opened(place: &Place) -> Result<Program> {
    let store = assemble::connect(&place.location()?).await?;
    assemble::real(store, &Folder::open(&place.data, false)?, String::new(), Vec::new()).await
}

async fn closed(program: &Program) -> Result<ExitCode> {
    program.app.store.clone().close().await.map_err(told)?;
    Ok(ExitCode::SUCCESS)
}
