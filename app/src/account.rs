//! Accounts and tokens from the terminal.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::assemble;
use crate::folder::Folder;
use crate::place::{Place, told};

/// One account as `account list` shows it; a demo keeps these in its folder, since nothing else knows a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub login: String,
    pub person: String,
    pub position: String,
    pub agency: String,
    pub permissions: Vec<String>,
    /// Demo only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Secret of the second factor (base32); demo only, for the one officer who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<String>,
    /// Of the key that opens what is sealed; demo only, for those who have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passphrase: Option<String>,
    /// Heading it stands under on the sign-in page.
    pub group: String,
}

const FILE: &str = "accounts.json";

pub(crate) fn keep(folder: &Folder, accounts: &[Listed]) -> Result<()> {
    Ok(std::fs::write(folder.path.join(FILE), serde_json::to_string_pretty(accounts)?)?)
}

/// Whether a demo has written down its accounts: the last thing that its preparation does.
pub(crate) fn are_kept(data: &std::path::Path) -> bool {
    data.join(FILE).exists()
}

pub(crate) fn kept(data: &std::path::Path) -> Result<Vec<Listed>> {
    let file = data.join(FILE);
    let text = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

pub(crate) async fn list(place: &Place, json: bool) -> Result<ExitCode> {
    if !Folder::is_demo(&place.data) {
        bail!("{} is no demo: its accounts are listed at /quan-tri/tai-khoan", place.data.display());
    }
    let accounts = kept(&place.data)?;
    if json {
        println!("{}", serde_json::to_string_pretty(&accounts)?);
    } else {
        print_table(&accounts);
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn print_table(accounts: &[Listed]) {
    let width = accounts.iter().map(|account| account.login.chars().count()).max().unwrap_or(0);
    for account in accounts {
        let password = account.password.as_deref().unwrap_or("-");
        println!(
            "{:width$}  {password}  {} · {} · {}",
            account.login, account.person, account.position, account.agency
        );
    }
}

pub(crate) async fn token(place: &Place, login: &str, days: u32, json: bool) -> Result<ExitCode> {
    let location = place.location()?;
    let folder = Folder::open(&place.data, false)?;
    let store = assemble::connect(&location).await?;
    let program = assemble::real(store, &folder, String::new(), Vec::new()).await?;
    let token = identity::actions::create_token_for(&program.app, login, days).await.map_err(told)?;
    program.app.store.clone().close().await.map_err(told)?;
    if json {
        println!("{}", serde_json::json!({ "token": token, "account": login, "days": days }));
    } else {
        println!("{token}");
    }
    Ok(ExitCode::SUCCESS)
}
