//! Papers made after the commit: slips printed, results printed, signed, numbered and sealed.
//!
//! Each piece is a row whose state says what is to be done next, so a killed process leaves nothing half made: the next
//! round does it again from the row. Bytes are kept before the row names them.

use base::{Error, Id, Now, Result};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use contracts::Answer;
use files::FileKind;
use journal::{Entry, Thing, record};
use print::{Field, FieldText, Printer};
use serde_json::json;
use sign::{Drawing, Holder, Keyring, Layer, Layout, Paper, Place, Rect};
use store::Sql;
use system::{App, Caller};

use crate::queries;
use crate::slip::{Outcome, PaperFile, Slip, Stage};

const BATCH: usize = 20;
/// How long a result that failed waits until it is tried again.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// Prints the slips that wait for their paper.
pub fn make_papers(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let waiting = queries::slips_to_print(app.store.read(), app.now().utc(), BATCH).await?;
        let mut made = 0;
        for slip in waiting {
            let (id, printed) = (slip.id, print_slip(app, &slip).await);
            let (hash, failed) = match printed {
                Ok(hash) => (Some(hash), None),
                Err(error) => {
                    tracing::error!(slip = %id, %error, "Slip {id} could not be printed");
                    (None, Some(error.to_string()))
                }
            };
            app.store
                .write(async |tx| {
                    Sql::new(
                        "UPDATE dossiers_slips SET file_hash = $2, failed = $3, next_at = NULL \
                         WHERE id = $1 AND next_at IS NOT NULL",
                    )
                    .bind(id.uuid())
                    .bind(hash)
                    .bind(failed)
                    .run(tx)
                    .await
                })
                .await?;
            made += 1;
        }
        Ok(made)
    })
}

pub(super) async fn print_slip(app: &App, slip: &Slip) -> Result<String> {
    let paper: print::Paper = serde_json::from_value(slip.data.clone())?;
    let printed = app.parts.get::<Printer>()?.print(paper, slip.made_at).await?;
    Ok(app.files.keep(Bytes::from(printed.pdf), FileKind::Pdf).await?.hash)
}

/// Takes each result one stage further.
pub fn make_results(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let waiting = queries::outcomes_to_make(app.store.read(), now.utc(), BATCH).await?;
        let mut made = 0;
        for outcome in waiting {
            let id = outcome.id;
            match further(app, now, &outcome).await {
                Ok(()) => made += 1,
                Err(error) => {
                    tracing::error!(result = %id, %error, "Result {id} could not be made; it is tried again");
                    put_off(app, now, id, &error.to_string()).await?;
                }
            }
        }
        Ok(made)
    })
}

async fn put_off(app: &App, now: Now, id: Id, reason: &str) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new("UPDATE dossiers_results SET next_at = $2, failed = $3 WHERE id = $1 AND next_at IS NOT NULL")
                .bind(id.uuid())
                .bind(now.utc() + AGAIN)
                .bind(reason)
                .run(tx)
                .await?;
            Ok(())
        })
        .await
}

/// Tries a result that failed again at once; for an officer of the agency that issues it.
pub async fn retry_result(app: &App, now: Now, caller: &Caller, id: Id) -> Result<()> {
    let officer = caller.officer()?;
    app.store
        .write(async |tx| {
            let touched = Sql::new(
                "UPDATE dossiers_results SET next_at = $2 \
                 WHERE id = $1 AND agency_id = $3 AND failed IS NOT NULL AND next_at IS NOT NULL",
            )
            .bind(id.uuid())
            .bind(now.utc())
            .bind(officer.agency.uuid())
            .run(tx)
            .await?;
            // It has been made meanwhile: nothing is left to try.
            if touched == 0 {
                return Ok(());
            }
            let entry = Entry::new("dossiers.paper-retried", Thing { kind: "result", id }, &json!({}))?;
            record(tx, now, &caller.actor(), entry).await?;
            Ok(())
        })
        .await
}

async fn further(app: &App, now: Now, outcome: &Outcome) -> Result<()> {
    let (stage, (paper, places)) = match outcome.stage {
        Stage::Proposed => (Stage::Printed, prepare(app, outcome, now.utc()).await?),
        Stage::Signing => (Stage::Signed, signed(app, outcome, now).await?),
        Stage::Numbered => {
            let (paper, places) = match &outcome.file {
                Some(PaperFile::Kept(hash)) => {
                    (Paper::open(app.files.read(hash).await?.to_vec())?, outcome.places.clone())
                }
                // It was left to be made on demand, and nobody has opened it since it was signed.
                _ => signed(app, outcome, Now::at(super::issue::signed_at(outcome)?)).await?,
            };
            (Stage::Issued, (issued(app, outcome, paper, &places, now).await?, places))
        }
        Stage::Printed | Stage::Signed | Stage::Issued | Stage::Void => {
            return Err(Error::inside(format!("nothing to make at the stage {}", outcome.stage.as_str())));
        }
    };
    keep(app, outcome, stage, paper, &places).await
}

