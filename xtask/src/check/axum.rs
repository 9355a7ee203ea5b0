use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::Tree;

const HOMES: [&str; 4] = ["web", "system", "tinhso", "xtask"];
const MAY: [&str; 3] = ["pages", "api", "tests"];

#[expect(clippy::unwrap_used, reason = "a literal that the test below compiles")]
static AXUM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\baxum::|\buse axum\b").unwrap());

/// What stands behind a page knows nothing of requests: it can be called from the other side, a timer or a test as well.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let strangers = tree.rust().filter(|file| {
        let home = tree.crate_of(file).is_some_and(|one| HOMES.contains(&one.name.as_str()));
        !home && !file.is_called(&MAY)
    });
    let findings = strangers.flat_map(|file| {
        let named = file.program().filter(|(_, line)| AXUM.is_match(line));
        named.map(|(line, _)| {
            Finding::new(&file.path, line, "only web, system, the program and files called pages or api know axum")
        })
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_and_the_api_know_requests() {
        let used = "use axum::extract::State;\n";
        let files = [
            ("systems/tasks/src/actions.rs", used),
            ("systems/tasks/src/pages/desk.rs", used),
            ("systems/tasks/src/api.rs", used),
            ("platform/web/src/router.rs", used),
        ];
        let tree = Tree::of(&files, &[("tasks", "systems/tasks", &[]), ("web", "platform/web", &[])]);
        assert_eq!(
            check(&tree).into_iter().map(|found| found.file).collect::<Vec<_>>(),
            ["systems/tasks/src/actions.rs"]
        );
    }
}
