use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use ignore::Walk;

use crate::process::{cargo, must_succeed};
use crate::workspace::Workspace;

/// Makes `systems/NAME` from the sample system in `xtask/template` and names it where the program lists its crates.
pub(crate) fn run(workspace: &Workspace, name: &str) -> Result<ExitCode> {
    let words = Words::of(name)?;
    let folder = workspace.root.join("systems").join(name);
    ensure!(!folder.exists(), "systems/{name} is there already");
    for (path, text) in template(&workspace.root)? {
        let path = folder.join(words.fill(&path));
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(path, words.fill(&text))?;
    }
    join(workspace, "Cargo.toml", "ui = { path = \"ui\" }\n", &format!("{name} = {{ path = \"systems/{name}\" }}\n"))?;
    join(workspace, "app/Cargo.toml", "axum.workspace = true\n", &format!("{name}.workspace = true\n"))?;
    join(workspace, "app/src/systems.rs", "    ]\n", &format!("        {name}::system(),\n"))?;
    // A name changes the order of modules and the length of lines.
    must_succeed(cargo().args(["fmt", "--package", name]).current_dir(&workspace.root))?;
    println!("systems/{name} is made and joined to the program. Next: docs/how-to/add-a-system.md");
    Ok(ExitCode::SUCCESS)
}

/// The files of the sample system: path within it, and text.
fn template(root: &Path) -> Result<Vec<(String, String)>> {
    let folder = root.join("xtask/template");
    let mut files = Vec::new();
    for entry in Walk::new(&folder) {
        let entry = entry?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            let path = entry.path().strip_prefix(&folder)?.to_string_lossy().into_owned();
            files.push((path, fs::read_to_string(entry.path())?));
        }
    }
    Ok(files)
}

/// Puts a line before the first `before` of a file.
fn join(workspace: &Workspace, file: &str, before: &str, line: &str) -> Result<()> {
    let path = workspace.root.join(file);
    let text = fs::read_to_string(&path).with_context(|| file.to_owned())?;
    let at = text.find(before).with_context(|| format!("{file} has no line `{}`", before.trim()))?;
    fs::write(path, format!("{}{line}{}", &text[..at], &text[at..]))?;
    Ok(())
}

/// What the words of the sample system become.
struct Words {
    /// `petitions`
    many: String,
    /// `petition`
    one: String,
    /// `Petition`
    kind: String,
}

impl Words {
    fn of(name: &str) -> Result<Self> {
        let one = match name.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => name.strip_suffix('s').unwrap_or_default().to_owned(),
        };
        if one.is_empty() || !name.bytes().all(|letter| letter.is_ascii_lowercase()) {
            bail!("`{name}` is no English noun in the plural, in small letters: petitions, facilities");
        }
        let kind = one[..1].to_uppercase() + &one[1..];
        Ok(Self { many: name.to_owned(), one, kind })
    }

    fn fill(&self, text: &str) -> String {
        text.replace("samples", &self.many).replace("sample", &self.one).replace("Sample", &self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn a_new_system_keeps_the_rules_of_the_house() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let words = Words::of("facilities").unwrap();
        let files: Vec<(String, String)> = template(&root)
            .unwrap()
            .into_iter()
            .map(|(path, text)| (format!("systems/facilities/{}", words.fill(&path)), words.fill(&text)))
            .collect();
        assert!(
            files.iter().any(|(path, text)| path.ends_with("src/facility.rs") && text.contains("struct NewFacility"))
        );
        assert_eq!(check::of_new_system("facilities", &files), Vec::<String>::new());
    }

    #[test]
    fn names_that_are_no_plural_noun_are_refused() {
        assert!(["petition", "", "s", "Petitions", "two words"].into_iter().all(|name| Words::of(name).is_err()));
    }
}
