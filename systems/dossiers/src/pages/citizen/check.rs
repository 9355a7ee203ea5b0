//! Everything once more before it is sent, and what comes after.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result};
use contracts::crossing::Posting;
use contracts::questions::Paper;
use form::Page;
use form::render::{self, Options};
use qrcode::QrCode;
use qrcode::render::svg;
use system::App;
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::steps::{self, Stage, Step};
use super::{bundle, consent, principal};
use crate::actions::{self, NewDossier};
use crate::behalf::Behalf;
use crate::consent::Standing;
use crate::declared;
use crate::dossier::{Channel, Dossier};
use crate::filing::{self, Comes};
use crate::held;
use crate::pages::filling::{self, Filling, uploads};
use crate::paper::HandedIn;
use crate::slip::papers::lookup_url;
use crate::{access, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/check.html")]
struct Check<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    /// Whom it is for, where that is not the reader.
    whom: Option<Whom>,
    agency: String,
    place: String,
    /// Made by the crate `form`, which escapes what people typed.
    summary: String,
    papers: Vec<Component<'a>>,
    documents: String,
    fee: i64,
    missing: Vec<Missing>,
    consents: Vec<consent::Line>,
    /// Everything but consents is there, so that they may be asked for.
    may_ask: bool,
    ask: String,
    /// Where it is sent from, with what is filled in beside it.
    together: Option<String>,
    /// It was tried to send it as it is.
    refused: bool,
    send: String,
    remove: String,
}

struct Whom {
    name: String,
    /// Where it is mended; an organisation was chosen once.
    href: String,
}

struct Component<'a> {
    name: &'a str,
    files: Vec<Given>,
    comes: Comes,
}

struct Given {
    name: String,
    size: String,
    /// Taken from what was already held.
    reused: bool,
}

pub(super) struct Missing {
    href: String,
    text: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    if let Some(sent) = already_sent(&app, &visitor, id).await? {
        return Ok(sent);
    }
    let filling = super::filling(&app, &visitor, id).await?;
    show(&app, &visitor, &filling, false).await
}

/// Back in the browser after sending leads to what was sent.
async fn already_sent(app: &App, visitor: &Visitor, draft: Id) -> Result<Option<Response>> {
    let Some(dossier) = queries::by_form(app.store.read(), draft).await? else { return Ok(None) };
    let dossier = access::own(app.store.read(), &visitor.caller, dossier, visitor.now.today()).await?;
    Ok(Some(redirect(&format!("/ho-so/{}/da-gui", dossier.code))))
}

async fn agency_name(app: &App, filling: &Filling) -> Result<String> {
    let Some(agency) = filling.draft.agency else { return Ok(String::new()) };
    let agency = directory::queries::agency(app.store.read(), agency).await?;
    Ok(agency.map(|agency| agency.name).unwrap_or_default())
}

async fn show(app: &App, visitor: &Visitor, filling: &Filling, refused: bool) -> Answer<Response> {
    let agency = agency_name(app, filling).await?;
    let mut missing = missing_without_consents(app, visitor, filling).await?;
    let may_ask = missing.is_empty();
    let consents = consent::lines(app, visitor, filling).await?;
    missing.extend(consents.iter().filter_map(|line| consent_missing(visitor, filling, line)));
    let whom = match filling.draft.behalf {
        None => None,
        Some(behalf) => Some(Whom {
            name: filling.applicant_name(app, visitor.caller.citizen()?).await?,
            href: if behalf == Behalf::Authorised { filling.at(principal::PLACE) } else { String::new() },
        }),
    };
    let text = filling::texts(visitor);
    let change = |page: &Page| filling.page_at(page);
    let options = Options { change: Some(&change), ..Options::new(&text, declared::lists()?) };
    let page = Check {
        csrf: visitor.csrf(),
        whom,
        steps: steps::of(filling, Stage::Check),
        procedure: &filling.procedure.name,
        agency,
        place: filling.at("noi-nhan"),
        summary: render::summary(&filling.form, &filling.draft.answers, &options),
        papers: components(visitor, filling)?,
        documents: filling.at("giay-to"),
        fee: filing::fee(&filling.procedure, Channel::Online),
        missing,
        consents,
        may_ask,
        ask: filling.at("dong-y"),
        together: filling.draft.bundle.map(bundle::at),
        refused,
        send: filling.at("gui"),
        remove: filling.at("xoa"),
    };
    let title = visitor.text("dossiers-check-title");
    if refused { visitor.rejected(&title, &page) } else { visitor.page(&title, &page) }
}

fn components<'a>(visitor: &Visitor, filling: &'a Filling) -> Result<Vec<Component<'a>>> {
    let applicant = filling.identified(visitor.caller.citizen()?);
    let component = |paper: &'a Paper| Component {
        name: &paper.name,
        files: filling.files(&paper.code).map(|file| given(filling, file)).collect(),
        comes: filing::comes(paper, applicant),
    };
    Ok(filling.procedure.papers.iter().map(component).collect())
}

fn given(filling: &Filling, file: &HandedIn) -> Given {
    let reused = filling.draft.reused.iter().any(|reused| reused.is(file));
    Given { name: file.name.clone(), size: uploads::size(file.size), reused }
}

