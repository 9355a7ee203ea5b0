//! Installs the npm packages and compiles styles, islands and fonts into `OUT_DIR`, so that a
//! plain `cargo build` gives the whole program.
//!
//! The output lies in `OUT_DIR` and not beside the sources: builds with different target folders
//! may run at the same moment. They share only `node_modules`, guarded by a lock.

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitCode};

const INPUTS: [&str; 8] =
    [".npmrc", "build.mjs", "islands", "main.ts", "package-lock.json", "package.json", "static", "styles"];

fn main() -> ExitCode {
    for path in INPUTS {
        println!("cargo::rerun-if-changed={path}");
    }
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error={reason}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let lock = File::open("build.rs").map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    install()?;
    run("node", &["build.mjs", &out])
}

/// `npm ci` empties `node_modules` first, so it runs only when the lock file is not the one installed.
fn install() -> Result<(), String> {
    let installed = Path::new("node_modules/.installed-lock");
    let wanted = fs::read("package-lock.json").map_err(|error| error.to_string())?;
    if fs::read(installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    run("npm", &["ci", "--no-progress"])?;
    fs::write(installed, wanted).map_err(|error| error.to_string())
}

fn run(program: &str, args: &[&str]) -> Result<(), String> {
    let output = Command::new(program).args(args).output().map_err(|error| {
        format!("`{program}` cannot be started ({error}): building the pages needs Node.js 20.11 or newer with npm")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let reason = stderr.lines().find(|line| line.to_lowercase().contains("error")).unwrap_or("no reason given");
    Err(format!("`{program} {}` in ui/ failed: {reason}", args.join(" ")))
}
