//! Files on their way in, piece by piece into the store, each under the component it stands for.

use axum::extract::DefaultBodyLimit;
use base::{Error, Result};
use contracts::questions::Paper;
use files::Rejected;
use system::App;
use web::{Errors, Upload, UploadPart, Visitor};

use super::Filling;
use crate::filing::{Comes, Identified, comes};
use crate::paper::{Draft, HandedIn};
use crate::{actions, queries};

/// What one page may send at once, in bytes: eight files of the largest size.
const LARGEST: usize = 200 * 1024 * 1024;
const FIELD: &str = "paper.";

/// The limit of pages with files; the house's own is for forms without.
pub(in crate::pages) fn room() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST)
}

/// A component on a page, with what is there for it.
pub(in crate::pages) struct Wanted<'a> {
    pub(in crate::pages) paper: &'a Paper,
    /// Name of its field: `paper.ban-ve`.
    pub(in crate::pages) field: String,
    pub(in crate::pages) comes: Comes,
    /// The officer's words, where it was asked for again.
    pub(in crate::pages) note: Option<&'a str>,
    pub(in crate::pages) files: Vec<HeldFile>,
    /// What is already held and may stand for it.
    pub(in crate::pages) offers: Vec<Offer>,
    pub(in crate::pages) error: &'a str,
}

pub(in crate::pages) struct HeldFile {
    pub(in crate::pages) name: String,
    pub(in crate::pages) size: String,
    /// What its button posts: component and hash.
    pub(in crate::pages) remove: String,
    /// Taken from what was already held.
    pub(in crate::pages) reused: bool,
}

/// A paper already held, on a page.
pub(in crate::pages) struct Offer {
    pub(in crate::pages) text: String,
    /// Until when it may be used, or why it may not; may be empty.
    pub(in crate::pages) standing: String,
    /// Who will see it.
    pub(in crate::pages) seen: String,
    /// What its button posts, component and id; none where it may not be used.
    pub(in crate::pages) take: Option<String>,
}

impl<'a> Wanted<'a> {
    pub(in crate::pages) fn new(paper: &'a Paper, draft: &Draft, applicant: Identified, errors: &'a Errors) -> Self {
        let field = field(paper);
        let held = draft.papers.iter().filter(|held| held.component == paper.code);
        Self {
            paper,
            comes: comes(paper, applicant),
            note: None,
            files: held.map(|held| HeldFile::new(held, draft)).collect(),
            offers: Vec::new(),
            error: errors.at(&field),
            field,
        }
    }
}

impl HeldFile {
    fn new(paper: &HandedIn, draft: &Draft) -> Self {
        Self {
            name: paper.name.clone(),
            size: size(paper.size),
            remove: format!("{}|{}", paper.component, paper.hash),
            reused: draft.reused.iter().any(|reused| reused.is(paper)),
        }
    }
}

/// Name of the field of a component: `paper.ban-ve`.
pub(in crate::pages) fn field(paper: &Paper) -> String {
    format!("{FIELD}{}", paper.code)
}

/// `850 KB`, `1,2 MB`.
pub(in crate::pages) fn size(bytes: i64) -> String {
    let kilobytes = (bytes + 1023) / 1024;
    if kilobytes < 1024 {
        return format!("{kilobytes} KB");
    }
    let tenths = kilobytes * 10 / 1024;
    format!("{},{} MB", tenths / 10, tenths % 10)
}

/// What a page with files sent.
pub(in crate::pages) struct Received {
    /// The fields that are no files.
    pub(in crate::pages) posted: Vec<(String, String)>,
    pub(in crate::pages) errors: Errors,
    /// Whether it came to its end; what did not must not be taken for emptied fields.
    pub(in crate::pages) whole: bool,
}

impl Received {
    /// Which button was pressed.
    pub(in crate::pages) fn pressed(&self, value: &str) -> bool {
        self.posted.iter().any(|(name, posted)| name == "do" && posted == value)
    }
}

