use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::catalogue::Catalogue;
use crate::procedure::{Dated, Standing};

const PAGE: usize = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// `sap`, `dang` or `het`.
    #[serde(rename = "loc")]
    pick: String,
    #[serde(rename = "trang")]
    page: String,
}

#[derive(Template)]
#[template(path = "procedures/admin.html")]
struct Admin {
    picks: Vec<Pick>,
    rows: Vec<Dated>,
    previous: String,
    next: String,
}

struct Pick {
    text: &'static str,
    href: String,
    count: i64,
    current: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let catalogue = Catalogue::of(&app)?;
    let shelf = catalogue.shelf(visitor.now);
    let day = visitor.now.today();
    let mut all: Vec<Dated> = shelf.lines().flat_map(|line| line.dated(day)).collect();
    // Stable: the versions of a procedure stay together, the newest first.
    all.sort_by(|one, other| {
        (&one.version.folded, one.version.code()).cmp(&(&other.version.folded, other.version.code()))
    });
    let picks = [
        ("", "procedures-all-versions"),
        ("dang", "procedures-in-force"),
        ("sap", "procedures-upcoming"),
        ("het", "procedures-ended"),
    ];
    let picks = picks.map(|(word, text)| Pick {
        text,
        href: if word.is_empty() { "/quan-tri/thu-tuc".to_owned() } else { format!("/quan-tri/thu-tuc?loc={word}") },
        count: i64::try_from(all.iter().filter(|dated| picked(dated.standing, word)).count()).unwrap_or(i64::MAX),
        current: wanted.pick == word,
    });
    all.retain(|dated| picked(dated.standing, &wanted.pick));
    let last = all.len().div_ceil(PAGE).max(1);
    let number = wanted.page.parse().unwrap_or(1).clamp(1, last);
    let address = |page: usize| format!("/quan-tri/thu-tuc?loc={}&trang={page}", wanted.pick);
    let page = Admin {
        picks: picks.into(),
        rows: all.into_iter().skip((number - 1) * PAGE).take(PAGE).collect(),
        previous: if number > 1 { address(number - 1) } else { String::new() },
        next: if number < last { address(number + 1) } else { String::new() },
    };
    visitor.page(&visitor.text("procedures-admin-title"), &page)
}

fn picked(standing: Standing, word: &str) -> bool {
    match word {
        "dang" => standing == Standing::InForce,
        "sap" => standing == Standing::Upcoming,
        "het" => matches!(standing, Standing::Ended | Standing::Replaced),
        _ => true,
    }
}
