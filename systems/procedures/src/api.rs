//! The catalogue for programs. Public: what the law makes everybody's to read needs no token.

use axum::Json;
use axum::extract::State;
use base::{Error, Id};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::{Cursor, Slice};
use system::{Access, App, Routes};
use utoipa::{OpenApi, ToSchema};
use web::api::{Page, Problem};
use web::{Answer, Path, Query, Visitor};

use crate::answer::takes_part;
use crate::catalogue::Catalogue;
use crate::package::{Applicant, Channel, Decides, FeeKind, Level, Per, Task};
use crate::procedure::{Standing, Version};
use crate::queries::{self, Filter};

const PAGE: usize = 50;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/procedures", Access::Public, list)
        .get("/api/v1/procedures/{code}", Access::Public, one)
        .example("procedure", &[])
}

#[derive(OpenApi)]
#[openapi(paths(list, one))]
struct Document;

/// What this system adds to the program's OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
    cursor: Option<String>,
}

/// A procedure in a list.
#[derive(Serialize, ToSchema)]
struct ProcedureSummary {
    /// The version.
    #[schema(value_type = uuid::Uuid)]
    id: Id,
    /// National code.
    #[schema(example = "1.001193")]
    code: String,
    name: String,
    /// Name of the field (lĩnh vực).
    field: String,
    /// How much of it can be done online: `full`, `partial` or `none`.
    level: &'static str,
    /// First day.
    from: NaiveDate,
    /// Last day, where one is set.
    to: Option<NaiveDate>,
}

/// A procedure with the items that must be public (Decree 63/2010/NĐ-CP, article 8).
#[derive(Serialize, ToSchema)]
struct ProcedureDetail {
    #[serde(flatten)]
    summary: ProcedureSummary,
    /// `in-force`, `upcoming`, `ended` or `replaced`.
    standing: &'static str,
    agencies: Vec<AgencyDetail>,
    /// `citizen`, `authorised`, `business`, `household-business`, `organisation`.
    applicants: Vec<&'static str>,
    /// `counter`, `online`, `post`.
    channels: Vec<&'static str>,
    /// Trình tự thực hiện.
    steps: Vec<String>,
    /// Thời hạn giải quyết, as printed.
    deadline: String,
    fees: Vec<FeeDetail>,
    components: Vec<ComponentDetail>,
    /// Yêu cầu, điều kiện.
    conditions: String,
    basis: Vec<BasisDetail>,
    results: Vec<String>,
    keywords: Vec<String>,
    life_events: Vec<String>,
    /// The decision that announced it.
    decision: String,
    decision_date: NaiveDate,
}

#[derive(Serialize, ToSchema)]
struct AgencyDetail {
    #[schema(example = "commune-committee")]
    kind: String,
    /// Notation of the one agency meant; absent: every agency of the kind.
    notation: Option<String>,
    receives: bool,
    decides: bool,
}

#[derive(Serialize, ToSchema)]
struct FeeDetail {
    name: String,
    /// `phi` or `le-phi` (Law 97/2015/QH13).
    kind: &'static str,
    channel: &'static str,
    /// Whole đồng for one unit.
    amount: i64,
    /// `dossier`, `copy` or `page`.
    per: &'static str,
    basis: String,
}

#[derive(Serialize, ToSchema)]
struct ComponentDetail {
    code: String,
    name: String,
    originals: u8,
    copies: u8,
    required: bool,
    condition: Option<String>,
    form: Option<String>,
    /// Made from the answers of the form; nobody hands it in.
    declared: bool,
}

#[derive(Serialize, ToSchema)]
struct BasisDetail {
    number: String,
    name: String,
    date: NaiveDate,
}

