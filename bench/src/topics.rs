//! The tables of the report, one file each.

mod day;
mod flood;
mod lists;
mod pages;
mod papers;
mod places;
mod scale;
mod start;
mod writes;

use anyhow::Result;

use crate::ground::Ground;
use crate::report::Line;
use crate::{Bench, Topic};

pub(crate) async fn run(topic: Topic, bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    match topic {
        Topic::Start => start::run(bench, ground).await,
        Topic::Pages => pages::run(bench, ground).await,
        Topic::Writes => writes::run(bench, ground).await,
        Topic::Papers => papers::run(ground).await,
        Topic::Lists => lists::run(bench, ground).await,
        Topic::Day => day::run(bench, ground).await,
        Topic::Flood => flood::run(ground).await,
        Topic::Places => places::run(bench, ground).await,
        Topic::Scale => scale::run(bench, ground).await,
    }
}

/// `12,345/s`.
fn per_second(figure: f64) -> String {
    if figure >= 100.0 { format!("{figure:.0}/s") } else { format!("{figure:.1}/s") }
}
