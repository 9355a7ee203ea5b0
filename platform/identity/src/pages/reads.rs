//! "Who looked at my data": the rows that every look at a person's file leaves.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use chrono::{DateTime, Utc};
use journal::Line;
use serde::Deserialize;
use system::App;
use web::{Answer, Query, Visitor, filters};

#[derive(Template)]
#[template(path = "identity/reads.html")]
struct Page {
    rows: Vec<Look>,
    next: String,
}

struct Look {
    at: DateTime<Utc>,
    who: String,
    agency: String,
    /// Texts of the kind of thing and of the reason.
    what: String,
    why: String,
}

#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    truoc: Option<Id>,
}

const SIZE: usize = 25;

/// Names already looked up: few officers handle one person's files.
#[derive(Default)]
struct Names {
    people: BTreeMap<Id, String>,
    agencies: BTreeMap<Id, String>,
}

impl Names {
    async fn person(&mut self, app: &App, id: Id) -> base::Result<String> {
        if let Some(known) = self.people.get(&id) {
            return Ok(known.clone());
        }
        let name =
            directory::queries::person(app.store.read(), id).await?.map_or_else(String::new, |person| person.name);
        Ok(self.people.entry(id).or_insert(name).clone())
    }

    async fn agency(&mut self, app: &App, id: Id) -> base::Result<String> {
        if let Some(known) = self.agencies.get(&id) {
            return Ok(known.clone());
        }
        let name =
            directory::queries::agency(app.store.read(), id).await?.map_or_else(String::new, |agency| agency.name);
        Ok(self.agencies.entry(id).or_insert(name).clone())
    }
}

async fn look(app: &App, visitor: &Visitor, names: &mut Names, line: Line) -> base::Result<Look> {
    let who = match line.actor.person {
        Some(person) => names.person(app, person).await?,
        None => visitor.text("identity-reads-program"),
    };
    let agency = match line.actor.agency {
        Some(agency) => names.agency(app, agency).await?,
        None => String::new(),
    };
    Ok(Look {
        at: line.at,
        who,
        agency,
        what: visitor.text(&format!("read-thing-{}", line.thing_kind)),
        why: visitor.text(&format!("read-reason-{}", line.verb)),
    })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    let whose = visitor.caller.person().ok_or(Error::SignedOut)?;
    let found = journal::reads_of_person(&app.store, whose, from.truoc, SIZE).await?;
    let mut names = Names::default();
    let mut rows = Vec::with_capacity(found.rows.len());
    for line in found.rows {
        rows.push(look(&app, &visitor, &mut names, line).await?);
    }
    let next = found.next.map_or_else(String::new, |next| format!("/tai-khoan/du-lieu?truoc={next}"));
    visitor.page(&visitor.text("identity-reads"), &Page { rows, next })
}
