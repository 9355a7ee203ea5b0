//! A table is uploaded, looked at and confirmed.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result, fold};
use directory::queries::Names;
use files::{FileKind, Rejected};
use system::App;
use web::{Answer, Choice, Flash, Form, Path, Sent, Upload, UploadPart, Visitor, filters, redirect, redirect_with};

use super::{LIST, download};
use crate::actions::{self, Confirmed, Uploaded};
use crate::collected::Sitting;
use crate::import::{self as table, Column, Entry, KINDS, Preview, Unreadable};
use crate::pages::choices::{self, none_or};
use crate::queries::{self, Import};
use crate::rules;

#[derive(Template)]
#[template(path = "petitions/desk/upload.html")]
struct UploadPage<'a> {
    csrf: &'a str,
    id: String,
    sent: &'a Sent,
    meetings: Vec<Choice>,
    sittings: Vec<Choice>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show_upload(&app, &visitor, &Sent::default()).await
}

async fn show_upload(app: &App, visitor: &Visitor, sent: &Sent) -> Answer {
    let page = UploadPage {
        csrf: visitor.csrf(),
        id: sent.or("id", &visitor.form_id().to_string()),
        meetings: choices::meetings(app).await?,
        sittings: choices::sittings(visitor),
        sent,
    };
    visitor.form(&visitor.text("petitions-import-title"), &sent.errors, &page)
}

/// A table to be filled in, with communes of the province as examples.
pub(super) async fn template(State(app): State<App>, visitor: Visitor) -> Answer {
    let communes = choices::communes(&app, &visitor).await?;
    let name = |index: usize| communes.get(index).map_or("", |commune| commune.text.as_str());
    let bytes = table::template([name(0), name(1)])?;
    Ok(download::file(bytes, FileKind::Docx, "mau-kien-nghi-cu-tri")?)
}

