//! What the program costs: figures beside the ceiling of the same machine in the same run. See README.md.

mod alternate;
mod asked;
mod ground;
mod grow;
mod history;
mod land;
mod load;
mod nginx;
mod office;
mod pages;
mod program;
mod queries;
mod report;
mod topics;
mod visits;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use mimalloc::MiMalloc;

use crate::ground::{Ground, Kind};
use crate::report::{Line, Report};

// The same as the program's: here its actions run in this process.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measures the program beside the ceilings of this machine. `cargo xtask bench` calls it.
#[derive(Parser)]
struct Arguments {
    /// The program, built for release
    #[arg(long)]
    program: PathBuf,
    /// A PostgreSQL server on which databases may be made: postgres://user@host:port
    #[arg(long)]
    postgres: String,
    /// Folder for provinces; what is costly to make is kept in it
    #[arg(long)]
    data: PathBuf,
    #[command(flatten)]
    wanted: Wanted,
}

/// What of it all to run.
#[derive(clap::Args)]
struct Wanted {
    /// Only these topics
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Topic>,
    /// Only this database
    #[arg(long, value_enum)]
    database: Option<Kind>,
    /// Dossiers of the big provinces; without it 100,000 where lists are measured and 1,000,000 at scale
    #[arg(long)]
    dossiers: Option<u32>,
    /// Officers of the province at scale
    #[arg(long, default_value_t = 7000)]
    officers: u32,
    /// People on the portal in the working day
    #[arg(long, default_value_t = 30_000)]
    citizens: u32,
    /// Into how many minutes the working day is compressed
    #[arg(long, default_value_t = 30)]
    minutes: u32,
    /// Reports from the field in the province that has many
    #[arg(long, default_value_t = 1_000_000)]
    reports: u32,
    /// How often the two sides of a comparison take turns
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Length of one turn, in seconds
    #[arg(long, default_value_t = 2)]
    seconds: u64,
}

/// A table of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Topic {
    /// Time to be ready, and memory
    Start,
    /// Pages per second
    Pages,
    /// Submissions and whole processes per second
    Writes,
    /// Slips and signatures per second
    Papers,
    /// Look-up, inbox and desk list over many dossiers
    Lists,
    /// A working day of everybody, compressed
    Day,
    /// Ten thousand reports in an hour, and who looks at them meanwhile
    Flood,
    /// Lists and maps over many reports
    Places,
    /// A province with a million dossiers and thousands of officers: lists, figures, a reorganisation
    Scale,
}

/// What every topic is given.
struct Bench {
    program: PathBuf,
    data: PathBuf,
    dossiers: Option<u32>,
    officers: u32,
    citizens: u32,
    minutes: u32,
    reports: u32,
    turns: alternate::Turns,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt().with_env_filter("error,sqlx=off").with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match done {
        Ok(report) => {
            report.print();
            if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Turns the house's error into one for the terminal.
fn told(error: base::Error) -> anyhow::Error {
    match error {
        base::Error::Inside(error) => error,
        other => anyhow::anyhow!("{other}"),
    }
}

async fn run(arguments: Arguments) -> Result<Report> {
    let Arguments { program, postgres, data, wanted } = arguments;
    std::fs::create_dir_all(&data)?;
    let bench = Bench {
        program,
        data,
        dossiers: wanted.dossiers,
        officers: wanted.officers,
        citizens: wanted.citizens,
        minutes: wanted.minutes,
        reports: wanted.reports,
        turns: alternate::Turns { rounds: wanted.rounds, seconds: wanted.seconds },
    };
    let mut report = Report::default();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if wanted.database.is_some_and(|only| only != kind) {
            continue;
        }
        println!("{kind}: preparing a province");
        let ground = Ground::prepare(kind, &bench.data, &postgres).await?;
        for topic in Topic::value_variants() {
            if !wanted.only.is_empty() && !wanted.only.contains(topic) {
                continue;
            }
            let began = Instant::now();
            let lines = topics::run(*topic, &bench, &ground).await.unwrap_or_else(|error| {
                // The other tables are worth having.
                vec![Line::new("could not be measured", format!("{error:#}")).aims("to be measured", false)]
            });
            println!("{kind}: {topic:?} ({:.0} s)", began.elapsed().as_secs_f32());
            report.add(*topic, kind, lines);
        }
    }
    Ok(report)
}
