//! Dossiers as those who exchange with the outside know them.

use base::{Id, Result};
use contracts::Answer;
use contracts::crossing::{
    DossierContent, ExchangedDossier, ExchangedDossiers, ExchangedPaper, ExchangedResult, ExchangedStep,
    ExchangedSupplement,
};
use flow::OpenStep;
use store::Connection;

use crate::dossier::Dossier;
use crate::paper::{Paper, Supplement};
use crate::queries;
use crate::slip::{Outcome, Stage};

impl ExchangedDossiers for queries::Asked {
    fn by_id(&self, id: Id) -> Answer<'_, Option<ExchangedDossier>> {
        Box::pin(async move { held(self.0.read(), queries::by_id(self.0.read(), id).await?).await })
    }

    fn by_code<'a>(&'a self, code: &'a str) -> Answer<'a, Option<ExchangedDossier>> {
        Box::pin(async move { held(self.0.read(), queries::by_code(self.0.read(), code).await?).await })
    }

    fn content(&self, id: Id) -> Answer<'_, Option<DossierContent>> {
        Box::pin(async move {
            let c = self.0.read();
            let Some(dossier) = queries::by_id(c, id).await? else { return Ok(None) };
            let papers = queries::papers(c, id).await?.into_iter().filter(|paper| paper.replaced_at.is_none());
            let supplements = queries::supplements(c, id).await?.into_iter();
            let results = queries::outcomes(c, id).await?.into_iter();
            let steps = flow::queries::steps_of(c, id).await?.into_iter();
            Ok(Some(DossierContent {
                papers: papers.map(paper).collect(),
                supplements: supplements.map(supplement).collect(),
                results: results.filter_map(result).collect(),
                steps: steps.filter(|step| step.case == dossier.case).map(step).collect(),
            }))
        })
    }
}

/// Whoever filed it for another is forgotten with their authorisation.
async fn held(c: &impl Connection, dossier: Option<Dossier>) -> Result<Option<ExchangedDossier>> {
    let Some(mut dossier) = dossier else { return Ok(None) };
    if queries::agent(c, dossier.id).await?.is_some_and(|agent| agent.withdrawn_at.is_some()) {
        dossier.filed_by = None;
    }
    Ok(Some(told(dossier)))
}

pub(crate) fn told(dossier: Dossier) -> ExchangedDossier {
    ExchangedDossier {
        id: dossier.id,
        code: dossier.code,
        procedure: dossier.procedure,
        procedure_code: dossier.procedure_code,
        procedure_name: dossier.procedure_name,
        applicant: dossier.applicant,
        filed_by: dossier.filed_by,
        receiving: dossier.receiving,
        channel: dossier.channel.as_str().to_owned(),
        state: dossier.state.code(),
        submitted_at: dossier.submitted_at,
        received_at: dossier.received_at,
        promised_at: dossier.promised_at,
        finished_at: dossier.finished_at,
        closed_at: dossier.closed_at,
    }
}

fn paper(paper: Paper) -> ExchangedPaper {
    let file = paper.file;
    ExchangedPaper {
        id: paper.id,
        component: paper.component,
        hash: file.hash,
        name: file.name,
        size: file.size,
        mime: file.mime,
    }
}

fn supplement(asked: Supplement) -> ExchangedSupplement {
    ExchangedSupplement { id: asked.id, reason: asked.reason, asked_at: asked.asked_at, answered_at: asked.answered_at }
}

fn result(outcome: Outcome) -> Option<ExchangedResult> {
    let numbered = matches!(outcome.stage, Stage::Numbered | Stage::Issued);
    let number = outcome.full_number().filter(|_| numbered)?;
    Some(ExchangedResult { id: outcome.id, name: outcome.name, number })
}

fn step(step: OpenStep) -> ExchangedStep {
    ExchangedStep {
        title: step.title,
        agency: step.agency,
        person: step.claimed_person,
        opened_at: step.opened_at,
        closed_at: step.closed_at,
        due_at: step.due_at,
    }
}
