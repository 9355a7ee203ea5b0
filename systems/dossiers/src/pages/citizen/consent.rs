//! The consent of a second person: asked for by whoever files, read and answered by the other with their own account.

#[cfg(test)]
mod tests;

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::NaiveDate;
use contracts::questions::Consent as Wanted;
use form::render::{self, Options};
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use super::check;
use crate::consent::{Consent, Needed, Standing, needed, seal};
use crate::pages::filling::{self, Filling};
use crate::{actions, declared, queries};

/// A consent that is needed, on the page where a dossier is looked at before it is sent.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) role: String,
    pub(super) standing: Standing,
    /// Who is asked, their number masked.
    pub(super) number: String,
    /// Who answered.
    pub(super) name: String,
    pub(super) until: Option<NaiveDate>,
    /// What is passed on to whoever is asked.
    pub(super) link: String,
}

impl Line {
    fn unasked(wanted: &Wanted, number: String) -> Self {
        Self {
            label: wanted.label.clone(),
            role: wanted.role.clone(),
            standing: Standing::Unasked,
            number,
            name: String::new(),
            until: None,
            link: String::new(),
        }
    }

    /// Key of what is said of it while it is missing.
    pub(super) const fn missing(&self) -> Option<&'static str> {
        match self.standing {
            Standing::Agreed => None,
            Standing::Waiting => Some("dossiers-consent-waiting"),
            Standing::Declined => Some("dossiers-consent-declined"),
            Standing::Lapsed => Some("dossiers-consent-lapsed"),
            Standing::Unasked => Some("dossiers-consent-unasked"),
        }
    }
}

/// The consents that the answers as they stand need.
pub(super) async fn lines(app: &App, visitor: &Visitor, filling: &Filling) -> Result<Vec<Line>> {
    if filling.procedure.consents.is_empty() {
        return Ok(Vec::new());
    }
    let (c, draft) = (app.store.read(), &filling.draft);
    let own = actions::own_number(c, draft).await?;
    let (asked, seal) = (queries::consents(c, draft.id).await?, seal(draft)?);
    let mut lines = Vec::new();
    for wanted in &filling.procedure.consents {
        let number = match needed(wanted, &draft.answers, own.as_ref()) {
            Needed::Nobody => continue,
            Needed::Unknown => {
                lines.push(Line::unasked(wanted, String::new()));
                continue;
            }
            Needed::Of(number) => number,
        };
        let found = asked.iter().find(|one| one.role == wanted.role && one.number == number);
        lines.push(match found {
            None => Line::unasked(wanted, number.masked()),
            Some(found) => line(app, wanted, found, found.standing(&seal, visitor.now.today())),
        });
    }
    Ok(lines)
}

fn line(app: &App, wanted: &Wanted, consent: &Consent, standing: Standing) -> Line {
    let waiting = standing == Standing::Waiting;
    Line {
        standing,
        name: consent.answer.as_ref().map(|answer| answer.name.clone()).unwrap_or_default(),
        until: matches!(standing, Standing::Waiting | Standing::Agreed).then_some(consent.until),
        link: if waiting { format!("{}/dong-y/{}", app.settings.public_url, consent.id) } else { String::new() },
        ..Line::unasked(wanted, consent.number.masked())
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    role: String,
}

/// Asks for it. Everything else is there by then, so that the other reads what will be sent.
pub(super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(asked): Form<Asked>,
) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    if !check::missing_without_consents(&app, &visitor, &filling).await?.is_empty() {
        return check::refuse(&app, &visitor, &filling).await;
    }
    actions::ask_consent(&app, visitor.now, &visitor.caller, &filling.draft, &asked.role).await?;
    Ok(redirect_with(&filling.at("kiem-tra"), Flash::success("dossiers-consent-asked")))
}

#[derive(Template)]
#[template(path = "dossiers/citizen/consent.html")]
struct Page {
    csrf: String,
    id: Id,
    procedure: String,
    label: String,
    asks: String,
    until: NaiveDate,
    /// What is agreed to, while it waits.
    content: Option<Content>,
    standing: Standing,
}

struct Content {
    agency: String,
    /// Made by the crate `form`, which escapes what people typed.
    summary: String,
    papers: Vec<String>,
    /// The reader's card was not compared, as it must be.
    level: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let (citizen, c) = (visitor.caller.citizen()?, app.store.read());
    let (consent, draft) = actions::asked_of(c, citizen, id).await?;
    let mut page = Page {
        csrf: visitor.csrf().to_owned(),
        id,
        procedure: String::new(),
        label: String::new(),
        asks: String::new(),
        until: consent.until,
        content: None,
        standing: match &consent.answer {
            Some(answer) if answer.agreed => Standing::Agreed,
            Some(_) => Standing::Declined,
            None => Standing::Unasked,
        },
    };
    if let Some(draft) = draft {
        page.standing = consent.standing(&seal(&draft)?, visitor.now.today());
        page.procedure.clone_from(&draft.procedure_name);
        page.asks = directory::queries::person(c, draft.owner).await?.map(|person| person.name).unwrap_or_default();
        let agency = match draft.agency {
            Some(agency) => directory::queries::agency(c, agency).await?.map(|agency| agency.name),
            None => None,
        };
        let filling = Filling::of(&app, visitor.now, draft, super::DRAFTS).await?;
        let wanted = filling.procedure.consents.iter().find(|wanted| wanted.role == consent.role);
        page.label = wanted.map(|wanted| wanted.label.clone()).unwrap_or_default();
        if page.standing == Standing::Waiting {
            let text = filling::texts(&visitor);
            let options = Options::new(&text, declared::lists()?);
            page.content = Some(Content {
                agency: agency.unwrap_or_default(),
                summary: render::summary(&filling.form, &filling.draft.answers, &options),
                papers: filling.draft.papers.iter().map(|paper| paper.name.clone()).collect(),
                level: wanted.is_none_or(|wanted| citizen.assurance < wanted.level),
            });
        }
    }
    visitor.page(&visitor.text("dossiers-consent-title"), &page)
}

#[derive(Deserialize)]
pub(super) struct Answered {
    #[serde(rename = "tra-loi")]
    answer: Reply,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reply {
    DongY,
    TuChoi,
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(answered): Form<Answered>,
) -> Answer {
    let agreed = answered.answer == Reply::DongY;
    actions::answer_consent(&app, visitor.now, &visitor.caller, id, agreed).await?;
    let told = if agreed { "dossiers-consent-told-agreed" } else { "dossiers-consent-told-declined" };
    Ok(redirect_with(&format!("/dong-y/{id}"), Flash::success(told)))
}
