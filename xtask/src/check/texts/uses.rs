use std::sync::LazyLock;

use regex::Regex;

use crate::check::tree::File;

/// A literal that is, or may be, the key of a text.
pub(super) struct Use {
    pub(super) line: usize,
    pub(super) key: String,
    pub(super) sureness: Sureness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sureness {
    /// It stands where only a key can stand.
    Certain,
    /// It has the shape of a key.
    Likely,
    /// It is the beginning of keys that the program puts together: `"tasks-state-{state}"`.
    Prefix,
}

impl Use {
    pub(super) fn begins_with(&self, owner: &str) -> bool {
        self.key.strip_prefix(owner).is_some_and(|rest| rest.starts_with('-'))
    }
}

fn regex(pattern: &str) -> Regex {
    #[expect(clippy::unwrap_used, reason = "literals that the test below compiles")]
    Regex::new(pattern).unwrap()
}

static LITERAL: LazyLock<Regex> = LazyLock::new(|| regex(r#""([a-z][a-z0-9]*(?:-[a-z0-9]+)+)""#));
static BEGINNING: LazyLock<Regex> = LazyLock::new(|| regex(r#""([a-z][a-z0-9]*-(?:[a-z0-9]+-)+)["{]"#));
static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)\{[{%].*?[}%]\}"));
static CERTAIN_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?:\btext(?:_with)?\(|Flash::(?:success|notice|error)\(|\bConflict\(|Error::invalid\([^,()]+,)\s*$")
});
/// Names of permissions, kinds of thing, timers and listeners: no texts.
static NO_TEXT_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?:\b(?:Forbidden|Needs|Client)\(|\bkind: |\bnext_number\([^,]*,|\.every\([^,]*,|\.on\()\s*$")
});
static CERTAIN_AFTER: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*\|\s*text(?:_with(?:_two)?)?\b"));
static PERMISSION: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"Permission::new\(\s*(?:"([a-z0-9.-]+)"|([A-Z][A-Z0-9_]*))"#));
static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r#"\bconst ([A-Z][A-Z0-9_]*): &str = "([^"]*)""#));

/// What a source file or a template asks for.
pub(super) fn of(file: &File) -> Vec<Use> {
    if file.has_extension("rs") {
        let text = program(file);
        let mut uses = in_text(&text, 0);
        uses.extend(permissions(&text));
        uses
    } else if file.has_extension("html") {
        let parts = EXPRESSION.find_iter(&file.text);
        parts.flat_map(|part| in_text(part.as_str(), newlines(&file.text[..part.start()]))).collect()
    } else {
        Vec::new()
    }
}

/// Every permission has a name on screen; it is declared by a literal or by a constant of the same file.
fn permissions(text: &str) -> Vec<Use> {
    let constant =
        |name: &str| NAMED.captures_iter(text).find(|found| &found[1] == name).map(|found| found[2].to_owned());
    let uses = PERMISSION.captures_iter(text).filter_map(|found| {
        let name = found.get(1).map(|name| name.as_str().to_owned()).or_else(|| constant(found.get(2)?.as_str()))?;
        let line = newlines(&text[..found.get_match().end()]) + 1;
        Some(Use { line, key: format!("permission-{}", name.replace('.', "-")), sureness: Sureness::Certain })
    });
    uses.collect()
}

/// The program with its lines where they were.
fn program(file: &File) -> String {
    file.program().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn in_text(text: &str, lines_before: usize) -> Vec<Use> {
    let line = |at: usize| lines_before + newlines(&text[..at]) + 1;
    let mut uses = Vec::new();
    for found in LITERAL.captures_iter(text) {
        let (literal, key) = (found.get_match(), found[1].to_owned());
        let before = before(text, literal.start());
        if !NO_TEXT_BEFORE.is_match(before) {
            let certain = CERTAIN_BEFORE.is_match(before) || CERTAIN_AFTER.is_match(&text[literal.end()..]);
            let sureness = if certain { Sureness::Certain } else { Sureness::Likely };
            uses.push(Use { line: line(literal.start()), key, sureness });
        }
    }
    for found in BEGINNING.captures_iter(text) {
        let key = found[1].to_owned();
        uses.push(Use { line: line(found.get_match().start()), key, sureness: Sureness::Prefix });
    }
    uses
}

/// As much of the text before a place as tells what stands there.
fn before(text: &str, end: usize) -> &str {
    let start = (end.saturating_sub(120)..end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(usize, String, Sureness)> {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        of(&file).into_iter().map(|used| (used.line, used.key, used.sureness)).collect()
    }

    fn expected<const N: usize>(uses: [(usize, &str, Sureness); N]) -> Vec<(usize, String, Sureness)> {
        uses.map(|(line, key, sureness)| (line, key.to_owned(), sureness)).to_vec()
    }

    #[test]
    fn keys_are_found_in_programs() {
        let text = r#"// "a-comment"
            visitor.text("a-title");
            Error::invalid(
                "phone",
                "a-phone",
            );
            Error::Forbidden("a-right");
            Thing { kind: "a-thing", id }.every(Every::Day, "a-timer", run)
            x("a-maybe", format!("a-state-{state}"), Permission::new(
                "a.read", &[]));
            const WRITE: &str = "a.write";
            const ALL: &[Permission] = &[Permission::new(WRITE, &[])];"#;
        let keys = [
            (2, "a-title", Sureness::Certain),
            (5, "a-phone", Sureness::Certain),
            (9, "a-maybe", Sureness::Likely),
            (9, "a-state-", Sureness::Prefix),
            (10, "permission-a-read", Sureness::Certain),
            (12, "permission-a-write", Sureness::Certain),
        ];
        assert_eq!(found("a.rs", text), expected(keys));
    }

    #[test]
    fn keys_are_found_in_templates() {
        let text = r#"<p class="a-class">
            {{ form::input("a-name", "a-label"|text) }}
            {% if x == "a-b" %}"#;
        let keys = [(2, "a-name", Sureness::Likely), (2, "a-label", Sureness::Certain), (3, "a-b", Sureness::Likely)];
        assert_eq!(found("a.html", text), expected(keys));
    }
}
