use std::collections::BTreeSet;

use super::Keys;
use crate::check::tree::File;

/// One crate's texts.
pub(super) struct Texts {
    pub(super) vi: Language,
    pub(super) en: Language,
}

#[derive(Default)]
pub(super) struct Language {
    pub(super) path: String,
    pub(super) keys: Keys,
    pub(super) doubles: Vec<(usize, String)>,
    /// `## dynamic: tasks-done-`: the program makes keys with this beginning out of data, where nobody sees it.
    pub(super) dynamic: Vec<String>,
}

pub(super) struct Text {
    pub(super) line: usize,
    pub(super) parameters: BTreeSet<String>,
}

/// Reads keys and parameters line by line; whether the file is Fluent at all is found out when the program loads it.
pub(super) fn read(file: &File) -> Language {
    let mut language = Language { path: file.path.clone(), ..Language::default() };
    let mut current: Option<String> = None;
    for (index, line) in file.text.lines().enumerate() {
        let number = index + 1;
        if let Some(prefix) = line.strip_prefix("## dynamic:") {
            language.dynamic.push(prefix.trim().to_owned());
        }
        if line.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let key = line.split('=').next().unwrap_or_default().trim().to_owned();
            let text = Text { line: number, parameters: BTreeSet::new() };
            if language.keys.insert(key.clone(), text).is_some() {
                language.doubles.push((number, key.clone()));
            }
            current = Some(key);
        } else if line.starts_with('#') {
            current = None;
        }
        if let Some(text) = current.as_ref().and_then(|key| language.keys.get_mut(key)) {
            text.parameters.extend(parameters(line));
        }
    }
    language
}

/// The names after `$`.
fn parameters(line: &str) -> impl Iterator<Item = String> {
    let part_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let names =
        line.split('$').skip(1).map(move |rest| rest.chars().take_while(|letter| part_of_name(*letter)).collect());
    names.filter(|name: &String| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_parameters_and_lines_are_read() {
        let text = "# Title\na-one = Có { $n } việc\n    của { $who }\n\n## dynamic: a-state-\na-two = { $n ->\n   [0] không\n  *[other] { $n }\n }\na-two = x\n";
        let language = read(&File { path: "vi.ftl".to_owned(), text: text.to_owned() });
        assert_eq!(language.keys["a-one"].line, 2);
        assert_eq!(language.keys["a-one"].parameters.iter().collect::<Vec<_>>(), ["n", "who"]);
        assert_eq!(language.doubles, [(10, "a-two".to_owned())]);
        assert_eq!(language.dynamic, ["a-state-"]);
    }
}
