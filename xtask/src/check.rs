//! The rules of the house that the compiler does not know. One rule is one small module with a sample it refuses.

mod attributes;
mod axum;
mod file_names;
mod layers;
mod length;
mod orm;
mod personal_numbers;
mod readme;
mod tables;
mod texts;
mod tree;

use std::fmt;
use std::process::ExitCode;

use anyhow::Result;

use crate::test::Tally;
use crate::workspace::Workspace;
use tree::Tree;

/// A place where a rule does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    file: String,
    line: usize,
    message: String,
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [(&str, Rule); 10] = [
    ("layers", layers::check),
    ("orm", orm::check),
    ("axum", axum::check),
    ("tables", tables::check),
    ("texts", texts::check),
    ("file-names", file_names::check),
    ("length", length::check),
    ("attributes", attributes::check),
    ("readme", readme::check),
    ("personal-numbers", personal_numbers::check),
];

pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    let tally = tally(workspace)?;
    Ok(if tally.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what does not hold; counts the rules.
pub(crate) fn tally(workspace: &Workspace) -> Result<Tally> {
    let tree = Tree::read(workspace)?;
    let mut tally = Tally::default();
    for (name, rule) in RULES {
        let mut findings = rule(&tree);
        findings.sort();
        for Finding { file, line, message } in &findings {
            println!("{file}:{line}: {name}: {message}");
        }
        tally += Tally::of(name, findings.is_empty());
    }
    Ok(tally)
}

/// What the rules find in a system that stands alone; texts of others count as there.
#[cfg(test)]
pub(crate) fn of_new_system(name: &str, files: &[(String, String)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let tree = Tree::of(&files, &[(name, &format!("systems/{name}"), &[])]);
    let findings = RULES.iter().flat_map(|(_, rule)| rule(&tree));
    findings.map(|finding| format!("{}:{}: {}", finding.file, finding.line, finding.message)).collect()
}

impl Finding {
    fn new(file: &str, line: usize, message: impl fmt::Display) -> Self {
        Self { file: file.to_owned(), line, message: message.to_string() }
    }
}
