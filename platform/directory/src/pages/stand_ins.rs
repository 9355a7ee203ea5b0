//! Who is away, and who does the work meanwhile.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use serde::Deserialize;
use store::Cursor;
use system::{App, Officer};
use web::{Answer, Choice, Flash, Form, Path, Query, Sent, Visitor, filters, redirect_with};

use crate::access::STAND_INS;
use crate::actions::{self, NewStandIn, may_end};
use crate::holding::{Holding, StandIn};
use crate::queries;

pub(super) const LIST: &str = "/vang-mat";
const SIZE: usize = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    sau: String,
}

struct Row {
    stand_in: StandIn,
    begun: bool,
    may_end: bool,
}

#[derive(Template)]
#[template(path = "directory/stand_ins.html")]
struct Page<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    /// Whether the reader arranges it for all people of the agency.
    leads: bool,
    /// Whoever is in a position in another's place arranges nothing.
    acting: bool,
    away: Vec<Choice>,
    deputies: Vec<Choice>,
    today: String,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    show(&app, &visitor, &from, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, from: &From, sent: &Sent) -> Answer {
    let officer = visitor.caller.officer()?;
    let (c, today) = (app.store.read(), visitor.now.today());
    let leads = officer.may(STAND_INS);
    let concerned = (!leads).then_some(officer.person);
    let found = queries::stand_ins(c, officer.agency, concerned, today, Cursor::read(&from.sau)?, SIZE).await?;
    let row = |stand_in: StandIn| Row { begun: stand_in.from <= today, may_end: may_end(officer, &stand_in), stand_in };
    let (away, deputies) = choices(app, visitor, officer, leads).await?;
    let page = Page {
        csrf: visitor.csrf(),
        sent,
        leads,
        acting: officer.acting_for.is_some(),
        away,
        deputies,
        today: today.to_string(),
        rows: found.rows.into_iter().map(row).collect(),
        next: found.next.map(|next| format!("{LIST}?sau={next}")).unwrap_or_default(),
    };
    visitor.form(&visitor.text("directory-stand-ins-title"), &sent.errors, &page)
}

/// Who may be away, and who may stand in: people of the agency in their own right.
async fn choices(app: &App, visitor: &Visitor, officer: &Officer, leads: bool) -> Result<(Vec<Choice>, Vec<Choice>)> {
    let (c, today) = (app.store.read(), visitor.now.today());
    let names = queries::names_in(c, officer.agency, today).await?;
    let held = queries::holdings_in(c, officer.agency, today).await?;
    let held: Vec<Holding> = held.into_iter().filter(|one| one.acting_for.is_none()).collect();
    let choice = |value: Id, one: &Holding| {
        let name = names.get(&one.person).cloned().unwrap_or_default();
        Choice { value: value.to_string(), text: format!("{name}, {}", one.position.title) }
    };
    let own = |one: &&Holding| one.person == officer.person && one.position.id == officer.position;
    let away = held.iter().filter(|one| leads || own(one)).map(|one| choice(one.id, one)).collect();
    let nobody = Choice { value: String::new(), text: visitor.text("directory-stand-ins-choose") };
    let deputies =
        held.iter().filter(|one| leads || (one.person != officer.person && one.position.kind == officer.kind));
    Ok((away, std::iter::once(nobody).chain(deputies.map(|one| choice(one.person, one))).collect()))
}

pub(super) async fn arrange(
    State(app): State<App>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    match arranged(&app, &visitor, &sent).await {
        Ok(()) => Ok(redirect_with(LIST, Flash::success("directory-stand-ins-arranged"))),
        Err(Error::Invalid(errors)) => show(&app, &visitor, &From::default(), &sent.wrong(&visitor, &errors)).await,
        Err(Error::Conflict(key)) => Ok(redirect_with(LIST, Flash::error(key))),
        Err(error) => Err(error.into()),
    }
}

async fn arranged(app: &App, visitor: &Visitor, sent: &Sent) -> Result<()> {
    let day = |field: &str| {
        base::iso_day(sent.value(field)).ok_or_else(|| Error::invalid(field, "directory-stand-ins-no-day"))
    };
    let chosen =
        |field: &str| sent.value(field).parse::<Id>().map_err(|_| Error::invalid(field, "directory-stand-ins-nobody"));
    let new = NewStandIn { of: chosen("of")?, deputy: chosen("deputy")?, from: day("from")?, to: day("to")? };
    actions::stand_in(&app.store, visitor.now, &visitor.caller, new).await.map(drop)
}

pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(holding): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let flash = match actions::end_stand_in(&app.store, visitor.now, &visitor.caller, holding).await {
        Ok(()) => Flash::success("directory-stand-ins-ended"),
        Err(Error::Conflict(key)) => Flash::error(key),
        Err(error) => return Err(error.into()),
    };
    Ok(redirect_with(LIST, flash))
}
