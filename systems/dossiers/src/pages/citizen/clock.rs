//! The clock of a dossier: what is left, what was used, and why.

use askama::Template;
use axum::extract::State;
use base::{Error, Now, Result, local};
use contracts::questions::Procedure;
use system::App;
use web::{Answer, Path, Visitor, filters};
use worktime::ledger::{self, Calendars, Held, Owner};
use worktime::{Explanation, Fact, Outcome, Remaining, State as Standing, Took, left_phrase};

use crate::actions;
use crate::dossier::Dossier;

/// What the card shows.
pub(super) struct Card {
    pub(super) heading: String,
    pub(super) under: String,
    /// `ok`, `warn`, `late` or `wait`.
    pub(super) tone: &'static str,
    /// Percent of the whole budget.
    pub(super) used: i64,
    pub(super) paused: i64,
    pub(super) label: String,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) strong: bool,
}

const fn owner(dossier: &Dossier) -> Owner {
    Owner { kind: "case", id: dossier.case }
}

/// The card; `None` before the clock has started.
pub(super) async fn card(
    app: &App,
    visitor: &Visitor,
    dossier: &Dossier,
    procedure: &Procedure,
) -> Result<Option<Card>> {
    let Some(held) = ledger::find(app.store.read(), owner(dossier)).await? else { return Ok(None) };
    let calendars = app.parts.get::<Calendars>()?;
    Ok(Some(Reading { visitor, dossier, procedure, held: &held, calendars }.card()?))
}

struct Reading<'a> {
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    procedure: &'a Procedure,
    held: &'a Held,
    calendars: &'a Calendars,
}

impl Reading<'_> {
    fn card(&self) -> Result<Card> {
        let (clock, now) = (&self.held.clock, self.visitor.now);
        let calendar = self.calendars.of(self.held.agency);
        let (phrase, tone, _) = flow::pages::time_left(self.held, self.calendars, now)?;
        let remaining = clock.remaining(&calendar, now.utc())?;
        let facts = Explanation::of(clock, &calendar, now.utc())?.facts;
        let day = i64::from(remaining.day_minutes.max(1));
        let used = clock.used(&calendar, now.utc())?.num_minutes();
        let paused: i64 = facts.iter().map(|fact| paused_minutes(fact, day)).sum();
        let left = if remaining.state == Standing::Late { 0 } else { i64::from(remaining.minutes) };
        let whole = (used + paused + left).max(1);
        let used_text = took(used, remaining);
        let (heading, under) = self.heading(phrase, remaining, clock.outcome(&calendar)?);
        let label = [("used", used_text.clone()), ("paused", took(paused, remaining)), ("left", took(left, remaining))];
        Ok(Card {
            heading,
            under,
            tone,
            used: used * 100 / whole,
            paused: paused * 100 / whole,
            label: self.visitor.text_with("dossiers-time-label", &label),
            rows: self.rows(&facts, used_text, now)?,
        })
    }

    fn heading(&self, phrase: String, remaining: Remaining, outcome: Option<Outcome>) -> (String, String) {
        let text = |key: &str| self.visitor.text(key);
        match outcome {
            Some(Outcome::Early) => (text("dossiers-time-early"), String::new()),
            Some(Outcome::OnTime) => (text("dossiers-time-on-time"), String::new()),
            Some(Outcome::Late) => (text("dossiers-time-late"), text("dossiers-time-late-help")),
            None if remaining.state == Standing::Paused => {
                let running = Remaining { state: Standing::Running, ..remaining };
                (left_phrase(running), text("dossiers-time-once-answered"))
            }
            None if remaining.state == Standing::Late => (phrase, text("dossiers-time-late-help")),
            None => (phrase, String::new()),
        }
    }

    fn rows(&self, facts: &[Fact], used: String, now: Now) -> Result<Vec<Row>> {
        let calendar = self.calendars.of(self.held.agency);
        let clock = &self.held.clock;
        let from = local(clock.counted_from(&calendar)?).format(SHORT).to_string();
        let mut rows = vec![
            self.row("dossiers-time-budget", self.procedure.deadline.written.clone()),
            self.row("dossiers-time-from", from),
            self.row("dossiers-time-used", used),
        ];
        rows.extend(facts.iter().filter_map(|fact| self.fact(fact)));
        let mut last = match (clock.ended, clock.pauses.iter().any(|pause| pause.to.is_none())) {
            (Some(ended), _) => self.row("dossiers-time-ended", local(ended).format(SHORT).to_string()),
            (None, true) => {
                let mut resumed = clock.clone();
                resumed
                    .pauses
                    .iter_mut()
                    .filter(|pause| pause.to.is_none())
                    .for_each(|pause| pause.to = Some(now.utc()));
                let due = resumed.due(&calendar)?.map(|at| web::date(local(at).date_naive()));
                self.row("dossiers-time-if-today", due.unwrap_or_default())
            }
            (None, false) => {
                let due = self.dossier.promised_at.or(self.held.due_at);
                self.row("dossiers-time-promised", due.map(|at| web::moment(self.visitor.lang, at)).unwrap_or_default())
            }
        };
        last.strong = true;
        rows.push(last);
        Ok(rows)
    }

    fn row(&self, key: &str, value: String) -> Row {
        Row { key: self.visitor.text(key), value, strong: false }
    }

    fn fact(&self, fact: &Fact) -> Option<Row> {
        let (key, value) = match fact {
            Fact::Paused { from, to: None, reason, .. } => (
                self.visitor.text_with("dossiers-time-paused", &[("reason", reason.clone())]),
                self.visitor.text_with("dossiers-time-since", &[("at", from.format(SHORT).to_string())]),
            ),
            Fact::Paused { to: Some(_), reason, took, .. } => {
                (self.visitor.text_with("dossiers-time-was-paused", &[("reason", reason.clone())]), took.to_string())
            }
            Fact::DaysOff { .. } => (capitalised(&fact.to_string()), self.visitor.text("dossiers-time-not-counted")),
            _ => return None,
        };
        Some(Row { key, value, strong: false })
    }
}

