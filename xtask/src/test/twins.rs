use std::collections::BTreeSet;

use super::outcome::Outcome;

const HALVES: [&str; 2] = ["_sqlite", "_postgres"];

/// Database tests of which only one half ran: a half that is missing must not pass for one that holds.
pub(crate) fn alone(outcomes: &[Outcome]) -> Vec<String> {
    let ran: BTreeSet<(&str, &str)> =
        outcomes.iter().map(|outcome| (outcome.program.as_str(), outcome.name.as_str())).collect();
    let halves = ran.iter().filter_map(|(program, name)| {
        let (own, other) = if name.ends_with(HALVES[0]) { (HALVES[0], HALVES[1]) } else { (HALVES[1], HALVES[0]) };
        let twin = format!("{}{other}", name.strip_suffix(own)?);
        (!ran.contains(&(*program, twin.as_str()))).then(|| format!("{program} {name}"))
    });
    halves.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_without_its_twin_is_named() {
        let outcomes = ["a_sqlite", "a_postgres", "b_sqlite", "c_postgres", "plain"].map(|name| Outcome {
            program: "store".to_owned(),
            name: name.to_owned(),
            passed: true,
        });
        assert_eq!(alone(&outcomes), ["store b_sqlite", "store c_postgres"]);
        let mut elsewhere = outcomes[..2].to_vec();
        elsewhere[1].program = "journal".to_owned();
        assert_eq!(alone(&elsewhere).len(), 2);
    }
}