/// Keeps the file and reads it once, so that what cannot be read is said at once.
pub(super) async fn upload(State(app): State<App>, visitor: Visitor, mut upload: Upload) -> Answer {
    let mut pairs = Vec::new();
    let mut received = Err(Unreadable::NoTable);
    while let Some(part) = upload.next().await? {
        match part {
            UploadPart::Value(name, value) => pairs.push((name, value)),
            UploadPart::File(field, name, pieces) if field == "file" => {
                received = match app.files.receive(pieces).await {
                    Ok(stored) => Ok((stored, name)),
                    Err(Rejected::TooLarge(_)) => Err(Unreadable::TooLarge),
                    Err(Rejected::UnknownType | Rejected::Empty) => Err(Unreadable::UnknownType),
                    Err(error @ (Rejected::BrokenOff | Rejected::Storage(_))) => return Err(Error::from(error).into()),
                };
            }
            UploadPart::File(..) => {}
        }
    }
    let sent = Sent::new(pairs);
    let done = match received {
        Ok((stored, name)) => kept(&app, &visitor, &sent, stored, name).await,
        Err(unreadable) => Err(Error::invalid("file", unreadable.text())),
    };
    match done {
        Ok(id) => Ok(redirect(&format!("{LIST}/nhap/{id}"))),
        Err(Error::Invalid(errors)) => show_upload(&app, &visitor, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

async fn kept(app: &App, visitor: &Visitor, sent: &Sent, stored: files::Stored, file_name: String) -> Result<Id> {
    let unreadable = |unreadable: Unreadable| Error::invalid("file", unreadable.text());
    if !FileKind::from_mime(&stored.mime).is_some_and(|kind| KINDS.contains(&kind)) {
        return Err(unreadable(Unreadable::UnknownType));
    }
    table::read(app.files.read(&stored.hash).await?).await?.map_err(unreadable)?;
    let id = sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?;
    let new = Uploaded {
        id,
        meeting: sent.value("meeting").parse().map_err(|_| Error::invalid("meeting", "petitions-meeting-missing"))?,
        sitting: Sitting::parse(sent.value("sitting")).unwrap_or(Sitting::Before),
        file_hash: stored.hash,
        file_name,
    };
    actions::upload(app, visitor.now, &visitor.caller, new).await?;
    Ok(id)
}

#[derive(Template)]
#[template(path = "petitions/desk/preview.html")]
struct PreviewPage<'a> {
    csrf: &'a str,
    import: &'a Import,
    meeting: String,
    sitting: &'static str,
    columns: Vec<(Column, String)>,
    rows: Vec<Row>,
    places: Vec<Choice>,
    /// Rows whose place was not recognised.
    unplaced: usize,
    imported_before: bool,
    errors: &'a web::Errors,
}

/// One row as it will be entered.
struct Row {
    entry: Entry,
    /// Name of the commune; empty when none is called so.
    place: String,
    /// Code of the commune that was chosen instead.
    chosen: String,
    left_out: bool,
    field: String,
    agency: String,
    error: String,
}

impl Row {
    /// Whether the file calls the place something else than we do.
    fn is_named_otherwise(&self) -> bool {
        !self.entry.place.is_empty() && fold(&self.entry.place) != fold(&self.place)
    }
}

pub(super) async fn preview(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let import = queries::import(app.store.read(), visitor.caller.officer()?, id).await?;
    show_preview(&app, &visitor, &import, &Sent::default()).await
}

async fn show_preview(app: &App, visitor: &Visitor, import: &Import, sent: &Sent) -> Answer {
    let c = app.store.read();
    let preview = readable(table::preview(app, import).await?)?;
    let meeting = queries::meeting(c, import.meeting).await?;
    let page = PreviewPage {
        csrf: visitor.csrf(),
        meeting: meeting.map(|meeting| meeting.title).unwrap_or_default(),
        sitting: import.sitting.text(),
        unplaced: preview.rows.iter().filter(|row| row.place.is_none()).count(),
        places: none_or(visitor, "petitions-choose", choices::communes(app, visitor).await?),
        imported_before: import.confirmed_at.is_none() && queries::is_imported(c, &import.file_hash).await?,
        columns: preview.columns.clone(),
        rows: rows(app, preview, sent).await?,
        errors: &sent.errors,
        import,
    };
    visitor.form(&visitor.text("petitions-import-title"), &sent.errors, &page)
}

/// The file was read when it came; the rules by which it is read may have changed since.
fn readable(preview: std::result::Result<Preview, Unreadable>) -> Result<Preview> {
    preview.map_err(|unreadable| Error::Conflict(unreadable.text()))
}

async fn rows(app: &App, preview: Preview, sent: &Sent) -> Result<Vec<Row>> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for proposed in preview.rows {
        let field = format!("place-{}", proposed.entry.row);
        rows.push(Row {
            place: match proposed.place {
                Some(place) => directory::commune_name(&names.of(app.store.read(), place).await?).to_owned(),
                None => String::new(),
            },
            agency: match proposed.agency {
                Some(agency) => names.of(app.store.read(), agency).await?,
                None => String::new(),
            },
            field: if proposed.field.is_empty() { String::new() } else { rules::field_title(&proposed.field) },
            chosen: sent.value(&field).to_owned(),
            left_out: sent.all("left-out").any(|row| row == proposed.entry.row.to_string()),
            error: sent.errors.at(&field).to_owned(),
            entry: proposed.entry,
        });
    }
    Ok(rows)
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let import = queries::import(app.store.read(), visitor.caller.officer()?, id).await?;
    let sent = Sent::new(pairs);
    let preview = readable(table::preview(&app, &import).await?)?;
    let decided = decided(&app, &visitor, &sent, &preview).await?;
    match actions::confirm(&app, visitor.now, &visitor.caller, &import, preview, &decided).await {
        Ok(count) => {
            let told = Flash::success("petitions-told-imported").with("count", count);
            Ok(redirect_with(&format!("{LIST}?ky-hop={}", import.meeting), told))
        }
        Err(Error::Invalid(errors)) => show_preview(&app, &visitor, &import, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

async fn decided(app: &App, visitor: &Visitor, sent: &Sent, preview: &Preview) -> Result<Confirmed> {
    let mut places = BTreeMap::new();
    for row in preview.rows.iter().map(|row| row.entry.row) {
        let field = format!("place-{row}");
        if !sent.value(&field).is_empty() {
            let text = "petitions-place-missing";
            places.insert(row, choices::agency(app, visitor, sent.value(&field), &field, text).await?);
        }
    }
    let left_out = sent.all("left-out").filter_map(|row| row.parse().ok()).collect();
    Ok(Confirmed { places, left_out })
}
