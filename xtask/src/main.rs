//! The commands of the README: `cargo xtask demo`, `cargo xtask test`, and those the house needs beside them.

mod bench;
mod check;
mod cluster;
mod demo;
mod machine;
mod new_system;
mod process;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Runs, tests and grows Tỉnh Số.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the program and opens a demo province at http://localhost:8080
    Demo {
        /// Passed on to `tinhso demo`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Runs everything that must hold: format, lint, check, tests on both databases, pages in a browser
    Test {
        /// Only these parts
        #[arg(value_enum)]
        parts: Vec<test::Part>,
    },
    /// Measures what the program costs, each figure beside its ceiling in the same run; see bench/README.md
    Bench {
        /// `--only pages,lists`, `--database sqlite`, `--rounds 3` …; `-- --help` tells all
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Guards the rules of the house that the compiler does not know
    Check,
    /// Makes the folder of a new system and joins it to the program
    NewSystem {
        /// Lower-case English noun in the plural: `petitions`
        name: String,
    },
}

fn main() -> Result<ExitCode> {
    let workspace = Workspace::open()?;
    match Arguments::parse().command {
        Task::Demo { arguments } => demo::run(&workspace, arguments),
        Task::Test { parts } => test::run(&workspace, &parts),
        Task::Bench { arguments } => bench::run(&workspace, &arguments),
        Task::Check => check::run(&workspace),
        Task::NewSystem { name } => new_system::run(&workspace, &name),
    }
}
