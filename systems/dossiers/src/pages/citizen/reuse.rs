//! What the province already holds of the person, offered while they fill in a dossier: nobody hands in twice what was
//! issued to them (Decree 118/2025/NĐ-CP).

#[cfg(test)]
mod tests;

use base::{Error, Id, Result};
use directory::queries::Names;
use files::FileKind;
use system::App;
use web::Visitor;

use crate::actions;
use crate::filing::Comes;
use crate::held::{self, Held, Origin, Standing};
use crate::pages::filling::Filling;
use crate::pages::filling::uploads::{Offer, Wanted};
use crate::paper::HandedIn;

/// Puts beside each component what is held and fits.
pub(super) async fn offer(app: &App, visitor: &Visitor, filling: &Filling, wanted: &mut [Wanted<'_>]) -> Result<()> {
    let (read, draft) = (app.store.read(), &filling.draft);
    let mut names = Names::default();
    let seen = match draft.agency {
        Some(agency) => visitor.text_with("dossiers-held-seen", &[("agency", names.of(read, agency).await?)]),
        None => visitor.text("dossiers-held-seen-unknown"),
    };
    for one in wanted.iter_mut().filter(|one| one.comes != Comes::Known) {
        for held in held::fitting(app, visitor.now, draft.applicant, one.paper).await? {
            if draft.reused.iter().any(|taken| taken.component == one.paper.code && taken.from == held.id) {
                continue;
            }
            let usable = held.is_valid(visitor.now.today());
            one.offers.push(Offer {
                text: told(visitor, &held, names.of(read, held.agency).await?),
                standing: standing(visitor, &held).unwrap_or_default(),
                seen: seen.clone(),
                take: usable.then(|| format!("{}|{}", one.paper.code, held.id)),
            });
        }
    }
    Ok(())
}

fn told(visitor: &Visitor, held: &Held, agency: String) -> String {
    let day = ("day", held.on.format("%d/%m/%Y").to_string());
    match &held.origin {
        Origin::Result { name, number, .. } => visitor.text_with(
            "dossiers-held-result",
            &[("name", name.clone()), ("number", number.clone()), day, ("agency", agency)],
        ),
        Origin::File { file, .. } => visitor.text_with(
            "dossiers-held-file",
            &[("name", file.name.clone()), ("code", held.dossier.clone()), day, ("agency", agency)],
        ),
    }
}

/// Until when it may be used, or why it may not; nothing where it has no end.
fn standing(visitor: &Visitor, held: &Held) -> Option<String> {
    let on = |key: &str, day: chrono::NaiveDate| visitor.text_with(key, &[("day", day.format("%d/%m/%Y").to_string())]);
    match held.standing(visitor.now.today()) {
        Standing::Valid(last) => last.map(|last| on("dossiers-held-until", last)),
        Standing::Expired(last) => Some(on("dossiers-held-expired", last)),
        Standing::Revoked => Some(visitor.text("dossiers-held-revoked")),
    }
}

/// Puts into the draft what the person's button was pressed for, if one was.
///
/// # Errors
/// [`Error::NotFound`] for what is not the person's or does not fit; [`Error::Conflict`] when it may not be used any more.
pub(super) async fn take(app: &App, visitor: &Visitor, filling: &Filling, posted: &[(String, String)]) -> Result<bool> {
    let pressed = posted.iter().find(|(name, _)| name == "use").and_then(|(_, value)| value.split_once('|'));
    let Some((component, id)) = pressed else { return Ok(false) };
    let id: Id = id.parse().map_err(|_| Error::NotFound)?;
    let paper = filling.procedure.files().find(|paper| paper.code == component).ok_or(Error::NotFound)?;
    let held = held::fitting_one(app, visitor.now, filling.draft.applicant, paper, id).await?;
    let held = held.ok_or(Error::NotFound)?;
    if !held.is_valid(visitor.now.today()) {
        return Err(Error::Conflict("dossiers-held-ended"));
    }
    let file = as_handed_in(app, held.origin, component).await?;
    actions::reuse_paper(app, visitor.now, &filling.draft, file, held.id).await?;
    Ok(true)
}

async fn as_handed_in(app: &App, origin: Origin, component: &str) -> Result<HandedIn> {
    let component = component.to_owned();
    match origin {
        Origin::File { file, .. } => Ok(HandedIn { component, ..file }),
        Origin::Result { name, number, hash, .. } => {
            let hash = hash.ok_or(Error::Conflict("dossiers-paper-not-ready"))?;
            let size = i64::try_from(app.files.read(&hash).await?.len())?;
            let name = format!("{name} {}.pdf", number.replace('/', "-"));
            Ok(HandedIn { component, hash, name, size, mime: FileKind::Pdf.mime().to_owned() })
        }
    }
}
