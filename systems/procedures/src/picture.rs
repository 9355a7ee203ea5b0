//! A process as a picture: a lane for each who works on it, time from left to right.

use std::collections::BTreeMap;

use flow::process::{Next, Process};

const LABEL: i32 = 150;
const WIDTH: i32 = 136;
const HEIGHT: i32 = 56;
const GAP: i32 = 36;
/// Between boxes one above the other, and around those of a lane.
const PAD: i32 = 14;
/// Characters of a line in a box, and of one in the label of a lane.
const LINE: usize = 17;

/// Shapes in units of an SVG.
pub(crate) struct Picture {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) lanes: Vec<Lane>,
    pub(crate) boxes: Vec<Station>,
    pub(crate) ways: Vec<Way>,
}

pub(crate) struct Lane {
    pub(crate) top: i32,
    pub(crate) height: i32,
    pub(crate) label: Vec<Words>,
}

/// A line of words at a place.
pub(crate) struct Words {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) text: String,
}

pub(crate) struct Station {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) title: String,
    pub(crate) words: Vec<Words>,
}

/// A line from one box to another; one that leads back goes below.
pub(crate) struct Way {
    pub(crate) path: String,
    pub(crate) back: bool,
}

impl Picture {
    /// Draws a process; `lane` says who takes each step, in its order.
    pub(crate) fn of(process: &Process, lane: &[String]) -> Self {
        let columns = columns(process);
        let mut names: Vec<&String> = Vec::new();
        let mut stacked: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut places = Vec::new();
        for (step, who) in lane.iter().enumerate() {
            let index = names.iter().position(|name| *name == who).unwrap_or_else(|| {
                names.push(who);
                names.len() - 1
            });
            let above = stacked.entry((index, columns[step])).or_default();
            places.push((index, columns[step], *above));
            *above += 1;
        }
        let mut lanes = Vec::new();
        let mut top = 0;
        for (index, name) in names.iter().enumerate() {
            let most =
                stacked.iter().filter(|((lane, _), _)| *lane == index).map(|(_, count)| *count).max().unwrap_or(1);
            let height = PAD + units(most) * (HEIGHT + PAD);
            let label = wrapped(name, LINE, 3).into_iter().zip(0..);
            let label = label.map(|(text, line)| Words { x: 8, y: top + 24 + line * 18, text }).collect();
            lanes.push(Lane { top, height, label });
            top += height;
        }
        let corner = |&(lane, column, above): &(usize, usize, usize)| {
            (LABEL + GAP / 2 + units(column) * (WIDTH + GAP), lanes[lane].top + PAD + units(above) * (HEIGHT + PAD))
        };
        let corners: Vec<(i32, i32)> = places.iter().map(corner).collect();
        let station = |(index, (x, y)): (usize, &(i32, i32))| {
            let title = format!("{}. {}", index + 1, process.steps[index].title);
            let words = wrapped(&title, LINE, 3).into_iter().zip(0..);
            let words = words.map(|(text, line)| Words { x: x + 8, y: y + 17 + line * 16, text }).collect();
            Station { x: *x, y: *y, width: WIDTH, height: HEIGHT, title, words }
        };
        let last = columns.iter().max().copied().unwrap_or_default();
        Self {
            width: LABEL + units(last + 1) * (WIDTH + GAP),
            height: top,
            ways: ways(process, &corners),
            boxes: corners.iter().enumerate().map(station).collect(),
            lanes,
        }
    }
}

fn units(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 1000)
}

fn targets(process: &Process, step: usize) -> Vec<usize> {
    let names = process.steps[step].outcomes.values().flat_map(Next::targets);
    let mut found: Vec<usize> =
        names.filter_map(|name| process.steps.iter().position(|other| other.name == *name)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How many steps at most lie before each; ways back to a step written earlier do not count.
fn columns(process: &Process) -> Vec<usize> {
    let mut columns = vec![0; process.steps.len()];
    for step in 0..process.steps.len() {
        for target in targets(process, step).into_iter().filter(|target| *target > step) {
            columns[target] = columns[target].max(columns[step] + 1);
        }
    }
    columns
}

fn ways(process: &Process, corners: &[(i32, i32)]) -> Vec<Way> {
    let mut ways = Vec::new();
    for (step, (x, y)) in corners.iter().enumerate() {
        for target in targets(process, step) {
            let (to_x, to_y) = corners[target];
            let back = to_x <= *x;
            let path = if back {
                let (from, below) = (x + WIDTH / 2, y.max(&to_y) + HEIGHT + PAD / 2);
                format!("M{from} {} V{below} H{} V{}", y + HEIGHT, to_x + WIDTH / 2, to_y + HEIGHT)
            } else {
                let (right, middle) = (x + WIDTH, to_x - GAP / 2);
                format!("M{right} {} H{middle} V{} H{to_x}", y + HEIGHT / 2, to_y + HEIGHT / 2)
            };
            ways.push(Way { path, back });
        }
    }
    ways
}

/// Words in lines of so many characters, so many lines at most.
fn wrapped(text: &str, length: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < length => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::Package;

    #[test]
    fn every_step_of_every_process_has_a_place_of_its_own_inside_the_picture() {
        for package in Package::embedded().unwrap() {
            let process = &package.process;
            let lanes: Vec<String> = process
                .steps
                .iter()
                .map(|step| step.who.as_ref().map_or("–".to_owned(), |who| who.role.clone()))
                .collect();
            let picture = Picture::of(process, &lanes);
            assert_eq!(picture.boxes.len(), process.steps.len());
            for (index, one) in picture.boxes.iter().enumerate() {
                assert!(one.x + one.width <= picture.width && one.y + one.height <= picture.height);
                assert!(
                    picture.boxes[..index].iter().all(|other| (other.x, other.y) != (one.x, one.y)),
                    "{}",
                    one.title
                );
            }
        }
    }

    #[test]
    fn parallel_steps_stand_below_each_other_in_one_column() {
        let packages = Package::embedded().unwrap();
        let package = packages.iter().find(|package| package.procedure.code == "1.009994").unwrap();
        let columns = columns(&package.process);
        let column = |name: &str| columns[package.process.steps.iter().position(|step| step.name == name).unwrap()];
        assert_eq!(column("site-check"), column("examine"));
        assert!(column("review") > column("examine"));
    }

    #[test]
    fn long_words_end_in_a_mark() {
        assert_eq!(wrapped("một hai ba bốn", 8, 2), ["một hai", "ba bốn"]);
        assert_eq!(wrapped("một hai ba bốn năm", 4, 2), ["một", "hai…"]);
    }
}