impl Filling {
    /// What the procedure asks for, with what is there.
    pub(in crate::pages) fn wanted<'a>(&'a self, applicant: Identified, errors: &'a Errors) -> Vec<Wanted<'a>> {
        self.procedure.files().map(|paper| Wanted::new(paper, &self.draft, applicant, errors)).collect()
    }

    /// Takes in the files of whatever the procedure asks for.
    pub(in crate::pages) async fn receive(&mut self, app: &App, visitor: &Visitor, upload: Upload) -> Result<Received> {
        let components: Vec<&Paper> = self.procedure.files().collect();
        receive(app, visitor, &mut self.draft, &components, upload).await
    }
}

/// Takes everything in; files that are right are kept with the draft at once, whatever else is wrong.
pub(in crate::pages) async fn receive(
    app: &App,
    visitor: &Visitor,
    draft: &mut Draft,
    components: &[&Paper],
    mut upload: Upload,
) -> Result<Received> {
    let mut received = Received { posted: Vec::new(), errors: Errors::default(), whole: true };
    while let Some(part) = upload.next().await? {
        let (field, name, pieces) = match part {
            UploadPart::Value(name, value) => {
                received.posted.push((name, value));
                continue;
            }
            UploadPart::File(field, name, pieces) => (field, name, pieces),
        };
        let component = field.strip_prefix(FIELD).and_then(|code| components.iter().find(|paper| paper.code == code));
        let Some(component) = component else { continue };
        match app.files.receive(pieces).await {
            Ok(stored) => {
                let size = i64::try_from(stored.size).unwrap_or(i64::MAX);
                let name = name.chars().take(200).collect();
                let paper =
                    HandedIn { component: component.code.clone(), hash: stored.hash, name, size, mime: stored.mime };
                match actions::save_paper(app, visitor.now, draft, paper).await {
                    Ok(()) => *draft = queries::draft_of(app.store.read(), draft.owner, draft.id).await?,
                    Err(Error::Invalid(fields)) => {
                        for key in fields.values() {
                            received.errors.add(&field, visitor.text(key));
                        }
                    }
                    Err(error) => return Err(error),
                }
            }
            Err(rejected) => {
                received.whole = !matches!(rejected, Rejected::BrokenOff);
                received.errors.add(&field, explain(visitor, &name, &rejected));
                if !received.whole {
                    break;
                }
            }
        }
    }
    Ok(received)
}

/// Takes out the file whose button was pressed, if one was.
pub(in crate::pages) async fn take_out(
    app: &App,
    visitor: &Visitor,
    draft: &Draft,
    posted: &[(String, String)],
) -> Result<bool> {
    let pressed = posted.iter().find(|(name, _)| name == "remove").and_then(|(_, value)| value.split_once('|'));
    let Some((component, hash)) = pressed else { return Ok(false) };
    actions::take_paper_out(app, visitor.now, draft, component, hash).await?;
    Ok(true)
}

fn explain(visitor: &Visitor, name: &str, rejected: &Rejected) -> String {
    let key = match rejected {
        Rejected::TooLarge(_) => "dossiers-file-too-large",
        Rejected::UnknownType => "dossiers-file-unknown-type",
        Rejected::Empty => "dossiers-file-empty",
        Rejected::BrokenOff => "dossiers-file-broken-off",
        Rejected::Storage(error) => {
            tracing::error!(%error, "A file that was handed in could not be kept");
            "dossiers-file-no-room"
        }
    };
    let mut parameters = vec![("name", name.to_owned())];
    if let Rejected::TooLarge(limit) = rejected {
        parameters.push(("megabytes", (limit / 1024 / 1024).to_string()));
    }
    visitor.text_with(key, &parameters)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(850 * 1024), "850 KB");
        assert_eq!(size(1024 * 1024), "1,0 MB");
        assert_eq!(size(1_310_720), "1,2 MB");
    }
}
