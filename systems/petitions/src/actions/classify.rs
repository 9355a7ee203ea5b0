//! The desk reads a petition: what it is about, what of it everybody may read, and whose it may be.

use base::{Error, Id, Now, Result};
use flow::Work;
use system::{App, Caller};

use super::{Change, said};
use crate::petition::{Petition, State};
use crate::rules;
use crate::tables::RemarkKind;

/// What the desk decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified {
    pub field: String,
    /// The words without names of voters and other people's data.
    pub words: String,
    /// Who is proposed to answer.
    pub proposed: Id,
}

/// Classifies a petition: everybody sees it from now on, and whoever assigns finds it in the inbox.
///
/// # Errors
/// [`Error::Conflict`] when it was read meanwhile; [`Error::Invalid`] for what is missing.
pub async fn classify(
    app: &App,
    now: Now,
    caller: &Caller,
    petition: Id,
    step: Id,
    decided: Classified,
) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Receive]).await?;
            rules::field(&decided.field)?.code.clone_into(&mut petition.field);
            petition.public_words = Some(said(&decided.words, "public-words")?);
            petition.proposed = Some(existing(&change, decided.proposed).await?);
            petition.public_at = petition.public_at.or(Some(now.utc()));
            change.flow().complete(officer, &open, "classify", None).await?;
            change.set_state(&mut petition, State::Classified, "petitions.classified").await?;
            change.index(&petition).await?;
            Ok(petition)
        })
        .await
}

/// The agency, if it exists today.
pub(super) async fn existing(change: &Change<'_>, agency: Id) -> Result<Id> {
    let agency = directory::queries::agency(change.tx, agency).await?;
    let agency = agency.filter(|agency| agency.exists_on(change.now.today()));
    agency.map(|agency| agency.id).ok_or_else(|| Error::invalid("agency", "petitions-agency-missing"))
}

/// Sends a petition on to who decides, where the province cannot. It is public with the words as classified; with
/// `public_words`, when it was not classified before.
pub async fn forward(
    app: &App,
    now: Now,
    caller: &Caller,
    petition: Id,
    step: Id,
    to: &str,
    public_words: &str,
) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let works = &[Work::Receive, Work::Assign];
            let (officer, mut petition, open) = change.at_work(caller, petition, step, works).await?;
            petition.forwarded_to = Some(said(to, "forwarded-to")?);
            if petition.public_words.is_none() {
                petition.public_words = Some(said(public_words, "public-words")?);
            }
            petition.public_at = petition.public_at.or(Some(now.utc()));
            change.flow().complete(officer, &open, "forward", None).await?;
            change.set_state(&mut petition, State::Forwarded, "petitions.forwarded").await?;
            change.index(&petition).await?;
            Ok(petition)
        })
        .await
}

/// Ends what is no petition to an authority, with the reason for whoever entered it.
pub async fn refuse(app: &App, now: Now, caller: &Caller, petition: Id, step: Id, reason: &str) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Receive]).await?;
            let reason = said(reason, "reason")?;
            change.flow().complete(officer, &open, "refuse", Some(&reason)).await?;
            change.remark(petition.id, RemarkKind::Refused, None, &reason).await?;
            change.set_state(&mut petition, State::Refused, "petitions.refused").await?;
            Ok(petition)
        })
        .await
}
