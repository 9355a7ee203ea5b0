use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::{File, Tree};

#[expect(clippy::unwrap_used, reason = "a literal that the test below compiles")]
static TABLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)\b(?:CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?|ALTER TABLE (?:ONLY )?|REFERENCES )([a-z_]\w*)",
    )
    .unwrap()
});

/// Tables say whose they are, and nobody shapes or points into another's: a foreign key across crates would tie
/// their migrations together for ever.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let shapes = tree.files.iter().filter(|file| file.has_extension("sql") || file.has_extension("rs"));
    shapes.filter(|file| !file.is_called(&["tests"])).flat_map(|file| in_file(tree, file)).collect()
}

fn in_file(tree: &Tree, file: &File) -> Vec<Finding> {
    let Some(owner) = tree.crate_of(file).filter(|one| one.name != "xtask") else { return Vec::new() };
    let prefix = owner.name.replace('-', "_");
    let mut findings = Vec::new();
    for (line, text) in file.program() {
        for found in TABLE.captures_iter(text) {
            let own = found[1].strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            if !own {
                let message =
                    format!("table `{}` is not `{}`'s: its name would begin with `{prefix}_`", &found[1], owner.name);
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_bear_the_name_of_their_crate() {
        let sql = "CREATE TABLE tasks_tasks (id uuid);\nCREATE TABLE notes (id uuid);\nALTER TABLE tasks_tasks ADD a text;\n\
                   CREATE TABLE tasks_b (id uuid REFERENCES identity_accounts (id));\nCREATE TABLE tasksets (id uuid);\n";
        let inline = "const A: &str = \"CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(text)\";\n";
        let files = [("systems/tasks/migrations/0001_tasks.sql", sql), ("systems/tasks/src/migrations.rs", inline)];
        let tree = Tree::of(&files, &[("tasks", "systems/tasks", &[])]);
        let lines: Vec<usize> = check(&tree).into_iter().map(|found| found.line).collect();
        assert_eq!(lines, [2, 4, 5, 1]);
    }
}
