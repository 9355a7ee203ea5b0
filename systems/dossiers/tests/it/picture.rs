//! All rows of a dossier at one moment, and what must be true of them at every moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::Id;
use contracts::events::DossierChanged;
use dossiers::dossier::{Dossier, State};
use dossiers::paper::{Paper, Supplement};
use dossiers::queries;
use dossiers::slip::{Outcome, Slip, Stage};
use flow::{Case, CaseState, OpenStep, Work};
use store::{Sql, Store};
use worktime::ledger::{self, Held};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    pub(crate) dossier: Dossier,
    pub(crate) steps: Vec<OpenStep>,
    pub(crate) supplements: Vec<Supplement>,
    pub(crate) outcomes: Vec<Outcome>,
    cases: Vec<Case>,
    /// Of cases and of steps.
    clocks: HashMap<Id, Held>,
    papers: Vec<Paper>,
    slips: Vec<Slip>,
    history: Vec<journal::Line>,
}

/// What the journal tells of a change: its verb and the dossier as it was then.
type Told<'a> = (&'a str, DossierChanged);

impl Picture {
    pub(crate) async fn take(store: &Store, dossier: Id) -> Self {
        let c = store.read();
        let cases = flow::queries::cases_of(c, dossier).await.unwrap();
        let steps = flow::queries::steps_of(c, dossier).await.unwrap();
        let own: Vec<Id> = cases.iter().map(|case| case.id).collect();
        let mut clocks = ledger::find_many(c, "case", &own).await.unwrap();
        let own: Vec<Id> = steps.iter().map(|step| step.id).collect();
        clocks.extend(ledger::find_many(c, "step", &own).await.unwrap());
        Self {
            dossier: queries::by_id(c, dossier).await.unwrap().unwrap(),
            steps,
            supplements: queries::supplements(c, dossier).await.unwrap(),
            outcomes: queries::outcomes(c, dossier).await.unwrap(),
            cases,
            clocks,
            papers: queries::papers(c, dossier).await.unwrap(),
            slips: queries::slips(c, dossier).await.unwrap(),
            history: journal::history(store, dossier).await.unwrap(),
        }
    }

    pub(crate) fn open_steps(&self) -> impl Iterator<Item = &OpenStep> {
        self.steps.iter().filter(|step| step.closed_at.is_none())
    }

    pub(crate) fn open_supplement(&self) -> Option<&Supplement> {
        self.supplements.iter().find(|asked| asked.answered_at.is_none())
    }

