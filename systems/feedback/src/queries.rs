//! Reading reports and what belongs to them.

mod desk;
mod figures;
mod handled;
mod hidden;
mod joined;
mod map;
mod near;
mod subscriptions;
#[cfg(test)]
mod tests;

use base::{Error, Id, Now, Result};
use chrono::{DateTime, Utc};
use directory::Agency;
use geo::Place;
use store::orm::Value;
use store::{Conditions, Connection, Kind, Slice, Sql, search};
use system::{App, Officer};

use crate::access::SHARED;
use crate::report::{Report, State};
use crate::rules;
use crate::tables::{ANSWER, PHOTO, REMARK, REPORT, SEARCH, answer, photo, remark, report};

pub use crate::tables::{Answer, Photo, Remark, Video};
pub use desk::for_desk;
pub use figures::{Line, Totals, by_agency, medians, totals};
pub(crate) use handled::Asked;
pub(crate) use hidden::PARTS;
pub use hidden::hidden_areas;
pub use joined::{Alike, Chosen, alike, count_alike, joined_into, matter};
pub(crate) use joined::{narrow_to_alike, narrow_to_chosen, to_tell, to_tell_of};
pub(crate) use map::ZOOMS;
pub use map::{Cell, Dot, Shown, cells, shown};
pub use near::{Near, near, whole_metres};
pub(crate) use subscriptions::followers;
pub use subscriptions::{News, Subscription, news_for, subscriptions};

pub async fn by_id(c: &impl Connection, id: Id) -> Result<Option<Report>> {
    one(c, "r.id = $1", id.uuid().into()).await
}

/// By its code, whoever asks: the caller decides who may know it.
pub async fn by_code(c: &impl Connection, code: &str) -> Result<Option<Report>> {
    one(c, "r.code = $1", code.into()).await
}

pub async fn by_form(c: &impl Connection, form: Id) -> Result<Option<Report>> {
    one(c, "r.form_id = $1", form.uuid().into()).await
}

/// By its code, for everybody.
pub async fn public(c: &impl Connection, code: &str) -> Result<Report> {
    one(c, "r.public_at IS NOT NULL AND r.code = $1", code.into()).await?.ok_or(Error::NotFound)
}

async fn one(c: &impl Connection, condition: &'static str, value: Value) -> Result<Option<Report>> {
    Sql::composed(format!("SELECT {REPORT} FROM feedback_reports r WHERE {condition}"))
        .bind(value)
        .one(c, |row| report(&row))
        .await
}

/// By its code, for an officer: what lies outside the scope of the position does not exist.
pub async fn for_officer(c: &impl Connection, officer: &Officer, code: &str) -> Result<Report> {
    Sql::composed(format!("SELECT {REPORT} FROM feedback_reports r WHERE r.code = $1 AND {}", SHARED.seen_by(2)))
        .bind(code)
        .bind(officer.agency.uuid())
        .one(c, |row| report(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// What a list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of code, kind or what is public of it, as typed.
    pub words: String,
    pub state: Option<State>,
    pub kind: Option<String>,
    pub commune: Option<Id>,
    /// Sent in this time, both ends included; what everybody may see is then in the order of sending.
    pub sent: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Only what is worked on by itself: nothing that is joined into another.
    pub alone: bool,
    /// Whether whoever reported has nothing more to wait for.
    pub ended: Option<bool>,
}

impl Filter {
    fn narrow(&self, kind: Kind, conditions: &mut Conditions) {
        if let Some(state) = self.state {
            conditions.and(|n| format!("r.state = ${n}"), state.as_str());
        }
        if let Some(code) = &self.kind {
            conditions.and(|n| format!("r.kind = ${n}"), code.as_str());
        }
        if let Some(commune) = self.commune {
            conditions.and(|n| format!("r.commune_id = ${n}"), commune.uuid());
        }
        if let Some((from, to)) = self.sent {
            conditions.and(|n| format!("r.filed_at >= ${n}"), from);
            conditions.and(|n| format!("r.filed_at <= ${n}"), to);
        }
        if let Some(ended) = self.ended {
            let not = if ended { "" } else { "NOT " };
            conditions.and_known(&format!("r.state {not}IN ('answered', 'closed', 'refused')"));
        }
        if self.alone {
            conditions.and_known("r.joined_id IS NULL");
        }
        if let Some(query) = search::query(kind, &self.words) {
            conditions.and(|n| SEARCH.condition(kind, "r.id", n), query);
        }
    }
}

/// What everybody may see, newest first.
pub async fn public_list(
    c: &impl Connection,
    kind: Kind,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Report>> {
    let mut conditions = Conditions::default();
    filter.narrow(kind, &mut conditions);
    if let Some(before) = before {
        conditions.and(|n| format!("r.id < ${n}"), before.uuid());
    }
    // A time long ago is not looked for from today on.
    let order = if filter.sent.is_some() { "r.filed_at DESC, r.id DESC" } else { "r.id DESC" };
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE r.public_at IS NOT NULL{} ORDER BY {order} LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| report(&row)).await?;
    Ok(Slice::of(rows, size, |report| report.id))
}

/// Those of these codes that everybody may see, newest first.
pub async fn public_of(c: &impl Connection, codes: &[&str]) -> Result<Vec<Report>> {
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE r.public_at IS NOT NULL AND r.code IN ({}) ORDER BY r.id DESC",
        store::marks(1, codes.len())
    ));
    codes.iter().fold(sql, |sql, code| sql.bind(*code)).all(c, |row| report(&row)).await
}

