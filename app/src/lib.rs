//! Tỉnh Số: a province's digital government in one program.

mod account;
mod assemble;
mod cli;
mod demo;
mod figures;
mod folder;
mod health;
mod moving;
mod openapi;
mod package;
mod place;
mod reorganise;
mod serve;
mod simulate;
mod systems;
mod verify;
mod work;

use std::process::ExitCode;

pub use account::Listed;
pub use assemble::Program;
pub use demo::Demo;
pub use place::Place;
pub use simulate::Plan;
pub use work::Worker;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "info,sqlx=warn,typst=error".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    cli::run()
}
