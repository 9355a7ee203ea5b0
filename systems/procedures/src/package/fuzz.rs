//! Packages as anybody may write them: every one is judged, and what passes is a version that can be kept.

use std::path::Path;
use std::sync::LazyLock;

use base::testing::{Edit, damaged_text};
use proptest::collection::vec;
use proptest::prelude::*;
use province::Tree;

use super::library::Library;
use super::{Finding, Package, read};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::national().unwrap());
/// One with a sub-case, steps of its own and a form.
const NAME: &str = "2.001023-khai-sinh-cap-the-bhyt";

/// The findings on the package with one of its files changed.
fn judged(changed: &Path, text: &str) -> (Option<Package>, Vec<Finding>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, sound) in province::national().folder("procedures").folder(NAME).files() {
        let there = folder.path().join(path);
        std::fs::create_dir_all(there.parent().unwrap()).unwrap();
        std::fs::write(there, if path == changed { text } else { sound }).unwrap();
    }
    read::package(&Tree::on_disk(folder.path()).unwrap(), Path::new(NAME), &LIBRARY)
}

#[test]
fn time_beyond_all_counting_is_too_much() {
    let sound = province::national().folder("procedures").folder(NAME);
    let most = format!("hours = {}", u32::MAX);
    let (_, findings) =
        judged(Path::new("process.toml"), &sound.text("process.toml").unwrap().replace("hours = 1", &most));
    assert_eq!(findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["budget-exceeded"]);
    let most = format!("days = {}", u32::MAX);
    let endless = sound.text("procedure.toml").unwrap().replace("days = 3", &most);
    let (_, findings) = judged(Path::new("procedure.toml"), &endless);
    assert!(findings.iter().all(|finding| finding.rule != "budget-exceeded"), "{findings:?}");
}

proptest! {
    #[test]
    fn a_package_is_judged_whatever_it_says(which in any::<prop::sample::Index>(), edits in vec(any::<Edit>(), 1..6)) {
        let sound = province::national().folder("procedures").folder(NAME);
        let files: Vec<(&Path, &str)> = sound.files().collect();
        let (changed, text) = files[which.index(files.len())];
        let (package, findings) = judged(changed, &damaged_text(text, &edits));
        prop_assert!(package.is_some() || !findings.is_empty());
        for finding in &findings {
            prop_assert!(finding.line > 0 && !finding.to_string().is_empty());
        }
        if let Some(package) = package {
            let kept = serde_json::to_string(&package).unwrap();
            prop_assert_eq!(serde_json::from_str::<Package>(&kept).unwrap(), package);
        }
    }
}
