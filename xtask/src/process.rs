use std::env;
use std::io::{BufRead, BufReader, pipe};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

fn words(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(command.get_program().to_string_lossy().into_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// Cargo as a person calls it. What cargo tells this program about itself would reach the build scripts of others: those that
/// watch it would run again after every build by hand, and all that stands on them.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs it with our own output.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| format!("`{}` cannot be started", words(command)))?;
    Ok(status.success())
}

/// Runs what the rest cannot do without.
pub(crate) fn must_succeed(command: &mut Command) -> Result<()> {
    if succeeds(command)? { Ok(()) } else { bail!("`{}` failed", words(command)) }
}

/// Runs it unheard; its output is told only when it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("`{}` cannot be started", words(command)))?;
    if output.status.success() {
        return Ok(());
    }
    bail!(
        "`{}` failed:\n{}{}",
        words(command),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Whether a program is there and answers.
pub(crate) fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs it and hands over each line of both its outputs, in the order they came.
pub(crate) fn read_lines(mut command: Command, mut line: impl FnMut(&str)) -> Result<ExitStatus> {
    let (reader, writer) = pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("`{}` cannot be started", words(&command)))?;
    drop(command); // it holds our end of the pipe, which would never close
    for text in BufReader::new(reader).split(b'\n') {
        line(&String::from_utf8_lossy(&text?));
    }
    Ok(child.wait()?)
}
