mod ftl;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::tree::{File, Tree};
use ftl::Texts;
use uses::{Sureness, Use};

/// Every text that is asked for exists in both languages with the same parameters, and every text is asked for.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let texts: Vec<(&str, Texts)> =
        tree.crates.iter().filter_map(|one| Some((one.name.as_str(), of_crate(tree, &one.folder)?))).collect();
    let asking = tree.files.iter().filter(|file| !file.is_called(&["tests", "xtask"]));
    let uses: Vec<(&File, Use)> =
        asking.flat_map(|file| uses::of(file).into_iter().map(move |used| (file, used))).collect();
    let mut findings: Vec<Finding> = texts.iter().flat_map(|(owner, texts)| between_languages(owner, texts)).collect();
    findings.extend(missing(tree, &texts, &uses));
    findings.extend(unused(&texts, &uses));
    findings
}

fn missing(tree: &Tree, texts: &[(&str, Texts)], uses: &[(&File, Use)]) -> Vec<Finding> {
    let is_key = |file: &File, used: &Use| match used.sureness {
        Sureness::Certain => true,
        Sureness::Prefix => false,
        // A word that begins like the crate's own keys, or like the shared ones, is meant as a key.
        Sureness::Likely => {
            let owner = tree.crate_of(file).map_or("", |one| one.name.as_str());
            used.begins_with("web") || (used.begins_with(owner) && texts.iter().any(|(name, _)| *name == owner))
        }
    };
    let exists = |key: &str| texts.iter().any(|(_, texts)| texts.vi.keys.contains_key(key));
    let missing = uses.iter().filter(|(file, used)| is_key(file, used) && !exists(&used.key));
    missing
        .map(|(file, used)| Finding::new(&file.path, used.line, format!("there is no text `{}`", used.key)))
        .collect()
}

fn unused(texts: &[(&str, Texts)], uses: &[(&File, Use)]) -> Vec<Finding> {
    let asked: BTreeSet<&str> = uses.iter().map(|(_, used)| used.key.as_str()).collect();
    let prefixes = uses.iter().filter(|(_, used)| used.sureness == Sureness::Prefix);
    let prefixes: Vec<&str> = prefixes.map(|(_, used)| used.key.as_str()).collect();
    let mut findings = Vec::new();
    for (_, Texts { vi, .. }) in texts {
        let made = |key: &str| {
            prefixes.iter().any(|prefix| key.starts_with(prefix))
                || vi.dynamic.iter().any(|prefix| key.starts_with(prefix))
        };
        for (key, text) in vi.keys.iter().filter(|(key, _)| !asked.contains(key.as_str()) && !made(key)) {
            findings.push(Finding::new(&vi.path, text.line, format!("nobody asks for `{key}`")));
        }
    }
    findings
}

fn of_crate(tree: &Tree, folder: &str) -> Option<Texts> {
    let language = |name: &str| {
        let path = format!("{folder}/texts/{name}.ftl");
        let file = tree.files.iter().find(|file| file.path == path);
        file.map_or_else(|| ftl::Language { path, ..ftl::Language::default() }, ftl::read)
    };
    let texts = Texts { vi: language("vi"), en: language("en") };
    (!texts.vi.keys.is_empty() || !texts.en.keys.is_empty()).then_some(texts)
}

fn between_languages(owner: &str, texts: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (one, other) in [(&texts.vi, &texts.en), (&texts.en, &texts.vi)] {
        for (line, key) in &one.doubles {
            findings.push(Finding::new(&one.path, *line, format!("`{key}` stands here twice")));
        }
        for (key, text) in &one.keys {
            let Some(counterpart) = other.keys.get(key) else {
                findings.push(Finding::new(&one.path, text.line, format!("`{key}` is missing in {}", other.path)));
                continue;
            };
            if text.parameters != counterpart.parameters {
                findings.push(Finding::new(
                    &one.path,
                    text.line,
                    format!("`{key}` has other parameters in {}", other.path),
                ));
            }
            if !own(key, owner) {
                findings.push(Finding::new(&one.path, text.line, format!("`{key}` would begin with `{owner}-`")));
            }
        }
    }
    findings
}

type Keys = BTreeMap<String, ftl::Text>;

/// A key begins with its crate's name, but for words that another crate puts together from what this one is called:
/// the names of its permissions, and of what it says was read and why.
fn own(key: &str, owner: &str) -> bool {
    [format!("{owner}-"), format!("permission-{owner}-"), "read-thing-".to_owned(), "read-reason-".to_owned()]
        .iter()
        .any(|beginning| key.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(vi: &str, en: &str, rust: &str, html: &str) -> Vec<String> {
        let files = [
            ("systems/tasks/texts/vi.ftl", vi),
            ("systems/tasks/texts/en.ftl", en),
            ("systems/tasks/src/pages.rs", rust),
            ("systems/tasks/templates/tasks/list.html", html),
        ];
        let found = check(&Tree::of(&files, &[("tasks", "systems/tasks", &[])]));
        found.into_iter().map(|finding| format!("{} {}", finding.line, finding.message)).collect()
    }

    #[test]
    fn texts_that_agree_are_quiet() {
        let vi = "tasks-title = Nhiệm vụ\n## dynamic: tasks-state-\ntasks-state-open = Đang làm\npermission-tasks-read = Xem\n";
        let en =
            "tasks-title = Tasks\n## dynamic: tasks-state-\ntasks-state-open = Open\npermission-tasks-read = Read\n";
        let rust = "const READ: Permission = Permission::new(\"tasks.read\", &[]);\nfn f(s: &str) -> String { format!(\"tasks-state-{s}\") }\n";
        assert_eq!(messages(vi, en, rust, "<h1>{{ \"tasks-title\"|text }}</h1>"), Vec::<String>::new());
    }

    #[test]
    fn each_kind_of_mistake_is_told() {
        let vi = "tasks-a = { $n } việc\ntasks-lonely = Chỉ có ở đây\nother-b = B\n";
        let en = "tasks-a = { $count } tasks\nother-b = B\n";
        let rust = "fn f() { Flash::success(\"tasks-made\"); g(\"tasks-a\"); Permission::new(\"tasks.read\", &[]); let x = \"other-b\"; }\n";
        let html = "<p class=\"tasks-list\">{{ \"web-back\"|text }}</p>";
        let mut found = messages(vi, en, rust, html);
        found.sort();
        assert_eq!(
            found,
            [
                "1 `tasks-a` has other parameters in systems/tasks/texts/en.ftl",
                "1 `tasks-a` has other parameters in systems/tasks/texts/vi.ftl",
                "1 there is no text `permission-tasks-read`",
                "1 there is no text `tasks-made`",
                "1 there is no text `web-back`",
                "2 `other-b` would begin with `tasks-`",
                "2 `tasks-lonely` is missing in systems/tasks/texts/en.ftl",
                "2 nobody asks for `tasks-lonely`",
                "3 `other-b` would begin with `tasks-`",
            ]
        );
    }
}