/// The procedures people may file today.
#[utoipa::path(
    get,
    path = "/api/v1/procedures",
    operation_id = "list_procedures",
    tag = "procedures",
    params(
        ("q" = Option<String>, Query, description = "Words of name, keyword, life event or code; with or without diacritics", pattern = "^[^\\u0000]*$"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before", pattern = "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"),
    ),
    responses(
        (status = 200, description = "At most 50 procedures", body = Page<ProcedureSummary>),
        (status = 422, description = "The cursor does not read", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<ProcedureSummary>>> {
    let after = wanted.cursor.as_deref().map(str::parse::<Cursor>).transpose()?.map(|cursor| cursor.0);
    let catalogue = Catalogue::of(&app)?;
    let found = queries::found(app.store.read(), app.store.kind(), &wanted.q).await?;
    let (shelf, day) = (catalogue.shelf(visitor.now), visitor.now.today());
    let mut all = queries::list(&shelf.offered(day), day, &Filter::default(), found.as_ref());
    all.sort_by_key(|version| version.id);
    let rest = all.into_iter().filter(|version| after.is_none_or(|after| version.id > after)).take(PAGE + 1).collect();
    let slice = Slice::of(rest, PAGE, |version| version.id);
    let items = slice.rows.iter().map(|version| summary(version)).collect();
    Ok(Json(Page { items, next: slice.next }))
}

/// One procedure: the version in force, else the next one, else the last one.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{code}",
    operation_id = "read_procedure",
    tag = "procedures",
    params(("code" = String, Path, description = "National code", example = "1.001193")),
    responses(
        (status = 200, description = "The procedure", body = ProcedureDetail),
        (status = 404, description = "No procedure has this code", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn one(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer<Json<ProcedureDetail>> {
    let shelf = Catalogue::of(&app)?.shelf(visitor.now);
    let day = visitor.now.today();
    let line = shelf.line(&code).ok_or(Error::NotFound)?;
    let version = line.shown(day).ok_or(Error::NotFound)?;
    let dated = line.dated(day).into_iter().find(|dated| dated.version.id == version.id).ok_or(Error::NotFound)?;
    let mut detail = detail(version, dated.standing, day);
    detail.summary.to = dated.last_day;
    Ok(Json(detail))
}

fn summary(version: &Version) -> ProcedureSummary {
    let procedure = &version.package.procedure;
    ProcedureSummary {
        id: version.id,
        code: procedure.code.clone(),
        name: procedure.name.clone(),
        field: procedure.field.name.clone(),
        level: match version.online() {
            Some(Level::Full) => "full",
            Some(Level::Partial) => "partial",
            None => "none",
        },
        from: procedure.from,
        to: procedure.to,
    }
}

fn detail(version: &Version, standing: Standing, day: NaiveDate) -> ProcedureDetail {
    let package = &version.package;
    let procedure = &package.procedure;
    let service = procedure.service.as_ref();
    let basis = |basis: &crate::package::Basis| BasisDetail {
        number: basis.number.clone(),
        name: basis.name.clone(),
        date: basis.date,
    };
    ProcedureDetail {
        summary: summary(version),
        standing: match standing {
            Standing::InForce => "in-force",
            Standing::Upcoming => "upcoming",
            Standing::Ended => "ended",
            Standing::Replaced => "replaced",
        },
        agencies: procedure.agencies.iter().filter(|one| takes_part(one, day)).map(agency).collect(),
        applicants: service.iter().flat_map(|service| &service.applicants).map(|who| applicant(*who)).collect(),
        channels: procedure.channels().iter().copied().map(Channel::as_str).collect(),
        steps: procedure.steps.clone(),
        deadline: procedure.deadline.written.clone(),
        fees: package.fees.fees.iter().flat_map(fee).collect(),
        components: package.components.iter().map(component).collect(),
        conditions: procedure.conditions.clone(),
        basis: procedure.basis.iter().map(basis).collect(),
        results: procedure.results.iter().map(|result| result.name.clone()).collect(),
        keywords: procedure.keywords.clone(),
        life_events: service.map(|service| service.life_events.clone()).unwrap_or_default(),
        decision: procedure.decision.number.clone(),
        decision_date: procedure.decision.date,
    }
}

fn agency(agency: &Decides) -> AgencyDetail {
    AgencyDetail {
        kind: agency.kind.clone(),
        notation: agency.notation.clone(),
        receives: agency.does.contains(&Task::Receive),
        decides: agency.does.contains(&Task::Decide),
    }
}

const fn applicant(applicant: Applicant) -> &'static str {
    match applicant {
        Applicant::Citizen => "citizen",
        Applicant::Authorised => "authorised",
        Applicant::Business => "business",
        Applicant::HouseholdBusiness => "household-business",
        Applicant::Organisation => "organisation",
    }
}

fn fee(fee: &crate::package::Fee) -> Vec<FeeDetail> {
    let detail = |(channel, amount): (&Channel, &base::Money)| FeeDetail {
        name: fee.name.clone(),
        kind: match fee.kind {
            FeeKind::Phi => "phi",
            FeeKind::LePhi => "le-phi",
        },
        channel: channel.as_str(),
        amount: amount.0,
        per: match fee.per {
            Per::Dossier => "dossier",
            Per::Copy => "copy",
            Per::Page => "page",
        },
        basis: fee.basis.clone(),
    };
    fee.amounts.iter().map(detail).collect()
}

fn component(component: &crate::package::Component) -> ComponentDetail {
    ComponentDetail {
        code: component.code.clone(),
        name: component.name.clone(),
        originals: component.originals,
        copies: component.copies,
        required: component.required,
        condition: component.condition.clone(),
        form: component.form.clone(),
        declared: component.declared,
    }
}
