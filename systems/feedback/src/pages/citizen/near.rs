use askama::Template;
use base::Id;
use web::{Answer, Visitor, filters};

use super::send::Typed;
use crate::queries::Near;
use crate::report::Report;
use crate::rules;

/// How many are shown.
const MOST: usize = 5;

#[derive(Template)]
#[template(path = "feedback/citizen/near.html")]
struct Page<'a> {
    csrf: &'a str,
    /// Of the button that adds oneself.
    own_form: Id,
    typed: &'a Typed,
    metres: i64,
    found: Vec<Line>,
}

struct Line {
    report: Report,
    title: String,
    metres: i64,
    words: String,
}

/// Others have reported the same: one adds oneself, or sends one's own anyway.
pub(super) fn page(visitor: &Visitor, typed: &Typed, found: Vec<Near>) -> Answer {
    let found: Vec<Line> = found.into_iter().take(MOST).map(line).collect();
    let page = Page {
        csrf: visitor.csrf(),
        own_form: visitor.form_id(),
        typed,
        metres: found.first().map_or(0, |line| line.metres),
        found,
    };
    visitor.page(&visitor.text("feedback-near-title"), &page)
}

fn line(near: Near) -> Line {
    Line {
        title: rules::kind_title(&near.report.kind),
        metres: near.whole_metres(),
        words: near.report.moderated.as_ref().map(|moderated| moderated.words.clone()).unwrap_or_default(),
        report: near.report,
    }
}
