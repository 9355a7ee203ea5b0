//! What a process plans to take.

use super::{Budget, END, Process, REFUSE, SUPPLEMENT};

impl Process {
    /// Working minutes that are planned at least for the steps after `step`, until the case ends with its result; a step without a
    /// budget takes none. `None` where no way from it leads there. A working day is worth `day_minutes`.
    pub fn planned_after(&self, step: &str, day_minutes: u32) -> Option<u32> {
        self.shortest(step, day_minutes, &mut Vec::new())
    }

    fn shortest<'a>(&'a self, step: &'a str, day_minutes: u32, way: &mut Vec<&'a str>) -> Option<u32> {
        if way.contains(&step) {
            return None;
        }
        way.push(step);
        let outcomes = self.step(step)?.outcomes.values();
        let forward = outcomes.filter(|next| !next.targets().iter().any(|to| to == REFUSE || to == SUPPLEMENT));
        let shortest = forward.filter_map(|next| {
            let branches: Option<Vec<u32>> =
                next.targets().iter().map(|to| self.with_budget(to, day_minutes, way)).collect();
            branches?.into_iter().max()
        });
        let shortest = shortest.min();
        way.pop();
        shortest
    }

    fn with_budget<'a>(&'a self, step: &'a str, day_minutes: u32, way: &mut Vec<&'a str>) -> Option<u32> {
        if step == END {
            return Some(0);
        }
        let own = match self.step(step)?.budget {
            None => 0,
            Some(Budget::Hours(hours)) => hours.saturating_mul(60),
            Some(Budget::Days(days)) => days.saturating_mul(day_minutes),
        };
        Some(own.saturating_add(self.shortest(step, day_minutes, way)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u32 = 480;

    fn process(steps: &str) -> Process {
        toml::from_str(&format!("name = \"p\"\ntitle = \"P\"\n{steps}")).unwrap()
    }

    #[test]
    fn the_shortest_way_to_the_result_counts_and_going_back_does_not() {
        let process = process(
            r#"
            [[step]]
            name = "receive"
            title = "R"
            does = "receive"
            budget = { hours = 2 }
            outcomes = { accept = "examine", incomplete = "supplement", refuse = "refuse" }
            [[step]]
            name = "examine"
            title = "E"
            does = "examine"
            budget = { days = 2 }
            outcomes = { propose = "sign", visit = "council", refuse = "refuse" }
            [[step]]
            name = "council"
            title = "C"
            does = "examine"
            budget = { days = 9 }
            outcomes = { propose = "sign" }
            [[step]]
            name = "sign"
            title = "S"
            does = "sign"
            budget = { hours = 4 }
            outcomes = { sign = "return", send-back = "examine" }
            [[step]]
            name = "return"
            title = "T"
            does = "return"
            outcomes = { return = "end" }
            "#,
        );
        let planned = |step: &str| process.planned_after(step, DAY);
        assert_eq!(planned("receive"), Some(2 * DAY + 240));
        assert_eq!(planned("council"), Some(240));
        assert_eq!(planned("sign"), Some(0));
        assert_eq!(planned("nowhere"), None);
    }

    #[test]
    fn of_parallel_steps_the_longest_counts() {
        let process = process(
            r#"
            [[step]]
            name = "receive"
            title = "R"
            does = "receive"
            outcomes = { accept = ["a", "b"] }
            [[step]]
            name = "a"
            title = "A"
            does = "examine"
            budget = { hours = 1 }
            outcomes = { propose = "join" }
            [[step]]
            name = "b"
            title = "B"
            does = "examine"
            budget = { days = 1 }
            outcomes = { propose = "join" }
            [[step]]
            name = "join"
            title = "J"
            does = "sign"
            after = ["a", "b"]
            budget = { hours = 1 }
            outcomes = { sign = "end" }
            "#,
        );
        assert_eq!(process.planned_after("receive", DAY), Some(DAY + 60));
    }
}
