//! What people and officers may try, as a value: made by chance, resolved against the dossiers as they stand.

use base::{Error, Id, Now, Result};
use chrono::{Days, TimeDelta};
use dossiers::actions::{self, Answered, Asked, Decision, NewDossier};
use dossiers::dossier::{Channel, Dossier, State};
use dossiers::paper::{HandedIn, Mark};
use flow::{Flow, OpenStep, Work};
use proptest::collection::vec;
use proptest::prelude::*;
use store::Tx;
use system::{Caller, PositionKind};

use crate::picture::Picture;
use crate::province::Province;

/// Which of several, counted round.
type Pick = u8;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// A procedure is filed.
    Submit(Pick),
    /// One of the acts that the state invites to; by chance alone few would be.
    Invited(Pick),
    /// An open step is ended as it mostly is; by the colleague who took it, if one did.
    Forward(Pick),
    /// That many times: papers are made and the first open step is ended.
    Progress(u8),
    /// An open step is ended with any word, whether it is one of its outcomes or not.
    Say(Pick, Pick),
    Refuse(Pick),
    Ask(Pick),
    Answer,
    /// Without the paper that was asked for.
    AnswerInPart,
    Withdraw,
    Settle(bool),
    Payment(bool),
    Claim(Pick, Pick),
    Release(Pick, Pick),
    /// By somebody whose work it is not.
    Wrong(Pick, Pick),
    /// A step that is closed.
    Stale(Pick),
    Hours(u8),
    Days(u8),
    Papers,
}

/// Where "send-back" stands among the words.
pub(crate) const SEND_BACK: Pick = 4;
/// Every word that some process knows, and one that none does.
const WORDS: [&str; 12] = [
    "accept",
    "assign",
    "propose",
    "approve",
    "send-back",
    "sign",
    "issue",
    "return",
    "incomplete",
    "refuse",
    "done",
    "no",
];

/// A sequence, each act upon one of the dossiers filed so far.
pub(crate) fn sequences() -> impl Strategy<Value = Vec<(Pick, Act)>> {
    let pick = || 0..4u8;
    let act = prop_oneof![
        2 => pick().prop_map(Act::Submit),
        24 => any::<u8>().prop_map(Act::Invited),
        6 => (1..8u8).prop_map(Act::Progress),
        4 => Just(Act::Papers),
        1 => pick().prop_map(Act::Forward),
        2 => (pick(), 0..12u8).prop_map(|(step, word)| Act::Say(step, word)),
        1 => pick().prop_map(Act::Refuse),
        1 => pick().prop_map(Act::Ask),
        1 => Just(Act::Answer),
        1 => Just(Act::AnswerInPart),
        1 => Just(Act::Withdraw),
        1 => any::<bool>().prop_map(Act::Settle),
        1 => any::<bool>().prop_map(Act::Payment),
        1 => (pick(), pick()).prop_map(|(step, by)| Act::Claim(step, by)),
        1 => (pick(), pick()).prop_map(|(step, by)| Act::Release(step, by)),
        1 => (pick(), 0..12u8).prop_map(|(step, by)| Act::Wrong(step, by)),
        1 => pick().prop_map(Act::Stale),
        1 => (1..9u8).prop_map(Act::Hours),
        1 => (1..20u8).prop_map(Act::Days),
    ];
    (pick(), vec((0..2u8, act), 1..24)).prop_map(|(first, mut acts)| {
        acts.insert(0, (0, Act::Submit(first)));
        acts
    })
}

/// What became of an act.
#[derive(Debug)]
pub(crate) enum Came {
    Done,
    Refused(Error),
    /// There was nothing to do it with.
    Nothing,
}

impl Came {
    pub(crate) const fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }
}

impl From<Result<()>> for Came {
    fn from(result: Result<()>) -> Self {
        result.map_or_else(Self::Refused, |()| Self::Done)
    }
}

impl Act {
    /// The acts it consists of.
    pub(crate) fn pieces(self) -> Vec<Self> {
        match self {
            Self::Progress(times) => [Self::Papers, Self::Forward(0)].repeat(times.into()),
            act => vec![act],
        }
    }

    /// Whether the program must refuse it, whatever the state.
    pub(crate) const fn is_forbidden(self) -> bool {
        matches!(self, Self::Wrong(..) | Self::Stale(_) | Self::AnswerInPart)
    }

    /// Whether time passes or papers are made, which is nobody's action on a dossier.
    pub(crate) const fn is_the_worlds(self) -> bool {
        matches!(self, Self::Hours(_) | Self::Days(_) | Self::Papers)
    }
}

/// An act upon a dossier as it is seen.
pub(crate) struct Trial<'a> {
    pub(crate) province: &'a Province,
    pub(crate) seen: &'a Picture,
}

