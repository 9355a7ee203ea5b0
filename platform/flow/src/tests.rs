//! The rules of cases, over processes of different shape.

mod fuzz;
mod handed_over;

use proptest::prelude::*;

use crate::case::{End, Taken, follow};
use crate::process::{Mistake, Next, Process};

/// Two steps side by side that meet again, a way back, and a sub-case.
const PARALLEL: &str = r#"
name = "parallel"
title = "Song song"
step = [
  { name = "receive", title = "Tiếp nhận", does = "receive", who = { role = "reception", at = "receiving" }, outcomes = { accept = "assign", incomplete = "supplement", refuse = "refuse" } },
  { name = "assign", title = "Phân công", does = "assign", who = { role = "head" }, outcomes = { assign = ["drawings", "site", "insure"] } },
  { name = "drawings", title = "Thẩm định bản vẽ", does = "examine", who = { role = "specialist" }, outcomes = { propose = "review", incomplete = "supplement", refuse = "refuse" } },
  { name = "site", title = "Kiểm tra thực địa", does = "examine", who = { role = "specialist" }, outcomes = { propose = "review", refuse = "refuse" } },
  { name = "insure", title = "Chờ cơ quan khác", does = "sub-case", subcase = { procedure = "x", agency = { kind = "social-insurance" } }, outcomes = { done = "review", refuse = "review" } },
  { name = "review", title = "Soát xét", does = "review", who = { role = "head" }, after = ["drawings", "site", "insure"], outcomes = { approve = "sign", send-back = "drawings" } },
  { name = "sign", title = "Ký", does = "sign", who = { role = "leader" }, outcomes = { sign = "return", send-back = "review" } },
  { name = "return", title = "Trả", does = "return", who = { role = "reception", at = "receiving" }, outcomes = { return = "end" } },
]
"#;

fn parallel() -> Process {
    toml::from_str(PARALLEL).unwrap()
}

/// A walk over a process: the executions so far, and how it ended.
struct Walk {
    process: Process,
    taken: Vec<Taken>,
    ended: Option<End>,
}

impl Walk {
    fn new(process: Process) -> Self {
        let first = process.steps[0].name.clone();
        Self { process, taken: vec![Taken { step: first, outcome: None }], ended: None }
    }

    fn open(&self) -> Vec<usize> {
        (0..self.taken.len()).filter(|index| self.taken[*index].outcome.is_none()).collect()
    }

    fn go(&mut self, at: usize, outcome: &str) {
        let step = self.process.step(&self.taken[at].step).unwrap().clone();
        let course = follow(&self.process, &self.taken, &step, outcome).unwrap();
        if course.waits {
            return;
        }
        self.taken[at].outcome = Some(outcome.to_owned());
        self.taken.extend(course.opens.into_iter().map(|step| Taken { step, outcome: None }));
        self.ended = course.ends;
    }

    fn go_named(&mut self, step: &str, outcome: &str) {
        let at = *self.open().iter().find(|index| self.taken[**index].step == step).unwrap();
        self.go(at, outcome);
    }

    fn names_open(&self) -> Vec<&str> {
        self.open().into_iter().map(|index| self.taken[index].step.as_str()).collect()
    }
}

#[test]
fn a_sound_process_has_no_mistakes() {
    assert_eq!(parallel().check(), vec![]);
}

#[test]
fn steps_side_by_side_meet_before_the_next_opens() {
    let mut walk = Walk::new(parallel());
    walk.go_named("receive", "accept");
    walk.go_named("assign", "assign");
    assert_eq!(walk.names_open(), ["drawings", "site", "insure"]);
    walk.go_named("site", "propose");
    walk.go_named("insure", "done");
    assert_eq!(walk.names_open(), ["drawings"]);
    walk.go_named("drawings", "propose");
    assert_eq!(walk.names_open(), ["review"]);
    // Sent back to one of them, the join waits for that one only.
    walk.go_named("review", "send-back");
    assert_eq!(walk.names_open(), ["drawings"]);
    walk.go_named("drawings", "propose");
    walk.go_named("review", "approve");
    walk.go_named("sign", "sign");
    walk.go_named("return", "return");
    assert_eq!(walk.ended, Some(End::Done));
}

#[test]
fn a_refusal_ends_the_case_whatever_is_open_beside_it() {
    let mut walk = Walk::new(parallel());
    walk.go_named("receive", "accept");
    walk.go_named("assign", "assign");
    walk.go_named("site", "refuse");
    assert_eq!(walk.ended, Some(End::Refused));
}

#[test]
fn a_request_to_the_applicant_leaves_the_step_open() {
    let mut walk = Walk::new(parallel());
    walk.go_named("receive", "incomplete");
    assert_eq!((walk.names_open(), walk.ended), (vec!["receive"], None));
}

#[test]
fn every_mistake_is_named() {
    let mut cycle = parallel();
    cycle.steps[2].after = vec!["review".to_owned()];
    assert!(cycle.check().iter().any(|mistake| matches!(mistake, Mistake::WaitsForItself { .. })));

    let mut lost = parallel();
    lost.steps[6].outcomes.insert("sign".to_owned(), Next::One("nowhere".to_owned()));
    assert!(matches!(&lost.check()[..], [Mistake::UnknownTarget { target, .. }] if target == "nowhere"));

    let mut endless = parallel();
    endless.steps[7].outcomes.insert("return".to_owned(), Next::One("sign".to_owned()));
    assert!(endless.check().iter().all(|mistake| !matches!(mistake, Mistake::Unreachable { .. })));

    let mut unreachable = parallel();
    unreachable.steps[6].outcomes.remove("sign");
    assert!(unreachable.check().contains(&Mistake::Unreachable { step: "return".to_owned() }));

    let mut circle = parallel();
    circle.steps[1].after = vec!["drawings".to_owned()];
    let dead_end = Mistake::DeadEnd { step: "receive".to_owned(), outcome: "accept".to_owned() };
    assert_eq!(circle.check(), [dead_end], "drawings begin only after the step that waits for them");

    let mut nobody = parallel();
    nobody.steps[1].who = None;
    assert!(nobody.check().contains(&Mistake::Nobody { step: "assign".to_owned() }));
}

proptest! {
    /// However officers decide, a case either goes on or has ended; it never lies where nobody can take it up.
    #[test]
    fn no_sequence_of_outcomes_leaves_a_case_stuck(choices in proptest::collection::vec((any::<usize>(), any::<usize>()), 1..60)) {
        let mut walk = Walk::new(parallel());
        for (which, how) in choices {
            let open = walk.open();
            if walk.ended.is_some() || open.is_empty() {
                break;
            }
            let at = open[which % open.len()];
            let step = walk.process.step(&walk.taken[at].step).unwrap();
            let outcomes: Vec<String> = step.outcomes.keys().cloned().collect();
            walk.go(at, &outcomes[how % outcomes.len()]);
            prop_assert!(walk.ended.is_some() || !walk.open().is_empty(), "{:?}", walk.taken);
            // No step is ever open twice at the same time.
            let mut names = walk.names_open();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            prop_assert_eq!(names.len(), count);
        }
    }
}
