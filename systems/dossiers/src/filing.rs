//! What filing asks for: a procedure in force, an agency that receives it, the papers that must be there, and what it costs.

use std::sync::Arc;

use base::{Error, Now, Result, fold};
use contracts::questions::{Paper, Procedure, Procedures};
use directory::Agency;
use system::{App, Caller, Citizen};

use crate::dossier::Channel;
use crate::paper::HandedIn;

/// Who knows the procedures.
///
/// # Errors
/// When the program was put together without a catalogue, which is a defect.
pub(crate) fn catalogue(app: &App) -> Result<Arc<dyn Procedures>> {
    app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))
}

/// The version under which a dossier would be filed now.
pub(crate) async fn in_force(app: &App, code: &str, now: Now) -> Result<Option<Arc<Procedure>>> {
    catalogue(app)?.in_force(code, now).await
}

/// Why a procedure cannot be filed online.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Obstacle {
    CounterOnly,
    Assurance,
    /// No agency receives it.
    Nobody,
    /// It is for organisations, and the person represents none.
    Organisations,
}

impl Obstacle {
    pub(crate) fn error(self) -> Error {
        Error::Conflict(match self {
            Self::CounterOnly => "dossiers-guide-counter-only",
            Self::Assurance => "dossiers-guide-assurance",
            Self::Nobody => "dossiers-guide-nobody",
            Self::Organisations => "dossiers-guide-organisations",
        })
    }
}

/// What keeps somebody identified as this person is from filing the procedure online.
pub(crate) fn obstacle(procedure: &Procedure, citizen: &Citizen) -> Option<Obstacle> {
    if procedure.channels.iter().any(|channel| channel == Channel::Online.as_str()) {
        (procedure.assurance > citizen.assurance).then_some(Obstacle::Assurance)
    } else {
        Some(Obstacle::CounterOnly)
    }
}

/// The version in force, if it may be filed online for themselves by somebody identified as this person is.
///
/// # Errors
/// [`Error::Invalid`] when no such procedure is in force; [`Error::Conflict`] with the reason when it is not for them.
pub(crate) async fn offered(app: &App, code: &str, citizen: &Citizen, now: Now) -> Result<Arc<Procedure>> {
    let procedure = in_force(app, code, now).await?;
    let procedure = procedure.ok_or_else(|| Error::invalid("procedure", "dossiers-procedure-not-in-force"))?;
    let for_others = (!procedure.subjects.persons).then_some(Obstacle::Organisations);
    obstacle(&procedure, citizen).or(for_others).map_or(Ok(procedure), |obstacle| Err(obstacle.error()))
}

/// Whether the agency receives the procedure.
pub(crate) fn receives(procedure: &Procedure, agency: &Agency) -> bool {
    procedure.is_received_by(&agency.kind, &agency.notation)
}

/// The agency with this code, if it receives the procedure today.
pub(crate) async fn receiver(app: &App, procedure: &Procedure, code: &str, now: Now) -> Result<Option<Agency>> {
    let agency = directory::queries::agency_by_code(app.store.read(), code, now.today()).await?;
    Ok(agency.filter(|agency| receives(procedure, agency)))
}

/// The agencies of one kind that receive a procedure, by name.
pub(crate) struct Receivers {
    pub(crate) kind: String,
    pub(crate) agencies: Vec<Agency>,
}

/// Who receives the procedure today.
pub(crate) async fn receivers(app: &App, procedure: &Procedure, now: Now) -> Result<Vec<Receivers>> {
    let mut groups: Vec<Receivers> = Vec::new();
    for competence in procedure.agencies.iter().filter(|competence| competence.receives) {
        let mut agencies =
            directory::queries::agencies_of_kind(app.store.read(), &competence.kind, now.today()).await?;
        agencies.retain(|agency| competence.means(&agency.kind, &agency.notation));
        match groups.iter_mut().find(|group| group.kind == competence.kind) {
            Some(group) => group.agencies.extend(agencies),
            None => groups.push(Receivers { kind: competence.kind.clone(), agencies }),
        }
    }
    for group in &mut groups {
        group.agencies.sort_by_cached_key(|agency| fold(&agency.name));
        group.agencies.dedup_by_key(|agency| agency.id);
    }
    groups.retain(|group| !group.agencies.is_empty());
    Ok(groups)
}

