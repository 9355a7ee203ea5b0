//! Taking a letter into the register.

use base::{Error, Id, Now, Result};
use bytes::Bytes;
use chrono::NaiveDate;
use files::{FileKind, Stored};
use flow::NewCase;
use identity::LinkSecret;
use store::Sql;
use system::{App, Caller};
use tokio::task::spawn_blocking;

use super::{Change, limit, said};
use crate::access::SHARED;
use crate::given::{Given, Sealed};
use crate::letter::{Complexity, Kind, Letter, Sender, Source, State, code, likeness};
use crate::queries;
use crate::rules::{self, rules};
use crate::tables::SEARCH;

/// A file that came with a letter, in memory.
#[derive(Clone)]
pub struct Attached {
    pub name: String,
    pub kind: FileKind,
    pub bytes: Bytes,
}

/// What a letter says, and who sent it.
#[derive(Clone)]
pub enum Content {
    /// Of every letter but a denunciation.
    Open { sender: Sender, against: String, summary: String, files: Vec<Attached> },
    /// Of a denunciation: sealed before anything is written.
    Sealed(Given),
    /// A denunciation on paper, which nobody typed: the paper lies in the safe.
    Paper,
}

/// A letter as it comes in.
#[derive(Clone)]
pub struct NewLetter {
    /// Made by the page; the same form sent again is the same letter.
    pub secret: LinkSecret,
    pub kind: Kind,
    pub source: Source,
    pub receiving: Id,
    /// Where the matter is; of a denunciation the appointed officer says so after opening.
    pub commune: Option<Id>,
    /// Code of a field of the rules.
    pub field: Option<String>,
    /// The letter whose decision is complained of: this one is a second complaint.
    pub previous: Option<Id>,
    pub dated: Option<NaiveDate>,
    /// How many people signed.
    pub people: i64,
    pub content: Content,
    /// Where it came from, of people who are not signed in; see [`limit`].
    pub address: Option<String>,
}

/// Takes it in: it gets its code and lies before an inspector.
///
/// Who sent a denunciation is named nowhere, the journal included, whoever is signed in.
///
/// # Errors
/// [`Error::Invalid`] for what is missing, for a stranger who sent too many, and at `send` for a denunciation that nobody
/// could read. A second sending gives the first's letter.
pub async fn receive(app: &App, now: Now, caller: &Caller, new: NewLetter) -> Result<Letter> {
    let form = new.secret.form_id();
    if let Some(known) = queries::by_form(app.store.read(), form).await? {
        return Ok(known);
    }
    let (sealed, files) = match &new.content {
        Content::Sealed(given) => {
            let given = given.clone();
            (Some(spawn_blocking(move || given.seal()).await??), Vec::new())
        }
        Content::Open { files, .. } => (None, kept(app, files).await?),
        Content::Paper => (None, Vec::new()),
    };
    let unnamed = new.kind == Kind::Denunciation && caller.officer().is_err();
    let actor = if unnamed { Caller::Anonymous.actor() } else { caller.actor() };
    let done = app
        .store
        .write(async |tx| {
            let change = Change::new(app, tx, now, actor);
            if caller.officer().is_err() {
                limit::sending(app, tx, now, new.address.as_deref()).await?;
            }
            let letter = insert(&change, &new).await?;
            match &new.content {
                Content::Open { sender, .. } => open_content(&change, &letter, sender, &files).await?,
                Content::Sealed(_) => {
                    let sealed = sealed.as_ref().ok_or_else(|| Error::inside("nothing was sealed"))?;
                    seal_content(&change, &letter, sealed).await?;
                }
                Content::Paper => index(&change, &letter, "").await?,
            }
            SHARED.join(tx, letter.receiving, letter.id).await?;
            change.tell(&letter, "complaints.received").await?;
            Ok(letter)
        })
        .await;
    match done {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => queries::by_form(app.store.read(), form).await?.ok_or(error),
        done => done,
    }
}

async fn kept(app: &App, files: &[Attached]) -> Result<Vec<(String, &'static str, Stored)>> {
    let mut kept = Vec::new();
    for file in files {
        kept.push((file.name.clone(), file.kind.mime(), app.files.keep(file.bytes.clone(), file.kind).await?));
    }
    Ok(kept)
}

