use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::cluster::{Cluster, Worth};
use crate::machine::{self, Need};
use crate::process::{cargo, must_succeed, succeeds};
use crate::workspace::Workspace;

/// Builds for release, starts a PostgreSQL server as careful as a province's, and hands over to the crate `bench`.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    if !machine::provide(&[Need::NODE, Need::POSTGRES, Need::NGINX, Need::WRK])? {
        return Ok(ExitCode::FAILURE);
    }
    let build = ["build", "--release", "--workspace", "--bins"];
    must_succeed(cargo().args(build).current_dir(&workspace.root))?;
    let cluster = Cluster::start(Worth::Everything)?;
    let release = workspace.target.join("release");
    let mut bench = Command::new(release.join("bench"));
    bench.arg("--program").arg(release.join("tinhso"));
    bench.args(["--postgres", &cluster.url()]).arg("--data").arg(workspace.target.join("bench")).args(arguments);
    let done = succeeds(&mut bench)?;
    Ok(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
