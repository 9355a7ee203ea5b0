//! Everything once more before it is sent, and what comes after.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result};
use form::Page;
use form::render::{self, Options};
use qrcode::QrCode;
use qrcode::render::svg;
use system::App;
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::filing::{self, Filing, Stage, Step};
use super::uploads;
use crate::actions::{self, NewDossier};
use crate::declared;
use crate::dossier::{Channel, Dossier};
use crate::pages::filling as forms;
use crate::slip::papers::lookup_url;
use crate::{access, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/check.html")]
struct Check<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    agency: String,
    place: String,
    /// Made by the crate `form`, which escapes what people typed.
    summary: String,
    papers: Vec<Component<'a>>,
    documents: String,
    fee: i64,
    missing: Vec<Missing>,
    /// It was tried to send it as it is.
    refused: bool,
    send: String,
    remove: String,
}

struct Component<'a> {
    name: &'a str,
    files: Vec<(String, String)>,
    known: bool,
}

struct Missing {
    href: String,
    text: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    if let Some(sent) = already_sent(&app, &visitor, id).await? {
        return Ok(sent);
    }
    let filing = Filing::open(&app, &visitor, id).await?;
    let agency = agency_name(&app, &filing).await?;
    show(&visitor, &filing, agency, false)
}

/// Back in the browser after sending leads to what was sent.
async fn already_sent(app: &App, visitor: &Visitor, draft: Id) -> Result<Option<Response>> {
    let Some(dossier) = queries::by_form(app.store.read(), draft).await? else { return Ok(None) };
    let dossier = access::own(&visitor.caller, dossier)?;
    Ok(Some(redirect(&format!("/ho-so/{}/da-gui", dossier.code))))
}

async fn agency_name(app: &App, filing: &Filing) -> Result<String> {
    let Some(agency) = filing.draft.agency else { return Ok(String::new()) };
    let agency = directory::queries::agency(app.store.read(), agency).await?;
    Ok(agency.map(|agency| agency.name).unwrap_or_default())
}

fn show(visitor: &Visitor, filing: &Filing, agency: String, refused: bool) -> Answer<Response> {
    let text = forms::texts(visitor);
    let change = |page: &Page| filing.page_at(page);
    let lists = declared::lists()?;
    let options = Options { change: Some(&change), ..Options::new(&text, lists) };
    let page = Check {
        csrf: visitor.csrf(),
        steps: filing.steps(Stage::Check),
        procedure: &filing.procedure.name,
        agency,
        place: filing.at("noi-nhan"),
        summary: render::summary(&filing.form, &filing.draft.answers, &options),
        papers: components(visitor, filing)?,
        documents: filing.at("giay-to"),
        fee: filing::online_fee(&filing.procedure),
        missing: missing(visitor, filing, &options)?,
        refused,
        send: filing.at("gui"),
        remove: filing.at("xoa"),
    };
    let title = visitor.text("dossiers-check-title");
    if refused { visitor.rejected(&title, &page) } else { visitor.page(&title, &page) }
}

fn components<'a>(visitor: &Visitor, filing: &'a Filing) -> Result<Vec<Component<'a>>> {
    let citizen = visitor.caller.citizen()?;
    let component = |paper: &'a contracts::questions::Paper| Component {
        name: &paper.name,
        files: filing
            .draft
            .papers
            .iter()
            .filter(|held| held.component == paper.code)
            .map(|held| (held.name.clone(), uploads::size(held.size)))
            .collect(),
        known: filing::is_known(paper, citizen),
    };
    Ok(filing.procedure.papers.iter().map(component).collect())
}

fn missing(visitor: &Visitor, filing: &Filing, options: &Options<'_>) -> Result<Vec<Missing>> {
    let mut missing = Vec::new();
    if filing.draft.agency.is_none() {
        missing.push(Missing { href: filing.at("noi-nhan"), text: visitor.text("dossiers-place-missing") });
    }
    for error in filing.accept(visitor.now)?.err().unwrap_or_default() {
        let page = filing.form.page_of(&error.path).map_or_else(|| filing.first_page(), |page| filing.page_at(page));
        let href = format!("{page}#f-{}", error.path.replace('.', "-"));
        missing.push(Missing { href, text: render::error_message(&filing.form, &error, options) });
    }
    for paper in filing.missing_papers(visitor.caller.citizen()?) {
        let href = format!("{}#paper.{}", filing.at("giay-to"), paper.code);
        missing.push(Missing {
            href,
            text: visitor.text_with("dossiers-check-paper-missing", &[("name", paper.name.clone())]),
        });
    }
    Ok(missing)
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
    let filing = Filing::open(&app, &visitor, id).await?;
    let citizen = visitor.caller.citizen()?;
    if filing.procedure.assurance > citizen.assurance {
        return Err(Error::Conflict("dossiers-guide-assurance").into());
    }
    let ready = filing.accept(visitor.now)?.ok().zip(filing.draft.agency);
    let Some((answers, agency)) = ready.filter(|_| filing.missing_papers(citizen).is_empty()) else {
        let agency = agency_name(&app, &filing).await?;
        return show(&visitor, &filing, agency, true);
    };
    let new = NewDossier {
        form_id: filing.draft.id,
        procedure: filing.procedure.code.clone(),
        applicant: citizen.person,
        applicant_name: citizen.name.clone(),
        agency,
        receiving: agency,
        channel: Channel::Online,
        answers,
        papers: filing.draft.papers.clone(),
        draft: Some(filing.draft.id),
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
    /// Drawn by the QR library from an address of this site.
    qr: String,
}

pub(super) async fn sent(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let agency = directory::queries::agency(app.store.read(), dossier.receiving).await?.ok_or(Error::NotFound)?;
    let procedure = actions::version(&app, dossier.procedure).await?;
    let lookup = lookup_url(&app, &dossier.code);
    let page = Sent {
        agency: agency.name,
        written: procedure.deadline.written.clone(),
        qr: drawn(&lookup)?,
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
