//! Findings of the check in words, beside the place they are about.

use province::Tree;
use web::Visitor;

use crate::edit::Section;
use crate::package::Finding;

/// Rules that have words of their own; the key of each ends with the rule.
const KNOWN: &[&str] = &[
    "assurance",
    "budget-exceeded",
    "case-channel",
    "case-date",
    "case-end",
    "case-order",
    "case-outcome",
    "case-step",
    "case-supplement",
    "case-time",
    "code",
    "condition",
    "dates",
    "duplicate-code",
    "empty",
    "fee-amount",
    "fee-channels",
    "fee-units",
    "few-cases",
    "missing-file",
    "missing-key",
    "never-ends",
    "no-agency",
    "no-copies",
    "nobody",
    "nobody-there",
    "not-asked",
    "number-pattern",
    "page-field",
    "page-name",
    "part-of-rows",
    "percent",
    "placeholder",
    "prints-elsewhere",
    "required-while-hidden",
    "subcase-agency",
    "syntax",
    "unknown-component",
    "unknown-field",
    "unknown-file",
    "unknown-key",
    "unknown-kind",
    "unknown-life-event",
    "unknown-procedure",
    "unknown-process",
    "unknown-role",
    "unknown-step",
    "unreachable",
    "validity",
    "wrong-type",
    "wrong-value",
];

/// A mistake as people read it.
pub(super) struct Told {
    pub(super) words: String,
    /// Where it is, as far as the section does not say it.
    pub(super) place: String,
    /// In the checker's own words, which name values and numbers.
    pub(super) detail: String,
    pub(super) section: Option<Section>,
    pub(super) row: Option<usize>,
    /// What the row is called.
    pub(super) row_name: String,
    /// The key within the row, or the section.
    pub(super) key: String,
}

pub(super) fn told(visitor: &Visitor, findings: &[Finding], files: &Tree) -> Vec<Told> {
    let one = |finding: &Finding| {
        let rule = if KNOWN.contains(&finding.rule) { finding.rule } else { "other" };
        let (section, row) = Section::of(finding, files).map_or((None, None), |(section, row)| (Some(section), row));
        let named = section.zip(row).and_then(|(section, row)| {
            let sheet = section.read(files).ok()?;
            Some(sheet.rows.get(row)?.value(section.naming()).to_owned())
        });
        Told {
            words: visitor.text(&format!("procedures-rule-{rule}")),
            place: format!("{}:{}", finding.file.display(), finding.line),
            detail: finding.message.clone(),
            section,
            row,
            row_name: named.unwrap_or_default(),
            key: key(&finding.place, row.is_some()),
        }
    };
    findings.iter().map(one).collect()
}

fn key(place: &str, in_row: bool) -> String {
    let keys = place.split('.').skip(if in_row { 2 } else { 0 });
    keys.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_rule_that_a_wrong_package_breaks_has_words() {
        let wrong = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages/wrong");
        let tree = Tree::on_disk(&wrong).unwrap();
        let expected = tree.files().filter(|(path, _)| path.ends_with("expected.txt"));
        let rules: BTreeSet<&str> =
            expected.flat_map(|(_, text)| text.lines()).filter_map(|line| line.rsplit(": ").next()).collect();
        let silent: Vec<&&str> = rules
            .iter()
            .filter(|rule| {
                !KNOWN.contains(rule)
                    && !["folder-name", "json-schema", "unknown-target", "waits-for-itself"].contains(rule)
            })
            .collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
