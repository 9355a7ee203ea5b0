use std::path::Path;

use anyhow::Result;
use regex::Regex;

use super::Ground;
use super::outcome::{Outcome, Tally};
use super::twins;
use crate::process::{answers, cargo, read_lines};

pub(crate) fn run(ground: &Ground) -> Result<Tally> {
    let nextest = answers(cargo().args(["nextest", "--version"]));
    let arguments: &[&str] = if nextest {
        &[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--status-level=all",
            "--final-status-level=none",
            "--color=never",
        ]
    } else {
        println!("cargo-nextest is not installed; cargo test is slower and does as well");
        &["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]
    };
    let mut tally = both(ground, arguments)?;
    let documented = with_examples(ground);
    if !documented.is_empty() {
        let mut arguments = vec!["test", "--no-fail-fast", "--doc"];
        for name in &documented {
            arguments.extend(["--package", name]);
        }
        tally += outcomes(ground, &arguments)?.1;
    }
    Ok(tally)
}

fn both(ground: &Ground, arguments: &[&str]) -> Result<Tally> {
    let (outcomes, mut tally) = outcomes(ground, arguments)?;
    let alone = twins::alone(&outcomes);
    tally.failed.extend(alone.iter().map(|name| format!("{name}: ran on one database only")));
    Ok(tally)
}

/// Runs cargo; gives what came of each test, and counts. A run that broke off counts as a failure of its own.
fn outcomes(ground: &Ground, arguments: &[&str]) -> Result<(Vec<Outcome>, Tally)> {
    let mut command = cargo();
    command
        .args(arguments)
        .current_dir(&ground.workspace.root)
        .env("TINHSO_TEST_POSTGRES", ground.cluster.url())
        .env("TINHSO_PYHANKO", ground.judges.join("python"))
        .env("CARGO_TERM_COLOR", "never");
    let mut reader = Reader::new()?;
    let mut outcomes = Vec::new();
    let status = read_lines(command, |line| match reader.read(line) {
        Some(outcome) => {
            if !outcome.passed {
                println!("FAILED {} {}", outcome.program, outcome.name);
            }
            outcomes.push(outcome);
        }
        None => println!("{line}"),
    })?;
    let mut tally = Tally::default();
    for Outcome { program, name, passed } in &outcomes {
        tally += Tally::of(&format!("{program} {name}"), *passed);
    }
    if !status.success() && tally.failed.is_empty() {
        tally.failed.push(format!("cargo {}", arguments.join(" ")));
    }
    Ok((outcomes, tally))
}

/// Understands the lines of `cargo nextest run` and of `cargo test`.
struct Reader {
    nextest: Regex,
    program: Regex,
    libtest: Regex,
    current: String,
}

impl Reader {
    fn new() -> Result<Self> {
        Ok(Self {
            nextest: Regex::new(
                r"^ *(PASS|LEAK|FAIL|TIMEOUT|SIG\w+|ABORT|LEAK-FAIL) \[[^\]]*\] (?:\( *\d+/\d+\) )?(\S+) (\S.*)$",
            )?,
            program: Regex::new(r"^ *(?:Running|Doc-tests) (?:unittests |tests/)?(.*)$")?,
            libtest: Regex::new(r"^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED)\b")?,
            current: String::new(),
        })
    }

    fn read(&mut self, line: &str) -> Option<Outcome> {
        if let Some(found) = self.nextest.captures(line) {
            let passed = matches!(&found[1], "PASS" | "LEAK");
            return Some(Outcome { program: found[2].to_owned(), name: found[3].to_owned(), passed });
        }
        if let Some(found) = self.program.captures(line) {
            self.current = found[1].to_owned();
        }
        let found = self.libtest.captures(line)?;
        Some(Outcome { program: self.current.clone(), name: found[1].to_owned(), passed: &found[2] == "ok" })
    }
}

/// Crates whose documentation has examples that run.
fn with_examples(ground: &Ground) -> Vec<String> {
    let root = &ground.workspace.root;
    let crates = ground.workspace.crates.iter();
    crates.filter(|one| has_examples(&root.join(&one.folder).join("src"))).map(|one| one.name.clone()).collect()
}

fn has_examples(sources: &Path) -> bool {
    let files = ignore::Walk::new(sources).flatten();
    let texts = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"));
    sources.join("lib.rs").exists()
        && texts.filter_map(|file| std::fs::read_to_string(file.path()).ok()).any(|text| {
            text.lines()
                .map(str::trim_start)
                .any(|line| line == "/// ```" || line == "//! ```" || line == "/// ```rust")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<(String, String, bool)> {
        let mut reader = Reader::new().unwrap();
        let outcomes = lines.iter().filter_map(|line| reader.read(line));
        outcomes.map(|outcome| (outcome.program, outcome.name, outcome.passed)).collect()
    }

    #[test]
    fn both_runners_are_understood() {
        let nextest = [
            "    Starting 2 tests across 1 binary",
            "        PASS [   0.006s] (1/2) base id::tests::ids_sort",
            "        FAIL [   0.012s] (2/2) sign::it tamper::a_page_is_changed",
            "     SIGABRT [   0.012s] ( 2/12) sign::it tamper::a_page_is_changed",
            "     Summary [   0.013s] 2 tests run: 1 passed, 1 failed, 0 skipped",
        ];
        let given = |program: &str, name: &str, passed| (program.to_owned(), name.to_owned(), passed);
        let changed = given("sign::it", "tamper::a_page_is_changed", false);
        assert_eq!(read(&nextest), [given("base", "id::tests::ids_sort", true), changed.clone(), changed]);
        let libtest = [
            "     Running unittests src/lib.rs (target/debug/deps/base-0f)",
            "running 2 tests",
            "test id::tests::ids_sort ... ok",
            "test time::tests::a_wrong_time_stops - should panic ... FAILED",
            "   Doc-tests store",
            "test platform/store/src/lib.rs - (line 7) ... ok",
            "test result: ok. 2 passed; 0 failed; 0 ignored",
        ];
        assert_eq!(
            read(&libtest),
            [
                given("src/lib.rs (target/debug/deps/base-0f)", "id::tests::ids_sort", true),
                given("src/lib.rs (target/debug/deps/base-0f)", "time::tests::a_wrong_time_stops", false),
                given("store", "platform/store/src/lib.rs - (line 7)", true),
            ]
        );
    }
}
