use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::outcome::Tally;
use crate::process::{answers, cargo, must_succeed, quietly, succeeds};
use crate::workspace::{Workspace, cache};

/// A new version may bring new findings: it comes by a change of this line, not by itself.
const DENY_VERSION: &str = "0.20.2";

pub(crate) fn run(workspace: &Workspace) -> Result<Tally> {
    let clippy = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let mut tally = Tally::of("clippy", succeeds(cargo().args(clippy).current_dir(&workspace.root))?);
    let deny = deny()?;
    let rules = ["--log-level", "error", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"];
    tally += Tally::of("cargo deny", succeeds(Command::new(&deny).args(rules).current_dir(&workspace.root))?);
    if let Err(reason) = quietly(Command::new(&deny).arg("fetch").arg("db").current_dir(&workspace.root)) {
        println!(
            "SKIPPED: known vulnerabilities; their database cannot be reached: {}",
            last_line(&format!("{reason}"))
        );
    } else {
        let known = ["--log-level", "error", "check", "advisories"];
        let harmless = succeeds(Command::new(&deny).args(known).current_dir(&workspace.root))?;
        tally += Tally::of("known vulnerabilities", harmless);
    }
    Ok(tally)
}

fn last_line(text: &str) -> &str {
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default()
}

/// The program `cargo-deny`: the one that is there, or our own, built once.
fn deny() -> Result<PathBuf> {
    let found = PathBuf::from("cargo-deny");
    if answers(Command::new(&found).arg("--version")) {
        return Ok(found);
    }
    let tools = cache()?.join("tools");
    let own = tools.join("bin/cargo-deny");
    if !answers(Command::new(&own).arg("--version")) {
        println!("building cargo-deny {DENY_VERSION}, once");
        must_succeed(
            cargo()
                .args(["install", "--quiet", "--locked", "--debug", "cargo-deny", "--version", DENY_VERSION, "--root"])
                .arg(&tools)
                // Its own folder: it is built with other settings than the house.
                .env_remove("CARGO_TARGET_DIR"),
        )?;
    }
    Ok(own)
}
