//! What the officer can do with a letter now.

use askama::Template;
use base::{Id, Result};
use flow::OpenStep;
use system::App;
use web::{Choice, Sent, Visitor, filters};

use super::LIST;
use crate::letter::{Complexity, Finding, Letter, Outcome};
use crate::pages::{communes, fields};
use crate::queries::{self, Note};
use crate::rules;

#[derive(Template)]
#[template(path = "complaints/desk/panel.html")]
pub(super) struct Panel<'a> {
    csrf: &'a str,
    address: String,
    sent: &'a Sent,
    step: &'a OpenStep,
    letter: &'a Letter,
    /// What the officer before wrote.
    note: String,
    work: AtHand,
}

/// By the name of the step.
enum AtHand {
    Read(Box<ToRead>),
    Approve { unmet: Vec<&'static str>, reasons: Option<Note> },
    Verify { findings: Vec<Choice> },
    Decide { words: Option<Note> },
    Execute,
}

struct ToRead {
    conditions: Vec<Tick>,
    outcomes: Vec<Choice>,
    fields: Vec<Choice>,
    field: String,
    communes: Vec<Choice>,
    commune: String,
    /// Whoever sent it was guided before: they are not guided again.
    guided_before: bool,
    /// Whether the law knows a longer term from the outset.
    may_be_complex: bool,
    summary_first: bool,
}

/// A condition to be ticked.
struct Tick {
    value: &'static str,
    text: &'static str,
    hint: String,
    checked: bool,
}

pub(super) async fn panel<'a>(
    app: &App,
    visitor: &'a Visitor,
    letter: &'a Letter,
    step: &'a OpenStep,
    note: String,
    alike: &[Letter],
    sent: &'a Sent,
) -> Result<Panel<'a>> {
    let c = app.store.read();
    let last = async |kind: &str| -> Result<Option<Note>> {
        Ok(queries::notes_of(c, letter.id).await?.into_iter().rev().find(|note| note.kind == kind))
    };
    let finding =
        |finding: &Finding| Choice { value: finding.as_str().to_owned(), text: visitor.text(&finding.text()) };
    let work = match step.name.as_str() {
        "read" => AtHand::Read(Box::new(to_read(app, visitor, letter, alike, sent).await?)),
        "approve" => AtHand::Approve { unmet: unmet(app, letter).await?, reasons: last("reasons").await? },
        "verify" => AtHand::Verify { findings: Finding::ALL.iter().map(finding).collect() },
        "decide" => AtHand::Decide { words: last("finding").await? },
        _ => AtHand::Execute,
    };
    Ok(Panel { csrf: visitor.csrf(), address: format!("{LIST}/{}", letter.code), sent, step, letter, note, work })
}

async fn unmet(app: &App, letter: &Letter) -> Result<Vec<&'static str>> {
    let codes = queries::unmet(app.store.read(), letter.id).await?;
    let conditions = rules::conditions(letter.kind)?;
    let lacking = conditions.into_iter().filter(|condition| codes.contains(&condition.code));
    Ok(lacking.map(|condition| condition.title.as_str()).collect())
}

async fn to_read(app: &App, visitor: &Visitor, letter: &Letter, alike: &[Letter], sent: &Sent) -> Result<ToRead> {
    let before = queries::unmet(app.store.read(), letter.id).await?;
    let conditions = rules::conditions(letter.kind)?.into_iter().map(|condition| {
        let outcomes: Vec<String> = condition
            .unmet
            .iter()
            .filter_map(|word| Outcome::parse(word))
            .map(|outcome| visitor.text(&outcome.text()).to_lowercase())
            .collect();
        let checked = if sent.is_empty() {
            !before.is_empty() && !before.contains(&condition.code)
        } else {
            sent.all("met").any(|code| code == condition.code)
        };
        let hint = visitor.text_with("complaints-read-unmet", &[("outcomes", outcomes.join(", "))]);
        Tick { value: &condition.code, text: &condition.title, hint, checked }
    });
    let outcome =
        |outcome: &Outcome| Choice { value: outcome.as_str().to_owned(), text: visitor.text(&outcome.text()) };
    let known: Option<Id> = letter.commune;
    let commune = match known {
        Some(commune) => {
            let agency = directory::queries::agency(app.store.read(), commune).await?;
            agency.map(|agency| agency.code).unwrap_or_default()
        }
        None => String::new(),
    };
    Ok(ToRead {
        conditions: conditions.collect(),
        outcomes: Outcome::ALL.iter().map(outcome).collect(),
        fields: fields(visitor)?,
        field: sent.or("field", letter.field.as_deref().unwrap_or_default()),
        communes: communes(app, visitor).await?,
        commune: sent.or("commune", &commune),
        guided_before: queries::guided_before(alike),
        may_be_complex: !letter.is_sealed() && rules::deadline(letter, Complexity::Complex)?.is_some(),
        summary_first: letter.is_sealed() && letter.summary.is_empty(),
    })
}
