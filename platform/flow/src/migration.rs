//! Moving a running case to another version of its process: whether it can go on there, and if not, why. No I/O.

use std::collections::BTreeSet;

use crate::case::Taken;
use crate::process::{Next, Process, Step};

/// Why a case has to stay on its version. Each names the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The step it stands at is not in the other version.
    StepGone(String),
    /// The step is another kind of work there.
    OtherWork(String),
    /// The step waits for a case of another procedure.
    OtherSubCase(String),
    /// A step further on waits for one that this case never went through.
    NeverJoins(String),
}

impl Obstacle {
    pub fn step(&self) -> &str {
        match self {
            Self::StepGone(step) | Self::OtherWork(step) | Self::OtherSubCase(step) | Self::NeverJoins(step) => step,
        }
    }
}

/// What keeps a case with these steps, open and done, from going on in the other version; `None` where nothing does.
pub fn obstacle(from: &Process, to: &Process, taken: &[Taken]) -> Option<Obstacle> {
    let open: BTreeSet<&str> =
        taken.iter().filter(|past| past.outcome.is_none()).map(|past| past.step.as_str()).collect();
    for name in &open {
        let Some(there) = to.step(name) else { return Some(Obstacle::StepGone((*name).to_owned())) };
        let here = from.step(name);
        if here.is_none_or(|here| here.does != there.does) {
            return Some(Obstacle::OtherWork((*name).to_owned()));
        }
        if here.is_none_or(|here| here.subcase != there.subcase) {
            return Some(Obstacle::OtherSubCase((*name).to_owned()));
        }
    }
    let ahead = ahead(to, &open);
    let joins = ahead.iter().filter_map(|name| to.step(name));
    let waits = |join: &Step, name: &str| {
        let comes = open.contains(name) || ahead.contains(name);
        comes || leads(to, taken, name, &join.name)
    };
    let stuck = joins.into_iter().find(|join| !join.after.iter().all(|name| waits(join, name)));
    stuck.map(|join| Obstacle::NeverJoins(join.name.clone()))
}

/// The steps that can still come after those that are open.
fn ahead<'p>(process: &'p Process, open: &BTreeSet<&str>) -> BTreeSet<&'p str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&Step> = open.iter().filter_map(|name| process.step(name)).collect();
    while let Some(step) = waiting.pop() {
        for target in step.outcomes.values().flat_map(Next::targets) {
            if let Some(next) = process.step(target)
                && found.insert(&next.name)
            {
                waiting.push(next);
            }
        }
    }
    found
}

/// Whether a step that was done was last left by an outcome that leads to the other, as this version has it.
fn leads(process: &Process, taken: &[Taken], step: &str, to: &str) -> bool {
    let last = taken.iter().rev().find(|past| past.step == step).and_then(|past| past.outcome.as_deref());
    let next = last.and_then(|outcome| process.step(step)?.outcomes.get(outcome));
    next.is_some_and(|next| next.targets().iter().any(|target| target == to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(steps: &str) -> Process {
        toml::from_str(&format!("name = \"sample\"\ntitle = \"Mẫu\"\n{steps}")).unwrap()
    }

    fn step(name: &str, does: &str, outcomes: &str, more: &str) -> String {
        format!(
            "[[step]]\nname = \"{name}\"\ntitle = \"{name}\"\ndoes = \"{does}\"\noutcomes = {{ {outcomes} }}\n{more}\n"
        )
    }

    fn taken(steps: &[(&str, Option<&str>)]) -> Vec<Taken> {
        let one = |(step, outcome): &(&str, Option<&str>)| Taken {
            step: (*step).to_owned(),
            outcome: outcome.map(str::to_owned),
        };
        steps.iter().map(one).collect()
    }

    fn plain() -> Process {
        process(
            &[
                step("receive", "receive", "accept = \"examine\"", ""),
                step("examine", "examine", "propose = \"sign\"", ""),
                step("sign", "sign", "sign = \"end\"", ""),
            ]
            .concat(),
        )
    }

    /// Two work side by side before the signature.
    fn parallel() -> Process {
        process(
            &[
                step("receive", "receive", "accept = [\"examine\", \"visit\"]", ""),
                step("examine", "examine", "propose = \"sign\"", ""),
                step("visit", "examine", "propose = \"sign\"", ""),
                step("sign", "sign", "sign = \"end\"", "after = [\"examine\", \"visit\"]"),
            ]
            .concat(),
        )
    }

    #[test]
    fn a_case_goes_on_where_its_step_is_the_same_work() {
        let at = |step: &str| taken(&[("receive", Some("accept")), (step, None)]);
        assert_eq!(obstacle(&plain(), &plain(), &at("examine")), None);
        let other = process(
            &[
                step("receive", "receive", "accept = \"check\"", ""),
                step("check", "examine", "propose = \"sign\"", ""),
                step("sign", "review", "approve = \"end\"", ""),
            ]
            .concat(),
        );
        for (step, found) in
            [("examine", Obstacle::StepGone("examine".to_owned())), ("sign", Obstacle::OtherWork("sign".to_owned()))]
        {
            assert_eq!(obstacle(&plain(), &other, &at(step)), Some(found));
        }
    }

    #[test]
    fn a_case_that_missed_what_is_waited_for_stays() {
        let examined = taken(&[("receive", Some("accept")), ("examine", None)]);
        let never = Some(Obstacle::NeverJoins("sign".to_owned()));
        assert_eq!(obstacle(&plain(), &parallel(), &examined), never);
        assert_eq!(obstacle(&plain(), &parallel(), &taken(&[("receive", None)])), None, "both are still to come");
        let both = taken(&[("receive", Some("accept")), ("visit", Some("propose")), ("examine", None)]);
        assert_eq!(obstacle(&parallel(), &parallel(), &both), None, "what is done stays done");
        let refused = taken(&[("receive", Some("accept")), ("visit", Some("else")), ("examine", None)]);
        assert_eq!(obstacle(&parallel(), &parallel(), &refused), never);
    }
}
