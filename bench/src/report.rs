//! The tables at the end.

use crate::Topic;
use crate::ground::Kind;

/// One figure, what it is measured by, and whether the aim holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    what: String,
    figure: String,
    ceiling: String,
    ratio: String,
    aim: String,
    holds: Option<bool>,
}

impl Line {
    pub(crate) fn new(what: impl Into<String>, figure: impl Into<String>) -> Self {
        Self { what: what.into(), figure: figure.into(), ..Self::default() }
    }

    #[must_use]
    pub(crate) fn of(mut self, ceiling: impl Into<String>, ratio: f64) -> Self {
        self.ceiling = ceiling.into();
        self.ratio = format!("{ratio:.2}");
        self
    }

    #[must_use]
    pub(crate) fn aims(mut self, aim: impl Into<String>, holds: bool) -> Self {
        self.aim = aim.into();
        self.holds = Some(holds);
        self
    }

    fn cells(&self, kind: Kind) -> [String; 7] {
        let holds = match self.holds {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        let cell = Clone::clone;
        [
            cell(&self.what),
            kind.to_string(),
            cell(&self.figure),
            cell(&self.ceiling),
            cell(&self.ratio),
            cell(&self.aim),
            holds.to_owned(),
        ]
    }
}

#[derive(Default)]
pub(crate) struct Report(Vec<(Topic, Kind, Vec<Line>)>);

const HEAD: [&str; 7] = ["", "database", "figure", "ceiling", "ratio", "aim", "holds"];

impl Report {
    pub(crate) fn add(&mut self, topic: Topic, kind: Kind, lines: Vec<Line>) {
        self.0.push((topic, kind, lines));
    }

    /// One table for each topic, in Markdown, so that it can be kept as it is.
    pub(crate) fn print(&self) {
        let mut topics: Vec<Topic> = Vec::new();
        for (topic, ..) in &self.0 {
            if !topics.contains(topic) {
                topics.push(*topic);
            }
        }
        for topic in topics {
            println!("\n## {topic:?}\n");
            let own = self.0.iter().filter(|(of, ..)| *of == topic);
            let rows = own.flat_map(|(_, kind, lines)| lines.iter().map(|line| line.cells(*kind)));
            for row in table(rows.collect()) {
                println!("{row}");
            }
        }
        let (held, missed): (Vec<bool>, Vec<bool>) = self.aims().partition(|holds| *holds);
        println!("\n{} aims hold, {} do not", held.len(), missed.len());
    }

    /// Whether all aims hold.
    pub(crate) fn holds(&self) -> bool {
        self.aims().all(|holds| holds)
    }

    fn aims(&self) -> impl Iterator<Item = bool> {
        self.0.iter().flat_map(|(.., lines)| lines).filter_map(|line| line.holds)
    }
}

fn table(rows: Vec<[String; 7]>) -> Vec<String> {
    let mut all = vec![HEAD.map(str::to_owned)];
    all.extend(rows);
    let width = |column: usize| all.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3);
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |cells: &[String; 7]| {
        let cells = cells.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells
            .map(
                |(column, (cell, width))| {
                    if (2..5).contains(&column) { format!("{cell:>width$}") } else { format!("{cell:width$}") }
                },
            )
            .collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(" | ");
    let mut lines: Vec<String> = all.iter().map(line).collect();
    lines.insert(1, format!("| {rule} |"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let line = Line::new("trang chủ", "9,000/s").of("18,000/s", 0.5).aims("≥ 0.40", true);
        let told = table(vec![line.cells(Kind::Sqlite), Line::new("bộ nhớ", "80 MB").cells(Kind::Postgres)]);
        let wide: Vec<usize> = told.iter().map(|line| line.chars().count()).collect();
        assert!(wide.iter().all(|width| *width == wide[0]), "{told:#?}");
        assert!(told[2].contains("| yes"));
    }
}
