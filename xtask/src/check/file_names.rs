use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::{File, Tree};

/// Names that say nothing of what is inside.
const EMPTY: [&str; 8] = ["mod", "util", "utils", "helper", "helpers", "common", "misc", "shared"];

/// Other houses' names for what has a name here.
const RENAMED: [(&str, &str); 20] = [
    ("routes", "pages or api"),
    ("handlers", "pages or api"),
    ("controllers", "pages or api"),
    ("views", "pages"),
    ("endpoints", "api"),
    ("models", "a noun of the domain, or tables"),
    ("model", "a noun of the domain, or tables"),
    ("entities", "tables"),
    ("schema", "tables"),
    ("db", "tables, queries or actions"),
    ("database", "tables, queries or actions"),
    ("repository", "queries or actions"),
    ("services", "actions"),
    ("service", "actions"),
    ("listeners", "listens"),
    ("subscribers", "listens"),
    ("events", "contracts"),
    ("permissions", "access"),
    ("menu", "system"),
    ("fixtures", "demo"),
];

#[expect(clippy::unwrap_used, reason = "a literal that the tests below compile")]
static IN_A_SYSTEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(README\.md|Cargo\.toml|askama\.toml|src/([a-z0-9_]+/)*[a-z0-9_]+\.rs|migrations/\d{4}_[a-z0-9_]+(\.sqlite|\.postgres)?\.sql|texts/(vi|en)\.ftl|templates/.+\.(html|txt|xml|typ)|tests/.+)$",
    )
    .unwrap()
});

/// Every system's folder looks the same, so that whoever knows one knows them all.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let empty = tree.rust().filter_map(|file| {
        let name = EMPTY.iter().find(|name| stem(file) == **name)?;
        Some(Finding::new(&file.path, 1, format!("`{name}` says nothing of what is inside")))
    });
    let systems = tree.crates.iter().filter(|one| one.folder.starts_with("systems/"));
    let in_systems = systems.flat_map(|system| {
        tree.files.iter().filter_map(|file| {
            let message = in_system(&system.name, file.within(&system.folder)?, stem(file))?;
            Some(Finding::new(&file.path, 1, message))
        })
    });
    empty.chain(in_systems).collect()
}

fn in_system(system: &str, path: &str, stem: &str) -> Option<String> {
    if !IN_A_SYSTEM.is_match(path) {
        return Some("a system has no such file; ARCHITECTURE.md lists what it has".to_owned());
    }
    if path.starts_with("templates/") && path.strip_prefix("templates/")?.split('/').next() != Some(system) {
        return Some(format!("templates stand in templates/{system}/, so that no two systems' names meet"));
    }
    let (_, name) = RENAMED.iter().find(|(other, _)| path.starts_with("src/") && *other == stem)?;
    Some(format!("this is called {name} here"))
}

/// `id` of `platform/base/src/id.rs`.
fn stem(file: &File) -> &str {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    name.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_has_the_agreed_files_only() {
        let right = [
            "README.md",
            "Cargo.toml",
            "src/system.rs",
            "src/actions/assign.rs",
            "src/report.rs",
            "migrations/0001_tasks.sql",
            "migrations/0002_search.sqlite.sql",
            "texts/vi.ftl",
            "templates/tasks/desk.html",
            "tests/it/main.rs",
        ];
        let wrong = [
            "src/handlers.rs",
            "src/service.rs",
            "src/utils.rs",
            "src/pages/mod.rs",
            "migrations/tasks.sql",
            "texts/fr.ftl",
            "templates/other/desk.html",
            "notes.txt",
        ];
        let all: Vec<(String, &str)> =
            right.iter().chain(&wrong).map(|path| (format!("systems/tasks/{path}"), "")).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let mut found: Vec<String> = check(&Tree::of(&all, &[("tasks", "systems/tasks", &[])]))
            .into_iter()
            .map(|finding| finding.file)
            .collect();
        found.sort();
        let mut expected = wrong.map(|path| format!("systems/tasks/{path}"));
        expected.sort();
        assert_eq!(found, expected);
    }
}
