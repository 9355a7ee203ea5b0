use base::{Error, Id, Now, Result};
use exchange::{Connectors, NewDelivery};
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::{Sql, Tx};
use system::App;

use crate::mail::{SMTP, masked, payload};
use crate::message::{Kept, Message, To};
use crate::queries;

const fn thing(id: Id) -> Thing {
    Thing { kind: "message", id }
}

/// Tells a person, in the transaction of the change that is told of: on their page always, by mail where the program
/// has a mail server and the person a mailbox.
///
/// # Errors
/// [`Error::Inside`] for a link that leads outside the program, which is a defect of the caller.
pub async fn tell(tx: &Tx, app: &App, now: Now, actor: &Actor, to: To, message: Message<'_>) -> Result<Id> {
    if !message.link.starts_with('/') || message.link.starts_with("//") {
        return Err(Error::inside(format!("a message about {} leads outside the program", message.about.kind)));
    }
    let id = Id::new(now);
    Sql::new(
        "INSERT INTO notify_messages (id, person_id, text, parameters, link, about_kind, about_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.uuid())
    .bind(to.person.uuid())
    .bind(message.text)
    .bind(serde_json::to_string(message.parameters)?)
    .bind(message.link)
    .bind(message.about.kind)
    .bind(message.about.id.uuid())
    .bind(now.utc())
    .run(tx)
    .await?;
    let mailbox = mailbox(tx, app, to.person).await?;
    let data = json!({
        "text": message.text,
        "about": { "kind": message.about.kind, "id": message.about.id },
        "mail": mailbox.is_some(),
    });
    journal::record(tx, now, actor, Entry::new("notify.told", thing(id), &data)?).await?;
    if let Some(mailbox) = mailbox {
        let delivery = NewDelivery {
            connector: SMTP,
            key: id.to_string(),
            destination: masked(&mailbox),
            payload: payload(id)?,
            subject: message.about,
            agency: actor.agency,
        };
        exchange::enqueue(tx, now, actor, delivery).await?;
    }
    Ok(id)
}

/// The mailbox of a person, if anything can be sent there.
async fn mailbox(tx: &Tx, app: &App, person: Id) -> Result<Option<String>> {
    if !app.parts.get::<Connectors>()?.has(SMTP) {
        return Ok(None);
    }
    Ok(directory::queries::person(tx, person).await?.and_then(|person| person.email))
}

/// Gives the person's own message and remembers that it was opened.
///
/// # Errors
/// [`Error::NotFound`] for anybody else's message.
pub(crate) async fn open(app: &App, now: Now, actor: &Actor, person: Id, id: Id) -> Result<Kept> {
    let own = |found: Option<Kept>| found.filter(|message| message.person == person).ok_or(Error::NotFound);
    let message = own(queries::message(app.store.read(), id).await?)?;
    if message.read_at.is_some() {
        return Ok(message);
    }
    app.store
        .write(async |tx| {
            let touched = Sql::new("UPDATE notify_messages SET read_at = $2 WHERE id = $1 AND read_at IS NULL")
                .bind(id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            if touched > 0 {
                journal::record(tx, now, actor, Entry::new("notify.read", thing(id), &json!({}))?).await?;
            }
            Ok(message)
        })
        .await
}

/// Marks everything as read that the person had been told by `now`.
pub(crate) async fn read_all(app: &App, now: Now, actor: &Actor, person: Id) -> Result<()> {
    app.store
        .write(async |tx| {
            let read = Sql::new(
                "UPDATE notify_messages SET read_at = $2 WHERE person_id = $1 AND read_at IS NULL AND at <= $2 RETURNING id",
            )
            .bind(person.uuid())
            .bind(now.utc())
            .all(tx, |row| Ok(Id::from_uuid(row.get(0)?)))
            .await?;
            for id in read {
                journal::record(tx, now, actor, Entry::new("notify.read", thing(id), &json!({}))?).await?;
            }
            Ok(())
        })
        .await
}
