use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Sql};

/// What a person follows: reports of a kind, of a commune, of one in the other, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: Id,
    pub kind: Option<String>,
    pub commune: Option<Id>,
    pub told_at: DateTime<Utc>,
}

/// What happened to what a person follows since they were told last; a report counts once, however often it is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    pub reported: i64,
    pub answered: i64,
}

pub async fn subscriptions(c: &impl Connection, person: Id) -> Result<Vec<Subscription>> {
    Sql::new("SELECT id, kind, commune_id, told_at FROM feedback_subscriptions WHERE person_id = $1 ORDER BY id")
        .bind(person.uuid())
        .all(c, |row| {
            Ok(Subscription {
                id: Id::from_uuid(row.get(0)?),
                kind: row.get(1)?,
                commune: row.get::<Option<_>>(2)?.map(Id::from_uuid),
                told_at: row.get(3)?,
            })
        })
        .await
}

/// People who follow something and were told last before this moment.
pub(crate) async fn followers(c: &impl Connection, before: DateTime<Utc>, size: usize) -> Result<Vec<Id>> {
    Sql::composed(format!(
        "SELECT person_id FROM feedback_subscriptions GROUP BY person_id HAVING max(told_at) <= $1 ORDER BY person_id LIMIT {size}"
    ))
    .bind(before)
    .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
    .await
}

pub async fn news_for(c: &impl Connection, person: Id) -> Result<News> {
    let count = async |at: &str| {
        Sql::composed(format!(
            "SELECT count(*) FROM feedback_reports r WHERE r.public_at IS NOT NULL AND EXISTS ( \
             SELECT 1 FROM feedback_subscriptions s WHERE s.person_id = $1 AND r.{at} > s.told_at \
             AND (s.kind IS NULL OR s.kind = r.kind) AND (s.commune_id IS NULL OR s.commune_id = r.commune_id)) \
             AND r.{at} > (SELECT min(f.told_at) FROM feedback_subscriptions f WHERE f.person_id = $1)"
        ))
        .bind(person.uuid())
        .one(c, |row| row.get(0))
        .await
    };
    Ok(News {
        reported: count("public_at").await?.unwrap_or_default(),
        answered: count("answered_at").await?.unwrap_or_default(),
    })
}
