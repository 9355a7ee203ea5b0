//! What the officer can do with a report now.

use askama::Template;
use base::{Error, Id, Result};
use directory::queries::AgencyFilter;
use directory::{Agency, Tier};
use flow::{OpenStep, Work};
use system::App;
use web::{Choice, Sent, Visitor, filters};

use super::LIST;
use crate::queries::{self, Answer, Photo};
use crate::report::Report;
use crate::rules::{self, rules};

/// Agencies of the province that can be given a report, at most.
const AGENCIES: usize = 200;

#[derive(Template)]
#[template(path = "feedback/desk/panel.html")]
pub(super) struct Panel<'a> {
    csrf: &'a str,
    address: String,
    errors: &'a web::Errors,
    reason: String,
    step: &'a OpenStep,
    /// What the officer before wrote.
    note: String,
    work: AtHand,
}

/// By what the step is.
enum AtHand {
    Triage(Box<ToTriage>),
    Handle { id: String, answer: String, photos: usize, working: bool },
    Approve(Option<(Answer, Vec<Photo>)>),
}

struct ToTriage {
    kinds: Vec<Choice>,
    kind: String,
    agencies: Vec<Choice>,
    agency: String,
    words: String,
    place_words: String,
    public: bool,
    photos: Vec<Shown>,
}

struct Shown {
    id: Id,
    shown: bool,
}

pub(super) async fn panel<'a>(
    app: &App,
    visitor: &'a Visitor,
    report: &Report,
    step: &'a OpenStep,
    note: String,
    sent: &'a Sent,
) -> Result<Panel<'a>> {
    let c = app.store.read();
    let work = match step.does {
        Work::Receive => AtHand::Triage(Box::new(to_triage(app, visitor, report, sent).await?)),
        Work::Sign => AtHand::Approve(match queries::proposed_answer(c, report.id).await? {
            Some(answer) => {
                let photos = queries::photos(c, answer.id).await?;
                Some((answer, photos))
            }
            None => None,
        }),
        _ => {
            let id = sent.value("id").parse().unwrap_or_else(|_| visitor.form_id());
            AtHand::Handle {
                answer: sent.value("answer").to_owned(),
                photos: queries::photos(c, id).await?.len(),
                working: report.state == crate::report::State::Working,
                id: id.to_string(),
            }
        }
    };
    Ok(Panel {
        csrf: visitor.csrf(),
        address: format!("{LIST}/{}", report.code),
        errors: &sent.errors,
        reason: sent.value("reason").to_owned(),
        step,
        note,
        work,
    })
}

async fn to_triage(app: &App, visitor: &Visitor, report: &Report, sent: &Sent) -> Result<ToTriage> {
    let c = app.store.read();
    let sort = rules()?.sort(report.sort.as_str()).ok_or_else(|| Error::inside("a sort without rules"))?;
    // A kind that is no longer among the rules leaves the report to whoever receives its sort.
    let charge = rules()?.kind(&report.kind).map_or(&sort.received_by, |kind| &kind.handled_by);
    let proposed = rules::in_charge(c, charge, report.commune, visitor.now).await?;
    let before = report.moderated.as_ref();
    // What nobody has read is not shown unless the officer says so; a second reading keeps what the first decided.
    let public = if before.is_some() { report.public_at.is_some() } else { sort.public };
    let chosen = |photo: &Photo| {
        if sent.is_empty() { photo.shown } else { sent.all("photo").any(|id| id == photo.id.to_string()) }
    };
    let photos = queries::photos(c, report.form_id).await?;
    Ok(ToTriage {
        kinds: rules()?
            .kinds
            .iter()
            .map(|kind| Choice { value: kind.code.clone(), text: kind.title.clone() })
            .collect(),
        kind: sent.or("kind", &report.kind),
        agencies: agencies(app, visitor, report, &proposed).await?,
        agency: sent.or("agency", &proposed.code),
        words: sent.or("public-words", before.map_or(&report.words, |moderated| &moderated.words)),
        place_words: sent.or("place-words", before.map_or(&report.place_words, |moderated| &moderated.place_words)),
        public: if sent.is_empty() { public } else { sent.value("public") == "yes" },
        photos: photos.iter().map(|photo| Shown { id: photo.id, shown: chosen(photo) }).collect(),
    })
}

/// Who can be given the report: who is proposed, the commune, and every agency of the province.
async fn agencies(app: &App, visitor: &Visitor, report: &Report, proposed: &Agency) -> Result<Vec<Choice>> {
    let c = app.store.read();
    let filter = AgencyFilter { tier: Some(Tier::Province), ..AgencyFilter::default() };
    let province = directory::queries::agencies(c, visitor.now.today(), &filter, None, AGENCIES).await?;
    let commune = directory::queries::agency(c, report.commune).await?;
    let mut choices: Vec<Choice> = Vec::new();
    for agency in std::iter::once(proposed).chain(&commune).chain(&province.rows) {
        if choices.iter().all(|choice| choice.value != agency.code) {
            choices.push(Choice { value: agency.code.clone(), text: agency.name.clone() });
        }
    }
    Ok(choices)
}
