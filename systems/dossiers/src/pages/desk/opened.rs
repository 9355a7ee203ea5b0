//! A dossier on an officer's desk, with what its page and its files need.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use base::{Id, Result};
use contracts::questions::Procedure;
use flow::{Case, OpenStep};
use form::Definition;
use journal::{Line, Read, record_read};
use store::Connection;
use system::{App, Officer};
use web::Visitor;
use worktime::ledger::{self, Held, Owner};

use crate::declared;
use crate::dossier::Dossier;
use crate::slip::Outcome;
use crate::{actions, queries};

pub(super) struct Opened {
    pub(super) dossier: Dossier,
    pub(super) procedure: Arc<Procedure>,
    pub(super) form: Arc<Definition>,
    pub(super) cases: Vec<Case>,
    pub(super) steps: Vec<OpenStep>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) journal: Vec<Line>,
    pub(super) clock: Option<Held>,
    /// Those of steps, by the step.
    pub(super) step_clocks: HashMap<Id, Held>,
    pub(super) names: Names,
}

/// The dossier, if it lies within the scope of the position. That it was looked at is written down and committed before
/// anything of it is shown.
pub(super) async fn looked_at(app: &App, visitor: &Visitor, code: &str) -> Result<Dossier> {
    let officer = visitor.caller.officer()?;
    let dossier = queries::for_officer(app.store.read(), officer, code).await?;
    let read = Read { whose: dossier.applicant, thing: actions::thing(dossier.id), reason: "processing" };
    app.store.write(async |tx| record_read(tx, visitor.now, &visitor.caller.actor(), read).await).await?;
    Ok(dossier)
}

impl Opened {
    pub(super) async fn of(app: &App, visitor: &Visitor, code: &str) -> Result<Self> {
        let dossier = looked_at(app, visitor, code).await?;
        let c = app.store.read();
        let procedure = actions::version_of(app, &dossier).await?;
        let steps = flow::queries::steps_of(c, dossier.id).await?;
        let cases = flow::queries::cases_of(c, dossier.id).await?;
        let journal = journal::history(&app.store, dossier.id).await?;
        let ids: Vec<Id> = steps.iter().map(|step| step.id).collect();
        let agencies = steps.iter().map(|step| step.agency).chain(journal.iter().filter_map(|line| line.actor.agency));
        let people = steps.iter().filter_map(|step| step.claimed_person);
        let people = people.chain(journal.iter().filter_map(|line| line.actor.person));
        let names = Names::of(c, agencies.chain([dossier.agency, dossier.receiving]), people).await?;
        Ok(Self {
            form: declared::definition(&procedure)?,
            outcomes: queries::outcomes(c, dossier.id).await?,
            clock: ledger::find(c, Owner { kind: "case", id: dossier.case }).await?,
            step_clocks: ledger::find_many(c, "step", &ids).await?,
            dossier,
            procedure,
            cases,
            steps,
            journal,
            names,
        })
    }

    /// The steps this officer may take now, as they were opened.
    pub(super) fn own_steps(&self, officer: &Officer) -> Vec<&OpenStep> {
        self.steps.iter().filter(|step| flow::queries::may_take(officer, step)).collect()
    }

    /// The result of a case that is under way or issued.
    pub(super) fn outcome_of(&self, case: Id) -> Option<&Outcome> {
        self.outcomes.iter().rev().find(|outcome| outcome.case == case && outcome.stage != crate::slip::Stage::Void)
    }

    pub(super) fn address(&self) -> String {
        format!("/mot-cua/ho-so/{}", self.dossier.code)
    }
}

/// Names of agencies and people by id; few of each take part in one dossier.
#[derive(Default)]
pub(super) struct Names {
    agencies: HashMap<Id, String>,
    people: HashMap<Id, String>,
}

impl Names {
    async fn of(
        c: &impl Connection,
        agencies: impl Iterator<Item = Id>,
        people: impl Iterator<Item = Id>,
    ) -> Result<Self> {
        let mut names = Self::default();
        for id in agencies.collect::<BTreeSet<_>>() {
            if let Some(agency) = directory::queries::agency(c, id).await? {
                names.agencies.insert(id, agency.name);
            }
        }
        for id in people.collect::<BTreeSet<_>>() {
            if let Some(person) = directory::queries::person(c, id).await? {
                names.people.insert(id, person.name);
            }
        }
        Ok(names)
    }

    pub(super) fn agency(&self, id: Id) -> String {
        self.agencies.get(&id).cloned().unwrap_or_default()
    }

    pub(super) fn person(&self, id: Id) -> String {
        self.people.get(&id).cloned().unwrap_or_default()
    }
}
