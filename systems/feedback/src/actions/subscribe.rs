//! People follow what is reported in a place or of a kind, and are told of it once a week.

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use contracts::Answer;
use journal::{Actor, Entry, Thing, record};
use notify::{Message, To};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};

use crate::queries;
use crate::rules::{self, rules};

/// People told in one round.
const BATCH: usize = 200;

const fn thing(id: Id) -> Thing {
    Thing { kind: "subscription", id }
}

/// Follows a kind, a commune, or one in the other; following the same again changes nothing.
///
/// # Errors
/// [`Error::Invalid`] at `kind` for one that there is not, and at `form` for one too many.
pub async fn subscribe(app: &App, now: Now, caller: &Caller, kind: Option<&str>, commune: Option<Id>) -> Result<()> {
    let person = caller.citizen()?.person;
    if let Some(kind) = kind {
        rules::kind(kind)?;
    }
    app.store
        .write(async |tx| {
            let known = queries::subscriptions(tx, person).await?;
            if known.iter().any(|one| one.kind.as_deref() == kind && one.commune == commune) {
                return Ok(());
            }
            if known.len() >= rules()?.digest.most {
                return Err(Error::invalid("form", "feedback-follow-too-many"));
            }
            let id = Id::new(now);
            Sql::new(
                "INSERT INTO feedback_subscriptions (id, person_id, kind, commune_id, since, told_at) \
                 VALUES ($1, $2, $3, $4, $5, $5)",
            )
            .bind(id.uuid())
            .bind(person.uuid())
            .bind(kind.map(str::to_owned))
            .bind(commune.map(Id::uuid))
            .bind(now.utc())
            .run(tx)
            .await?;
            let data = json!({ "kind": kind, "commune": commune });
            record(tx, now, &caller.actor(), Entry::new("feedback.subscribed", thing(id), &data)?).await?;
            Ok(())
        })
        .await
}

/// Follows it no more.
///
/// # Errors
/// [`Error::NotFound`] for another person's.
pub async fn unsubscribe(app: &App, now: Now, caller: &Caller, id: Id) -> Result<()> {
    let person = caller.citizen()?.person;
    app.store
        .write(async |tx| {
            let gone = Sql::new("DELETE FROM feedback_subscriptions WHERE id = $1 AND person_id = $2")
                .bind(id.uuid())
                .bind(person.uuid())
                .run(tx)
                .await?;
            if gone != 1 {
                return Err(Error::NotFound);
            }
            record(tx, now, &caller.actor(), Entry::new("feedback.unsubscribed", thing(id), &json!({}))?).await?;
            Ok(())
        })
        .await
}

/// One message a week for everything that a person follows; none for a week in which nothing happened.
pub fn digest(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let before = now.utc() - TimeDelta::days(rules()?.digest.days);
        let due = queries::followers(app.store.read(), before, BATCH).await?;
        for person in &due {
            app.store.write(async |tx| tell(app, tx, now, *person).await).await?;
        }
        Ok(due.len())
    })
}

async fn tell(app: &App, tx: &Tx, now: Now, person: Id) -> Result<()> {
    let followed = queries::subscriptions(tx, person).await?;
    let Some(first) = followed.first() else { return Ok(()) };
    let news = queries::news_for(tx, person).await?;
    Sql::new("UPDATE feedback_subscriptions SET told_at = $2 WHERE person_id = $1")
        .bind(person.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    if news.reported == 0 && news.answered == 0 {
        return Ok(());
    }
    let parameters = [("reported", news.reported.to_string()), ("answered", news.answered.to_string())];
    let text = "feedback-message-digest";
    let message = Message { text, parameters: &parameters, link: "/phan-anh/theo-doi", about: thing(first.id) };
    notify::tell(tx, app, now, &Actor::PROGRAM, To { person }, message).await?;
    Ok(())
}
