//! Processes as anybody may write them: judged, and what is judged sound never leaves a case stuck.

use base::testing::{Edit, damaged_text};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{PARALLEL, Walk};
use crate::process::Process;

proptest! {
    #[test]
    fn a_process_is_judged_whatever_it_says(edits in vec(any::<Edit>(), 1..12)) {
        let Ok(process) = toml::from_str::<Process>(&damaged_text(PARALLEL, &edits)) else { return Ok(()) };
        for mistake in process.check() {
            prop_assert!(!mistake.to_string().is_empty());
        }
        let kept = serde_json::to_string(&process).unwrap();
        prop_assert_eq!(serde_json::from_str::<Process>(&kept).unwrap(), process);
    }

    /// Steps led elsewhere, joins that wait for others, outcomes gone: whatever the check lets pass can be walked.
    #[test]
    fn what_is_judged_sound_never_leaves_a_case_stuck(
        changes in vec((any::<usize>(), any::<usize>(), any::<usize>(), 0..4_u8), 1..5),
        choices in vec((any::<usize>(), any::<usize>()), 1..40),
    ) {
        let process = changed(&changes);
        if !process.check().is_empty() {
            return Ok(());
        }
        let mut walk = Walk::new(process);
        for (which, how) in choices {
            let open = walk.open();
            if walk.ended.is_some() {
                break;
            }
            prop_assert!(!open.is_empty(), "stuck after {:?} in {:?}", walk.taken, walk.process);
            let at = open[which % open.len()];
            let outcomes: Vec<String> =
                walk.process.step(&walk.taken[at].step).unwrap().outcomes.keys().cloned().collect();
            walk.go(at, &outcomes[how % outcomes.len()]);
        }
    }
}

/// The parallel process with outcomes, joins and steps changed.
fn changed(changes: &[(usize, usize, usize, u8)]) -> Process {
    let mut process = super::parallel();
    for &(which, how, where_to, what) in changes {
        let names: Vec<String> = process.steps.iter().map(|step| step.name.clone()).collect();
        let Some(target) = names.get(where_to % names.len().max(1)) else { break };
        let place = which % names.len();
        let step = &mut process.steps[place];
        let outcomes: Vec<String> = step.outcomes.keys().cloned().collect();
        let outcome = outcomes.get(how % outcomes.len().max(1)).cloned();
        match (what, outcome) {
            (0, Some(outcome)) => drop(step.outcomes.insert(outcome, crate::Next::One(target.clone()))),
            (1, Some(outcome)) => drop(step.outcomes.remove(&outcome)),
            (2, _) => step.after.push(target.clone()),
            (_, _) => drop(process.steps.remove(place)),
        }
    }
    process
}