/// Files the procedure.
pub(crate) async fn submit(province: &Province, pick: Pick) -> Result<Dossier> {
    let (procedure, answers) = &province.offers[usize::from(pick) % province.offers.len()];
    let app = &province.app;
    let new = NewDossier {
        form_id: Id::new(app.now()),
        procedure: procedure.code.clone(),
        applicant: province.applicant.person,
        applicant_name: province.applicant.name.clone(),
        agency: province.ward.id,
        receiving: province.ward.id,
        channel: Channel::Online,
        answers: answers.clone(),
        papers: vec![paper(&procedure.papers[0].code)],
        draft: None,
    };
    actions::file(app, app.now(), &province.applicant.caller, new).await
}

fn paper(component: &str) -> HandedIn {
    HandedIn {
        component: component.to_owned(),
        hash: "0".repeat(64),
        name: "giay-to-mau.pdf".to_owned(),
        size: 1,
        mime: "application/pdf".to_owned(),
    }
}

/// What is everybody's: time passes, papers are made.
pub(crate) async fn pass(province: &Province, act: Act) -> Result<()> {
    let app = &province.app;
    let now = app.now().utc();
    match act {
        Act::Hours(hours) => province.clock.set(Now::at(now + TimeDelta::hours(hours.into()))),
        Act::Days(days) => province.clock.set(Now::at(now + Days::new(days.into()))),
        _ => {
            actions::make_papers(app).await?;
            while actions::make_results(app).await? > 0 {}
        }
    }
    Ok(())
}

