use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::quietly;
use crate::workspace::{Workspace, cache};

/// The programs of a Python environment with pyHanko, which judges our signatures, Schemathesis, which judges our API, and
/// clients of GeoReport v2; made once, again when the list of packages changes.
pub(crate) fn programs(workspace: &Workspace) -> Result<PathBuf> {
    let list = workspace.root.join("xtask/judges.txt");
    let wanted = fs::read_to_string(&list)?;
    let folder = cache()?.join("judges");
    let programs = folder.join("bin");
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|have| have == wanted) {
        return Ok(programs);
    }
    println!("installing the judges, once");
    quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let python = programs.join("python");
    quietly(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&list))?;
    fs::write(installed, wanted)?;
    Ok(programs)
}
