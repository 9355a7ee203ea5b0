//! A dossier in the words of the portal.

use base::{Error, Result};
use contracts::crossing::{DossierContent, ExchangedDossier, ExchangedDossiers, Posts};
use contracts::questions::Procedures;
use directory::queries::Names;
use system::App;

use crate::message::{DinhDanh, GiayToKetQua, HoSo, HoSoBoSung, TaiLieuNop, TienTrinh, moment};
use crate::queries;

/// States of a dossier as the portal counts them.
const NOT_RECEIVED: u8 = 3;
const STOPPED: u8 = 8;
const RETURNED: u8 = 10;

/// The dossier and its steps as they are now.
pub(super) struct Composed {
    pub(super) dossier: HoSo,
    pub(super) progress: Vec<TienTrinh>,
}

/// # Errors
/// [`Error::NotFound`] when there is no such dossier any more.
pub(super) async fn compose(app: &App, id: base::Id) -> Result<Composed> {
    let dossiers = app.ask::<dyn ExchangedDossiers>().ok_or(Error::NotFound)?;
    let dossier = dossiers.by_id(id).await?.ok_or(Error::NotFound)?;
    let content = dossiers.content(id).await?.unwrap_or_default();
    let progress = progress(app, &dossier, &content).await?;
    let mut composed = Composed { dossier: told(app, dossier, content).await?, progress };
    // What was filed at the portal is known there by the portal's own code.
    if let Some(code) = queries::code_at_portal(app.store.read(), &composed.dossier.code).await? {
        composed.progress.iter_mut().for_each(|step| step.code.clone_from(&code));
        composed.dossier.code = code;
        "1".clone_into(&mut composed.dossier.filed_at);
    }
    Ok(composed)
}

async fn told(app: &App, dossier: ExchangedDossier, content: DossierContent) -> Result<HoSo> {
    let person = directory::queries::person(app.store.read(), dossier.applicant).await?;
    let procedures = app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
    let procedure = procedures.version(dossier.procedure).await?;
    // The catalogue knows fields by their names; the name stands for the code as well.
    let field = procedure.map(|procedure| procedure.field.clone()).unwrap_or_default();
    let by_post = match app.ask::<dyn Posts>() {
        Some(posts) => posts.of(dossier.id).await?.is_some_and(|posting| posting.returns),
        None => false,
    };
    let at = |states: &[u8]| moment(dossier.closed_at.filter(|_| states.contains(&dossier.state)));
    let flag = |is: bool| if is { "1" } else { "0" }.to_owned();
    let number = person.as_ref().and_then(|person| person.personal_number.as_ref());
    let number = number.map(|number| number.reveal().to_owned()).unwrap_or_default();
    let phone = person.as_ref().and_then(|person| person.phone.as_ref());
    Ok(HoSo {
        procedure_code: dossier.procedure_code.clone(),
        procedure_name: dossier.procedure_name.clone(),
        field_code: field.clone(),
        field_name: field,
        channel: channel(&dossier.channel).to_owned(),
        applicant_kind: "0".to_owned(),
        email: person.as_ref().and_then(|person| person.email.clone()).unwrap_or_default(),
        phone: phone.map(|phone| phone.reveal().to_owned()).unwrap_or_default(),
        summary: dossier.procedure_name.clone(),
        submitted: moment(Some(dossier.submitted_at)),
        received: moment(dossier.received_at),
        promised: moment(dossier.promised_at),
        state: dossier.state.to_string(),
        refused: at(&[NOT_RECEIVED, STOPPED]),
        returned: at(&[RETURNED]),
        finished: moment(dossier.finished_at),
        way_back: flag(by_post),
        agency: Names::default().of(app.store.read(), dossier.receiving).await?,
        filed_at: "2".to_owned(),
        digitised: flag(!content.papers.is_empty()),
        identified: "0".to_owned(),
        papers: content.papers.into_iter().map(paper).collect(),
        supplements: content.supplements.into_iter().map(supplement).collect(),
        results: content.results.into_iter().map(result).collect(),
        identities: if number.is_empty() {
            Vec::new()
        } else {
            vec![DinhDanh { kind: "1".to_owned(), number: number.clone() }]
        },
        applicant: person.map(|person| person.name).unwrap_or_default(),
        applicant_number: number,
        code: dossier.code,
    })
}

/// `KenhThucHien`.
fn channel(channel: &str) -> &'static str {
    match channel {
        "online" => "2",
        "post" => "3",
        _ => "1",
    }
}

fn paper(paper: contracts::crossing::ExchangedPaper) -> TaiLieuNop {
    TaiLieuNop {
        id: paper.id.to_string(),
        name: paper.name,
        is_deleted: "0".to_owned(),
        component: paper.component,
        address: String::new(),
        digitised: "1".to_owned(),
    }
}

fn supplement(asked: contracts::crossing::ExchangedSupplement) -> HoSoBoSung {
    HoSoBoSung {
        id: asked.id.to_string(),
        reason: asked.reason,
        asked: moment(Some(asked.asked_at)),
        answered: moment(asked.answered_at),
        state: if asked.answered_at.is_some() { "1" } else { "0" }.to_owned(),
    }
}

fn result(result: contracts::crossing::ExchangedResult) -> GiayToKetQua {
    GiayToKetQua { name: result.name, id: result.id.to_string(), number: result.number }
}

async fn progress(app: &App, dossier: &ExchangedDossier, content: &DossierContent) -> Result<Vec<TienTrinh>> {
    let c = app.store.read();
    let mut names = Names::default();
    let mut steps = Vec::with_capacity(content.steps.len());
    for step in &content.steps {
        let person = match step.person {
            Some(person) => directory::queries::person(c, person).await?.map(|person| person.name),
            None => None,
        };
        steps.push(TienTrinh {
            code: dossier.code.clone(),
            person: person.unwrap_or_default(),
            position: String::new(),
            done: moment(step.closed_at),
            unit: names.of(c, step.agency).await?,
            what: step.title.clone(),
            state: dossier.state.to_string(),
            begun: moment(Some(step.opened_at)),
            due: moment(step.due_at),
        });
    }
    Ok(steps)
}