impl Trial<'_> {
    /// The act itself, or the one that the state invites to.
    pub(crate) fn resolve(&self, act: Act) -> Act {
        let Act::Invited(pick) = act else { return act };
        let invited = match self.seen.dossier.state {
            State::WithdrawalAsked => vec![Act::Settle(true), Act::Settle(false)],
            State::PaymentAsked => vec![Act::Payment(true), Act::Withdraw, Act::Forward(0)],
            State::SupplementAsked if self.seen.open_supplement().is_some() => {
                vec![Act::Answer, Act::Withdraw, Act::Forward(0), Act::Forward(1), Act::Refuse(1)]
            }
            _ => self.at_work(),
        };
        invited[usize::from(pick) % invited.len()]
    }

    /// What officers and applicant may do while work goes on: going on is the likeliest.
    fn at_work(&self) -> Vec<Act> {
        let mut invited = vec![Act::Withdraw, Act::Payment(false)];
        for (step, pick) in self.seen.open_steps().filter(|step| step.role.is_some()).zip(0..) {
            invited.extend([Act::Forward(pick); 6]);
            match step.does {
                Work::Receive | Work::Examine => invited.extend([Act::Ask(pick), Act::Ask(pick), Act::Refuse(pick)]),
                Work::Sign | Work::Review => invited.extend([Act::Say(pick, SEND_BACK); 2]),
                _ => {}
            }
        }
        invited
    }

    pub(crate) async fn perform(&self, act: Act) -> Came {
        let (app, now, dossier) = (&self.province.app, self.province.app.now(), self.seen.dossier.id);
        let (applicant, desk) = (&self.province.applicant.caller, self.desk());
        let done = |result: Result<Dossier>| Came::from(result.map(drop));
        match act {
            Act::Answer => done(actions::answer(app, now, applicant, dossier, self.answered(true)).await),
            Act::AnswerInPart => done(actions::answer(app, now, applicant, dossier, self.answered(false)).await),
            Act::Withdraw => done(actions::ask_to_withdraw(app, now, applicant, dossier).await),
            Act::Settle(agreed) => done(actions::settle_withdrawal(app, now, &desk, dossier, agreed).await),
            Act::Payment(true) => done(actions::confirm_payment(app, now, &desk, dossier).await),
            Act::Payment(false) => {
                let asked = Asked { fees: Vec::new(), duty: Some((50_000, "Tiền mẫu".to_owned())) };
                done(actions::ask_payment(app, now, &desk, dossier, Id::new(now), asked).await)
            }
            Act::Stale(pick) => {
                let closed: Vec<&OpenStep> = self.seen.steps.iter().filter(|step| step.closed_at.is_some()).collect();
                let Some((step, officer)) = self.taken(&closed, pick) else { return Came::Nothing };
                self.end(step, &officer).await
            }
            act => self.at_step(act).await,
        }
    }

    async fn at_step(&self, act: Act) -> Came {
        let (Act::Forward(pick)
        | Act::Say(pick, _)
        | Act::Refuse(pick)
        | Act::Ask(pick)
        | Act::Claim(pick, _)
        | Act::Release(pick, _)
        | Act::Wrong(pick, _)) = act
        else {
            return Came::Nothing;
        };
        let open: Vec<&OpenStep> = self.seen.open_steps().filter(|step| step.role.is_some()).collect();
        let Some((step, officer)) = self.taken(&open, pick) else { return Came::Nothing };
        match act {
            Act::Say(_, word) => {
                let outcome = WORDS[usize::from(word) % WORDS.len()].to_owned();
                self.decide(step, &officer, Decision::Go { outcome, note: String::new() }).await
            }
            Act::Refuse(_) => {
                let reasons = vec!["Không đủ điều kiện.".to_owned()];
                self.decide(step, &officer, Decision::Refuse { reasons }).await
            }
            Act::Ask(_) => {
                let code = self.component();
                let marks = vec![Mark::Component { code, note: "Bản chụp mờ.".to_owned() }];
                self.decide(step, &officer, Decision::Supplement { reason: "Chưa rõ.".to_owned(), marks }).await
            }
            Act::Claim(_, by) => self.take(step, by, true).await,
            Act::Release(_, by) => self.take(step, by, false).await,
            Act::Wrong(_, by) => match self.stranger(step, by) {
                Some(stranger) => self.end(step, &stranger).await,
                None => Came::Nothing,
            },
            _ => self.end(step, &officer).await,
        }
    }

    /// One of the steps, and whoever took it or may.
    fn taken<'s>(&self, steps: &[&'s OpenStep], pick: Pick) -> Option<(&'s OpenStep, Caller)> {
        let step = *steps.get(usize::from(pick) % steps.len().max(1))?;
        let colleagues = (0..crate::province::COLLEAGUES).filter_map(|who| self.province.officer_for(step, who));
        let holds = |caller: &Caller| step.claimed_by.is_none_or(|holder| caller.actor().position == Some(holder));
        Some((step, colleagues.into_iter().find(holds)?))
    }

    fn desk(&self) -> Caller {
        self.province.officer(self.seen.dossier.receiving, PositionKind::Reception, None, 0)
    }

    /// An officer of another kind, or of the other agency.
    fn stranger(&self, step: &OpenStep, by: Pick) -> Option<Caller> {
        let kinds = PositionKind::ALL.into_iter();
        let agencies = [self.province.ward.id, self.province.insurance.id];
        let everybody = kinds.flat_map(|kind| agencies.map(|agency| (agency, kind)));
        let (agency, kind) = everybody.cycle().nth(by.into())?;
        let foreign = agency != step.agency || step.role.as_deref() != Some(kind.as_str());
        foreign.then(|| self.province.officer(agency, kind, step.unit.as_deref(), 0))
    }

    async fn decide(&self, step: &OpenStep, officer: &Caller, decision: Decision) -> Came {
        let app = &self.province.app;
        let decided = actions::decide(app, app.now(), officer, self.seen.dossier.id, step.id, decision).await;
        Came::from(decided.map(drop))
    }

    /// Ends a step as it mostly is.
    async fn end(&self, step: &OpenStep, officer: &Caller) -> Came {
        let (app, now, dossier) = (&self.province.app, self.province.app.now(), self.seen.dossier.id);
        let outcome = match step.does {
            Work::Receive => "accept",
            Work::Assign => "assign",
            Work::Examine => "propose",
            Work::Review => "approve",
            Work::Return => "return",
            Work::Sign => return Came::from(actions::sign(app, now, officer, dossier, step.id).await.map(drop)),
            Work::Number => return Came::from(actions::issue(app, now, officer, dossier, step.id).await.map(drop)),
            Work::SubCase => return Came::Nothing,
        };
        self.decide(step, officer, Decision::Go { outcome: outcome.to_owned(), note: String::new() }).await
    }

    async fn take(&self, step: &OpenStep, by: Pick, claim: bool) -> Came {
        let Some(caller) = self.province.officer_for(step, by.into()) else { return Came::Nothing };
        let app = &self.province.app;
        let taken = async |tx: &Tx| {
            let flow = Flow { tx, app, now: app.now(), actor: caller.actor() };
            let officer = caller.officer()?;
            if claim { flow.claim(officer, step.id).await } else { flow.release(officer, step.id).await }
        };
        Came::from(app.store.write(taken).await)
    }

    fn component(&self) -> String {
        let version = self.province.offers.iter().find(|(procedure, _)| procedure.id == self.seen.dossier.procedure);
        version.unwrap().0.papers[0].code.clone()
    }

    fn answered(&self, whole: bool) -> Answered {
        let papers = if whole { vec![paper(&self.component())] } else { Vec::new() };
        Answered { answers: self.seen.dossier.answers.clone(), papers }
    }
}
