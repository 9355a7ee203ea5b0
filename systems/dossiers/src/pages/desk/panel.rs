//! What the officer can do with a dossier now.

use askama::Template;
use base::Result;
use chrono::{DateTime, Utc};
use contracts::questions::Charged;
use flow::pages::time_left;
use flow::{OpenStep, Process, Work};
use form::{Field, Kind};
use system::{App, Officer};
use web::{Errors, Sent, Visitor, filters};
use worktime::ledger::Calendars;

use super::decision::{MARK, kept, note_of};
use super::opened::Opened;
use super::payment::Asking;
use crate::access::RECEIVE;
use crate::dossier::State;
use crate::slip::{Outcome, Stage};

#[derive(Template)]
#[template(path = "dossiers/desk/panel.html")]
pub(super) struct Panel<'a> {
    csrf: &'a str,
    address: String,
    errors: &'a Errors,
    standing: Standing,
    /// Whether the officer answers a withdrawal and speaks of money: those of the desk that received the dossier.
    settles: bool,
    asking: Option<Asking>,
    /// The charge that the work waits for; absent for a moment, until it is made.
    charge: Option<&'a Charged>,
    /// Whether the desk itself says that it was paid: no other system does.
    says_paid: bool,
    at_hand: Option<AtHand<'a>>,
    /// Other open steps the officer may take.
    others: Vec<&'a OpenStep>,
}

/// What keeps the work from going on, if anything does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    Withdrawal,
    Payment,
    Closed,
}

/// The step that the officer works on.
struct AtHand<'a> {
    step: &'a OpenStep,
    left: Option<(String, &'static str, i64)>,
    /// What the officer before wrote.
    before: Option<Before>,
    outcomes: Vec<Button>,
    note: String,
    note_hint: &'static str,
    note_error: String,
    supplement: Option<Supplement>,
    refuse: Option<Refuse>,
    paper: Option<Paper>,
    waiting_since: Option<DateTime<Utc>>,
}

struct Before {
    step: String,
    person: String,
    note: String,
}

struct Button {
    outcome: String,
    text: String,
    secondary: bool,
    enabled: bool,
}

struct Supplement {
    open: bool,
    /// How often the applicant was asked already.
    asked: i64,
    reason: String,
    reason_error: String,
    marks_error: String,
    groups: Vec<Group>,
}

struct Refuse {
    open: bool,
    reasons: String,
    error: String,
}

/// The fields of one page of the form, or the components.
struct Group {
    title: String,
    marks: Vec<Choice>,
}

struct Choice {
    value: String,
    text: String,
    chosen: bool,
    when: String,
    note_name: String,
    note: String,
    error: String,
}

/// The paper a step needs before it can go on, and the button that takes it further.
struct Paper {
    /// Where it is posted to; nothing at the hand-over, which is an outcome like others.
    action: &'static str,
    button: &'static str,
    ready: bool,
    making: &'static str,
    href: String,
}

/// The panel for the step asked for, or the first the officer may take.
pub(super) fn panel<'a>(
    app: &App,
    visitor: &'a Visitor,
    officer: &Officer,
    opened: &'a Opened,
    process: Option<(&'a OpenStep, &Process)>,
    sent: &'a Sent,
    charged: Option<&'a [Charged]>,
) -> Result<Panel<'a>> {
    let standing = match opened.dossier.state {
        State::WithdrawalAsked => Standing::Withdrawal,
        State::PaymentAsked => Standing::Payment,
        state if state.is_end() => Standing::Closed,
        _ => Standing::Open,
    };
    let settles = officer.may(RECEIVE) && officer.agency == opened.dossier.receiving;
    let mut others = opened.own_steps(officer);
    others.retain(|step| process.is_none_or(|(own, _)| own.id != step.id));
    let at_hand = match process.filter(|_| standing == Standing::Open) {
        Some((step, process)) => Some(at_hand(app, visitor, opened, step, process, sent)?),
        None => None,
    };
    Ok(Panel {
        csrf: visitor.csrf(),
        address: opened.address(),
        errors: &sent.errors,
        standing,
        settles,
        asking: (settles && matches!(opened.dossier.state, State::Received | State::Processing))
            .then(|| Asking::of(visitor, &opened.dossier, &opened.procedure, sent)),
        charge: charged.and_then(|charged| charged.last()),
        says_paid: charged.is_none(),
        at_hand,
        others,
    })
}