/// The page with what is still missing, for whoever tried to go on without it.
pub(super) async fn refuse(app: &App, visitor: &Visitor, filling: &Filling) -> Answer<Response> {
    show(app, visitor, filling, true).await
}

/// What keeps a draft from being sent, each with the place where it is mended.
pub(super) async fn missing_in(app: &App, visitor: &Visitor, filling: &Filling) -> Result<Vec<Missing>> {
    let mut missing = missing_without_consents(app, visitor, filling).await?;
    let consents = consent::lines(app, visitor, filling).await?;
    missing.extend(consents.iter().filter_map(|line| consent_missing(visitor, filling, line)));
    Ok(missing)
}

fn consent_missing(visitor: &Visitor, filling: &Filling, line: &consent::Line) -> Option<Missing> {
    let key = line.missing()?;
    let text = format!("{}: {}", line.label, visitor.text(key));
    Some(Missing { href: format!("{}#dong-y", filling.at("kiem-tra")), text })
}

/// The same but for the consents of others, who are asked once everything else is there.
pub(super) async fn missing_without_consents(app: &App, visitor: &Visitor, filling: &Filling) -> Result<Vec<Missing>> {
    let ended = held::ended(app, visitor.now, &filling.draft, &filling.procedure.papers).await?;
    let text = filling::texts(visitor);
    let options = Options::new(&text, declared::lists()?);
    let mut missing = Vec::new();
    if filling.draft.behalf == Some(Behalf::Authorised) {
        let key = match &filling.draft.principal {
            None => Some("dossiers-principal-missing"),
            Some(principal) if principal.until < visitor.now.today() => Some("dossiers-authorisation-ended"),
            Some(_) => None,
        };
        missing.extend(key.map(|key| Missing { href: filling.at(principal::PLACE), text: visitor.text(key) }));
    }
    if filling.draft.agency.is_none() {
        missing.push(Missing { href: filling.at("noi-nhan"), text: visitor.text("dossiers-place-missing") });
    }
    for error in filling.accept(visitor.now)?.err().unwrap_or_default() {
        let page = filling.form.page_of(&error.path).map_or_else(|| filling.first_page(), |page| filling.page_at(page));
        let href = format!("{page}#f-{}", error.path.replace('.', "-"));
        missing.push(Missing { href, text: render::error_message(&filling.form, &error, &options) });
    }
    let mut at_papers = |key: &str, paper: &Paper| {
        let href = format!("{}#{}", filling.at("giay-to"), uploads::field(paper));
        missing.push(Missing { href, text: visitor.text_with(key, &[("name", paper.name.clone())]) });
    };
    for paper in filling.missing_papers(filling.identified(visitor.caller.citizen()?)) {
        at_papers("dossiers-check-paper-missing", paper);
    }
    for paper in ended {
        at_papers("dossiers-check-held-ended", paper);
    }
    Ok(missing)
}

/// The dossier as it would be sent now; none while something is missing.
///
/// # Errors
/// [`Error::Conflict`] when this person may not file the procedure online.
pub(super) async fn ready(app: &App, visitor: &Visitor, filling: &Filling) -> Result<Option<NewDossier>> {
    let citizen = visitor.caller.citizen()?;
    if let Some(obstacle) = filing::obstacle(&filling.procedure, citizen) {
        return Err(obstacle.error());
    }
    if !missing_in(app, visitor, filling).await?.is_empty() {
        return Ok(None);
    }
    let answered = filling.accept(visitor.now)?.ok().zip(filling.draft.agency);
    let name = filling.applicant_name(app, citizen).await?;
    Ok(answered.map(|(answers, agency)| filling.dossier(Channel::Online, agency, name, answers)))
}

pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    if let Some(sent) = already_sent(&app, &visitor, id).await? {
        return Ok(sent);
    }
    let filling = super::filling(&app, &visitor, id).await?;
    let Some(new) = ready(&app, &visitor, &filling).await? else {
        return show(&app, &visitor, &filling, true).await;
    };
    let dossier = actions::file(&app, visitor.now, &visitor.caller, new).await?;
    Ok(redirect(&format!("/ho-so/{}/da-gui", dossier.code)))
}

#[derive(Template)]
#[template(path = "dossiers/citizen/sent.html")]
struct Sent<'a> {
    dossier: &'a Dossier,
    agency: String,
    written: String,
    lookup: String,
    posting: Option<Posting>,
    /// Drawn by the QR library from an address of this site.
    qr: String,
}

pub(super) async fn sent(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let agency = directory::queries::agency(app.store.read(), dossier.receiving).await?.ok_or(Error::NotFound)?;
    let procedure = actions::version_of(&app, &dossier).await?;
    let lookup = lookup_url(&app, &dossier.code);
    let page = Sent {
        agency: agency.name,
        written: procedure.deadline.written.clone(),
        qr: drawn(&lookup)?,
        posting: crate::pages::post::posting(&app, dossier.id).await?,
        lookup,
        dossier: &dossier,
    };
    visitor.page(&visitor.text("dossiers-sent-title"), &page)
}

/// A QR code as an SVG that stands inside a page, where an XML declaration may not.
fn drawn(address: &str) -> Result<String> {
    let svg = QrCode::new(address)?.render::<svg::Color>().min_dimensions(180, 180).build();
    Ok(svg.split_once("?>").map_or(svg.clone(), |(_, inner)| inner.to_owned()))
}
