use std::process::Command;

use anyhow::Result;

use super::Ground;
use super::outcome::Tally;
use crate::process::read_lines;

pub(crate) fn run(ground: &Ground) -> Result<Tally> {
    let workspace = ground.workspace;
    workspace.build()?;
    let mut tally = against(ground, "SQLite", None)?;
    tally += against(ground, "PostgreSQL", Some(ground.cluster.database("browser")?))?;
    Ok(tally)
}

fn against(ground: &Ground, name: &str, database: Option<String>) -> Result<Tally> {
    println!("on {name}");
    let mut command = Command::new("node");
    command
        .arg("tests/run.mjs")
        .current_dir(ground.workspace.root.join("ui"))
        .env("TINHSO_BIN", ground.workspace.target.join("debug/tinhso"))
        .env("TINHSO_PYTHON", ground.judges.join("python"))
        .env("TINHSO_SCHEMATHESIS", ground.judges.join("schemathesis"));
    if let Some(url) = database {
        command.args(["--database-url", &url]);
    }
    let mut tally = Tally::default();
    let (mut failed, mut summing_up) = (0, false);
    let status = read_lines(command, |line| {
        println!("{line}");
        tally.passed += counted(line, "pass");
        failed += counted(line, "fail") + counted(line, "cancelled") + counted(line, "skipped") + counted(line, "todo");
        summing_up |= line.starts_with("✖ failing tests");
        tally.failed.extend(broken(line).filter(|_| summing_up).map(|test| format!("on {name}: {test}")));
    })?;
    if !status.success() {
        failed = failed.max(1);
    }
    let unnamed = failed.saturating_sub(tally.failed.len());
    tally.failed.extend((0..unnamed).map(|_| format!("on {name}: skipped, cancelled or broken off")));
    Ok(tally)
}

/// The name in a line such as `✖ the page opens (12.3ms)`.
fn broken(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("✖ ")?.strip_suffix("ms)")?.rsplit_once(" (").map(|(name, _)| name)
}

/// The figure of a line such as `# pass 12` or `ℹ pass 12`, with which Node's test runner ends.
fn counted(line: &str, what: &str) -> usize {
    let mut words = line.split_whitespace();
    let (mark, word, figure) = (words.next(), words.next(), words.next());
    let ours = matches!(mark, Some("#" | "ℹ")) && word == Some(what) && words.next().is_none();
    figure.filter(|_| ours).and_then(|figure| figure.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{broken, counted};

    #[test]
    fn what_failed_is_named() {
        assert_eq!(broken("  ✖ /viec at 390 px (12.5ms)"), Some("/viec at 390 px"));
        assert_eq!(broken("✔ /viec at 390 px (12.5ms)").or(broken("✖ failing tests:")), None);
    }

    #[test]
    fn the_runners_last_lines_are_counted() {
        assert_eq!(counted("# pass 12", "pass"), 12);
        assert_eq!(counted("ℹ fail 3", "fail"), 3);
        assert_eq!(
            counted("# pass 12", "fail") + counted("passed 12 times", "pass") + counted("# pass many", "pass"),
            0
        );
    }
}
