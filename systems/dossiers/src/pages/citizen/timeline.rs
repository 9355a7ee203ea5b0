//! Where the dossier has been, where it is, and where it will go.

use base::{Id, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use directory::queries::Names;
use flow::{OpenStep, Process};
use journal::Line;
use system::App;
use web::Visitor;

use super::holder::Holder;
use crate::apology::Apology;
use crate::dossier::{Channel, Dossier, State};
use crate::paper::Supplement;
use crate::slip::{Slip, SlipKind};

/// One station of the line.
pub(super) struct Station {
    /// `done`, `now` or `next`.
    pub(super) state: &'static str,
    /// When it happened; absent for what lasts and what is to come.
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) title: String,
    pub(super) notes: Vec<String>,
    /// Slips made at this moment.
    pub(super) slips: Vec<SlipLink>,
    /// The applicant is asked and can answer here.
    pub(super) answer: bool,
}

pub(super) struct SlipLink {
    pub(super) text: &'static str,
    /// Absent while the paper is being made.
    pub(super) href: Option<String>,
}

impl Station {
    fn new(state: &'static str, at: Option<DateTime<Utc>>, title: String) -> Self {
        Self { state, at, title, notes: Vec::new(), slips: Vec::new(), answer: false }
    }

    /// Key of what stands in place of a moment.
    pub(super) fn when(&self) -> &'static str {
        if self.state == "now" { "dossiers-show-now" } else { "dossiers-show-expected" }
    }

    /// For machines: `2026-11-09T02:40:00Z`, or empty.
    pub(super) fn datetime(&self) -> String {
        self.at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
    }
}

/// Everything a line is drawn from.
pub(super) struct Story<'a> {
    pub(super) app: &'a App,
    pub(super) visitor: &'a Visitor,
    pub(super) dossier: &'a Dossier,
    pub(super) history: &'a [Line],
    pub(super) steps: &'a [OpenStep],
    pub(super) holders: &'a [Holder],
    pub(super) supplements: &'a [Supplement],
    pub(super) apology: Option<&'a Apology>,
    pub(super) slips: &'a [Slip],
    pub(super) process: &'a Process,
}

