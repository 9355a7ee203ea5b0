//! What one does to file, in order.

use crate::pages::filling::Filling;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Guide,
    Form,
    Documents,
    Check,
}

/// One step in the line above each page; a step with an address was passed and can be gone back to.
pub(super) struct Step {
    pub(super) text: &'static str,
    pub(super) href: String,
    pub(super) current: bool,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Guide, Self::Form, Self::Documents, Self::Check];

    const fn text(self) -> &'static str {
        match self {
            Self::Guide => "dossiers-step-guide",
            Self::Form => "dossiers-step-form",
            Self::Documents => "dossiers-step-documents",
            Self::Check => "dossiers-step-check",
        }
    }

    fn address(self, filling: &Filling) -> String {
        match self {
            Self::Guide => filling.at("noi-nhan"),
            Self::Form => filling.first_page(),
            Self::Documents => filling.at("giay-to"),
            Self::Check => filling.at("kiem-tra"),
        }
    }
}

/// The line before anything is begun.
pub(super) fn ahead() -> Vec<Step> {
    let step = |stage: Stage| Step { text: stage.text(), href: String::new(), current: stage == Stage::Guide };
    Stage::ALL.into_iter().map(step).collect()
}

/// The line of a draft that stands at a stage.
pub(super) fn of(filling: &Filling, now: Stage) -> Vec<Step> {
    let wanted = |stage: &Stage| *stage != Stage::Documents || filling.procedure.files().next().is_some();
    let step = |stage: Stage| Step {
        text: stage.text(),
        href: if stage < now { stage.address(filling) } else { String::new() },
        current: stage == now,
    };
    Stage::ALL.into_iter().filter(wanted).map(step).collect()
}
