//! A reorganisation before it runs, while it runs and afterwards.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use serde::{Deserialize, Serialize};
use store::{Cursor, Slice};
use system::App;
use web::{Answer, Choice, Errors, Flash, Form, Path, Pick, Query, Visitor, address, filters, redirect_with};

use crate::access::REORGANISE;
use crate::actions;
use crate::agency::Agency;
use crate::plan::{Decided, Plan, PlanCount, PlanLine, PlanState};
use crate::queries::{self, AgencyFilter, Which};

pub(super) const LIST: &str = "/quan-tri/to-chuc-lai";
const SIZE: usize = 50;
/// People without a place who are shown; a plan with more is one that nobody has staffed yet.
const PEOPLE: usize = 200;
/// Agencies to choose from; the largest province has a few hundred.
const HEIRS: usize = 2000;

/// Everybody with the permission reads a plan; it is carried out by those who run the program for the whole province.
async fn may_carry_out(app: &App, visitor: &Visitor) -> Result<bool> {
    let officer = visitor.caller.officer_who_may(REORGANISE)?;
    let agency = queries::agency(app.store.read(), officer.agency).await?;
    Ok(agency.is_some_and(|agency| agency.code == app.settings.province.code))
}

/// # Errors
/// [`Error::NotFound`] for everybody else.
async fn carrying_out(app: &App, visitor: &Visitor) -> Result<()> {
    if may_carry_out(app, visitor).await? { Ok(()) } else { Err(Error::NotFound) }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    sau: String,
}

#[derive(Template)]
#[template(path = "directory/plans.html")]
struct ListPage {
    plans: Vec<Plan>,
    next: String,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    let Slice { rows, next } = queries::plans(app.store.read(), Cursor::read(&from.sau)?, SIZE).await?;
    let next = next.map(|next| format!("{LIST}?sau={next}")).unwrap_or_default();
    visitor.page(&visitor.text("directory-plans-title"), &ListPage { plans: rows, next })
}

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "loc", skip_serializing_if = "String::is_empty")]
    which: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

impl Wanted {
    fn which(&self) -> Which {
        match self.which.as_str() {
            "chua-quyet-dinh" => Which::Undecided,
            "chua-kiem-chung" => Which::Unverified,
            _ => Which::All,
        }
    }
}

#[derive(Template)]
#[template(path = "directory/plan.html")]
struct PlanPage<'a> {
    csrf: &'a str,
    plan: &'a Plan,
    count: PlanCount,
    picks: Vec<Pick>,
    lines: Vec<PlanLine>,
    /// Agencies that exist on the day, to choose an heir from.
    heirs: Vec<Choice>,
    /// Name, position and agency of those who have no place in the new order yet.
    people: Vec<(String, String, String)>,
    /// Whether the reader decides and carries out.
    mine: bool,
    early: bool,
    errors: Errors,
    next: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    show(&app, &visitor, id, &wanted, Errors::default()).await
}

async fn show(app: &App, visitor: &Visitor, id: Id, wanted: &Wanted, errors: Errors) -> Answer {
    let c = app.store.read();
    let plan = queries::plan(c, id).await?.ok_or(Error::NotFound)?;
    let count = queries::plan_count(c, id).await?;
    let here = format!("{LIST}/{id}");
    let found = queries::plan_lines(c, id, wanted.which(), Cursor::read(&wanted.after)?, SIZE).await?;
    let next = match found.next {
        Some(after) => address(&here, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let heirs = if plan.state() == PlanState::Proposed && may_carry_out(app, visitor).await? {
        heirs(app, &plan).await?
    } else {
        Vec::new()
    };
    let page = PlanPage {
        csrf: visitor.csrf(),
        picks: picks(visitor, &here, wanted, count)?,
        lines: found.rows,
        heirs,
        people: queries::unplaced(c, &plan, PEOPLE).await?,
        mine: may_carry_out(app, visitor).await?,
        early: visitor.now.today() < plan.on,
        plan: &plan,
        count,
        errors,
        next,
    };
    visitor.form(&plan.title, &page.errors, &page)
}

fn picks(visitor: &Visitor, here: &str, wanted: &Wanted, count: PlanCount) -> Result<Vec<Pick>> {
    let pick = |word: &str, key: &str, count: i64| {
        let wanted_there = Wanted { which: word.to_owned(), after: String::new() };
        Ok(Pick {
            text: visitor.text_with(key, &[("count", count.to_string())]),
            href: address(here, &wanted_there)?,
            current: wanted.which == word,
        })
    };
    [
        ("", "directory-plan-all", count.lines),
        ("chua-quyet-dinh", "directory-plan-undecided-only", count.undecided),
        ("chua-kiem-chung", "directory-plan-unverified-only", count.unverified),
    ]
    .into_iter()
    .map(|(word, key, count)| pick(word, key, count))
    .collect()
}

async fn heirs(app: &App, plan: &Plan) -> Result<Vec<Choice>> {
    let found = queries::agencies(app.store.read(), plan.on, &AgencyFilter::default(), None, HEIRS).await?;
    let choice = |agency: Agency| Choice { text: format!("{} ({})", agency.name, agency.code), value: agency.code };
    Ok(found.rows.into_iter().map(choice).collect())
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    agency: Id,
    #[serde(default)]
    heir: String,
}

pub(super) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(chosen): Form<Chosen>,
) -> Answer {
    carrying_out(&app, &visitor).await?;
    let (now, actor) = (visitor.now, visitor.caller.actor());
    let decided =
        app.store.write(async |tx| actions::decide(tx, now, &actor, id, chosen.agency, &chosen.heir).await).await;
    match decided {
        Ok(()) => {
            Ok(redirect_with(&format!("{LIST}/{id}?loc=chua-quyet-dinh"), Flash::success("directory-plan-decided")))
        }
        Err(Error::Invalid(_)) => {
            let field = format!("heir-{}", chosen.agency);
            let errors = Errors::one(&field, visitor.text("directory-plan-heir-missing"));
            show(&app, &visitor, id, &Wanted::default(), errors).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn begin(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    carrying_out(&app, &visitor).await?;
    let (now, actor) = (visitor.now, visitor.caller.actor());
    app.store.write(async |tx| actions::begin(tx, now, &actor, id).await).await?;
    Ok(redirect_with(&format!("{LIST}/{id}"), Flash::success("directory-plan-begun")))
}
