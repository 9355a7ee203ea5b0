//! What became of a report, by how long ago it was sent.

use base::Random;
use feedback::report::State;

/// Hours after which nobody can have an answered report reopened any more, and the program closes it.
const CLOSES: i64 = 15 * 24;

/// All times are hours after the sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) state: State,
    pub(crate) read: Option<i64>,
    pub(crate) answered: Option<i64>,
    pub(crate) closed: Option<i64>,
    pub(crate) satisfied: Option<bool>,
}

impl History {
    /// Most are read within a day, answered within nine and closed by time; some are refused, and two of a hundred wait for ever.
    pub(crate) fn of(hours_ago: i64, random: &(dyn Random + 'static)) -> Self {
        let chance = random.below(100);
        let some = |hours: u64| random.below(hours).cast_signed();
        let (read, work, rated) = (1 + some(20), 4 + some(200), 1 + some(100));
        let answered = read + work;
        let satisfied = (random.below(100) < 40).then(|| random.below(5) > 0);
        let mut history = Self { state: State::New, read: None, answered: None, closed: None, satisfied: None };
        if hours_ago <= read {
            return history;
        }
        history.read = Some(read);
        if chance < 3 {
            return Self { state: State::Refused, read: None, closed: Some(read), ..history };
        }
        if chance == 3 && hours_ago < 240 {
            return Self { state: State::Returned, ..history };
        }
        if hours_ago <= answered || (4..6).contains(&chance) {
            let begun = hours_ago - read;
            history.state = match begun {
                ..=12 => State::Assigned,
                _ if answered - hours_ago < 6 && hours_ago <= answered => State::AnswerProposed,
                _ => State::Working,
            };
            return history;
        }
        history.answered = Some(answered);
        history.satisfied = satisfied.filter(|_| answered + rated < hours_ago);
        let closed = if history.satisfied == Some(true) { answered + rated } else { answered + CLOSES };
        history.closed = (closed < hours_ago).then_some(closed);
        history.state = if history.closed.is_some() { State::Closed } else { State::Answered };
        history
    }
}

#[cfg(test)]
mod tests {
    use base::FixedRandom;

    use super::*;

    #[test]
    fn nothing_happened_before_its_time_and_the_program_finds_nothing_to_close() {
        let random = FixedRandom::new(1);
        let mut states = Vec::new();
        for hours_ago in (0..2000).chain(0..2000) {
            let history = History::of(hours_ago, &random);
            states.push(history.state.as_str());
            let times = [history.read, history.answered, history.closed];
            assert!(
                times.iter().flatten().all(|at| *at <= hours_ago),
                "{history:?} {hours_ago} hours after the sending"
            );
            assert!(times.iter().flatten().is_sorted(), "{history:?}");
            assert_eq!(history.state.is_end(), history.closed.is_some(), "{history:?}");
            let waits = history.state == State::Answered && history.answered.is_some_and(|at| hours_ago - at > CLOSES);
            assert!(!waits, "{history:?} {hours_ago} hours after the sending");
        }
        let occurs = |state: &State| states.contains(&state.as_str());
        let mut alone = State::ALL.into_iter().filter(|state| *state != State::Joined);
        assert!(alone.all(|state| occurs(&state)), "every state occurs but that of being joined into another");
    }
}
