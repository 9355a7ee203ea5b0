//! A question is a small trait that one system answers. Asking one that nobody answers gives `None`.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use base::{Id, Now, Result};
use serde::{Deserialize, Serialize};

/// What an asynchronous question gives back; a named type because traits that answer are objects.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Who answers what. Filled once at start.
#[derive(Default)]
pub struct Questions(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Questions {
    /// Registers the system that answers the question `Q`; the last one registered answers.
    pub fn answer<Q: ?Sized + Send + Sync + 'static>(&mut self, by: Arc<Q>) {
        self.0.insert(TypeId::of::<Q>(), Box::new(by));
    }

    pub fn ask<Q: ?Sized + Send + Sync + 'static>(&self) -> Option<Arc<Q>> {
        self.0.get(&TypeId::of::<Q>())?.downcast_ref::<Arc<Q>>().cloned()
    }
}

/// A published version of a procedure, as far as those who run dossiers need to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The version: running dossiers stay on it.
    pub id: Id,
    /// National code: `1.001193`.
    pub code: String,
    pub name: String,
    pub field: String,
    /// Identification level of the applicant that it asks for: 1 or 2.
    pub assurance: u8,
    /// May be filed without coming to the desk.
    pub online: bool,
    /// Kinds of agency that answer for it: `commune-committee`.
    pub decided_by: Vec<String>,
    /// A decision by exactly this agency, when the law names one.
    pub decided_at: Option<String>,
    /// Process version in `flow`.
    pub process: Id,
    /// Budget of the whole case.
    pub budget: Budget,
    pub papers: Vec<Paper>,
    pub fee: i64,
    pub result: ResultPaper,
    pub form_schema: String,
    pub form_ui: String,
}

/// Working time a procedure may take, with its way of counting and the hour after which a day no longer counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// `hours`, `days` or `calendar-days`.
    pub unit: String,
    pub amount: u32,
    /// `hours` or `days-excl-first`.
    pub counting: String,
    /// `15:00`.
    pub cut_off: Option<String>,
}

/// A component of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub code: String,
    pub name: String,
    pub originals: u32,
    pub copies: u32,
    pub required: bool,
    /// What already held may stand for it.
    pub reuse: Option<String>,
}

/// The paper that comes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPaper {
    pub name: String,
    /// Abbreviation of the type of document by Decree 30/2020/NĐ-CP, annex III: `GP`, `QĐ`; empty for none.
    pub document_type: String,
    /// Template of the printer.
    pub template: String,
}

/// Answered by `procedures`, asked by whoever runs dossiers.
pub trait Procedures: Send + Sync {
    /// The version in force on the day of `now`.
    fn in_force<'a>(&'a self, code: &'a str, now: Now) -> Answer<'a, Option<Procedure>>;
    /// One version, in force or not: a running dossier asks for its own.
    fn version(&self, id: Id) -> Answer<'_, Option<Procedure>>;
}
