use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use anyhow::{Error, Result};

use crate::machine::{self, Need};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, mut arguments: Vec<String>) -> Result<ExitCode> {
    if !machine::provide(&[Need::NODE])? {
        return Ok(ExitCode::FAILURE);
    }
    workspace.build()?;
    let data = workspace.target.join("demo").to_string_lossy().into_owned();
    for (option, value) in [("--data", data), ("--listen", "[::]:8080".to_owned())] {
        let given = arguments.iter().any(|argument| argument.split('=').next() == Some(option));
        if !given {
            arguments.extend([option.to_owned(), value]);
        }
    }
    let program = workspace.target.join("debug/tinhso");
    // The program takes our place, so that Ctrl+C and signals reach it and nothing stands between.
    let error = Command::new(&program).arg("demo").args(arguments).exec();
    Err(Error::from(error).context(format!("{} cannot be started", program.display())))
}
