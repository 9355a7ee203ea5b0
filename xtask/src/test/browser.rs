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
    let status = read_lines(command, |line| {
        println!("{line}");
        tally.passed += counted(line, "pass");
        tally.failed +=
            counted(line, "fail") + counted(line, "cancelled") + counted(line, "skipped") + counted(line, "todo");
    })?;
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
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
    use super::counted;

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
