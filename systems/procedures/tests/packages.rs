//! What the checker of packages promises: every mistake with its file, line and rule, and none where there is none.
//!
//! `tests/packages/right` is a package without a mistake. A folder of `tests/packages/wrong` holds the files in which it
//! differs, the names of those it lacks (`without.txt`), and what must be found (`expected.txt`).

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::fs;
use std::path::{Path, PathBuf};

use procedures::package::{Error, Finding, Package, check};
use province::Tree;
use tempfile::TempDir;

const NAME: &str = "1.000001-mau";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn listed(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn write(folder: &Path, files: &Tree) {
    for (path, text) in files.files() {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, text).unwrap();
    }
}

/// The right package in a folder of its own, changed as the wrong one says.
fn changed(wrong: &Tree) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &Tree::on_disk(&here("tests/packages/right")).unwrap());
    write(&folder.path().join(NAME), &wrong.folder(NAME));
    for file in wrong.text("without.txt").unwrap_or_default().lines() {
        fs::remove_file(folder.path().join(NAME).join(file)).unwrap();
    }
    folder
}

#[test]
fn every_wrong_package_gets_exactly_its_findings() {
    let wrong = Tree::on_disk(&here("tests/packages/wrong")).unwrap();
    let mut differences = Vec::new();
    for name in wrong.folders() {
        let case = wrong.folder(name);
        let folder = changed(&case);
        let package = folder.path().join(NAME);
        let found = check(&package).unwrap();
        let mut found: Vec<String> = found
            .iter()
            .map(|finding| {
                let file = finding.file.strip_prefix(&package).unwrap();
                format!("{}:{}: {}", file.display(), finding.line, finding.rule)
            })
            .collect();
        let mut expected: Vec<String> = case.text("expected.txt").unwrap().lines().map(str::to_owned).collect();
        found.sort();
        expected.sort();
        if found != expected {
            differences.push(format!("{name}:\n  found    {found:#?}\n  expected {expected:#?}"));
        }
        assert!(matches!(Package::read(&package), Err(Error::Mistakes(_))), "{name} can be read");
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_right_package_reads_whole() {
    let package = Package::read(&here("tests/packages/right").join(NAME)).unwrap();
    assert_eq!(package.procedure.code, "1.000001");
    assert_eq!((package.components.len(), package.fees.fees.len(), package.cases.len()), (2, 1, 2));
    assert_eq!(package.process.steps.len(), 4);
}

#[test]
fn what_lies_beside_the_packages_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let packages = folder.path().join("procedures");
    write(&packages, &Tree::on_disk(&here("tests/packages/right")).unwrap());
    let process = packages.join(NAME).join("process.toml");
    fs::create_dir(folder.path().join("processes")).unwrap();
    fs::rename(&process, folder.path().join("processes/local.toml")).unwrap();
    fs::write(&process, "use = \"local\"\n[budgets]\nexamine = { hours = 1 }\n[units]\nexamine = \"kinh-te\"\n")
        .unwrap();

    assert_eq!(check(&packages).unwrap(), []);
    let package = Package::read(&packages.join(NAME)).unwrap();
    let examine = package.process.step("examine").unwrap();
    assert_eq!(examine.budget, Some(flow::process::Budget::Hours(1)));
    assert_eq!(examine.who.as_ref().unwrap().unit.as_deref(), Some("kinh-te"));
}

#[test]
fn a_folder_of_packages_is_checked_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(check(folder.path()).unwrap()[0].rule, "no-package");

    let right = Tree::on_disk(&here("tests/packages/right").join(NAME)).unwrap();
    for name in ["1.000001-cu", "1.000001-moi"] {
        write(&folder.path().join(name), &right);
    }
    let findings = check(folder.path()).unwrap();
    assert_eq!(findings.len(), 1, "{}", listed(&findings));
    assert_eq!(findings[0].rule, "overlapping-versions");
    assert!(findings[0].file.ends_with("1.000001-moi/procedure.toml"));
}

#[test]
fn the_embedded_packages_read_whole() {
    let packages = Package::embedded().unwrap();
    assert!(packages.len() >= 53);
    let joint = packages.iter().find(|package| package.procedure.code == "2.001023").unwrap();
    assert!(joint.process.steps.iter().any(|step| step.subcase.is_some()));
    assert!(packages.iter().all(|package| package.form.is_some() == package.procedure.service.is_some()));
}

#[test]
fn a_package_survives_being_stored() {
    for package in Package::embedded().unwrap() {
        let stored = serde_json::to_string(&package).unwrap();
        assert_eq!(serde_json::from_str::<Package>(&stored).unwrap(), package);
    }
}

#[test]
fn every_shared_process_is_sound_and_used() {
    let used: Vec<String> = Package::embedded().unwrap().into_iter().map(|package| package.process.name).collect();
    for (path, text) in province::national().folder("processes").files() {
        let process: flow::process::Process = toml::from_str(text).unwrap();
        assert_eq!(process.check(), [], "{}", path.display());
        assert_eq!(path.file_stem().unwrap().to_str(), Some(process.name.as_str()));
        assert!(used.contains(&process.name), "nobody uses {}", process.name);
    }
}

#[test]
fn the_national_packages_have_no_mistake() {
    let findings = check(&here("../../province/national/procedures")).unwrap();
    assert!(findings.is_empty(), "\n{}", listed(&findings));
}
