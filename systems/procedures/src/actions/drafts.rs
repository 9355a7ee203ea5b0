//! Drafts: each save is a row of its own; a second person publishes.

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::{Actor, Entry, Thing, record};
use province::Tree;
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};

use crate::access::{EDIT, PUBLISH};
use crate::catalogue::Catalogue;
use crate::draft::{Act, Draft, State, is_second_person};
use crate::package::{Finding, PROCEDURE, Package, judge};
use crate::queries::drafts;
use crate::{edit, package};

/// Bytes of one draft at most: what people write by hand is far less.
pub(crate) const MOST: usize = 2 * 1024 * 1024;

/// Saves the files of a procedure as the next state of its draft; `seen` is the number of the save they began from, 0 for none.
///
/// # Errors
/// [`Error::Conflict`] when somebody saved meanwhile; [`Error::TooLarge`] beyond 2 MB; [`Error::Invalid`] at `code` for a
/// code that cannot stand in an address.
pub async fn save(app: &App, now: Now, caller: &Caller, code: &str, seen: i64, files: &Tree) -> Result<Draft> {
    let officer = caller.officer_who_may(EDIT)?;
    save_for(app, now, &caller.actor(), officer.person, code, seen, files).await
}

/// The same in the name of a person who is known otherwise than by a session.
pub(super) async fn save_for(
    app: &App,
    now: Now,
    actor: &Actor,
    person: Id,
    code: &str,
    seen: i64,
    files: &Tree,
) -> Result<Draft> {
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte)) {
        return Err(Error::invalid("code", "procedures-draft-no-code"));
    }
    if files.files().map(|(_, text)| text.len()).sum::<usize>() > MOST {
        return Err(Error::TooLarge);
    }
    app.store
        .write(async |tx| {
            // The counter waits for whoever saves at this moment.
            let number = store::next_number(tx, "procedures-drafts", code).await?;
            if number != seen + 1 {
                return Err(Error::Conflict("procedures-draft-moved-on"));
            }
            let draft = Draft {
                id: Id::new(now),
                code: code.to_owned(),
                number,
                state: State::Draft,
                name: edit::name(files),
                saved_by: person,
                saved_at: now.utc(),
                checked_by: None,
                version: None,
            };
            insert(tx, &draft, files).await?;
            let data = json!({"code": code, "number": number, "from": seen});
            record(tx, now, actor, Entry::new("procedures.draft-saved", thing(draft.id), &data)?).await?;
            Ok(draft)
        })
        .await
}