/// `09/11 · 08:12`.
const SHORT: &str = "%d/%m · %H:%M";

fn paused_minutes(fact: &Fact, day: i64) -> i64 {
    match fact {
        Fact::Paused { took: Took::WorkingMinutes { minutes, .. }, .. } => i64::from(*minutes),
        Fact::Paused { took: Took::WorkingDays(days) | Took::CalendarDays(days), .. } => i64::from(*days) * day,
        _ => 0,
    }
}

fn took(minutes: i64, like: Remaining) -> String {
    let minutes = u32::try_from(minutes).unwrap_or(0);
    Took::WorkingMinutes { minutes, day_minutes: like.day_minutes }.to_string()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[derive(Template)]
#[template(path = "dossiers/citizen/clock.html")]
struct Why<'a> {
    code: &'a str,
    name: &'a str,
    written: &'a str,
    story: Option<String>,
    pauses: Vec<String>,
    days_off: Vec<DayOff>,
}

struct DayOff {
    text: String,
    basis: String,
}

/// Why the deadline is what it is, fact by fact.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let procedure = actions::version(&app, dossier.procedure).await?;
    let calendars = app.parts.get::<Calendars>()?;
    let held = ledger::find(app.store.read(), owner(&dossier)).await?;
    let told = held.map(|held| Explanation::of(&held.clock, &calendars.of(held.agency), visitor.now.utc()));
    let told = told.transpose().map_err(Error::from)?;
    let facts: &[Fact] = told.as_ref().map_or(&[], |told| &told.facts);
    let page = Why {
        code: &dossier.code,
        name: &dossier.procedure_name,
        written: &procedure.deadline.written,
        story: told.as_ref().map(ToString::to_string),
        pauses: facts
            .iter()
            .filter(|fact| matches!(fact, Fact::Paused { .. }))
            .map(|fact| capitalised(&fact.to_string()))
            .collect(),
        days_off: facts.iter().filter_map(day_off).collect(),
    };
    visitor.page(&visitor.text("dossiers-why-title"), &page)
}

fn day_off(fact: &Fact) -> Option<DayOff> {
    match fact {
        Fact::DaysOff { legal, .. } | Fact::DayWorked { legal, .. } => {
            Some(DayOff { text: capitalised(&fact.to_string()), basis: legal.act.clone() })
        }
        _ => None,
    }
}
