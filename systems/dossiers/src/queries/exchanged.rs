//! Dossiers as those who exchange with the outside know them.

use base::Id;
use contracts::Answer;
use contracts::crossing::{ExchangedDossier, ExchangedDossiers};

use crate::dossier::Dossier;
use crate::queries;

impl ExchangedDossiers for queries::Asked {
    fn by_id(&self, id: Id) -> Answer<'_, Option<ExchangedDossier>> {
        Box::pin(async move { Ok(queries::by_id(self.0.read(), id).await?.map(told)) })
    }

    fn by_code<'a>(&'a self, code: &'a str) -> Answer<'a, Option<ExchangedDossier>> {
        Box::pin(async move { Ok(queries::by_code(self.0.read(), code).await?.map(told)) })
    }
}

fn told(dossier: Dossier) -> ExchangedDossier {
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
