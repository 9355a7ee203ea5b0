//! A procedure as a folder of data: what a province's legal staff read, compare, test and exchange.
//!
//! | File | Holds | Type |
//! |---|---|---|
//! | `procedure.toml` | name, service, agencies, deadline, results, legal basis | [`Procedure`] |
//! | `components.toml` | the papers asked for | [`Component`] |
//! | `fees.toml` | phí, lệ phí, exemptions | [`Fees`] |
//! | `form.schema.json`, `form.ui.toml` | the form; absent where the procedure is only a part of others | [`Form`] |
//! | `process.toml` | `use = "same-day"` with changes, or a whole process | [`flow::process::Process`] |
//! | `cases/*.toml` | a dossier like this gets this promise and goes these steps | [`Case`] |
//!
//! [`Package::read`] gives a package without a mistake or every [`Finding`]; [`check`] gives only the findings, for one
//! package or a folder of them, inside a province or anywhere else.

mod cases;
mod check;
mod components;
mod fees;
mod files;
mod finding;
#[cfg(test)]
mod fuzz;
mod library;
mod printed;
mod procedure;
mod process;
mod read;
mod source;

use std::path::Path;

use flow::process::Process;
use serde::{Deserialize, Serialize};

pub(crate) use cases::promise;
pub use cases::{Case, CaseStep};
pub use components::{Component, FileKind, When};
pub use fees::{Beyond, Channel, Collect, Exemption, Fee, FeeKind, Fees, Per};
pub(crate) use files::{calendar, draft_procedure, draft_process, files_of, shared_process, shared_processes};
pub use finding::Finding;
pub use printed::{Labelled, Printed, Words};
pub use procedure::{
    Applicant, Basis, Consent, Deadline, Decides, Decision, FieldOfWork, Level, Procedure, ProcedureResult, Service,
    Task, Tier, Validity,
};
pub(crate) use read::{CASES, COMPONENTS, FEES, PROCEDURE, PROCESS, SCHEMA, UI};

use library::Library;

/// A procedure with everything that belongs to it, free of mistakes.
///
/// As JSON it is a version that no later change of a shared process can touch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Package {
    pub procedure: Procedure,
    pub components: Vec<Component>,
    pub fees: Fees,
    /// Absent where nobody fills in anything: the procedure is a part of others and gets their data.
    pub form: Option<Form>,
    /// With the changes of the package already made.
    pub process: Process,
    pub cases: Vec<Case>,
}

/// The two files of a form, as [`form::Definition::parse`] takes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub schema: String,
    pub ui: String,
}

/// What may go wrong before a package can be judged at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Unreadable(#[from] province::Problem),
    #[error("the national calendar: {0}")]
    Calendar(#[from] worktime::RulesError),
    #[error("the national calendar is missing")]
    NoCalendar,
    #[error("the package cannot be written: {0}")]
    Unwritable(#[source] toml::ser::Error),
    #[error("the package has mistakes, the first: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Mistakes(Vec<Finding>),
}

impl Package {
    /// The package in a folder on disk; mistakes are [`Error::Mistakes`].
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let tree = province::Tree::on_disk(folder)?;
        let (package, findings) = read::package(&tree, folder, &Library::around(&folder.join(".."))?);
        package.filter(|_| findings.is_empty()).ok_or(Error::Mistakes(findings))
    }

    /// The packages embedded in the program, in the order of their folders.
    pub fn embedded() -> Result<Vec<Self>, Error> {
        let procedures = province::national().folder("procedures");
        let library = Library::national()?;
        let mut packages = Vec::new();
        let mut mistakes = Vec::new();
        for name in procedures.folders() {
            let (package, findings) = read::package(&procedures.folder(name), Path::new(name), &library);
            packages.extend(package);
            mistakes.extend(findings);
        }
        if mistakes.is_empty() { Ok(packages) } else { Err(Error::Mistakes(mistakes)) }
    }
}

/// A package that lies in no folder, as far as it can be read, and every mistake in it; files are named without a folder.
///
/// What the province published stands beside what the program holds.
pub(crate) fn judge(
    code: &str,
    files: &province::Tree,
    published: impl IntoIterator<Item = Procedure>,
) -> Result<(Option<Package>, Vec<Finding>), Error> {
    let mut library = Library::national()?;
    published.into_iter().for_each(|procedure| library.learn(procedure));
    let folder = Path::new(code);
    let (package, findings) = read::package(files, folder, &library);
    let bare = |finding: Finding| match finding.file.strip_prefix(folder) {
        Ok(file) => Finding { file: file.to_owned(), ..finding },
        Err(_) => finding,
    };
    let mut findings: Vec<Finding> = findings.into_iter().map(bare).collect();
    findings.sort();
    Ok((package, findings))
}

/// Every mistake in a package, or in each package of a folder, in the order of files and lines. Files are named from `path`.
///
/// Shared processes and the procedures of sub-cases are looked for beside the packages first, then in the program.
pub fn check(path: &Path) -> Result<Vec<Finding>, Error> {
    let tree = province::Tree::on_disk(path)?;
    let mut findings = if tree.text(read::PROCEDURE).is_some() {
        read::package(&tree, path, &Library::around(&path.join(".."))?).1
    } else {
        folder_of_packages(&tree, path)?
    };
    findings.sort();
    Ok(findings)
}

fn folder_of_packages(tree: &province::Tree, path: &Path) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let mut packages = Vec::new();
    let library = Library::around(path)?;
    for name in tree.folders().into_iter().filter(|name| !name.starts_with('.')) {
        let folder = path.join(name);
        let (package, mistakes) = read::package(&tree.folder(name), &folder, &library);
        findings.extend(mistakes);
        packages.extend(package.map(|package| (folder, package.procedure)));
    }
    if packages.is_empty() && findings.is_empty() {
        findings.push(Finding::at(path, 1, "no-package", "there is no package here"));
    }
    findings.extend(check::versions(&packages));
    Ok(findings)
}
