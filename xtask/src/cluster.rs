use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::machine::{is_root, postgres_programs};
use crate::process::{answers, quietly};

/// Not below the target folder: PostgreSQL refuses to run as root, and its user may not enter root's home.
const PARENT: &str = "/var/tmp";
const PREFIX: &str = "tinhso-postgres-";

/// A PostgreSQL server of our own, fresh, on a free port, gone at the end.
pub(crate) struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    as_postgres: bool,
    port: u16,
    server: Child,
}

/// What the data of a cluster is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// Nothing after the run, so nothing waits for the disk.
    Nothing,
    /// As much as a province's: PostgreSQL's own settings, every commit waits for the disk.
    Everything,
}

impl Cluster {
    pub(crate) fn start(worth: Worth) -> Result<Self> {
        sweep()?;
        let programs = postgres_programs().context("PostgreSQL is not installed")?;
        let as_postgres = is_root()?;
        let folder = Path::new(PARENT).join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir(&folder)?;
        if as_postgres {
            quietly(Command::new("chown").arg("postgres:postgres").arg(&folder))?;
        }
        let data = folder.join("data");
        let log = File::create(folder.join("log"))?;
        quietly(user(as_postgres, &programs.join("initdb")).arg("--pgdata").arg(&data).args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let careless: &[&str] = match worth {
            Worth::Nothing => &["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"],
            Worth::Everything => &[],
        };
        let server = user(as_postgres, &programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-p", &port.to_string(), "-h", "127.0.0.1"])
            .args(careless)
            .args(["-c", "max_connections=300", "-c", "shared_buffers=256MB"])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let cluster = Self { folder, programs, as_postgres, port, server };
        for _ in 0..300 {
            if answers(&mut cluster.client("pg_isready")) {
                return Ok(cluster);
            }
            sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(cluster.folder.join("log")).unwrap_or_default();
        bail!("PostgreSQL does not start:\n{log}")
    }

    /// `postgres://postgres@127.0.0.1:40123`.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    /// An empty database; its address.
    pub(crate) fn database(&self, name: &str) -> Result<String> {
        quietly(self.client("createdb").arg(name))?;
        Ok(format!("{}/{name}", self.url()))
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(["--host=127.0.0.1", "--username=postgres", &format!("--port={}", self.port)]);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stop = &mut user(self.as_postgres, &self.programs.join("pg_ctl"));
        let stopped = quietly(stop.args(["stop", "--mode=immediate", "--pgdata"]).arg(self.folder.join("data")));
        if let Err(reason) = stopped {
            println!("PostgreSQL is not stopped: {reason:#}");
        }
        // Nobody reads the answer: the server has ended, or the line above says why not.
        drop(self.server.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// A PostgreSQL program as a user it accepts. It gets an interrupt when we end, in whatever way.
fn user(as_postgres: bool, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig=INT");
    if as_postgres {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.arg("--").arg(program).current_dir("/");
    command
}

/// Folders of runs that were cut off.
fn sweep() -> Result<()> {
    for entry in fs::read_dir(PARENT)?.flatten() {
        let name = entry.file_name();
        let run = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        if run.is_some_and(|run| !Path::new("/proc").join(run).exists()) {
            // Another user's is not ours to remove.
            drop(fs::remove_dir_all(entry.path()));
        }
    }
    Ok(())
}
