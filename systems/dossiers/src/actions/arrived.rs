//! A dossier that was filed elsewhere.

use base::Now;
use contracts::Answer;
use contracts::crossing::{DossierFiling, ExchangedDossier, ExchangedPaper, FiledElsewhere};
use form::Values;
use system::{App, Caller};

use super::file::{NewDossier, file};
use crate::dossier::Channel;
use crate::paper::HandedIn;
use crate::queries::told;

/// Files what arrives from elsewhere. The desk checks it like any other; what the declared form asks stands in its papers.
pub(crate) struct Filing(pub(crate) App);

impl DossierFiling for Filing {
    fn file(&self, now: Now, filed: FiledElsewhere) -> Answer<'_, ExchangedDossier> {
        Box::pin(async move {
            let new = NewDossier {
                form_id: filed.id,
                procedure: filed.procedure,
                applicant: filed.applicant,
                applicant_name: filed.applicant_name,
                agency: filed.agency,
                receiving: filed.agency,
                channel: Channel::Online,
                answers: Values::default(),
                papers: filed.papers.into_iter().map(handed_in).collect(),
                draft: None,
            };
            Ok(told(file(&self.0, now, &Caller::Anonymous, new).await?))
        })
    }
}

fn handed_in(paper: ExchangedPaper) -> HandedIn {
    HandedIn { component: paper.component, hash: paper.hash, name: paper.name, size: paper.size, mime: paper.mime }
}