async fn insert(tx: &Tx, draft: &Draft, files: &Tree) -> Result<()> {
    Sql::new(
        "INSERT INTO procedures_drafts (id, code, number, state, name, saved_by, saved_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(draft.id.uuid())
    .bind(draft.code.as_str())
    .bind(draft.number)
    .bind(draft.state.as_str())
    .bind(draft.name.as_str())
    .bind(draft.saved_by.uuid())
    .bind(draft.saved_at)
    .run(tx)
    .await?;
    for (path, text) in files.files() {
        Sql::new("INSERT INTO procedures_draft_files (draft_id, path, content) VALUES ($1, $2, $3)")
            .bind(draft.id.uuid())
            .bind(path.to_string_lossy().as_ref())
            .bind(text)
            .run(tx)
            .await?;
    }
    Ok(())
}

/// The last save of a code; `None` where nobody ever wrote one.
///
/// # Errors
/// When the database does not answer.
pub async fn last(app: &App, code: &str) -> Result<Option<Draft>> {
    drafts::last(app.store.read(), code).await
}

/// Lets every case of the last save promise what the clock gives now, as the next save.
///
/// # Errors
/// [`Error::NotFound`] where there is no draft; those of [`save`].
pub async fn renew_cases(app: &App, now: Now, caller: &Caller, code: &str) -> Result<Draft> {
    let draft = last(app, code).await?.ok_or(Error::NotFound)?;
    let files = edit::renewed(&drafts::files(app.store.read(), draft.id).await?, now.today())?;
    save(app, now, caller, code, draft.number, &files).await
}

/// Every mistake in the files of a draft, and the package as far as it can be read.
pub(crate) fn judged(app: &App, now: Now, code: &str, files: &Tree) -> Result<(Option<Package>, Vec<Finding>)> {
    let shelf = Catalogue::of(app)?.shelf(now);
    let published = shelf.lines().filter_map(|line| line.shown(now.today()));
    let others = published.filter(|version| version.code() != code).map(|version| version.package.procedure.clone());
    judge(code, files, others).map_err(Error::from)
}

/// Puts a draft without a mistake before a second person.
///
/// # Errors
/// [`Error::Conflict`] where there are mistakes, or it is not the last save, or not open any more.
pub async fn check(app: &App, now: Now, caller: &Caller, draft: &Draft) -> Result<()> {
    let officer = caller.officer_who_may(EDIT)?;
    let files = drafts::files(app.store.read(), draft.id).await?;
    if !judged(app, now, &draft.code, &files)?.1.is_empty() {
        return Err(Error::Conflict("procedures-draft-has-mistakes"));
    }
    app.store
        .write(async |tx| {
            step(tx, draft, Act::Check).await?;
            Sql::new("UPDATE procedures_drafts SET checked_by = $2, checked_at = $3 WHERE id = $1")
                .bind(draft.id.uuid())
                .bind(officer.person.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            let data = json!({"code": draft.code, "number": draft.number});
            record(tx, now, &caller.actor(), Entry::new("procedures.draft-checked", thing(draft.id), &data)?).await?;
            Ok(())
        })
        .await
}

/// Makes a version of a checked draft: from that day on dossiers follow it, those filed before stay on theirs.
///
/// # Errors
/// [`Error::Invalid`] at `from` for a day that has passed; [`Error::Conflict`] for whoever had a hand in the draft, or when it
/// is not checked or has mistakes on that day.
pub async fn publish(app: &App, now: Now, caller: &Caller, draft: &Draft, from: NaiveDate) -> Result<Id> {
    let officer = caller.officer_who_may(PUBLISH)?;
    if from < now.today() {
        return Err(Error::invalid("from", "procedures-publish-passed"));
    }
    if !is_second_person(officer.person, &drafts::hands(app.store.read(), draft).await?) {
        return Err(Error::Conflict("procedures-publish-own"));
    }
    let files = edit::effective(drafts::files(app.store.read(), draft.id).await?, from)?;
    let (package, findings) = judged(app, now, &draft.code, &files)?;
    let Some(package) = package.filter(|_| findings.is_empty()) else {
        return Err(Error::Conflict("procedures-draft-has-mistakes"));
    };
    let version = app
        .store
        .write(async |tx| {
            step(tx, draft, Act::Publish).await?;
            let version = super::publish(app, tx, now, &caller.actor(), &package).await?;
            Sql::new(
                "UPDATE procedures_drafts SET published_by = $2, published_at = $3, version_id = $4 WHERE id = $1",
            )
            .bind(draft.id.uuid())
            .bind(officer.person.uuid())
            .bind(now.utc())
            .bind(version.uuid())
            .run(tx)
            .await?;
            Sql::new("UPDATE procedures_draft_files SET content = $3 WHERE draft_id = $1 AND path = $2")
                .bind(draft.id.uuid())
                .bind(PROCEDURE)
                .bind(files.text(PROCEDURE).unwrap_or_default())
                .run(tx)
                .await?;
            Ok(version)
        })
        .await?;
    Catalogue::of(app)?.refresh().await?;
    Ok(version)
}

/// Moves the last save of a code on.
async fn step(tx: &Tx, draft: &Draft, act: Act) -> Result<()> {
    let moved_on = || Error::Conflict("procedures-draft-moved-on");
    let next = draft.state.after(act).ok_or_else(moved_on)?;
    let moved = Sql::new(
        "UPDATE procedures_drafts SET state = $2 WHERE id = $1 AND state = $3 AND NOT EXISTS \
         (SELECT 1 FROM procedures_drafts later WHERE later.code = $4 AND later.number > $5)",
    )
    .bind(draft.id.uuid())
    .bind(next.as_str())
    .bind(draft.state.as_str())
    .bind(draft.code.as_str())
    .bind(draft.number)
    .run(tx)
    .await?;
    if moved == 1 { Ok(()) } else { Err(moved_on()) }
}

/// The files of a version of the catalogue, to go on from.
pub(crate) async fn files_of_version(app: &App, version: &crate::Version) -> Result<Tree> {
    match drafts::of_version(app.store.read(), version.id).await? {
        Some(draft) => drafts::files(app.store.read(), draft.id).await,
        None => package::files_of(&version.package).map_err(Error::from),
    }
}

const fn thing(id: Id) -> Thing {
    Thing { kind: "procedure-draft", id }
}
