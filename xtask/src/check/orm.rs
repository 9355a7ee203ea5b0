use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::Tree;

const MAY: [&str; 5] = ["tables", "queries", "actions", "migrations", "tests"];

#[expect(clippy::unwrap_used, reason = "a literal that the test below compiles")]
static ORM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:sea_orm|sqlx)::|\buse (?:sea_orm|sqlx)\b|\bstore::orm\b|\bstore::\{[^}]*\borm\b").unwrap()
});

/// Rows have one home per crate: whoever looks for a query finds it in the files of these names.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let strangers = tree.rust().filter(|file| {
        let home = tree.crate_of(file).is_some_and(|one| one.name == "store" || one.name == "xtask");
        !home && !file.is_called(&MAY)
    });
    let findings = strangers.flat_map(|file| {
        let named = file.program().filter(|(_, line)| ORM.is_match(line));
        named.map(|(line, _)| {
            Finding::new(&file.path, line, format!("only store and files called {} know the ORM", MAY[..4].join(", ")))
        })
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_these_names_know_the_orm() {
        let used = "use store::{Sql, orm};\n";
        let files = [
            ("systems/tasks/src/pages.rs", used),
            ("systems/tasks/src/task.rs", "// sea_orm\nfn f(c: &sea_orm::DbConn) {}\n"),
            ("systems/tasks/src/queries.rs", used),
            ("systems/tasks/src/actions/assign.rs", used),
            ("platform/store/src/sql.rs", "use sea_orm::Value;"),
        ];
        let tree = Tree::of(&files, &[("tasks", "systems/tasks", &[]), ("store", "platform/store", &[])]);
        let places: Vec<(String, usize)> = check(&tree).into_iter().map(|found| (found.file, found.line)).collect();
        assert_eq!(places, [("systems/tasks/src/pages.rs".to_owned(), 1), ("systems/tasks/src/task.rs".to_owned(), 2)]);
    }
}
