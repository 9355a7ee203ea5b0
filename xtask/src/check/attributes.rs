use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::Tree;

#[expect(clippy::unwrap_used, reason = "a literal that the test below compiles")]
static SILENCERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"#!?\[(allow|ignore)\b").unwrap());

/// An exception reports itself when it is no longer needed, and a test that does not run proves nothing.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let ours = tree.rust().filter(|file| tree.crate_of(file).is_none_or(|one| one.name != "xtask"));
    let findings = ours.flat_map(|file| {
        // Tests too: they are the last place where a silenced lint would be looked for.
        let lines = file.text.lines().enumerate();
        lines.filter_map(|(index, line)| {
            let found = SILENCERS.captures(line)?;
            let instead =
                if &found[1] == "allow" { "#[expect(…, reason = \"…\")]" } else { "a test that runs, or none" };
            Some(Finding::new(&file.path, index + 1, format!("`#[{}` is not used here; {instead}", &found[1])))
        })
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_silenced() {
        let text =
            "#![allow(dead_code)]\n#[expect(dead_code, reason = \"why\")]\n#[test]\n#[ignore = \"slow\"]\nfn f() {}\n";
        let lines: Vec<usize> = check(&Tree::of(&[("a.rs", text)], &[])).into_iter().map(|found| found.line).collect();
        assert_eq!(lines, [1, 4]);
    }
}
