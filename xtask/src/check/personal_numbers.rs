use std::collections::BTreeSet;
use std::sync::LazyLock;

use base::PersonalNumber;
use regex::Regex;

use super::Finding;
use super::tree::Tree;

/// The invented numbers; no other may stand anywhere.
const LIST: &str = "province/demo/id-numbers.txt";

#[expect(clippy::unwrap_used, reason = "a literal that the test below compiles")]
static TWELVE_DIGITS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b0\d{2} ?\d{3} ?\d{3} ?\d{3}\b").unwrap());

/// A number made up on the spot may be somebody's. Those of the list were chosen once, with a visible pattern.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let list = tree.files.iter().find(|file| file.path == LIST).map_or("", |file| file.text.as_str());
    let invented: BTreeSet<&str> = list.lines().map(str::trim).collect();
    let others = tree.files.iter().filter(|file| file.path != LIST && !file.has_extension("lock"));
    let findings = others.flat_map(|file| {
        file.text.lines().enumerate().flat_map(|(index, line)| {
            let numbers =
                TWELVE_DIGITS.find_iter(line).filter_map(|found| found.as_str().parse::<PersonalNumber>().ok());
            let strange = numbers.filter(|number| !invented.contains(number.reveal()));
            let strange: Vec<Finding> = strange
                .map(|number| {
                    Finding::new(
                        &file.path,
                        index + 1,
                        format!("{number} is not one of the invented numbers of {LIST}"),
                    )
                })
                .collect();
            strange
        })
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_invented_numbers_are_used() {
        // Put together here, so that this file holds none itself.
        let stranger = format!("056{}", "190999999");
        let spaced = format!("056 {} 999 999", "190");
        let not_one = format!("003{} 0{}", "190999999", "5619099999912");
        let text = format!("a {stranger}\nb 056158000001\nc {not_one}\nd {spaced}\n");
        let files = [("a.md", text.as_str()), (LIST, "# list\n056158000001\n")];
        let found: Vec<usize> = check(&Tree::of(&files, &[])).into_iter().map(|finding| finding.line).collect();
        assert_eq!(found, [1, 4]);
    }
}
