use serde::Deserialize;

use crate::{Problem, national};

const FILE: &str = "queue/rules.toml";

/// How people queue at one-stop desks, as far as the nation says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    pub limits: QueueLimits,
    pub booking: BookingTerms,
    /// Who is called before others, as the kiosk shows them.
    pub priority: Vec<Priority>,
    /// What a desk begins with; the one for no kind of agency is for all others.
    pub template: Vec<QueueTemplate>,
}

/// How much may be drawn by whoever is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueLimits {
    pub per_address_and_hour: i64,
}

/// How an hour may be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookingTerms {
    pub days_ahead: u32,
    pub slot_minutes: u16,
    /// So many people in one slot at one desk.
    pub per_slot: i64,
    /// Whoever comes earlier or later than this draws a ticket like everybody.
    pub early_minutes: i64,
    pub late_minutes: i64,
}

/// A ground on which somebody is called before others.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    pub code: String,
    pub name: String,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// Kinds of business and counters of a desk that begins.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueTemplate {
    /// Empty for agencies of every other kind.
    pub agency_kind: String,
    pub kinds: Vec<TemplateKind>,
    pub counters: Vec<TemplateCounter>,
}

/// What people come for; its letter stands before the number of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateKind {
    pub letter: String,
    pub name: String,
}

/// A counter, numbered as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateCounter {
    pub name: String,
    /// Letters of the kinds that it serves.
    pub serves: Vec<String>,
}

impl Queue {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        national().parse(FILE)
    }

    /// The ground of this code.
    pub fn ground(&self, code: &str) -> Option<&Priority> {
        self.priority.iter().find(|ground| ground.code == code)
    }

    /// What a desk of an agency of this kind begins with.
    pub fn template(&self, agency_kind: &str) -> Option<&QueueTemplate> {
        let of = |kind: &str| self.template.iter().find(|template| template.agency_kind == kind);
        of(agency_kind).or_else(|| of(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_desk_has_a_template_in_which_each_kind_is_served() {
        let queue = Queue::load().unwrap();
        for kind in ["commune-committee", "tax"] {
            let template = queue.template(kind).unwrap();
            for one in &template.kinds {
                assert_eq!(one.letter.chars().count(), 1);
                assert!(template.counters.iter().any(|counter| counter.serves.contains(&one.letter)), "{}", one.name);
            }
        }
        assert!(queue.ground("elderly").is_some());
    }
}
