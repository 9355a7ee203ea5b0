use askama::Template;
use axum::extract::State;
use base::Result;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Choice, Query, Visitor, filters};

use crate::agency::{Agency, Tier};
use crate::queries::{self, AgencyFilter};

const PAGE: usize = 50;

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim")]
    words: String,
    #[serde(rename = "loai")]
    kind: String,
    #[serde(rename = "cap")]
    tier: String,
    #[serde(rename = "ngay")]
    day: String,
    #[serde(rename = "sau")]
    after: String,
}

struct Line {
    agency: Agency,
    href: String,
    tier: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "directory/list.html")]
struct ListPage {
    wanted: Wanted,
    day: NaiveDate,
    past: bool,
    kinds: Vec<Choice>,
    tiers: Vec<Choice>,
    lines: Vec<Line>,
    next: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> web::Answer {
    let picked = super::picked_day(&wanted.day)?;
    let today = visitor.now.today();
    let day = picked.unwrap_or(today);
    let after = Cursor::read(&wanted.after)?;
    let found = queries::agencies(app.store.read(), day, &filter(&wanted), after, PAGE).await?;
    let next = match &found.next {
        Some(last) => web::address("", &Wanted { after: last.clone(), ..wanted.clone() })?,
        None => String::new(),
    };
    let kept_day = picked.map(|day| format!("?ngay={day}")).unwrap_or_default();
    let lines = found
        .rows
        .into_iter()
        .map(|agency| Line {
            href: format!("/co-quan/{}{kept_day}", agency.code),
            tier: visitor.text(&format!("directory-tier-{}", agency.tier.as_str())),
            kind: visitor.text(&format!("directory-kind-{}", agency.kind)),
            agency,
        })
        .collect();
    let kinds = kind_choices(&app, &visitor, day).await?;
    let tiers = tier_choices(&visitor);
    let page = ListPage { wanted, day, past: day != today, kinds, tiers, lines, next };
    visitor.page(&visitor.text("directory-list-title"), &page)
}

fn filter(wanted: &Wanted) -> AgencyFilter {
    let given = |text: &String| (!text.is_empty()).then(|| text.clone());
    AgencyFilter { words: given(&wanted.words), kind: given(&wanted.kind), tier: wanted.tier.parse().ok() }
}

async fn kind_choices(app: &App, visitor: &Visitor, day: NaiveDate) -> Result<Vec<Choice>> {
    let all = Choice { value: String::new(), text: visitor.text("directory-all-kinds") };
    let kinds = queries::kinds(app.store.read(), day).await?;
    let named =
        kinds.into_iter().map(|kind| Choice { text: visitor.text(&format!("directory-kind-{kind}")), value: kind });
    Ok(std::iter::once(all).chain(named).collect())
}

fn tier_choices(visitor: &Visitor) -> Vec<Choice> {
    let all = Choice { value: String::new(), text: visitor.text("directory-all-tiers") };
    let named = Tier::ALL.iter().map(|tier| Choice {
        value: tier.as_str().to_owned(),
        text: visitor.text(&format!("directory-tier-{}", tier.as_str())),
    });
    std::iter::once(all).chain(named).collect()
}
