//! A request to complete a dossier, and what it lets the applicant change.

use std::sync::Arc;

use base::{Now, Result};
use contracts::questions::{Paper, Procedure};
use form::{Context, Definition, FieldErrors, Page, Values};

use crate::declared;
use crate::paper::{HandedIn, Mark, Supplement};

pub(crate) struct Asked {
    pub(crate) supplement: Supplement,
    pub(crate) form: Arc<Definition>,
    procedure: Arc<Procedure>,
    /// The marks that stand on fields.
    pub(crate) marks: Vec<form::Mark>,
}

impl Asked {
    /// # Errors
    /// When the form of the procedure cannot be read, which is a defect.
    pub(crate) fn new(supplement: Supplement, procedure: Arc<Procedure>) -> Result<Self> {
        let marks = supplement.marks.iter().filter_map(|mark| match mark {
            Mark::Field { path, note } => Some(form::Mark { path: path.clone(), note: note.clone() }),
            Mark::Component { .. } => None,
        });
        Ok(Self { marks: marks.collect(), form: declared::definition(&procedure)?, supplement, procedure })
    }

    /// The pages on which something is marked; without marks on fields there are none, and no answer may change.
    pub(crate) fn pages(&self) -> Vec<&Page> {
        let marked = |page: &&Page| {
            self.marks.iter().any(|mark| self.form.page_of(&mark.path).is_some_and(|marked| marked.name == page.name))
        };
        self.form.pages().iter().filter(marked).collect()
    }

    /// The components asked for, with the officer's words.
    pub(crate) fn components(&self) -> Vec<(&Paper, &str)> {
        let asked = |paper: &Paper| {
            self.supplement.marks.iter().find_map(|mark| match mark {
                Mark::Component { code, note } if *code == paper.code => Some(note.as_str()),
                _ => None,
            })
        };
        self.procedure.papers.iter().filter_map(|paper| Some((paper, asked(paper)?))).collect()
    }

    /// The components asked for that are not among these.
    pub(crate) fn missing(&self, papers: &[HandedIn]) -> Vec<&Paper> {
        let held = |wanted: &Paper| papers.iter().any(|held| held.component == wanted.code);
        self.components().into_iter().map(|(paper, _)| paper).filter(|paper| !held(paper)).collect()
    }

    /// Takes over what may be changed of what was typed on a page.
    pub(crate) fn merge(&self, page: &Page, answers: &mut Values, typed: &Values) {
        form::draft::merge_marked(&self.form, page, answers, typed, &self.marks);
    }

    /// What is still wrong on the pages that were asked about.
    pub(crate) fn errors(&self, answers: &Values, now: Now) -> Result<FieldErrors> {
        let context = Context { today: now.today(), lists: declared::lists()? };
        Ok(self.pages().into_iter().flat_map(|page| self.form.page_errors(page, answers, &context)).collect())
    }
}
