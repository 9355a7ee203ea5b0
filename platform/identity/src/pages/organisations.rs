//! The organisations that a citizen acts for, and whom they let act beside them.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id};
use directory::Representation;
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Sent, Visitor, filters, redirect_with};

use crate::actions;

#[derive(Template)]
#[template(path = "identity/organisations.html")]
struct Page<'a> {
    csrf: &'a str,
    lines: Vec<Line>,
    /// Their card was compared.
    identified: bool,
    /// Those that they may let others act for.
    legal: Vec<Choice>,
    sent: &'a Sent,
}

struct Choice {
    value: String,
    text: String,
    hint: &'static str,
}

struct Line {
    held: Representation,
    /// Who else acts; told to legal representatives only.
    others: Vec<Representation>,
}

const HERE: &str = "/tai-khoan/to-chuc";
/// Of one organisation, on the page of its representative.
const MOST: usize = 100;

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent) -> Answer {
    let (citizen, today, c) = (visitor.caller.citizen()?, visitor.now.today(), app.store.read());
    let mut lines = Vec::new();
    for held in directory::queries::representations_of(c, citizen.person, today).await? {
        let others = if held.is_legal() {
            directory::queries::representatives(c, held.organisation.id, today, None, MOST).await?.rows
        } else {
            Vec::new()
        };
        lines.push(Line { held, others });
    }
    let choice = |held: &Representation| Choice {
        value: held.organisation.id.to_string(),
        text: held.organisation.name.clone(),
        hint: "",
    };
    let legal = lines.iter().map(|line| &line.held).filter(|held| held.is_legal()).map(choice).collect();
    let page = Page { csrf: visitor.csrf(), legal, lines, identified: citizen.assurance >= actions::ASSURANCE, sent };
    visitor.form(&visitor.text("identity-organisations-title"), &sent.errors, &page)
}

pub(super) async fn name(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let sent = Sent::new(pairs);
    let named = match named(&sent) {
        Ok(named) => actions::name_representative(&app, visitor.caller.citizen()?, named).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match named {
        Ok(_) => Ok(redirect_with(HERE, Flash::success("identity-named-done"))),
        Err(Error::Invalid(errors)) => show(&app, &visitor, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

fn named(sent: &Sent) -> Result<actions::Named, FieldErrors> {
    let organisation = sent.value("organisation").parse::<Id>();
    let (number, to) = (sent.value("number").parse(), sent.value("to").parse());
    let name = sent.value("name").trim().to_owned();
    match (organisation, number, to) {
        (Ok(organisation), Ok(number), Ok(to)) if !name.is_empty() => {
            Ok(actions::Named { organisation, number, name, to })
        }
        (organisation, number, to) => {
            let wrong = [
                ("organisation", organisation.is_err(), "identity-error-organisation"),
                ("number", number.is_err(), "identity-error-number"),
                ("name", name.is_empty(), "identity-error-name"),
                ("to", to.is_err(), "identity-error-represent-day"),
            ];
            Err(super::wrong(&wrong))
        }
    }
}

#[derive(Deserialize)]
pub(super) struct TakenBack {
    representation: Id,
}

pub(super) async fn take_back(State(app): State<App>, visitor: Visitor, Form(sent): Form<TakenBack>) -> Answer {
    actions::take_back(&app, visitor.caller.citizen()?, sent.representation).await?;
    Ok(redirect_with(HERE, Flash::success("identity-taken-back")))
}
