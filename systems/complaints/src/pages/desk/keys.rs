//! Who can read what is sealed: appointed officers, the three holders, and how they follow each other.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use store::Connection;
use system::{App, Officer};
use web::{Answer, Choice, Flash, Form, Path, Sent, Visitor, filters, redirect_with};
use zeroize::Zeroizing;

use crate::access::APPOINT;
use crate::actions::{self, NewSuccession};
use crate::queries::{self, KeyHolder, Succession};
use crate::rules::rules;

const PAGE: &str = "/don-thu-xu-ly/niem-phong";

type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "complaints/desk/keys.html")]
struct Keys<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    least: usize,
    rows: Vec<Row>,
    has_key: bool,
    may_appoint: bool,
    stage: Stage,
    is_holder: bool,
    colleagues: Vec<Choice>,
    candidates: Vec<Choice>,
    seats: Vec<Choice>,
    begun: Vec<Begun>,
    form_id: String,
}

/// How far the province has come with its keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A leader names the three holders.
    Naming,
    /// The recovery key is made, and the holders are fixed: a leader appoints who receives denunciations.
    Appointing,
    /// Something is sealed: only two holders together appoint.
    Sealed,
}

impl Stage {
    async fn of(c: &impl Connection) -> Result<Self> {
        Ok(if queries::recovery_key(c).await?.is_none() {
            Self::Naming
        } else if queries::is_anything_sealed(c).await? {
            Self::Sealed
        } else {
            Self::Appointing
        })
    }
}

struct Row {
    holder: KeyHolder,
    name: String,
}

struct Begun {
    succession: Succession,
    person: String,
    first: String,
    /// Whether this officer is the second who can complete it.
    is_mine: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let sent = Sent::default();
    let content = content(&app, &visitor, &sent).await?;
    visitor.page(&visitor.text("complaints-keys-title"), &content)
}

async fn name(app: &App, person: Id) -> Result<String> {
    let known = directory::queries::person(app.store.read(), person).await?;
    Ok(known.map(|person| person.name).unwrap_or_default())
}

async fn content<'a>(app: &App, visitor: &'a Visitor, sent: &'a Sent) -> Result<Keys<'a>> {
    let c = app.store.read();
    let officer = visitor.caller.officer()?;
    let mut rows = Vec::new();
    for holder in queries::people(c).await? {
        rows.push(Row { name: name(app, holder.person).await?, holder });
    }
    let own = rows.iter().find(|row| row.holder.person == officer.person).map(|row| row.holder.clone());
    let is_holder = own.as_ref().is_some_and(|own| own.seat.is_some()) && officer.acting_for.is_none();
    Ok(Keys {
        csrf: visitor.csrf(),
        sent,
        least: rules()?.sealing.passphrase,
        has_key: own.is_some_and(|own| own.has_key),
        may_appoint: officer.may(APPOINT),
        stage: Stage::of(c).await?,
        is_holder,
        colleagues: colleagues(app, visitor, officer).await?,
        candidates: candidates(visitor, &rows),
        seats: seats(visitor, &rows),
        begun: begun(app, officer, is_holder).await?,
        form_id: visitor.form_id().to_string(),
        rows,
    })
}

/// Everybody of the officer's agency.
async fn colleagues(app: &App, visitor: &Visitor, officer: &Officer) -> Result<Vec<Choice>> {
    let names: BTreeMap<Id, String> =
        directory::queries::names_in(app.store.read(), officer.agency, visitor.now.today()).await?;
    let none = Choice { value: String::new(), text: visitor.text("complaints-choose") };
    let mut choices: Vec<Choice> =
        names.into_iter().map(|(person, name)| Choice { value: person.to_string(), text: name }).collect();
    choices.sort_by_cached_key(|choice| base::fold(&choice.text));
    choices.insert(0, none);
    Ok(choices)
}

/// Those who have made a key and are not appointed.
fn candidates(visitor: &Visitor, rows: &[Row]) -> Vec<Choice> {
    let none = Choice { value: String::new(), text: visitor.text("complaints-choose") };
    let ready = rows.iter().filter(|row| row.holder.has_key && !row.holder.appointed);
    let choice = |row: &Row| Choice { value: row.holder.person.to_string(), text: row.name.clone() };
    std::iter::once(none).chain(ready.map(choice)).collect()
}