/// What a person sent under their name, newest first.
pub async fn of_reporter(c: &impl Connection, person: Id, before: Option<Id>, size: usize) -> Result<Slice<Report>> {
    let older = if before.is_some() { "AND r.id < $2" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE r.reporter_id = $1 {older} ORDER BY r.id DESC LIMIT {}",
        size + 1
    ))
    .bind(person.uuid());
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| report(&row)).await?, size, |report| report.id))
}

/// The pictures of a report (by its form) or of an answer, as they came.
pub async fn photos(c: &impl Connection, owner: Id) -> Result<Vec<Photo>> {
    Sql::composed(format!("SELECT {PHOTO} FROM feedback_photos WHERE owner_id = $1 ORDER BY id"))
        .bind(owner.uuid())
        .all(c, |row| photo(&row))
        .await
}

/// The video of a report, by its form.
pub async fn video(c: &impl Connection, owner: Id) -> Result<Option<Video>> {
    Sql::new("SELECT id, hash, mime FROM feedback_videos WHERE owner_id = $1")
        .bind(owner.uuid())
        .one(c, |row| Ok(Video { id: Id::from_uuid(row.get(0)?), hash: row.get(1)?, mime: row.get(2)? }))
        .await
}

/// The pictures that everybody may see of these reports (by their forms), as they came.
pub async fn shown_photos(c: &impl Connection, owners: &[Id]) -> Result<Vec<Photo>> {
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::composed(format!(
        "SELECT {PHOTO} FROM feedback_photos WHERE owner_id IN ({}) AND shown = TRUE ORDER BY id",
        store::marks(1, owners.len())
    ));
    owners.iter().fold(sql, |sql, owner| sql.bind(owner.uuid())).all(c, |row| photo(&row)).await
}

/// The committee of the commune whose centre is nearest to a place; `None` for one that is not in the province. The desk
/// corrects a guess.
pub(crate) async fn committee_at(app: &App, now: Now, place: Place) -> Result<Option<Agency>> {
    let Some(gso) = rules::land(app)?.commune_at(place) else { return Ok(None) };
    let committees =
        directory::queries::agencies_of_kind(app.store.read(), directory::COMMUNE_COMMITTEE, now.today()).await?;
    Ok(committees.into_iter().find(|agency| agency.gso.as_deref() == Some(gso)))
}

/// The answers to a report, those sent back among them, oldest first.
pub async fn answers(c: &impl Connection, report: Id) -> Result<Vec<Answer>> {
    Sql::composed(format!("SELECT {ANSWER} FROM feedback_answers WHERE report_id = $1 ORDER BY id"))
        .bind(report.uuid())
        .all(c, |row| answer(&row))
        .await
}

/// The answer that lies before a leader.
pub async fn proposed_answer(c: &impl Connection, report: Id) -> Result<Option<Answer>> {
    let open = |answer: &Answer| answer.approved_at.is_none() && answer.sent_back_at.is_none();
    Ok(answers(c, report).await?.into_iter().find(open))
}

pub async fn remarks(c: &impl Connection, report: Id) -> Result<Vec<Remark>> {
    Sql::composed(format!("SELECT {REMARK} FROM feedback_remarks WHERE report_id = $1 ORDER BY id"))
        .bind(report.uuid())
        .all(c, |row| remark(&row))
        .await
}

/// Answered reports that nobody can have reopened any more, oldest first.
pub(crate) async fn to_close(c: &impl Connection, answered_before: DateTime<Utc>, size: usize) -> Result<Vec<Report>> {
    Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE r.state = 'answered' AND r.answered_at < $1 \
         ORDER BY r.answered_at LIMIT {size}"
    ))
    .bind(answered_before)
    .all(c, |row| report(&row))
    .await
}

/// Reports in one state, oldest first; for what goes over all of them.
pub async fn in_state(c: &impl Connection, state: State, size: usize) -> Result<Vec<Report>> {
    Sql::composed(format!("SELECT {REPORT} FROM feedback_reports r WHERE r.state = $1 ORDER BY r.id LIMIT {size}"))
        .bind(state.as_str())
        .all(c, |row| report(&row))
        .await
}
