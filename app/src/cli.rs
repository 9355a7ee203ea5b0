//! The commands. Each says by its exit code how it went: 0 done, 1 failed or found something, 2 called wrongly.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};

use crate::place::Place;
use crate::simulate::Plan;
use crate::{account, demo, figures, moving, package, reorganise, serve, simulate, verify, work};

/// A province's digital government in one program.
///
/// Begin with `tinhso demo --data DIR`: it prepares a demo province and serves it.
#[derive(Parser)]
#[command(name = "tinhso", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prepare a demo province in DIR, if it is empty, and serve it.
    ///
    /// Every page and paper of it says "Dữ liệu minh họa". Accounts and passwords are printed at start and stand on the
    /// sign-in page. Work that `work` would do is done inside.
    Demo {
        #[command(flatten)]
        place: Place,
        /// Where to listen.
        #[arg(long, default_value = "[::]:8080")]
        listen: SocketAddr,
        /// How many dossiers an empty province is given: of the last weeks, or of the last year if they are more than 2000.
        #[arg(long, default_value_t = 300)]
        dossiers: u32,
    },
    /// Serve a province. On SQLite it does the work of `work` itself.
    Serve {
        #[command(flatten)]
        place: Place,
        #[arg(long, default_value = "[::]:8080")]
        listen: SocketAddr,
        /// Address under which people reach it, for links in mails and QR codes.
        #[arg(long, default_value = "http://localhost:8080")]
        public_url: String,
        /// Certificate chain (PEM) to speak TLS with.
        #[arg(long, requires = "tls_key")]
        tls_certificate: Option<PathBuf>,
        /// Its private key (PEM).
        #[arg(long, requires = "tls_certificate")]
        tls_key: Option<PathBuf>,
        /// Proxy (address) whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; may be given more than once.
        #[arg(long)]
        trusted_proxy: Vec<std::net::IpAddr>,
    },
    /// Do what is due beside the pages: papers, timers, deliveries, the sealing of the journal.
    Work {
        #[command(flatten)]
        place: Place,
        /// Stop when nothing is left to do.
        #[arg(long)]
        once: bool,
    },
    /// Bring the database to the shape this program needs.
    Migrate {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
    },
    /// Prove that no entry of the journal was altered, removed or put in, and that dossiers are what it says.
    Verify {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
    },
    /// Write a copy of the whole province, while it is served: rows, files and keys. It is as secret as the province.
    Backup {
        #[command(flatten)]
        place: Place,
        /// The archive (ZIP) to make
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Put a copy into an empty folder and an empty database.
    Restore {
        #[command(flatten)]
        place: Place,
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Copy the province, put the copy back beside it, prove and compare all of it: does the backup hold?
    Drill {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
    },
    /// Forget all figures about dossiers and count them again; stop the program first.
    CountAgain {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
    },
    /// Move the rows to another, empty database and compare them table by table; stop the program first.
    MoveData {
        #[command(flatten)]
        place: Place,
        /// `sqlite` for the folder's own database, or postgres://user:password@host/database
        #[arg(long)]
        to: String,
        #[arg(long)]
        json: bool,
    },
    /// Reorganise agencies by a plan (TOML): open work, officers and deadlines go to those that take over.
    ///
    /// It does not run while anybody is undecided; they are told, and decided at /quan-tri/to-chuc-lai. Run it again if it was
    /// cut off: it goes on where it stopped.
    Reorganise {
        #[command(flatten)]
        place: Place,
        plan: PathBuf,
        /// Only bring the plan in and say what is undecided.
        #[arg(long)]
        preview: bool,
        #[arg(long)]
        json: bool,
    },
    /// Let people file and officers work through the same actions as the pages.
    Simulate {
        #[command(flatten)]
        place: Place,
        #[arg(long, default_value_t = 1000)]
        dossiers: u32,
        /// Over how many days, ending today.
        #[arg(long, default_value_t = 20)]
        days: u32,
        /// The same seed does the same.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Of about how many dossiers papers are made at once; those of the others are made when they are opened.
        #[arg(long, default_value_t = simulate::SAMPLE)]
        papers: u32,
        #[arg(long)]
        json: bool,
    },
    /// Procedures as packages.
    #[command(subcommand)]
    Procedure(Procedure),
    /// Packages between provinces.
    #[command(subcommand)]
    Package(Package),
    /// Signed papers.
    #[command(subcommand)]
    Signature(Signature),
    /// Tokens for the API.
    #[command(subcommand)]
    Token(Token),
    /// Accounts.
    #[command(subcommand)]
    Account(Account),
}

#[derive(Subcommand)]
enum Procedure {
    /// Name file, line and rule of every mistake in a package or a folder of packages.
    Check {
        path: PathBuf,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Package {
    /// Write the package of a procedure, as it is shown today, into one file (ZIP).
    Export {
        #[command(flatten)]
        place: Place,
        code: String,
        file: PathBuf,
    },
    /// Bring a package in as a draft; it is never published by this.
    Import {
        #[command(flatten)]
        place: Place,
        file: PathBuf,
        /// Sign-in name of the officer whose draft it is; somebody else publishes it.
        #[arg(long = "as")]
        account: String,
        /// What to do about something the province does not have: `process:standard=ours`. May be given more than once.
        #[arg(long)]
        choose: Vec<String>,
        /// Only say what the province does not have, and the choices for each.
        #[arg(long)]
        preview: bool,
    },
}

#[derive(Subcommand)]
enum Signature {
    /// Say whether the signatures of a PDF hold, and why.
    Check {
        file: PathBuf,
        /// Province whose trusted authorities judge; without one, only integrity is told.
        #[command(flatten)]
        place: OptionalPlace,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Clone)]
struct OptionalPlace {
    #[arg(long)]
    data: Option<PathBuf>,
    #[arg(long, env = "TINHSO_DATABASE_URL")]
    database_url: Option<String>,
}

#[derive(Subcommand)]
enum Token {
    /// Make a token that acts as an account; it is shown once.
    Create {
        #[command(flatten)]
        place: Place,
        /// Sign-in name of the account.
        #[arg(long = "as")]
        account: String,
        #[arg(long, default_value_t = 30)]
        days: u32,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Account {
    /// List the accounts; in a demo with their passwords.
    List {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tinhso: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command(cli.command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tinhso: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn command(command: Command) -> Result<ExitCode> {
    match command {
        Command::Demo { place, listen, dossiers } => demo::run(&place, listen, dossiers).await,
        Command::Serve { place, listen, public_url, tls_certificate, tls_key, trusted_proxy } => {
            let tls = tls_certificate.zip(tls_key);
            serve::run(&place, listen, public_url, tls, trusted_proxy).await
        }
        Command::Work { place, once } => work::run(&place, once).await,
        Command::Migrate { place, json } => serve::migrate(&place, json).await,
        Command::Verify { place, json } => verify::run(&place, json).await,
        Command::Backup { place, file, json } => moving::backup(&place, &file, json).await,
        Command::Restore { place, file, json } => moving::restore(&place, &file, json).await,
        Command::Drill { place, json } => moving::drill(&place, json).await,
        Command::CountAgain { place, json } => figures::count_again(&place, json).await,
        Command::MoveData { place, to, json } => moving::move_data(&place, &to, json).await,
        Command::Reorganise { place, plan, preview, json } => reorganise::run(&place, &plan, preview, json).await,
        Command::Simulate { place, dossiers, days, seed, papers, json } => {
            simulate::run(&place, Plan { dossiers, days, seed, papers }, json).await
        }
        Command::Procedure(Procedure::Check { path, json }) => check_procedures(&path, json),
        Command::Package(Package::Export { place, code, file }) => package::export(&place, &code, &file).await,
        Command::Package(Package::Import { place, file, account, choose, preview }) => {
            package::import(&place, &file, &account, &choose, preview).await
        }
        Command::Signature(Signature::Check { file, place, json }) => {
            let place = place.data.map(|data| Place { data, database_url: place.database_url });
            verify::signature(&file, place.as_ref(), json).await
        }
        Command::Token(Token::Create { place, account, days, json }) => {
            account::token(&place, &account, days, json).await
        }
        Command::Account(Account::List { place, json }) => account::list(&place, json).await,
    }
}

fn check_procedures(path: &std::path::Path, json: bool) -> Result<ExitCode> {
    let findings = procedures::check(path).with_context(|| format!("{} cannot be read", path.display()))?;
    if json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        for finding in &findings {
            println!("{finding}");
        }
        println!("{} findings", findings.len());
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
