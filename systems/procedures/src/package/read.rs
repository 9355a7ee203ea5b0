//! From a folder's files to a package, collecting every mistake on the way.

use std::path::Path;

use form::{Definition, Part, Place};
use province::Tree;

use super::components::{Component, Components};
use super::fees::Fees;
use super::library::Library;
use super::procedure::Procedure;
use super::process::{Resolved, has_subcase};
use super::source::{Source, json_line};
use super::{Case, Finding, Form, Package, cases, check, printed};

pub(crate) const PROCEDURE: &str = "procedure.toml";
pub(crate) const COMPONENTS: &str = "components.toml";
pub(crate) const FEES: &str = "fees.toml";
pub(crate) const SCHEMA: &str = "form.schema.json";
pub(crate) const UI: &str = "form.ui.toml";
pub(crate) const PROCESS: &str = "process.toml";
pub(crate) const CASES: &str = "cases";
/// A case for the ordinary way and one for a way that is not.
const FEWEST_CASES: usize = 2;

/// The package as far as it can be read, and every mistake in it; it is fit for use only when there is none.
pub(super) fn package(tree: &Tree, folder: &Path, library: &Library) -> (Option<Package>, Vec<Finding>) {
    let mut reader = Reader { tree, folder, library, findings: Vec::new() };
    let package = reader.package();
    (package, reader.findings)
}

struct Reader<'a> {
    tree: &'a Tree,
    folder: &'a Path,
    library: &'a Library,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn package(&mut self) -> Option<Package> {
        self.unknown_files();
        let library = self.library;
        let folder = self.folder;
        let procedure: Option<Procedure> = self.file(PROCEDURE, |source| {
            let procedure: Procedure = source.typed()?;
            check::procedure(&procedure, folder, library, source);
            Some(procedure)
        });
        let form = self.form(procedure.as_ref().is_some_and(|procedure| procedure.service.is_none()));
        let definition = form.as_ref().and_then(|form| self.definition(form));
        if let Some(procedure) = &procedure {
            self.file(PROCEDURE, |source| {
                printed::check(procedure, definition.as_ref(), source);
                check::consents(&procedure.consents, definition.as_ref(), source);
                Some(())
            });
        }
        let components: Option<Vec<Component>> = self.file(COMPONENTS, |source| {
            let Components { component } = source.typed()?;
            check::components(&component, definition.as_ref(), source);
            Some(component)
        });
        if let (Some(definition), Some(form), Some(components)) = (&definition, &form, &components) {
            self.findings.extend(check::form_papers(definition, components, &folder.join(SCHEMA), &form.schema));
        }
        let fees: Option<Fees> = self.file(FEES, |source| {
            let fees = source.typed()?;
            check::fees(&fees, procedure.as_ref(), source);
            Some(fees)
        });
        let process = self.file(PROCESS, |source| {
            let resolved = Resolved::read(source, library)?;
            let sound = resolved.check(source);
            if let Some(procedure) = &procedure {
                resolved.check_people(procedure, library, source);
                let subcases = resolved.check_subcases(procedure, definition.as_ref(), library, source);
                resolved.check_budget(procedure, subcases, library, source);
            }
            sound.then_some(resolved.process)
        });
        let (procedure, process) = (procedure?, process?);
        for (index, result) in procedure.results.iter().enumerate() {
            if let Some(code) = result.by.as_deref().filter(|code| !has_subcase(&process, code)) {
                let message = format!("the process has no sub-case of `{code}`");
                self.file(PROCEDURE, |source| {
                    source.report(&format!("result.{index}.by"), "unknown-procedure", message);
                    Some(())
                });
            }
        }
        let cases = self.cases(&procedure, &process);
        Some(Package { procedure, components: components?, fees: fees?, form, process, cases })
    }

    /// A file that must be there, handed on when it is TOML; its findings are kept.
    fn file<T>(&mut self, name: &str, read: impl FnOnce(&mut Source) -> Option<T>) -> Option<T> {
        let file = self.folder.join(name);
        let Some(text) = self.tree.text(name) else {
            self.findings.push(Finding::at(&file, 1, "missing-file", "the file is missing"));
            return None;
        };
        let mut source = Source::parse(file, text).map_err(|finding| self.findings.push(finding)).ok()?;
        let value = read(&mut source);
        self.findings.append(&mut source.findings);
        value
    }

    /// A misspelt name must not go unnoticed.
    fn unknown_files(&mut self) {
        let known = [PROCEDURE, COMPONENTS, FEES, SCHEMA, UI, PROCESS, "README.md"];
        for (path, _) in self.tree.files() {
            let case = path.starts_with(CASES) && path.extension().is_some_and(|extension| extension == "toml");
            if !case && !path.starts_with("slips") && !known.iter().any(|name| path == Path::new(name)) {
                let message = "a package holds no file of this name";
                self.findings.push(Finding::at(&self.folder.join(path), 1, "unknown-file", message));
            }
        }
    }

    fn form(&mut self, optional: bool) -> Option<Form> {
        let texts = (self.tree.text(SCHEMA), self.tree.text(UI));
        if let (Some(schema), Some(ui)) = texts {
            return Some(Form { schema: schema.to_owned(), ui: ui.to_owned() });
        }
        for (name, _) in [(SCHEMA, texts.0), (UI, texts.1)].iter().filter(|(_, text)| text.is_none()) {
            if texts.0.is_some() || texts.1.is_some() || !optional {
                self.findings.push(Finding::at(&self.folder.join(name), 1, "missing-file", "the file is missing"));
            }
        }
        None
    }

    fn definition(&mut self, form: &Form) -> Option<Definition> {
        let problems = match Definition::parse(&form.schema, &form.ui) {
            Ok(definition) => return Some(definition),
            Err(problems) => problems,
        };
        for problem in problems {
            let (line, place) = match problem.place {
                Place::Line(line) => (line, String::new()),
                Place::Pointer(pointer) => (json_line(&form.schema, &pointer), pointer),
                Place::File => (1, String::new()),
            };
            let name = if problem.part == Part::Schema { SCHEMA } else { UI };
            let finding = Finding::at(&self.folder.join(name), line, problem.rule, problem.message);
            self.findings.push(Finding { place, ..finding });
        }
        None
    }

    fn cases(&mut self, procedure: &Procedure, process: &flow::process::Process) -> Vec<Case> {
        let library = self.library;
        let tree = self.tree;
        let files: Vec<&Path> = tree.files().map(|(path, _)| path).filter(|path| path.starts_with(CASES)).collect();
        if files.len() < FEWEST_CASES {
            let message = format!("a package has at least {FEWEST_CASES} cases");
            self.findings.push(Finding::at(&self.folder.join(CASES), 1, "few-cases", message));
        }
        let read = |path: &Path| {
            self.file(&path.to_string_lossy(), |source| {
                let case: Case = source.typed()?;
                // What is promised does not depend on the first day; after the last one nothing is.
                if procedure.to.is_some_and(|last| last < case.received.date()) {
                    source.report("received", "case-date", "the procedure does not hold on that day any more");
                }
                let channels = procedure.channels();
                if case.channel.is_none() != channels.is_empty()
                    || case.channel.is_some_and(|way| !channels.contains(&way))
                {
                    source.report("channel", "case-channel", "dossiers do not come in that way");
                }
                cases::walk(&case, process, source);
                cases::times(&case, &procedure.deadline, &library.calendar, source);
                Some(case)
            })
        };
        files.into_iter().filter_map(read).collect()
    }
}
