//! From a package back to its files.

use std::path::{Path, PathBuf};

use province::{Tree, national};
use serde::Serialize;
use worktime::Calendar;

use super::components::Components;
use super::library::Library;
use super::process::Resolved;
use super::source::Source;
use super::{CASES, COMPONENTS, Error, FEES, PROCEDURE, PROCESS, Package, Procedure, SCHEMA, UI, read};

/// The files of a package: as the program holds them, comments and all, or else written anew from what was published.
pub(crate) fn files_of(package: &Package) -> Result<Tree, Error> {
    let procedures = national().folder("procedures");
    let code = &package.procedure.code;
    let own = procedures.folders().into_iter().filter(|name| name.starts_with(code.as_str()));
    let library = Library::national()?;
    for name in own {
        let files = procedures.folder(name);
        if read::package(&files, Path::new(name), &library).0.as_ref() == Some(package) {
            return Ok(files);
        }
    }
    written(package)
}

fn written(package: &Package) -> Result<Tree, Error> {
    let mut files = vec![
        (PathBuf::from(PROCEDURE), text(&package.procedure)?),
        (PathBuf::from(COMPONENTS), text(&Components { component: package.components.clone() })?),
        (PathBuf::from(FEES), text(&package.fees)?),
        (PathBuf::from(PROCESS), text(&package.process)?),
    ];
    if let Some(form) = &package.form {
        files.push((SCHEMA.into(), form.schema.clone()));
        files.push((UI.into(), form.ui.clone()));
    }
    for (number, case) in (1..).zip(&package.cases) {
        files.push((Path::new(CASES).join(format!("{number:02}.toml")), text(case)?));
    }
    Ok(files.into_iter().collect())
}

fn text(value: &impl Serialize) -> Result<String, Error> {
    toml::to_string(value).map_err(Error::Unwritable)
}

/// The shared processes that a package may use: name and title.
pub(crate) fn shared_processes() -> Vec<(String, String)> {
    let folder = national().folder("processes");
    let process = |text: &str| toml::from_str::<flow::process::Process>(text).ok();
    folder.files().filter_map(|(_, text)| process(text).map(|process| (process.name, process.title))).collect()
}

/// The procedure of a draft, once its file has the right shape.
pub(crate) fn draft_procedure(files: &Tree) -> Option<Procedure> {
    toml::from_str(files.text(PROCEDURE)?).ok()
}

/// The process of a draft with its changes made, once it has the right shape.
pub(crate) fn draft_process(files: &Tree) -> Result<Option<flow::process::Process>, Error> {
    let library = Library::national()?;
    let source = files.text(PROCESS).and_then(|text| Source::parse(PROCESS.into(), text).ok());
    Ok(source.and_then(|mut source| Some(Resolved::read(&mut source, &library)?.process)))
}

/// The calendar by which cases are judged.
pub(crate) fn calendar() -> Result<Calendar, Error> {
    Ok(Library::national()?.calendar)
}

/// The text of a shared process.
pub(crate) fn shared_process(name: &str) -> Option<String> {
    national().folder("processes").text(format!("{name}.toml")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::judge;

    #[test]
    fn every_package_written_anew_is_the_same_package() {
        for mut package in Package::embedded().unwrap() {
            let code = &package.procedure.code.clone();
            let files = written(&package).unwrap();
            let (read, findings) = judge(code, &files, []).unwrap();
            assert_eq!(findings, [], "{code}");
            let mut read = read.unwrap();
            read.cases.sort_by(|one, other| one.title.cmp(&other.title));
            package.cases.sort_by(|one, other| one.title.cmp(&other.title));
            assert_eq!(read, package, "{code}");
        }
    }

    #[test]
    fn what_the_program_holds_keeps_its_comments() {
        let package = Package::embedded().unwrap().into_iter().find(|package| package.procedure.code == "1.009994");
        let files = files_of(&package.unwrap()).unwrap();
        assert!(files.text(FEES).unwrap().starts_with("# Phí"), "{files:?}");
    }
}
