//! Reports in every state, so that each page of a demo shows what it is for.

use base::{Error, Id, Random, Result};
use directory::Agency;
use system::{App, Caller, PositionKind};

use super::{Seen, of_kind, usual};
use crate::actions::{self, NewAnswer, Stroke};
use crate::queries::{self, Alike, Chosen};
use crate::report::{Report, State};
use crate::rules;

/// Reports of one flood, joined into one.
const FLOODED: usize = 7;

/// One report in each state, in one commune, by one who gives their name; `officers` are those of the demo. A state whose
/// officers the demo does not have is left out.
pub async fn every_state(
    app: &App,
    random: &(dyn Random + 'static),
    reporter: &Caller,
    officers: &[Caller],
    commune: &Agency,
) -> Result<()> {
    let told = Told { app, random, reporter, officers, commune };
    for state in State::ALL {
        told.report_in(state).await?;
    }
    told.reopened().await
}

struct Told<'a> {
    app: &'a App,
    random: &'a (dyn Random + 'static),
    reporter: &'a Caller,
    officers: &'a [Caller],
    commune: &'a Agency,
}

impl Told<'_> {
    async fn filed(&self, kind: &str, pictured: bool) -> Result<Report> {
        let seen = Seen { pictured, unnamed: false };
        of_kind(self.app, self.random, self.reporter, self.commune, rules::kind(kind)?, seen).await
    }

    async fn report_in(&self, state: State) -> Result<()> {
        let kind = match state {
            State::Returned => "bien-bao",
            State::Joined => "ngap",
            State::Refused => "khac",
            _ => "o-ga",
        };
        let report = self.filed(kind, true).await?;
        match state {
            State::New => Ok(()),
            State::Refused => self.refused(&report).await,
            State::Joined => self.flooded(&report).await,
            _ => self.brought_to(state, &report).await,
        }
    }

    async fn refused(&self, report: &Report) -> Result<()> {
        let (app, now) = (self.app, self.app.now());
        let Some((desk, step)) = self.at_work(report, PositionKind::Reception).await? else { return Ok(()) };
        actions::refuse(app, now, desk, report.id, step, "Việc này thuộc hợp đồng tư nhân, phường không xử lý.")
            .await?;
        Ok(())
    }

    /// The way of an answer, as far as `state`.
    async fn brought_to(&self, state: State, report: &Report) -> Result<()> {
        let (app, now) = (self.app, self.app.now());
        let Some((desk, step)) = self.at_work(report, PositionKind::Reception).await? else { return Ok(()) };
        self.strike_out(desk, report).await?;
        let report = actions::triage(app, now, desk, report.id, step, usual(app, report).await?).await?;
        let Some((specialist, step)) = self.at_work(&report, PositionKind::Specialist).await? else { return Ok(()) };
        match state {
            State::Assigned => return Ok(()),
            State::Returned => {
                let reason = "Biển này do phường quản lý.";
                actions::return_to_triage(app, now, specialist, report.id, step, reason).await?;
                return Ok(());
            }
            _ => actions::take(app, now, specialist, report.id, step).await?,
        };
        if state == State::Working {
            return Ok(());
        }
        let new = NewAnswer {
            id: Id::new(now), words: "Đã vá mặt đường, rải nhựa nóng chiều nay.".to_owned()
        };
        self.picture_of(new.id).await?;
        actions::propose(app, now, specialist, report.id, step, new).await?;
        let Some((leader, step)) = self.at_work(&report, PositionKind::Leader).await? else { return Ok(()) };
        if state == State::AnswerProposed {
            return Ok(());
        }
        actions::approve(app, now, leader, report.id, step).await?;
        if state == State::Closed {
            actions::rate(app, now, self.reporter, None, report.id, true).await?;
        }
        Ok(())
    }

    async fn flooded(&self, first: &Report) -> Result<()> {
        let (app, now) = (self.app, self.app.now());
        let mut others = Vec::new();
        for _ in 1..FLOODED {
            others.push(self.filed("ngap", false).await?.id);
        }
        let Some((desk, step)) = self.at_work(first, PositionKind::Reception).await? else { return Ok(()) };
        actions::join(app, now, desk, first.id, Alike::Commune, &Chosen::These(others)).await?;
        actions::triage(app, now, desk, first.id, step, usual(app, first).await?).await?;
        Ok(())
    }

    async fn reopened(&self) -> Result<()> {
        let (app, now) = (self.app, self.app.now());
        let report = self.filed("den-duong", true).await?;
        self.brought_to(State::Answered, &report).await?;
        let report = queries::by_id(app.store.read(), report.id).await?.ok_or(Error::NotFound)?;
        if report.state == State::Answered {
            actions::reopen(app, now, self.reporter, None, report.id, "Tối qua hai cột lại tắt.").await?;
        }
        Ok(())
    }

    /// A plate on the picture is struck out.
    async fn strike_out(&self, desk: &Caller, report: &Report) -> Result<()> {
        for photo in queries::photos(self.app.store.read(), report.form_id).await? {
            let stroke = Stroke::Tap { x: 0.7, y: 0.55, side: 0.12 };
            actions::hide(self.app, self.app.now(), desk, report, &photo, stroke).await?;
        }
        Ok(())
    }

    async fn picture_of(&self, owner: Id) -> Result<()> {
        super::keep_picture(self.app, self.random, owner).await
    }

    /// The officer of this kind who has the report before them, and the step.
    async fn at_work(&self, report: &Report, kind: PositionKind) -> Result<Option<(&Caller, Id)>> {
        let steps = flow::queries::steps_of(self.app.store.read(), report.id).await?;
        let Some(step) = steps.into_iter().find(|step| step.closed_at.is_none()) else { return Ok(None) };
        let fits = |caller: &&Caller| {
            caller.officer().is_ok_and(|officer| officer.kind == kind && flow::queries::may_take(officer, &step))
        };
        Ok(self.officers.iter().find(fits).map(|officer| (officer, step.id)))
    }
}
