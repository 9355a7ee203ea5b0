//! What the machine must have beside Rust. As root on Debian it is installed; otherwise one line says how.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{answers, must_succeed};

/// A thing needed, the packages that bring it on Debian, and how to see that it is there.
pub(crate) struct Need {
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

impl Need {
    /// Builds styles and scripts.
    pub(crate) const NODE: Self =
        Self { packages: &["nodejs", "npm"], is_there: || runs("node", "--version") && runs("npm", "--version") };
    /// The second database of every test.
    pub(crate) const POSTGRES: Self = Self {
        packages: &["postgresql"],
        is_there: || postgres_programs().is_some_and(|folder| folder.join("initdb").exists()),
    };
    /// Opens the pages as people do.
    pub(crate) const CHROMIUM: Self = Self { packages: &["chromium"], is_there: || runs("chromium", "--version") };
    /// A signing token without the metal.
    pub(crate) const TOKEN: Self = Self { packages: &["softhsm2"], is_there: || runs("softhsm2-util", "--version") };
    /// `pdfsig`, a judge of signatures that nobody here wrote.
    pub(crate) const POPPLER: Self = Self { packages: &["poppler-utils"], is_there: || runs("pdfsig", "-v") };
    /// Serves the same bytes as the program, from files.
    pub(crate) const NGINX: Self = Self { packages: &["nginx"], is_there: || runs("nginx", "-v") };
    /// Asks for pages, and tells how long they took.
    pub(crate) const WRK: Self =
        Self { packages: &["wrk"], is_there: || Command::new("wrk").arg("--version").output().is_ok() };
    /// For pyHanko, the second judge.
    pub(crate) const PYTHON: Self = Self {
        packages: &["python3-venv"],
        is_there: || answers(Command::new("python3").args(["-c", "import ensurepip, venv"])),
    };
}

fn runs(program: &str, argument: &str) -> bool {
    answers(Command::new(program).arg(argument))
}

/// The newest PostgreSQL that Debian installed: `/usr/lib/postgresql/15/bin`.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let newest = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max()?;
    Some(PathBuf::from(format!("/usr/lib/postgresql/{newest}/bin")))
}

pub(crate) fn is_root() -> Result<bool> {
    let output = Command::new("id").arg("--user").output()?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// Sees to it that all `needs` are met; `false` when somebody has to install something first, and was told what.
pub(crate) fn provide(needs: &[Need]) -> Result<bool> {
    let missing: Vec<&str> =
        needs.iter().filter(|need| !(need.is_there)()).flat_map(|need| need.packages).copied().collect();
    if !missing.is_empty() {
        if !is_root()? {
            println!("sudo apt-get update && sudo apt-get install --yes --no-install-recommends {}", missing.join(" "));
            return Ok(false);
        }
        must_succeed(Command::new("apt-get").args(["update", "--quiet"]))?;
        must_succeed(
            Command::new("apt-get")
                .args(["install", "--yes", "--quiet", "--no-install-recommends"])
                .args(&missing)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
        if let Some(still) = needs.iter().find(|need| !(need.is_there)()) {
            bail!("{} was installed and does not work", still.packages.join(" "));
        }
    }
    let version = Command::new("node").arg("--version").output()?.stdout;
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    if !new_enough(&version) {
        bail!("Node.js 20.11 or newer is needed to build the pages; `node` here is {version}");
    }
    Ok(true)
}

fn new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    (parts.next(), parts.next()) >= (Some(20), Some(11))
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn node_is_new_enough_from_20_11() {
        assert!(["v20.11.0", "v20.20.2", "v22.0.1", "v24.1.0"].into_iter().all(new_enough));
        assert!(["v18.20.4", "v20.10.9", "", "v20"].into_iter().all(|version| !new_enough(version)));
    }
}