async fn insert(change: &Change<'_>, new: &NewLetter) -> Result<Letter> {
    let (tx, now) = (change.tx, change.now);
    let (against, summary) = match &new.content {
        Content::Open { against, summary, .. } => (against.trim().to_owned(), said(summary, "words")?),
        Content::Sealed(_) | Content::Paper => (String::new(), String::new()),
    };
    let sealed = !matches!(new.content, Content::Open { .. });
    if sealed != (new.kind == Kind::Denunciation) {
        return Err(Error::invalid("kind", "complaints-kind-missing"));
    }
    if summary.chars().count() > rules()?.limits.words {
        return Err(Error::invalid("words", "complaints-words-too-long"));
    }
    if new.field.as_deref().is_some_and(|field| rules().is_ok_and(|rules| rules.field(field).is_none())) {
        return Err(Error::invalid("field", "complaints-field-missing"));
    }
    let number = store::next_number(tx, "complaints", &now.year().to_string()).await?;
    let code = code(now.year(), number);
    let id = Id::new(now);
    let process = rules::process(new.kind)?;
    let case = change
        .flow()
        .open(NewCase {
            system: "complaints".to_owned(),
            subject: id,
            process: flow::actions::publish(tx, now, process).await?,
            agency: new.receiving,
            receiving: new.receiving,
            title: process.title.clone(),
            reference: code.clone(),
            label: String::new(),
            path: format!("/don-thu-xu-ly/{code}"),
        })
        .await?;
    let letter = Letter {
        id,
        form_id: new.secret.form_id(),
        secret_digest: new.secret.digest(),
        code,
        kind: new.kind,
        source: new.source,
        field: new.field.clone(),
        instance: if new.previous.is_some() { 2 } else { 1 },
        previous: new.previous,
        received_at: now.utc(),
        dated: new.dated,
        commune: new.commune,
        people: new.people.max(1),
        against,
        summary,
        complexity: Complexity::Plain,
        remote: false,
        outcome: None,
        finding: None,
        state: State::Received,
        receiving: new.receiving,
        agency: new.receiving,
        case: case.id,
        accepted_at: None,
        due_at: None,
        decided_at: None,
        closed_at: None,
    };
    row(change, &letter).await?;
    Ok(letter)
}

async fn row(change: &Change<'_>, letter: &Letter) -> Result<()> {
    Sql::new(
        "INSERT INTO complaints_letters (id, form_id, secret_digest, code, kind, source, field, instance, previous_id, \
         received_at, dated, commune_id, people, against, summary, likeness, complexity, remote, state, receiving_id, \
         agency_id, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22)",
    )
    .bind(letter.id.uuid())
    .bind(letter.form_id.uuid())
    .bind(letter.secret_digest.as_str())
    .bind(letter.code.as_str())
    .bind(letter.kind.as_str())
    .bind(letter.source.as_str())
    .bind(letter.field.clone())
    .bind(letter.instance)
    .bind(letter.previous.map(Id::uuid))
    .bind(letter.received_at)
    .bind(letter.dated)
    .bind(letter.commune.map(Id::uuid))
    .bind(letter.people)
    .bind(letter.against.as_str())
    .bind(letter.summary.as_str())
    .bind((!letter.summary.is_empty()).then(|| likeness(&letter.summary)))
    .bind(letter.complexity.as_str())
    .bind(letter.remote)
    .bind(letter.state.as_str())
    .bind(letter.receiving.uuid())
    .bind(letter.agency.uuid())
    .bind(letter.case.uuid())
    .run(change.tx)
    .await?;
    Ok(())
}

async fn open_content(
    change: &Change<'_>,
    letter: &Letter,
    sender: &Sender,
    files: &[(String, &'static str, Stored)],
) -> Result<()> {
    let name = said(&sender.name, "name")?;
    Sql::new("INSERT INTO complaints_senders (letter_id, name, number, address, phone) VALUES ($1, $2, $3, $4, $5)")
        .bind(letter.id.uuid())
        .bind(name.as_str())
        .bind(sender.number.trim())
        .bind(sender.address.trim())
        .bind(sender.phone.trim())
        .run(change.tx)
        .await?;
    for (name, mime, stored) in files {
        Sql::new(
            "INSERT INTO complaints_files (id, letter_id, name, hash, mime, size) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(Id::new(change.now).uuid())
        .bind(letter.id.uuid())
        .bind(name.as_str())
        .bind(stored.hash.as_str())
        .bind(*mime)
        .bind(i64::try_from(stored.size)?)
        .run(change.tx)
        .await?;
    }
    index(change, letter, &format!("{name} {}", letter.summary)).await
}

/// The sealed bytes, and their key handed to everybody who may read them.
async fn seal_content(change: &Change<'_>, letter: &Letter, sealed: &Sealed) -> Result<()> {
    if queries::appointed(change.tx).await?.is_empty() {
        return Err(Error::invalid("send", "complaints-nobody-appointed"));
    }
    Sql::new("INSERT INTO complaints_sealed (letter_id, payload) VALUES ($1, $2)")
        .bind(letter.id.uuid())
        .bind(sealed.payload.clone())
        .run(change.tx)
        .await?;
    for (reader, key) in queries::readers(change.tx).await? {
        hand(change, letter.id, reader, sealed.hand_to(&key)?).await?;
    }
    index(change, letter, "").await
}

/// Keeps the key of a letter as it is handed to one reader.
pub(super) async fn hand(change: &Change<'_>, letter: Id, reader: Id, handed: Vec<u8>) -> Result<()> {
    Sql::new("INSERT INTO complaints_handed (letter_id, reader_id, handed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(letter.uuid())
        .bind(reader.uuid())
        .bind(handed)
        .run(change.tx)
        .await?;
    Ok(())
}

/// Sets what officers find the letter by.
async fn index(change: &Change<'_>, letter: &Letter, words: &str) -> Result<()> {
    SEARCH.put(change.tx, change.app.store.kind(), letter.id, &format!("{} {words}", letter.code)).await
}
