use std::process::Command;

use anyhow::Result;

use super::outcome::Tally;
use crate::process::{cargo, succeeds};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<Tally> {
    let mut tally = Tally::of("rustfmt", succeeds(cargo().args(["fmt", "--check"]).current_dir(&workspace.root))?);
    let npm = &mut Command::new("npm");
    let checked = succeeds(npm.args(["run", "--silent", "check"]).current_dir(workspace.root.join("ui")))?;
    tally += Tally::of("npm run check", checked);
    Ok(tally)
}
