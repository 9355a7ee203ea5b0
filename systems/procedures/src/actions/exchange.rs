//! Packages from other provinces: they become drafts, never versions.

use std::collections::BTreeSet;

use base::{Id, Now, Result};
use journal::Actor;
use province::Tree;
use system::{App, Caller};

use super::drafts;
use crate::access::EDIT;
use crate::catalogue::Catalogue;
use crate::draft::Draft;
use crate::exchange::{Arrival, Choices, Matter, Parcel, settled};
use crate::package::draft_procedure;
use crate::queries::drafts as queries;

/// What came beside what stands here: an open draft, or else the version shown.
pub(crate) async fn arrival(app: &App, now: Now, parcel: &Parcel) -> Result<Arrival> {
    let shelf = Catalogue::of(app)?.shelf(now);
    let known = known(app, now, &parcel.manifest.code).await?;
    let mut notations = BTreeSet::new();
    for agency in draft_procedure(&parcel.files).iter().flat_map(|procedure| &procedure.agencies) {
        let here = directory::queries::agencies_of_kind(app.store.read(), &agency.kind, now.today()).await?;
        notations.extend(here.into_iter().map(|agency| agency.notation));
    }
    Arrival::of(parcel, known.as_ref(), &notations, &shelf)
}

async fn known(app: &App, now: Now, code: &str) -> Result<Option<Tree>> {
    if let Some(draft) = queries::last(app.store.read(), code).await? {
        return queries::files(app.store.read(), draft.id).await.map(Some);
    }
    let shelf = Catalogue::of(app)?.shelf(now);
    match shelf.line(code).and_then(|line| line.shown(now.today())) {
        Some(version) => drafts::files_of_version(app, version).await.map(Some),
        None => Ok(None),
    }
}

/// Saves a package that came as the next state of the draft of its code.
///
/// # Errors
/// Those of [`drafts::save`].
pub async fn bring_in(app: &App, now: Now, caller: &Caller, parcel: &Parcel, choices: &Choices) -> Result<Draft> {
    let officer = caller.officer_who_may(EDIT)?;
    bring_in_for(app, now, &caller.actor(), officer.person, parcel, choices).await
}

/// The same at the terminal of the program, in the name of a person.
///
/// # Errors
/// Those of [`drafts::save`].
pub async fn bring_in_for(
    app: &App,
    now: Now,
    actor: &Actor,
    person: Id,
    parcel: &Parcel,
    choices: &Choices,
) -> Result<Draft> {
    let matters = arrival(app, now, parcel).await?.matters;
    let files = settled(parcel, &matters, choices)?;
    let code = parcel.manifest.code.as_str();
    let seen = queries::last(app.store.read(), code).await?.map_or(0, |draft| draft.number);
    drafts::save_for(app, now, actor, person, code, seen, &files).await
}

/// What a package names that is not here, each with the ways to choose from: `process:standard` and `theirs`, `ours`.
///
/// # Errors
/// When a file is not even TOML or JSON.
pub async fn open_questions(app: &App, now: Now, parcel: &Parcel) -> Result<Vec<(String, Vec<&'static str>)>> {
    let matters = arrival(app, now, parcel).await?.matters;
    let ways = |matter: Matter| (matter.key(), matter.kind.ways().iter().map(|(way, _)| *way).collect());
    Ok(matters.into_iter().map(ways).collect())
}

/// The file of what stands here under a code: the version shown on that day.
///
/// # Errors
/// [`base::Error::NotFound`] where nothing is published under it.
pub async fn send_out(app: &App, now: Now, code: &str) -> Result<Vec<u8>> {
    let shelf = Catalogue::of(app)?.shelf(now);
    let version = shelf.line(code).and_then(|line| line.shown(now.today())).ok_or(base::Error::NotFound)?;
    let files = drafts::files_of_version(app, version).await?;
    crate::exchange::pack(code, &files, &app.settings.province)
}