    /// Everything that does not hold, said for whoever reads the failed test.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut must = |holds: bool, what: &str| {
            if !holds {
                faults.push(format!("{:?}: {what}", self.dossier.state));
            }
        };
        self.check_journal(&mut must);
        self.check_moments(&mut must);
        self.check_course(&mut must);
        self.check_clocks(&mut must);
        self.check_results(&mut must);
        faults
    }

    fn told(&self) -> Vec<Told<'_>> {
        let told = |line: &journal::Line| serde_json::from_value::<DossierChanged>(line.data.clone()).ok();
        self.history.iter().filter_map(|line| Some((line.verb.as_str(), told(line)?))).collect()
    }

    fn check_journal(&self, must: &mut impl FnMut(bool, &str)) {
        let told = self.told();
        let state = |told: &Told| State::from_code(told.1.state.into()).unwrap();
        must(told.first().is_some_and(|first| state(first) == State::Submitted), "its history begins submitted");
        for pair in told.windows(2) {
            let (from, to, verb) = (state(&pair[0]), state(&pair[1]), pair[1].0);
            must(from == to || from.allows(to), &format!("the table forbids {from:?} → {to:?} ({verb})"));
            let settles = ["dossiers.withdrawn", "dossiers.withdrawal-refused"].contains(&verb);
            must(!settles || from == State::WithdrawalAsked, "a withdrawal is settled that nobody asked for");
            let paid = verb == "dossiers.paid";
            must(!paid || from == State::PaymentAsked, "it is paid though nothing was due");
        }
        let Some(last) = told.last() else { return };
        must(state(last) == self.dossier.state, "the journal's last entry tells the state");
        let promised = last.1.promised_at.as_deref().map(|at| at.parse().unwrap());
        must(promised == self.dossier.promised_at, "the journal's last entry tells the promised date");
        let number = self.outcomes.iter().rev().find(|one| one.case == self.dossier.case && one.stage != Stage::Void);
        let number = number.and_then(Outcome::full_number);
        must(last.1.result_number == number, "the journal's last entry tells the number of the result");
    }

    fn check_moments(&self, must: &mut impl FnMut(bool, &str)) {
        use State::{Finished, NotReceived, PaymentAsked, Processing, Received, Returned, Submitted};
        let dossier = &self.dossier;
        match dossier.state {
            Submitted | NotReceived => must(dossier.received_at.is_none(), "it was not received"),
            Received | Processing | PaymentAsked | Finished | Returned => {
                must(dossier.received_at.is_some(), "it was received");
            }
            // From the desk or from later work.
            State::SupplementAsked | State::WithdrawalAsked | State::Stopped => {}
        }
        must(dossier.received_at.is_some() == dossier.promised_at.is_some(), "what is received has a promised date");
        let finished = matches!(dossier.state, Finished | Returned);
        must(dossier.finished_at.is_some() == finished, "it has a moment of finishing once it is finished");
        must(dossier.closed_at.is_some() == dossier.state.is_end(), "it has a moment of closing once it is closed");
        let moments = [Some(dossier.submitted_at), dossier.received_at, dossier.finished_at, dossier.closed_at];
        must(moments.iter().flatten().is_sorted(), "its moments follow each other");
        let asked = i64::try_from(self.supplements.len()).unwrap();
        must(dossier.supplements == asked, "it counts how often it was asked to be completed");
    }

    fn check_course(&self, must: &mut impl FnMut(bool, &str)) {
        let open: Vec<&OpenStep> = self.open_steps().collect();
        let ended = self.dossier.state.is_end();
        must(ended == open.is_empty(), "a step is open until the dossier ends, and none after");
        must(ended || self.dossier.closed_at.is_none(), "what goes on is not closed");
        let names: BTreeSet<_> = open.iter().map(|step| (step.case, &step.name)).collect();
        must(names.len() == open.len(), "no step is open twice");
        for case in &self.cases {
            let mut own = open.iter().filter(|step| step.case == case.id);
            must(case.state.is_closed() == case.closed_at.is_some(), "a closed case has its moment");
            must(!ended || case.state.is_closed(), "a dossier that ended has no open case");
            must(!case.state.is_closed() || own.clone().next().is_none(), "a closed case has no open step");
            let waits = case.state == CaseState::Waiting;
            must(waits == own.any(|step| step.waiting_since.is_some()), "a case waits exactly when a step of it does");
            let asked = self.open_supplement().is_some_and(|asked| asked.case == case.id);
            must(ended || waits == asked, "a case waits exactly while a request is open");
            must(!waits || self.dossier.state == State::SupplementAsked, "a case waits while the dossier does");
            let is_part = case.id != self.dossier.case && !case.state.is_closed();
            must(!is_part || self.dossier.state != State::Finished, "no sub-case is open once it is finished");
        }
    }

    fn check_clocks(&self, must: &mut impl FnMut(bool, &str)) {
        let standing = |held: &Held| held.clock.pauses.iter().any(|pause| pause.to.is_none());
        for held in self.clocks.values() {
            must(held.clock.ended.is_none() || !standing(held), "a clock that ended does not stand still");
            must(held.clock.ended.is_some() || !self.dossier.state.is_end(), "no clock runs on behind an end");
        }
        for case in &self.cases {
            let Some(held) = self.clocks.get(&case.id) else { continue };
            must(case.state != CaseState::Waiting || standing(held), "the clock of a waiting case stands still");
            must(!case.state.is_closed() || held.clock.ended.is_some(), "the clock of a closed case has ended");
        }
        for step in &self.steps {
            let Some(held) = self.clocks.get(&step.id) else { continue };
            must(step.closed_at.is_some() == held.clock.ended.is_some(), "the clock of a step ends with it");
            let waits = self.cases.iter().any(|case| case.id == step.case && case.state == CaseState::Waiting);
            must(step.closed_at.is_some() || standing(held) == waits, "the clock of a step stands still with its case");
        }
        let own = self.clocks.get(&self.dossier.case);
        must(own.is_some() == self.dossier.received_at.is_some(), "its clock starts when it is received");
        let Some(own) = own else { return };
        match self.dossier.state {
            State::Received | State::Processing => {
                must(own.clock.ended.is_none() && !standing(own), "its clock runs while it is worked on");
            }
            State::SupplementAsked | State::PaymentAsked => {
                must(standing(own), "its clock stands still while it waits");
            }
            State::Finished => must(own.clock.ended.is_some(), "its clock ended when it was finished"),
            _ => {}
        }
    }

    fn check_results(&self, must: &mut impl FnMut(bool, &str)) {
        let valid: Vec<&Outcome> = self.outcomes.iter().filter(|outcome| outcome.stage != Stage::Void).collect();
        let cases: BTreeSet<Id> = valid.iter().map(|outcome| outcome.case).collect();
        must(cases.len() == valid.len(), "a case has one result");
        for step in self.open_steps().filter(|step| matches!(step.does, Work::Sign | Work::Number)) {
            must(cases.contains(&step.case), "there is a paper to sign or to number");
        }
        for outcome in &valid {
            let numbered = matches!(outcome.stage, Stage::Numbered | Stage::Issued);
            must(outcome.number.is_some() == numbered, "a result has a number from numbering on");
            let stopped = matches!(self.dossier.state, State::Stopped | State::NotReceived);
            must(!stopped || outcome.stage == Stage::Issued, "no result is under way for what was stopped");
        }
        let ready = valid.iter().any(|outcome| outcome.case == self.dossier.case && outcome.number.is_some());
        must(
            ready || !matches!(self.dossier.state, State::Finished | State::Returned),
            "what is finished has a number",
        );
    }
}

/// Codes and numbers that were skipped or given twice, in the whole database.
pub(crate) async fn gaps(store: &Store) -> BTreeSet<String> {
    let codes = Sql::new("SELECT code FROM dossiers").all(store.read(), |row| {
        let code: String = row.get(0)?;
        let (day, number) = code.rsplit_once('-').unwrap();
        Ok((day.to_owned(), number.parse().unwrap()))
    });
    let numbers = Sql::new(
        "SELECT agency_id, series, numbered_on, number FROM dossiers_results WHERE number IS NOT NULL",
    )
    .all(store.read(), |row| {
        let day: chrono::NaiveDate = row.get(2)?;
        let register = (Id::from_uuid(row.get(0)?), row.get::<String>(1)?, day.format("%Y"));
        Ok((format!("{} {} {}", register.0, register.1, register.2), row.get(3)?))
    });
    let mut registers: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (register, number) in codes.await.unwrap().into_iter().chain(numbers.await.unwrap()) {
        registers.entry(register).or_default().push(number);
    }
    let mut gaps = BTreeSet::new();
    for (register, mut given) in registers {
        given.sort_unstable();
        if !given.iter().copied().eq(1..=i64::try_from(given.len()).unwrap()) {
            gaps.insert(format!("{register}: {given:?}"));
        }
    }
    gaps
}
