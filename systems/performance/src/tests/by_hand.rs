//! The national formulas once more, counted from the entries of the journal one by one. What the journal does not tell of a
//! dossier (channel, fee, papers) stands in the world of the test.

use std::collections::BTreeSet;

use base::{Id, local};
use chrono::{DateTime, Utc};
use contracts::events::DossierTold;
use journal::Line;
use store::Sql;

use crate::fixture::Fixture;
use crate::indicator::Known;
use crate::period::Span;

/// What the entries of one dossier say.
struct Told {
    received: Option<DateTime<Utc>>,
    promised: Option<DateTime<Utc>>,
    requests: Vec<DateTime<Utc>>,
    /// When it came to each state, newest last.
    states: Vec<(u64, DateTime<Utc>)>,
    numbered: bool,
    identified: bool,
    satisfied: Option<bool>,
}

impl Told {
    fn by(story: &[Line]) -> Self {
        let text = |line: &Line, key: &str| line.data[key].as_str().map(str::to_owned);
        let newest = story.last().unwrap();
        Self {
            received: story.iter().find(|line| line.verb == "dossiers.received").map(|line| line.at),
            promised: text(newest, "promised_at").map(|at| at.parse().unwrap()),
            requests: story.iter().filter_map(request).collect(),
            // What is said of it afterwards brings it to no state.
            states: story
                .iter()
                .filter(|line| line.verb != "dossiers.rated")
                .map(|line| (line.data["state"].as_u64().unwrap(), line.at))
                .collect(),
            identified: story[0].data["identified"].as_bool().unwrap(),
            satisfied: story.iter().find_map(|line| line.data["satisfied"].as_bool()),
            numbered: text(newest, "result_number").is_some(),
        }
    }

    fn came_to(&self, state: u64) -> Option<DateTime<Utc>> {
        self.states.iter().rev().find(|(came_to, _)| *came_to == state).map(|(_, at)| *at)
    }

    /// `NgayKetThucXuLy` of Decision 766, as of the end of a period.
    fn end(&self, period: DateTime<Utc>) -> DateTime<Utc> {
        let now_in = self.states.last().unwrap().0;
        for state in [9, 10, 8, 3] {
            if let Some(at) = self.came_to(state) {
                return at;
            }
        }
        match now_in {
            7 => self.came_to(7).unwrap(),
            5 if self.requests.len() == 1 => self.requests[0].min(period),
            _ => period,
        }
    }

    fn is_in_time(&self, period: DateTime<Utc>) -> bool {
        let end = self.end(period);
        // More than one request is late, once the second is made.
        let asked_twice = self.requests.get(1).is_some_and(|second| *second < end);
        !asked_twice && self.promised.is_none_or(|promised| end <= promised)
    }
}

fn request(line: &Line) -> Option<DateTime<Utc>> {
    (line.verb == "dossiers.supplement-asked").then_some(line.at)
}

/// Dossiers of which an entry says that the portal has them.
async fn known_nationally(given: &Fixture) -> BTreeSet<Id> {
    let entries = Sql::new("SELECT data FROM journal_entries WHERE verb = 'national.told'");
    let told = entries.all(given.app.store.read(), |row| row.get::<String>(0)).await.unwrap();
    told.iter().map(|data| serde_json::from_str::<DossierTold>(data).unwrap().dossier).collect()
}

/// The measures of the dossiers received in the span.
pub(super) async fn count(given: &Fixture, dossiers: &[Id], span: &Span) -> Known {
    let mut known = Known::from(
        [
            "received",
            "in-time",
            "minutes",
            "resolved",
            "online-complete",
            "paid-online",
            "fee-due",
            "electronic",
            "result-due",
            "digitised",
            "reused",
            "identified",
            "known-nationally",
            "content",
        ]
        .map(|name| (name, 0)),
    );
    let known_nationally = known_nationally(given).await;
    for id in dossiers {
        let told = Told::by(&journal::history(&given.app.store, *id).await.unwrap());
        let Some(received) = told.received else { continue };
        if !(span.from..span.to).contains(&local(received).date_naive()) {
            continue;
        }
        let dossier = given.world.dossier(*id);
        let paid = given.payments(*id).await.iter().any(|way| way == "gateway");
        let has_result = dossier.procedure != "1.000003";
        let identity_reused = dossier.procedure == "1.000002";
        let form_handed_in = !dossier.components.is_empty();
        let counts = [
            ("received", true),
            ("in-time", told.is_in_time(span.end)),
            ("resolved", told.came_to(9).is_some()),
            ("online-complete", dossier.channel == "online" && (told.numbered || !has_result)),
            ("fee-due", dossier.fee > 0),
            ("paid-online", paid),
            ("electronic", told.numbered && has_result),
            ("result-due", has_result),
            ("digitised", told.numbered && form_handed_in && identity_reused),
            ("reused", identity_reused || !dossier.reused.is_empty()),
            ("identified", told.identified),
            ("known-nationally", known_nationally.contains(id)),
        ];
        for (name, holds) in counts {
            *known.get_mut(name).unwrap() += i64::from(holds);
        }
        let took = told.came_to(9).map_or(0, |finished| (finished - received).num_minutes());
        *known.get_mut("minutes").unwrap() += took;
        // One that is both late and disliked is taken off for either.
        let off = i64::from(!told.is_in_time(span.end)) + i64::from(told.satisfied == Some(false));
        *known.get_mut("content").unwrap() += 1 - off;
    }
    let content = known.get_mut("content").unwrap();
    *content = (*content).max(0);
    known
}
