//! A dossier under way goes on by a later version of its procedure, because somebody says so: never by itself.

use base::{Error, Id, Now, Result};
use contracts::events::DossierChanged;
use contracts::questions::Procedure;
use flow::Obstacle;
use flow::actions::{obstacle_to, terms};
use form::Context;
use journal::{Entry, record};
use serde::Serialize;
use store::{Connection, Sql};
use system::{App, Caller};

use super::{Change, thing};
use crate::access::{self, MIGRATE};
use crate::declared;
use crate::dossier::{Dossier, State};
use crate::{filing, found, queries};

/// Why a dossier stays on its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// It is as good as done: what remains is handing over, or it has ended.
    Done,
    /// A result was drawn up after the old version.
    Result,
    /// The form asks otherwise now; these answers were not given.
    Answers,
    /// A paper that was handed in is not asked for any more, and would belong to nothing.
    Paper,
    /// The process cannot go on from here.
    Process(Obstacle),
}

impl Left {
    /// Key of its text, with the step as `$step`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Done => "dossiers-left-done",
            Self::Result => "dossiers-left-result",
            Self::Answers => "dossiers-left-answers",
            Self::Paper => "dossiers-left-paper",
            Self::Process(Obstacle::StepGone(_)) => "dossiers-left-step-gone",
            Self::Process(Obstacle::OtherWork(_)) => "dossiers-left-other-work",
            Self::Process(Obstacle::OtherSubCase(_)) => "dossiers-left-other-subcase",
            Self::Process(Obstacle::NeverJoins(_)) => "dossiers-left-never-joins",
        }
    }
}

/// What is told of it: the change as ever, and the versions.
#[derive(Serialize)]
struct Migrated {
    #[serde(flatten)]
    changed: DossierChanged,
    from: Id,
    to: Id,
}

/// What keeps a dossier on its version; `None` where it can go on by the other one.
pub(crate) async fn left(c: &impl Connection, now: Now, dossier: &Dossier, to: &Procedure) -> Result<Option<Left>> {
    if dossier.finished_at.is_some() || dossier.state.is_end() || dossier.state == State::WithdrawalAsked {
        return Ok(Some(Left::Done));
    }
    if queries::outcome_of_case(c, dossier.case).await?.is_some() {
        return Ok(Some(Left::Result));
    }
    let context = Context { today: now.today(), lists: declared::lists()? };
    if declared::definition(to)?.accept(&dossier.answers, &context).is_err() {
        return Ok(Some(Left::Answers));
    }
    let papers = queries::papers(c, dossier.id).await?;
    let mut held = papers.iter().filter(|paper| paper.replaced_at.is_none());
    if held.any(|paper| !to.papers.iter().any(|asked| asked.code == paper.component)) {
        return Ok(Some(Left::Paper));
    }
    Ok(obstacle_to(c, dossier.case, to.process).await?.map(Left::Process))
}

/// Lets a dossier that the officer sees go on by the version in force: one dossier, one transaction. What was done stays
/// done, the promised date stays, no deadline gets shorter; what keeps it where it is comes back.
///
/// # Errors
/// [`Error::NotFound`] outside the officer's scope; [`Error::Conflict`] when it is on that version already.
pub async fn migrate(app: &App, now: Now, caller: &Caller, code: &str) -> Result<Option<Left>> {
    let officer = access::may(caller, MIGRATE)?;
    app.store
        .write(async |tx| {
            let mut dossier = queries::for_officer(tx, officer, code).await?;
            let to = filing::in_force(app, &dossier.procedure_code, now).await?.ok_or(Error::NotFound)?;
            let from = dossier.procedure;
            if from == to.id {
                return Err(Error::Conflict("dossiers-migrate-there-already"));
            }
            if let Some(left) = left(tx, now, &dossier, &to).await? {
                return Ok(Some(left));
            }
            let change = Change::new(app, tx, now, caller);
            change.flow().migrate(dossier.case, to.process, terms(&to.deadline)?, &to.name).await?;
            let moved = Sql::new(
                "UPDATE dossiers SET procedure_id = $2, procedure_name = $3 WHERE id = $1 AND procedure_id = $4",
            )
            .bind(dossier.id.uuid())
            .bind(to.id.uuid())
            .bind(to.name.as_str())
            .bind(from.uuid())
            .run(tx)
            .await?;
            if moved != 1 {
                return Err(Error::Conflict("dossiers-moved-on"));
            }
            found::index(tx, app.store.kind(), dossier.id).await?;
            dossier.procedure = to.id;
            let event = Migrated { changed: change.event(&dossier).await?, from, to: to.id };
            record(tx, now, &change.actor, Entry::new("dossiers.migrated", thing(dossier.id), &event)?).await?;
            Ok(None)
        })
        .await
}
