//! Everything that must hold, in one run. Each part says what it does and how long it took; the last line counts.

mod browser;
mod format;
mod judges;
mod lint;
mod outcome;
mod suite;
mod twins;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::check;
use crate::cluster::{Cluster, Worth};
use crate::machine::{self, Need};
use crate::workspace::Workspace;
pub(crate) use outcome::Tally;

/// A part of the run. They run in this order: what is quick to tell comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// rustfmt, prettier, types of the scripts
    Format,
    /// clippy, cargo-deny
    Lint,
    /// `cargo xtask check`
    Check,
    /// All tests, each database test on both databases, and the examples in the documentation
    Tests,
    /// Pages in a browser and the API by its own description, against a demo province on both databases
    Browser,
}

/// What the parts stand on.
struct Ground<'a> {
    workspace: &'a Workspace,
    cluster: Cluster,
    /// Where the programs of the judges lie.
    judges: std::path::PathBuf,
}

pub(crate) fn run(workspace: &Workspace, parts: &[Part]) -> Result<ExitCode> {
    let needs = [Need::NODE, Need::POSTGRES, Need::CHROMIUM, Need::TOKEN, Need::POPPLER, Need::PYTHON];
    if !machine::provide(&needs)? {
        return Ok(ExitCode::FAILURE);
    }
    // Its build script also installs the npm packages that prettier and the browser tests run from.
    workspace.build()?;
    let ground = Ground { workspace, cluster: Cluster::start(Worth::Nothing)?, judges: judges::programs(workspace)? };
    let mut total = Tally::default();
    for part in Part::value_variants().iter().filter(|part| parts.is_empty() || parts.contains(part)) {
        let name = format!("{part:?}").to_lowercase();
        println!("\n== {name}");
        let started = Instant::now();
        let tally = part.run(&ground).unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::of("it broke off", false)
        });
        println!("== {name}: {tally} ({:.1} s)", started.elapsed().as_secs_f32());
        total.passed += tally.passed;
        total.failed.extend(tally.failed.iter().map(|failed| format!("{name}: {failed}")));
    }
    drop(ground);
    println!();
    for failed in &total.failed {
        println!("FAILED {failed}");
    }
    println!("{total}");
    Ok(if total.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Part {
    fn run(self, ground: &Ground) -> Result<Tally> {
        match self {
            Self::Format => format::run(ground.workspace),
            Self::Lint => lint::run(ground.workspace),
            Self::Check => check::tally(ground.workspace),
            Self::Tests => suite::run(ground),
            Self::Browser => browser::run(ground),
        }
    }
}