/// The paper with the leader's signature, by the certificate in force at `now`.
///
/// Printed anew: the paper that was read did not say who signs, since any leader may.
pub(super) async fn signed(app: &App, outcome: &Outcome, now: Now) -> Result<(Paper, Vec<print::Place>)> {
    let person = outcome.signer.ok_or_else(|| Error::inside("nobody signs"))?;
    let signer = app.parts.get::<Keyring>()?.signer(app.store.read(), Holder::Person(person), now).await?;
    let at = super::issue::signed_at(outcome)?;
    let (prepared, places) = prepare(app, outcome, at).await?;
    let drawing = sign::demo::handwriting();
    let layers = mark(app, &places, Field::PersonalSignature, &drawing)?;
    Ok((prepared.sign_personal(&*signer, &layers, at)?, places))
}

/// The signed paper with number, date and seal, by the certificate in force at `now`.
pub(super) async fn issued(
    app: &App,
    outcome: &Outcome,
    signed: Paper,
    places: &[print::Place],
    now: Now,
) -> Result<Paper> {
    let signer = app.parts.get::<Keyring>()?.signer(app.store.read(), Holder::Agency(outcome.agency), now).await?;
    let filled = fill(app, outcome, signed, places).await?;
    let seal = sign::demo::seal();
    let layers = mark(app, places, Field::AgencySignature, &seal)?;
    Ok(filled.sign_agency(&*signer, &layers, numbered_at(outcome)?)?)
}

/// The moment that the agency's seal claims.
pub(super) fn numbered_at(outcome: &Outcome) -> Result<DateTime<Utc>> {
    outcome.numbered_at.ok_or_else(|| Error::inside("numbered at no time"))
}

pub(super) async fn prepare(app: &App, outcome: &Outcome, at: DateTime<Utc>) -> Result<(Paper, Vec<print::Place>)> {
    let paper: print::Paper = serde_json::from_value(outcome.data.clone())?;
    let printed = app.parts.get::<Printer>()?.print(paper, at).await?;
    Ok((Paper::prepare(&printed.pdf, &layout(&printed.places)?)?, printed.places))
}

async fn fill(app: &App, outcome: &Outcome, paper: Paper, places: &[print::Place]) -> Result<Paper> {
    let printer = app.parts.get::<Printer>()?;
    let (number, day) = outcome.gap().zip(outcome.numbered_on).ok_or_else(|| Error::inside("no number was given"))?;
    let at = numbered_at(outcome)?;
    let place = |field| {
        let found = places.iter().find(|place| place.field == field);
        found.ok_or_else(|| Error::inside(format!("no place for {field:?}")))
    };
    let date = FieldText::Date(day);
    let number_look = printer.field_appearance(place(Field::Number)?, FieldText::Number(&number), at).await?;
    let date_look = printer.field_appearance(place(Field::Date)?, date, at).await?;
    Ok(paper.fill_number_and_date(
        sign::Entry { text: &number, appearance_pdf: &number_look },
        sign::Entry { text: &date.to_string(), appearance_pdf: &date_look },
    )?)
}

/// The picture of a signature or seal. Only the demo has pictures of its own, which say "MẪU".
fn mark<'a>(app: &App, places: &[print::Place], field: Field, drawing: &'a [u8]) -> Result<Vec<Layer<'a>>> {
    if !app.settings.demo {
        return Ok(Vec::new());
    }
    let place = places.iter().find(|place| place.field == field);
    let area = place.ok_or_else(|| Error::inside(format!("no place for {field:?}")))?.area;
    Ok(vec![Layer {
        drawing: Drawing::Page(drawing),
        area: Rect { x: 0.0, y: 0.0, width: area.width, height: area.height },
    }])
}

fn layout(places: &[print::Place]) -> Result<Layout> {
    let find = |field: Field| -> Result<Place> {
        let place = places.iter().find(|place| place.field == field);
        let place = place.ok_or_else(|| Error::inside(format!("the paper has no place for {field:?}")))?;
        let print::Rect { x, y, width, height } = place.area;
        Ok(Place { page: place.page, area: Rect { x, y, width, height } })
    };
    Ok(Layout {
        personal: find(Field::PersonalSignature)?,
        agency: find(Field::AgencySignature)?,
        number: find(Field::Number)?,
        date: find(Field::Date)?,
    })
}

async fn keep(app: &App, outcome: &Outcome, stage: Stage, paper: Paper, places: &[print::Place]) -> Result<()> {
    let stored = app.files.keep(Bytes::from(paper.into_bytes()), FileKind::Pdf).await?;
    let places = serde_json::to_string(places)?;
    app.store
        .write(async |tx| {
            // Only from the stage the paper was made for: a result sent back meanwhile stays void.
            Sql::new(
                "UPDATE dossiers_results SET stage = $3, file_hash = $4, places = $5, next_at = NULL, failed = NULL \
                 WHERE id = $1 AND stage = $2",
            )
            .bind(outcome.id.uuid())
            .bind(outcome.stage.as_str())
            .bind(stage.as_str())
            .bind(stored.hash)
            .bind(places)
            .run(tx)
            .await?;
            Ok(())
        })
        .await
}
