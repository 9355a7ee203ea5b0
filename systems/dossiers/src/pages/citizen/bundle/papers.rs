use contracts::questions::{Paper, Procedure};

use crate::filing::{self, Comes, Identified};

/// A paper that several procedures ask for, once.
pub(super) struct Shared<'a> {
    pub(super) paper: &'a Paper,
    /// The least that can be done without of all who ask for it.
    pub(super) comes: Comes,
    /// Names of the procedures.
    pub(super) asked_by: Vec<&'a str>,
}

/// The files that procedures ask for, each once, in the order in which they come up.
pub(super) fn shared<'a>(
    procedures: impl IntoIterator<Item = &'a Procedure>,
    applicant: Identified,
) -> Vec<Shared<'a>> {
    let mut all: Vec<Shared<'a>> = Vec::new();
    for procedure in procedures {
        for paper in procedure.files() {
            let comes = filing::comes(paper, applicant);
            match all.iter_mut().find(|known| filing::is_same(known.paper, paper)) {
                Some(known) => {
                    known.asked_by.push(&procedure.name);
                    if comes == Comes::Needed {
                        known.comes = comes;
                    }
                }
                None => all.push(Shared { paper, comes, asked_by: vec![&procedure.name] }),
            }
        }
    }
    all
}
