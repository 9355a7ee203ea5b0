use super::Finding;
use super::tree::Tree;

/// Every crate says on one page what it is for.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    // The macros are a part of their crate that the language wants apart.
    let crates = tree.crates.iter().filter(|one| !one.name.ends_with("-macros"));
    let without = crates
        .map(|one| format!("{}/README.md", one.folder))
        .filter(|path| !tree.files.iter().any(|file| file.path == *path && !file.text.trim().is_empty()));
    without.map(|path| Finding::new(&path, 1, "every crate says on one page what it is for")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_a_page_is_named() {
        let files = [("systems/tasks/README.md", "# Tasks"), ("systems/notes/README.md", "\n")];
        let crates: [(&str, &str, &[&str]); 2] = [("tasks", "systems/tasks", &[]), ("notes", "systems/notes", &[])];
        let findings = check(&Tree::of(&files, &crates));
        assert_eq!(findings.into_iter().map(|found| found.file).collect::<Vec<_>>(), ["systems/notes/README.md"]);
    }
}