/// By what it is known who the applicant is.
#[derive(Clone, Copy)]
pub(crate) enum Identified {
    /// An account of this level of assurance.
    Account(u8),
    /// The identity card, which the officer at the counter looks at and gives back.
    Card,
}

impl Identified {
    pub(crate) const fn by_account(citizen: &Citizen) -> Self {
        Self::Account(citizen.assurance)
    }

    /// By what an applicant is known whose dossier this caller sends in; nothing where papers alone came.
    pub(crate) fn of(caller: &Caller, channel: Channel) -> Option<Self> {
        match caller {
            Caller::Citizen(citizen) => Some(Self::by_account(citizen)),
            Caller::Officer(_) if channel == Channel::Counter => Some(Self::Card),
            _ => None,
        }
    }

    /// Whether somebody compared the applicant with their card (Decree 69/2024/NĐ-CP).
    pub(crate) const fn is_compared(self) -> bool {
        match self {
            Self::Account(assurance) => assurance >= 2,
            Self::Card => true,
        }
    }
}

/// How a component of a dossier comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comes {
    /// With the answers of the form.
    Declared,
    /// The identification of the applicant stands for it (Decree 69/2024/NĐ-CP): the identity card is known of an account
    /// of level 2, and seen at the counter.
    Known,
    /// As a file that sending waits for.
    Needed,
    /// As a file in some cases, which are judged at the desk.
    Perhaps,
}

/// How this paper comes in when the applicant is known so.
pub(crate) fn comes(paper: &Paper, applicant: Identified) -> Comes {
    if paper.declared {
        Comes::Declared
    } else if applicant.is_compared() && paper.reuse.as_deref() == Some("can-cuoc") {
        Comes::Known
    } else if paper.required && paper.condition.is_none() {
        Comes::Needed
    } else {
        Comes::Perhaps
    }
}

/// The papers that must be there and are not among these.
pub(crate) fn missing<'a>(procedure: &'a Procedure, applicant: Identified, papers: &[HandedIn]) -> Vec<&'a Paper> {
    let held = |wanted: &Paper| papers.iter().any(|held| held.component == wanted.code);
    procedure.papers.iter().filter(|paper| comes(paper, applicant) == Comes::Needed && !held(paper)).collect()
}

/// Whether two procedures ask for one and the same paper: by the name under which it is held, where it has one.
pub(crate) fn is_same(one: &Paper, other: &Paper) -> bool {
    match (&one.reuse, &other.reuse) {
        (Some(one), Some(other)) => one == other,
        _ => fold(&one.name) == fold(&other.name),
    }
}

/// What filing by this channel costs, in whole đồng.
pub(crate) fn fee(procedure: &Procedure, channel: Channel) -> i64 {
    procedure.fees.iter().filter(|fee| fee.channel == channel.as_str()).map(|fee| fee.amount).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_card_is_asked_for_of_those_who_are_not_known_by_it() {
        let card = Paper {
            code: "the-can-cuoc".to_owned(),
            name: "Thẻ căn cước".to_owned(),
            originals: 0,
            copies: 1,
            required: true,
            condition: None,
            declared: false,
            reuse: Some("can-cuoc".to_owned()),
        };
        assert_eq!(comes(&card, Identified::Account(1)), Comes::Needed);
        assert_eq!(comes(&card, Identified::Account(2)), Comes::Known);
        assert_eq!(comes(&card, Identified::Card), Comes::Known);
        let other = Paper { reuse: None, ..card };
        let in_some_cases = Paper { condition: Some("Ủy quyền cho người khác".to_owned()), ..other.clone() };
        let declaration = Paper { declared: true, ..other.clone() };
        for applicant in [Identified::Account(1), Identified::Account(2), Identified::Card] {
            assert_eq!(comes(&other, applicant), Comes::Needed);
            assert_eq!(comes(&in_some_cases, applicant), Comes::Perhaps);
            assert_eq!(comes(&declaration, applicant), Comes::Declared, "nobody hands in what they just filled in");
        }
    }
}