/// As what somebody follows: as an appointed officer, or in a holder's seat.
fn seats(visitor: &Visitor, rows: &[Row]) -> Vec<Choice> {
    let officer = Choice { value: String::new(), text: visitor.text("complaints-keys-as-officer") };
    let seat = |row: &Row| {
        let seat = row.holder.seat?;
        let text = visitor.text_with("complaints-keys-as-holder", &[("name", row.name.clone())]);
        Some(Choice { value: seat.to_string(), text })
    };
    std::iter::once(officer).chain(rows.iter().filter_map(seat)).collect()
}

async fn begun(app: &App, officer: &Officer, is_holder: bool) -> Result<Vec<Begun>> {
    let mut begun = Vec::new();
    for succession in queries::successions(app.store.read()).await? {
        begun.push(Begun {
            person: name(app, succession.person).await?,
            first: name(app, succession.first).await?,
            is_mine: is_holder && succession.first != officer.person,
            succession,
        });
    }
    Ok(begun)
}

pub(super) async fn make(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Pairs>) -> Answer {
    let mut sent = Sent::new(pairs);
    let (passphrase, again) = (Zeroizing::new(sent.take("passphrase")), Zeroizing::new(sent.take("again")));
    let done = actions::make_key(&app, visitor.now, &visitor.caller, &passphrase, &again).await;
    answered(&app, &visitor, sent, done, "complaints-told-key-made").await
}

pub(super) async fn name_holders(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Pairs>) -> Answer {
    let sent = Sent::new(pairs);
    let person = |field: &str| person(&sent, field);
    let done = match (person("holder-1"), person("holder-2"), person("holder-3")) {
        (Ok(one), Ok(two), Ok(three)) => {
            actions::name_holders(&app, visitor.now, &visitor.caller, [one, two, three]).await
        }
        (Err(error), _, _) | (_, Err(error), _) | (_, _, Err(error)) => Err(error),
    };
    answered(&app, &visitor, sent, done, "complaints-told-holders-named").await
}

fn person(sent: &Sent, field: &str) -> Result<Id> {
    sent.value(field).parse().map_err(|_| Error::invalid(field, "complaints-person-missing"))
}

pub(super) async fn appoint(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Pairs>) -> Answer {
    let sent = Sent::new(pairs);
    let done = match person(&sent, "person") {
        Ok(person) => actions::appoint(&app, visitor.now, &visitor.caller, person).await,
        Err(error) => Err(error),
    };
    answered(&app, &visitor, sent, done, "complaints-told-appointed").await
}

pub(super) async fn dismiss(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Pairs>) -> Answer {
    let sent = Sent::new(pairs);
    actions::dismiss(&app, visitor.now, &visitor.caller, person(&sent, "person")?).await?;
    Ok(redirect_with(PAGE, Flash::success("complaints-told-dismissed")))
}

pub(super) async fn begin(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Pairs>) -> Answer {
    let mut sent = Sent::new(pairs);
    let passphrase = Zeroizing::new(sent.take("passphrase"));
    let id = sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?;
    let done = match person(&sent, "person") {
        Ok(person) => {
            let new = NewSuccession { id, person, seat: sent.value("seat").parse().ok() };
            actions::begin_succession(&app, visitor.now, &visitor.caller, new, &passphrase).await.map(drop)
        }
        Err(error) => Err(error),
    };
    answered(&app, &visitor, sent, done, "complaints-told-succession-begun").await
}

pub(super) async fn complete(
    State(app): State<App>,
    visitor: Visitor,
    Path(succession): Path<Id>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let mut sent = Sent::new(pairs);
    let passphrase = Zeroizing::new(sent.take("passphrase"));
    let done =
        actions::complete_succession(&app, visitor.now, &visitor.caller, succession, &passphrase).await.map(drop);
    answered(&app, &visitor, sent, done, "complaints-told-succession-done").await
}

async fn answered(app: &App, visitor: &Visitor, sent: Sent, done: Result<()>, told: &'static str) -> Answer {
    match done {
        Ok(()) => Ok(redirect_with(PAGE, Flash::success(told))),
        Err(Error::Invalid(errors)) => {
            let sent = sent.wrong(visitor, &errors);
            let content = content(app, visitor, &sent).await?;
            visitor.rejected(&visitor.text("complaints-keys-title"), &content)
        }
        Err(error) => Err(error.into()),
    }
}
