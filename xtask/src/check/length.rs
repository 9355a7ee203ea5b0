use super::Finding;
use super::tree::{File, Tree};

/// More than a reader keeps in mind at once.
const LINES: usize = 500;
const KINDS: [&str; 7] = ["rs", "ts", "mjs", "html", "scss", "sql", "md"];

/// A long file says in its head why it is one.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let ours = tree.files.iter().filter(|file| KINDS.iter().any(|kind| file.has_extension(kind)));
    let long = ours.filter(|file| file.text.lines().count() > LINES && !says_why(file));
    long.map(|file| {
        let message = format!("{} lines without a reason (`Long because …` in the head)", file.text.lines().count());
        Finding::new(&file.path, 1, message)
    })
    .collect()
}

fn says_why(file: &File) -> bool {
    file.text.lines().take(10).any(|line| line.contains("Long because "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_says_why() {
        let long = "//! Words.\n".repeat(501);
        let reasoned = format!("//! Long because one table stays together.\n{long}");
        let files = [("a.rs", long.as_str()), ("b.rs", &reasoned), ("c.toml", &long), ("d.rs", "fn f() {}")];
        let findings = check(&Tree::of(&files, &[]));
        assert_eq!(findings.into_iter().map(|found| found.file).collect::<Vec<_>>(), ["a.rs"]);
    }
}
