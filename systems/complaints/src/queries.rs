//! Reading letters and what belongs to them.

mod figures;
mod proof;
mod receptions;
mod seals;

use base::{Error, Id, Result};
use store::orm::Value;
use store::{Conditions, Connection, Kind as Database, Slice, Sql, search};
use system::Officer;

use crate::access::SHARED;
use crate::letter::{Kind, Letter, Outcome, Sender, State, likeness};
use crate::tables::{FILE, LETTER, NOTE, SEARCH, SENDER, file, letter, note, sender};

pub use crate::tables::{LetterFile, Note, Opening, Reception, Succession, Visit};
pub use figures::{Cut, Line, Period, Spot, Totals, by, hot_spots, totals};
pub use proof::unproved_keys;
pub use receptions::{reception, receptions, receptions_of, visits};
pub use seals::{
    KeyHolder, has_opened, is_anything_sealed, is_appointed, is_open_for_denunciations, openings, people, successions,
};
pub(crate) use seals::{
    RECOVERY, appointed, handed, holder_keys, holders, left, locked_key, parts_of, payload, public_key, readers,
    recovery_key, succession, to_hand,
};

pub async fn by_id(c: &impl Connection, id: Id) -> Result<Option<Letter>> {
    one(c, "l.id = $1", id.uuid().into()).await
}

/// By its code, whoever asks: the caller decides who may know it.
pub async fn by_code(c: &impl Connection, code: &str) -> Result<Option<Letter>> {
    one(c, "l.code = $1", code.into()).await
}

pub async fn by_form(c: &impl Connection, form: Id) -> Result<Option<Letter>> {
    one(c, "l.form_id = $1", form.uuid().into()).await
}

async fn one(c: &impl Connection, condition: &'static str, value: Value) -> Result<Option<Letter>> {
    Sql::composed(format!("SELECT {LETTER} FROM complaints_letters l WHERE {condition}"))
        .bind(value)
        .one(c, |row| letter(&row))
        .await
}

/// By its code, for an officer: what lies outside the scope of the position does not exist.
pub async fn for_officer(c: &impl Connection, officer: &Officer, code: &str) -> Result<Letter> {
    Sql::composed(format!("SELECT {LETTER} FROM complaints_letters l WHERE l.code = $1 AND {}", SHARED.seen_by(2)))
        .bind(code)
        .bind(officer.agency.uuid())
        .one(c, |row| letter(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// What a list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of code, sender or summary, as typed; of a denunciation only its code is found.
    pub words: String,
    pub state: Option<State>,
    pub kind: Option<Kind>,
}

impl Filter {
    fn narrow(&self, database: Database, conditions: &mut Conditions) {
        if let Some(state) = self.state {
            conditions.and(|n| format!("l.state = ${n}"), state.as_str());
        }
        if let Some(kind) = self.kind {
            conditions.and(|n| format!("l.kind = ${n}"), kind.as_str());
        }
        if let Some(query) = search::query(database, &self.words) {
            conditions.and(|n| SEARCH.condition(database, "l.id", n), query);
        }
    }
}

/// The letters in which an officer's agency takes part, newest first.
pub async fn for_desk(
    c: &impl Connection,
    database: Database,
    officer: &Officer,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Letter>> {
    let sql = SHARED.newest(LETTER, officer.agency, before, size, |conditions| filter.narrow(database, conditions));
    Ok(Slice::of(sql.all(c, |row| letter(&row)).await?, size, |letter| letter.id))
}

/// Who sent a letter; nobody for a sealed one.
pub async fn sender_of(c: &impl Connection, letter: Id) -> Result<Option<Sender>> {
    Sql::composed(format!("SELECT {SENDER} FROM complaints_senders WHERE letter_id = $1"))
        .bind(letter.uuid())
        .one(c, |row| sender(&row))
        .await
}

pub async fn files_of(c: &impl Connection, letter: Id) -> Result<Vec<LetterFile>> {
    Sql::composed(format!("SELECT {FILE} FROM complaints_files WHERE letter_id = $1 ORDER BY id"))
        .bind(letter.uuid())
        .all(c, |row| file(&row))
        .await
}

/// What officers wrote, oldest first.
pub async fn notes_of(c: &impl Connection, letter: Id) -> Result<Vec<Note>> {
    Sql::composed(format!("SELECT {NOTE} FROM complaints_notes WHERE letter_id = $1 ORDER BY id"))
        .bind(letter.uuid())
        .all(c, |row| note(&row))
        .await
}

/// The conditions that a letter was found to lack.
pub async fn unmet(c: &impl Connection, letter: Id) -> Result<Vec<String>> {
    Sql::new("SELECT code FROM complaints_conditions WHERE letter_id = $1 ORDER BY code")
        .bind(letter.uuid())
        .all(c, |row| row.get(0))
        .await
}

/// How many letters alike are shown, at most.
const ALIKE: usize = 10;

/// Earlier letters of the same sender or with the same words, newest first: repeats and copies. Sealed letters are never
/// among them, for nothing of who sent them is known outside the seal.
pub async fn alike(c: &impl Connection, officer: &Officer, of: &Letter) -> Result<Vec<Letter>> {
    if of.is_sealed() {
        return Ok(Vec::new());
    }
    let number = sender_of(c, of.id).await?.map(|sender| sender.number).unwrap_or_default();
    Sql::composed(format!(
        "SELECT {LETTER} FROM complaints_letters l WHERE l.id <> $1 AND l.id < $1 AND {} AND l.kind <> 'denunciation' \
         AND (l.likeness = $3 OR l.id IN (SELECT s.letter_id FROM complaints_senders s WHERE s.number = $4 AND s.number <> '')) \
         ORDER BY l.id DESC LIMIT {ALIKE}",
        SHARED.seen_by(2)
    ))
    .bind(of.id.uuid())
    .bind(officer.agency.uuid())
    .bind(likeness(&of.summary))
    .bind(number)
    .all(c, |row| letter(&row))
    .await
}

/// Whether whoever sent a letter was guided already.
pub(crate) fn guided_before(alike: &[Letter]) -> bool {
    alike.iter().any(|letter| letter.outcome == Some(Outcome::Guide) && letter.state == State::Guided)
}

/// Letters in one state, oldest first; for what goes over all of them.
pub async fn in_state(c: &impl Connection, state: State, size: usize) -> Result<Vec<Letter>> {
    Sql::composed(format!("SELECT {LETTER} FROM complaints_letters l WHERE l.state = $1 ORDER BY l.id LIMIT {size}"))
        .bind(state.as_str())
        .all(c, |row| letter(&row))
        .await
}
