use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::quietly;
use crate::workspace::{Workspace, cache};

/// A Python interpreter with pyHanko, which judges our signatures; made once, again when the list of packages changes.
pub(crate) fn python(workspace: &Workspace) -> Result<PathBuf> {
    let list = workspace.root.join("xtask/pyhanko.txt");
    let wanted = fs::read_to_string(&list)?;
    let folder = cache()?.join("pyhanko");
    let python = folder.join("bin/python");
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|have| have == wanted) {
        return Ok(python);
    }
    println!("installing pyHanko, once");
    quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    quietly(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&list))?;
    fs::write(installed, wanted)?;
    Ok(python)
}
