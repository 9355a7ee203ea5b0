use std::fs;

use anyhow::Result;
use ignore::WalkBuilder;

use crate::workspace::{Crate, Workspace};

/// Everything that is kept under version control, as text, and the crates.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    pub(super) crates: Vec<Crate>,
}

pub(super) struct File {
    /// From the root: `platform/base/src/id.rs`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Tree {
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        let mut files = Vec::new();
        // Without git's own folder a copy of the sources is checked as well; hidden files belong to the tree too.
        let mut walk = WalkBuilder::new(&workspace.root);
        walk.hidden(false).require_git(false).filter_entry(|entry| entry.file_name() != ".git");
        for entry in walk.build() {
            let entry = entry?;
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            // What is no text (fonts, pictures) is no matter of these rules.
            let Ok(text) = fs::read_to_string(entry.path()) else { continue };
            let path = entry.path().strip_prefix(&workspace.root)?.to_string_lossy().into_owned();
            files.push(File { path, text });
        }
        Ok(Self { files, crates: workspace.crates.clone() })
    }

    pub(super) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.has_extension("rs"))
    }

    /// The crate a file belongs to: the one with the longest folder above it.
    pub(super) fn crate_of(&self, file: &File) -> Option<&Crate> {
        let above = self.crates.iter().filter(|one| file.within(&one.folder).is_some());
        above.max_by_key(|one| one.folder.len())
    }
}

impl File {
    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, own)| own == extension)
    }

    /// The path below a folder: `src/id.rs` within `platform/base`.
    pub(super) fn within(&self, folder: &str) -> Option<&str> {
        self.path.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether the file, or a folder above it, bears one of these names: `pages` for `src/pages.rs` and `src/pages/desk.rs`.
    pub(super) fn is_called(&self, names: &[&str]) -> bool {
        self.path.trim_end_matches(".rs").split('/').any(|part| names.contains(&part))
    }

    /// Lines of program, numbered from 1: comments are gone, and so are the tests at the end of the file.
    pub(super) fn program(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line)));
        lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]" || self.declares_tests_elsewhere())
    }

    /// `#[cfg(test)] mod tests;` in the head of a file leaves the program below it.
    fn declares_tests_elsewhere(&self) -> bool {
        let after = self.text.split("#[cfg(test)]").nth(1).unwrap_or_default();
        !after.trim_start().starts_with("mod tests {")
    }
}

/// Up to `//`, unless that stands in a text.
fn without_comment(line: &str) -> &str {
    let mut within = false;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match letter {
            '"' if before != '\\' && before != '\'' => within = !within,
            '/' if !within && before == '/' => return &line[..at - 1],
            _ => {}
        }
        before = letter;
    }
    line
}

#[cfg(test)]
impl Tree {
    /// A tree of these files, and of these crates: name, folder, dependencies.
    pub(super) fn of(files: &[(&str, &str)], crates: &[(&str, &str, &[&str])]) -> Self {
        let files =
            files.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect();
        let crates = crates.iter().map(|(name, folder, depends_on)| Crate {
            name: (*name).to_owned(),
            folder: (*folder).to_owned(),
            depends_on: depends_on.iter().map(|name| (*name).to_owned()).collect(),
        });
        Self { files, crates: crates.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_has_neither_comments_nor_tests() {
        let text = "use a; // why\n/// b\nlet url = \"http://c\";\n#[cfg(test)]\nmod tests {\n    use d;\n}\n";
        let tree = Tree::of(&[("x/src/lib.rs", text)], &[]);
        let lines: Vec<(usize, &str)> = tree.files[0].program().filter(|(_, line)| !line.is_empty()).collect();
        assert_eq!(lines, [(1, "use a; "), (3, "let url = \"http://c\";")]);
    }

    #[test]
    fn a_file_belongs_to_the_innermost_crate() {
        let tree = Tree::of(
            &[("platform/store/macros/src/lib.rs", "")],
            &[("store", "platform/store", &[]), ("store-macros", "platform/store/macros", &[])],
        );
        assert_eq!(tree.crate_of(&tree.files[0]).unwrap().name, "store-macros");
        assert!(tree.files[0].is_called(&["macros"]) && !tree.files[0].is_called(&["macro"]));
    }
}