fn at_hand<'a>(
    app: &App,
    visitor: &Visitor,
    opened: &Opened,
    step: &'a OpenStep,
    process: &Process,
    sent: &Sent,
) -> Result<AtHand<'a>> {
    let has = |outcome: &str| process.step(&step.name).is_some_and(|step| step.outcomes.contains_key(outcome));
    let error = |field: &str| sent.errors.at(field).to_owned();
    let paper = paper(opened, step);
    let left = opened.step_clocks.get(&step.id);
    let left = left.map(|held| time_left(held, app.parts.get::<Calendars>()?, visitor.now)).transpose()?;
    let of_go = !matches!(sent.value("viec"), "supplement" | "refuse");
    Ok(AtHand {
        step,
        left,
        before: before(opened, step),
        outcomes: outcomes(visitor, step, process, paper.as_ref()),
        note: if of_go { sent.value("ghi-chu").to_owned() } else { String::new() },
        note_hint: match step.does {
            Work::Examine => "dossiers-note-hint-proposal",
            _ if has("send-back") => "dossiers-note-hint-send-back",
            _ => "dossiers-note-hint",
        },
        note_error: error("note"),
        supplement: has("incomplete").then(|| Supplement {
            open: sent.value("viec") == "supplement",
            asked: opened.dossier.supplements,
            reason: kept(sent, "supplement", "ly-do").to_owned(),
            reason_error: error("reason"),
            marks_error: error("marks"),
            groups: groups(visitor, opened, sent, &error),
        }),
        refuse: has("refuse").then(|| Refuse {
            open: sent.value("viec") == "refuse",
            reasons: kept(sent, "refuse", "ly-do").to_owned(),
            error: error("reasons"),
        }),
        paper,
        waiting_since: step.waiting_since,
    })
}

fn before(opened: &Opened, step: &OpenStep) -> Option<Before> {
    let closed = opened.steps.iter().filter(|past| past.case == step.case && past.closed_at.is_some());
    let last = closed.max_by_key(|past| past.closed_at)?;
    Some(Before {
        step: last.title.clone(),
        person: last.claimed_person.map(|person| opened.names.person(person)).unwrap_or_default(),
        note: last.note.clone()?,
    })
}

/// Buttons for what the process allows here; supplement and refusal have forms, signing and numbering actions of their own.
fn outcomes(visitor: &Visitor, step: &OpenStep, process: &Process, paper: Option<&Paper>) -> Vec<Button> {
    let declared = process.step(&step.name).into_iter().flat_map(|step| step.outcomes.keys());
    let mut buttons: Vec<Button> = declared
        .filter(|outcome| !matches!(outcome.as_str(), "incomplete" | "refuse" | "sign" | "issue"))
        .map(|outcome| Button {
            text: visitor.text(&format!("dossiers-outcome-{outcome}")),
            secondary: outcome == "send-back",
            enabled: outcome == "send-back" || paper.is_none_or(|paper| paper.ready),
            outcome: outcome.clone(),
        })
        .collect();
    buttons.sort_by_key(|button| button.secondary);
    buttons
}

fn paper(opened: &Opened, step: &OpenStep) -> Option<Paper> {
    let (action, button, wanted, making) = match step.does {
        Work::Sign => ("ky", "dossiers-sign", Stage::Printed, "dossiers-making-print"),
        Work::Number => ("cap-so", "dossiers-issue", Stage::Signed, "dossiers-making-signature"),
        Work::Return if step.case == opened.dossier.case => ("", "", Stage::Issued, "dossiers-making-seal"),
        _ => return None,
    };
    let outcome = opened.outcome_of(step.case);
    let href = |outcome: &Outcome| format!("{}/ket-qua/{}", opened.address(), outcome.id);
    Some(Paper {
        action,
        button,
        ready: outcome.is_some_and(|outcome| outcome.stage == wanted),
        making,
        href: outcome.filter(|outcome| outcome.file.is_some()).map(href).unwrap_or_default(),
    })
}

fn groups(visitor: &Visitor, opened: &Opened, sent: &Sent, error: &dyn Fn(&str) -> String) -> Vec<Group> {
    let choice = |value: String, text: &str| {
        let note_name = note_of(&value);
        Choice {
            chosen: sent.all(MARK).any(|marked| marked == value),
            when: format!("{MARK}={value}"),
            note: sent.value(&note_name).to_owned(),
            error: error(&note_name),
            note_name,
            text: text.to_owned(),
            value,
        }
    };
    let path = |field: &Field| format!("o:{}", field.path);
    let papers = opened.procedure.papers.iter();
    let papers = Group {
        title: visitor.text("dossiers-marks-papers"),
        marks: papers.map(|paper| choice(format!("giay:{}", paper.code), &paper.name)).collect(),
    };
    let pages = form::draft::pages(&opened.form, &opened.dossier.answers);
    let pages = pages.into_iter().map(|page| Group {
        title: page.title.clone(),
        marks: page.fields.iter().flat_map(markable).map(|field| choice(path(field), &field.title)).collect(),
    });
    std::iter::once(papers).chain(pages).filter(|group| !group.marks.is_empty()).collect()
}

/// What of a field can be marked: a group by what is in it, except that a group within it (an address) is one thing.
fn markable(field: &Field) -> Vec<&Field> {
    match &field.kind {
        Kind::Group(inner) => inner.iter().collect(),
        _ => vec![field],
    }
}
