use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use directory::queries::Names;
use flow::pages::{Clock, Station, Worked};
use serde::Deserialize;
use system::{App, Officer};
use web::{Answer, Choice, Path, Query, Sent, Visitor, filters};

use super::LIST;
use super::panel::panel;
use crate::access::{APPROVE, HANDLE};
use crate::letter::{Kind, Letter, State as Standing};
use crate::pages::communes;
use crate::pages::timeline::stations;
use crate::papers::About;
use crate::queries::{self, LetterFile, Note};
use crate::rules;

#[derive(Template)]
#[template(path = "complaints/desk/show.html")]
struct Show<'a> {
    csrf: &'a str,
    address: String,
    sent: &'a Sent,
    letter: &'a Letter,
    field: String,
    commune: String,
    agency: String,
    previous: Option<String>,
    clock: Option<Clock>,
    /// Empty for officers who have nothing to do with it now.
    panel: String,
    seal: Option<Seal>,
    files: Vec<LetterFile>,
    notes: Vec<Written>,
    alike: Vec<Letter>,
    stations: Vec<Station>,
    may_extend: bool,
    may_note_dialogue: bool,
    papers: Vec<About>,
}

struct Written {
    note: Note,
    agency: String,
}

/// What the page says of what is sealed.
struct Seal {
    /// Whether anything is sealed here, or only paper lies in the safe.
    stored: bool,
    appointed: bool,
    openings: Vec<Opened>,
    communes: Vec<Choice>,
    commune: String,
    may_summarise: bool,
}

struct Opened {
    at: chrono::DateTime<chrono::Utc>,
    name: String,
    /// For the appointed only: it may say what is sealed.
    reason: String,
}

#[derive(Deserialize)]
pub(super) struct At {
    /// The step to work on.
    #[serde(default)]
    buoc: Option<Id>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(at): Query<At>,
) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::default();
    let content = content(&app, &visitor, &letter, at.buoc, &sent).await?;
    visitor.page(&letter.code, &content)
}

impl Worked for Letter {
    const LIST: &'static str = LIST;

    fn id(&self) -> Id {
        self.id
    }

    async fn for_officer(app: &App, officer: &Officer, code: &str) -> Result<Self> {
        queries::for_officer(app.store.read(), officer, code).await
    }

    async fn again(app: &App, visitor: &Visitor, code: &str, step: Option<Id>, sent: Sent) -> Answer {
        let letter = Self::for_officer(app, visitor.caller.officer()?, code).await?;
        let content = content(app, visitor, &letter, step, &sent).await?;
        visitor.rejected(&letter.code, &content)
    }
}

async fn content<'a>(
    app: &App,
    visitor: &'a Visitor,
    letter: &'a Letter,
    wanted: Option<Id>,
    sent: &'a Sent,
) -> Result<Show<'a>> {
    let c = app.store.read();
    let officer = visitor.caller.officer()?;
    let steps = flow::queries::steps_of(c, letter.id).await?;
    let alike = queries::alike(c, officer, letter).await?;
    let panel = match flow::queries::at_hand(officer, &steps, wanted) {
        Some(step) => {
            let note = flow::queries::last_note(&steps);
            visitor.fragment(&panel(app, visitor, letter, step, note, &alike, sent).await?)?
        }
        None => String::new(),
    };
    let mut names = Names::default();
    let mut notes = Vec::new();
    for note in queries::notes_of(c, letter.id).await? {
        notes.push(Written { agency: names.of(app.store.read(), note.agency).await?, note });
    }
    let commune = match letter.commune {
        Some(commune) => names.of(app.store.read(), commune).await?,
        None => String::new(),
    };
    let previous = match letter.previous {
        Some(previous) => queries::by_id(c, previous).await?.map(|letter| letter.code),
        None => None,
    };
    let running = letter.state == Standing::Accepted && letter.agency == officer.agency;
    let further = letter.complexity.next().map(|next| rules::deadline(letter, next)).transpose()?.flatten();
    Ok(Show {
        csrf: visitor.csrf(),
        address: format!("{LIST}/{}", letter.code),
        sent,
        field: letter.field.as_deref().map(rules::field_title).unwrap_or_default(),
        commune,
        agency: names.of(app.store.read(), letter.agency).await?,
        previous,
        clock: clock(app, visitor, letter).await?,
        panel,
        seal: seal(app, visitor, officer, letter, sent).await?,
        files: queries::files_of(c, letter.id).await?,
        notes,
        alike,
        stations: stations(app, letter).await?,
        may_extend: running && officer.may(APPROVE) && further.is_some() && !letter.is_late(visitor.now.utc()),
        may_note_dialogue: running && officer.may(HANDLE) && letter.kind == Kind::Complaint,
        papers: About::of(letter),
        letter,
    })
}

async fn clock(app: &App, visitor: &Visitor, letter: &Letter) -> Result<Option<Clock>> {
    let written = rules::deadline(letter, letter.complexity)?.map(|deadline| deadline.written).unwrap_or_default();
    Clock::of(app, visitor, letter.case, written, letter.due_at, letter.decided_at).await
}

async fn seal(app: &App, visitor: &Visitor, officer: &Officer, letter: &Letter, sent: &Sent) -> Result<Option<Seal>> {
    if !letter.is_sealed() {
        return Ok(None);
    }
    let c = app.store.read();
    let appointed =
        officer.may(HANDLE) && officer.acting_for.is_none() && queries::is_appointed(c, officer.person).await?;
    let stored = queries::payload(c, letter.id).await.is_ok();
    let mut openings = Vec::new();
    for opening in queries::openings(c, letter.id).await? {
        let person = directory::queries::person(c, opening.person).await?;
        let reason = if appointed { opening.reason } else { String::new() };
        openings.push(Opened { at: opening.at, name: person.map(|person| person.name).unwrap_or_default(), reason });
    }
    let opened = queries::has_opened(c, letter.id, officer.person).await?;
    let before = match letter.commune {
        Some(commune) => directory::queries::agency(c, commune).await?.map(|agency| agency.code).unwrap_or_default(),
        None => String::new(),
    };
    Ok(Some(Seal {
        stored,
        appointed,
        openings,
        communes: communes(app, visitor).await?,
        commune: sent.or("commune", &before),
        may_summarise: appointed && (opened || !stored) && !letter.state.is_end(),
    }))
}