impl Story<'_> {
    pub(super) async fn stations(&self) -> Result<Vec<Station>> {
        let mut names = Names::default();
        let mut stations = Vec::new();
        for line in self.history {
            if let Some(mut station) = self.past(line, &mut names).await? {
                station.slips = self.slips_of(line);
                stations.push(station);
            }
        }
        if self.dossier.state.is_end() {
            return Ok(stations);
        }
        let asked = self.supplements.iter().any(|supplement| supplement.answered_at.is_none());
        let stands_still = matches!(self.dossier.state, State::WithdrawalAsked | State::PaymentAsked);
        if asked || stands_still {
            if let Some(last) = stations.last_mut() {
                last.state = "now";
                last.answer = asked && !stands_still;
            }
        } else {
            stations.extend(self.holders.iter().map(|holder| self.present(holder)));
        }
        stations.extend(self.expected().map(|title| Station::new("next", None, title)));
        Ok(stations)
    }

    async fn past(&self, line: &Line, names: &mut Names) -> Result<Option<Station>> {
        let key = match line.verb.as_str() {
            "dossiers.submitted" => match self.dossier.channel {
                Channel::Online => "dossiers-event-submitted-online",
                Channel::Counter => "dossiers-event-submitted-counter",
                Channel::Post => "dossiers-event-submitted-post",
            },
            "dossiers.received" => "dossiers-event-received",
            "dossiers.not-received" => "dossiers-event-not-received",
            "dossiers.supplement-asked" => "dossiers-event-supplement-asked",
            "dossiers.supplement-answered" => "dossiers-event-supplement-answered",
            "dossiers.payment-asked" => "dossiers-event-payment-asked",
            "dossiers.moved" => "dossiers-event-moved",
            "dossiers.paid" => "dossiers-event-paid",
            "dossiers.signed" => "dossiers-event-signed",
            "dossiers.part-late" => "dossiers-event-part-late",
            "dossiers.apologised" => "dossiers-event-apologised",
            "dossiers.sub-result" => "dossiers-event-sub-result",
            "dossiers.numbered" => "dossiers-event-numbered",
            "dossiers.finished" => "dossiers-event-finished",
            "dossiers.returned" => "dossiers-event-returned",
            "dossiers.stopped" => "dossiers-event-stopped",
            "dossiers.withdrawal-asked" => "dossiers-event-withdrawal-asked",
            "dossiers.withdrawal-refused" => "dossiers-event-withdrawal-refused",
            "dossiers.withdrawn" => "dossiers-event-withdrawn",
            "dossiers.step-done" => return self.step_done(line, names).await,
            _ => return Ok(None),
        };
        let mut station = Station::new("done", Some(line.at), self.visitor.text(key));
        match line.verb.as_str() {
            "dossiers.received" | "dossiers.supplement-answered" => {
                let promised = line.data["promised_at"].as_str().and_then(|at| at.parse::<DateTime<Utc>>().ok());
                let told = promised.map(|at| web::moment(self.visitor.lang, at));
                station.notes.extend(told.map(|at| self.visitor.text_with("dossiers-event-promised", &[("at", at)])));
            }
            "dossiers.apologised" => {
                let again = self.apology.map(|said| web::moment(self.visitor.lang, said.again_at));
                station.notes.extend(again.map(|at| self.visitor.text_with("dossiers-apology-again", &[("at", at)])));
                station.notes.extend(self.apology.map(|said| said.reason.clone()));
            }
            "dossiers.supplement-asked" => {
                let asked = self.supplements.iter().find(|supplement| supplement.asked_at == line.at);
                station.notes.extend(asked.map(|supplement| supplement.reason.clone()));
            }
            "dossiers.submitted"
            | "dossiers.moved"
            | "dossiers.signed"
            | "dossiers.part-late"
            | "dossiers.sub-result" => {
                station.notes.extend(self.agency_in(line, names).await?);
            }
            "dossiers.numbered" => {
                let number = line.data["result_number"].as_str();
                station.notes.extend(
                    number.map(|number| {
                        self.visitor.text_with("dossiers-event-number", &[("number", number.to_owned())])
                    }),
                );
            }
            _ => {}
        }
        Ok(Some(station))
    }

    /// A step that was left, unless the same moment is told in words of its own (received, asked, refused).
    async fn step_done(&self, line: &Line, names: &mut Names) -> Result<Option<Station>> {
        let told =
            |other: &&Line| other.at == line.at && !matches!(&*other.verb, "dossiers.step-done" | "dossiers.taken-up");
        if self.history.iter().any(|other| told(&other)) {
            return Ok(None);
        }
        let name = line.data["step"].as_str().unwrap_or_default();
        let step = self.steps.iter().find(|step| step.name == name && step.closed_at == Some(line.at));
        let Some(step) = step else { return Ok(None) };
        let title = match line.data["outcome"].as_str() {
            Some("send-back") => self.visitor.text_with("dossiers-event-sent-back", &[("step", step.title.clone())]),
            _ => step.title.clone(),
        };
        let mut station = Station::new("done", Some(line.at), title);
        station.notes.extend(self.agency_in(line, names).await?);
        Ok(Some(station))
    }

    async fn agency_in(&self, line: &Line, names: &mut Names) -> Result<Option<String>> {
        let agency = line.data["agency"].as_str().and_then(|id| id.parse::<Id>().ok());
        match agency {
            Some(agency) => Ok(Some(names.of(self.app.store.read(), agency).await?)),
            None => Ok(None),
        }
    }

    fn present(&self, holder: &Holder) -> Station {
        let mut station = Station::new("now", None, holder.step.title.clone());
        station.notes.push(match &holder.unit {
            Some(unit) => format!("{unit}, {}", holder.agency),
            None => holder.agency.clone(),
        });
        if holder.step.claimed_by.is_none() {
            station.notes.push(self.visitor.text("dossiers-event-unclaimed"));
        }
        station
    }

    /// The steps of the dossier's own process that stand after those it is in and can still be reached.
    fn expected(&self) -> impl Iterator<Item = String> {
        let process = self.process;
        let place = |name: &str| process.steps.iter().position(|step| step.name == name);
        let open: Vec<usize> = self
            .steps
            .iter()
            .filter(|step| step.case == self.dossier.case && step.closed_at.is_none())
            .filter_map(|step| place(&step.name))
            .collect();
        let mut reached: Vec<bool> = (0..process.steps.len()).map(|at| open.contains(&at)).collect();
        for at in 0..process.steps.len() {
            if reached[at] {
                let targets = process.steps[at].outcomes.values().flat_map(flow::Next::targets);
                // A way back is no step to come.
                targets.filter_map(|target| place(target)).filter(|to| *to > at).for_each(|to| reached[to] = true);
            }
        }
        let ahead = process.steps.iter().enumerate().filter(move |(at, _)| reached[*at] && !open.contains(at));
        ahead.map(|(_, step)| step.title.clone())
    }

    /// The paper that an event made.
    fn slips_of(&self, line: &Line) -> Vec<SlipLink> {
        let kind = match line.verb.as_str() {
            "dossiers.received" | "dossiers.supplement-answered" => SlipKind::Receipt,
            "dossiers.supplement-asked" => SlipKind::Supplement,
            "dossiers.apologised" => SlipKind::Apology,
            "dossiers.not-received" | "dossiers.stopped" => SlipKind::Refusal,
            "dossiers.step-done" if line.data["outcome"] == "refuse" => SlipKind::Refusal,
            _ => return Vec::new(),
        };
        let made = self.slips.iter().filter(|slip| slip.kind == kind && slip.made_at == line.at);
        made.map(|slip| slip_link(self.dossier, slip)).collect()
    }
}

/// The sheet that follows the dossier through the agencies is theirs.
pub(super) fn for_applicant(slip: &Slip) -> bool {
    slip.kind != SlipKind::FollowUp
}

pub(super) fn slip_link(dossier: &Dossier, slip: &Slip) -> SlipLink {
    SlipLink {
        text: slip.kind.text(),
        href: slip.file.as_ref().map(|_| format!("/ho-so/{}/giay/{}", dossier.code, slip.id)),
    }
}
