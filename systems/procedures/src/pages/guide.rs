//! A guide asks before it lists: one question a page, each answer one tap, and everything said so far in the address.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::State;
use base::{Error, Result};
use chrono::NaiveDate;
use province::{Guide, GuideAnswer as Said, GuideQuestion};
use serde::Deserialize;
use system::App;
use web::{Answer, Path, Query, Visitor, filters};

use super::list::{Row, row};
use crate::catalogue::Catalogue;
use crate::procedure::Version;

/// Stands between the answers in an address.
const BETWEEN: char = '.';

static GUIDES: LazyLock<Result<Vec<Guide>, String>> =
    LazyLock::new(|| Guide::all().map_err(|problem| problem.to_string()));

/// The guides that the program holds.
pub(super) fn all() -> Result<&'static [Guide]> {
    GUIDES.as_deref().map_err(Error::inside)
}

#[derive(Template)]
#[template(path = "procedures/guides.html")]
struct Guides {
    guides: &'static [Guide],
}

#[derive(Template)]
#[template(path = "procedures/guide.html")]
struct Asked<'a> {
    guide: &'static Guide,
    said: Vec<Step>,
    question: Option<&'static GuideQuestion>,
    choices: Vec<Choice>,
    note: &'static str,
    rows: Vec<Row<'a>>,
    /// Where they are filed by one press; empty where there are not several to file online.
    together: String,
    hotline: &'a str,
}

/// A question that was answered; its address asks it again.
struct Step {
    question: &'static str,
    answer: &'static str,
    again: String,
}

struct Choice {
    text: &'static str,
    href: String,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tra-loi")]
    answers: String,
}

pub(super) async fn list(visitor: Visitor) -> Answer {
    visitor.page(&visitor.text("procedures-guides-title"), &Guides { guides: all()? })
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let guide = all()?.iter().find(|guide| guide.code == code).ok_or(Error::NotFound)?;
    let Walk { said, at } = Walk::through(guide, &wanted.answers);
    let catalogue = Catalogue::of(&app)?;
    let day = visitor.now.today();
    let (question, end) = match at {
        At::Question(question) => (Some(question), None),
        At::End(answer) => (None, Some(answer)),
    };
    let versions = end.map(|end| versions(&catalogue, &visitor, end, day)).unwrap_or_default();
    let before: Vec<&str> = said.iter().map(|(_, answer)| answer.code.as_str()).collect();
    let elsewhere = catalogue.is_filed_elsewhere(day);
    let rows: Vec<Row> = versions.iter().map(|version| row(&visitor, version, day, elsewhere)).collect();
    let page = Asked {
        guide,
        said: said
            .iter()
            .enumerate()
            .map(|(turn, (question, answer))| step(guide, &before, turn, question, answer))
            .collect(),
        choices: question.map(|question| choices(guide, &before, question)).unwrap_or_default(),
        question,
        note: end.map_or("", |end| end.note.as_str()),
        together: together(&rows),
        rows,
        hotline: &app.settings.province.hotline,
    };
    visitor.page(&guide.title, &page)
}

fn together(rows: &[Row]) -> String {
    let codes: Vec<&str> =
        rows.iter().filter(|row| row.here).map(|row| row.version.package.procedure.code.as_str()).collect();
    if codes.len() < 2 { String::new() } else { format!("/nop-cung?thu-tuc={}", codes.join("&thu-tuc=")) }
}

/// How far somebody has come.
struct Walk {
    said: Vec<(&'static GuideQuestion, &'static Said)>,
    at: At,
}

enum At {
    Question(&'static GuideQuestion),
    End(&'static Said),
}

impl Walk {
    /// Through the answers of an address, as far as the guide knows them: an old address asks again where it has changed.
    fn through(guide: &'static Guide, answers: &str) -> Self {
        let mut said = Vec::new();
        let mut question = &guide.questions[0];
        for code in answers.split(BETWEEN) {
            let Some(answer) = question.answers.iter().find(|answer| answer.code == code) else { break };
            said.push((question, answer));
            match answer.next.as_deref().and_then(|next| guide.question(next)) {
                Some(next) => question = next,
                None => return Self { said, at: At::End(answer) },
            }
        }
        Self { said, at: At::Question(question) }
    }
}

fn address(guide: &Guide, answers: &[&str]) -> String {
    if answers.is_empty() {
        format!("/huong-dan/{}", guide.code)
    } else {
        format!("/huong-dan/{}?tra-loi={}", guide.code, answers.join(&BETWEEN.to_string()))
    }
}

fn step(guide: &Guide, before: &[&str], turn: usize, question: &'static GuideQuestion, answer: &'static Said) -> Step {
    Step { question: &question.text, answer: &answer.text, again: address(guide, &before[..turn]) }
}

fn choices(guide: &Guide, before: &[&str], question: &'static GuideQuestion) -> Vec<Choice> {
    let choice = |answer: &'static Said| {
        let answers: Vec<&str> = before.iter().copied().chain([answer.code.as_str()]).collect();
        Choice { text: &answer.text, href: address(guide, &answers) }
    };
    question.answers.iter().map(choice).collect()
}

/// The procedures at the end, in their order; those that are not in force are left out.
fn versions(catalogue: &Catalogue, visitor: &Visitor, end: &Said, day: NaiveDate) -> Vec<Arc<Version>> {
    let shelf = catalogue.shelf(visitor.now);
    end.procedures.iter().filter_map(|code| shelf.in_force(code, day).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::Package;

    #[test]
    fn every_guide_names_procedures_that_can_be_filed() {
        let known: Vec<String> = Package::embedded()
            .unwrap()
            .into_iter()
            .filter(|one| !one.procedure.channels().is_empty())
            .map(|one| one.procedure.code)
            .collect();
        for guide in all().unwrap() {
            for code in
                guide.questions.iter().flat_map(|question| &question.answers).flat_map(|answer| &answer.procedures)
            {
                assert!(known.contains(code), "{}: {code}", guide.code);
            }
        }
    }

    #[test]
    fn answers_lead_to_the_end_and_an_old_address_asks_again() {
        let guide = all().unwrap().iter().find(|guide| guide.code == "sinh-con").unwrap();
        let end = Walk::through(guide, "chua.roi.ca-hai");
        assert!(matches!(end.at, At::End(answer) if answer.procedures == ["2.002621"]));
        assert_eq!(end.said.len(), 3);
        for address in ["", "khac", "chua.khac", "chua.roi.khac.nua"] {
            let walk = Walk::through(guide, address);
            assert!(matches!(walk.at, At::Question(_)), "{address}");
        }
    }
}
