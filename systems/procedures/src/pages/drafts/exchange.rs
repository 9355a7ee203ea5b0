//! Packages taken from here to another province, and brought from there.

use std::collections::BTreeSet;

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use system::App;
use web::{Answer, Errors, Flash, Form, Path, Query, Sent, Upload, UploadPart, Visitor, filters, redirect_with};

use super::diff::{Part, parts};
use super::{LIST, Meant, Origin, Subject};
use crate::actions::{self, drafts};
use crate::exchange::{Choices, Manifest, Matter, pack, unpack};

const HERE: &str = "/quan-tri/thu-tuc-soan/nhap";
/// Bytes of a file that is sent, at most.
const MOST: usize = 1024 * 1024;

pub(super) async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(meant): Query<Meant>,
) -> Answer {
    let subject = Subject::find(&app, &visitor, &code, meant).await?;
    let files = match &subject.from {
        Origin::Draft(_) => subject.files,
        Origin::Version(version) => drafts::files_of_version(&app, version).await?,
    };
    let packed = pack(&code, &files, &app.settings.province)?;
    let mut answer: Response = Body::from(packed).into_response();
    let headers = answer.headers_mut();
    let disposition = format!("attachment; filename=\"{code}.zip\"").parse().map_err(Error::from)?;
    headers.insert(CONTENT_TYPE, "application/zip".parse().map_err(Error::from)?);
    headers.insert(CONTENT_DISPOSITION, disposition);
    headers.insert(CACHE_CONTROL, "no-store".parse().map_err(Error::from)?);
    Ok(answer)
}

#[derive(Template)]
#[template(path = "procedures/import.html")]
struct UploadPage<'a> {
    csrf: &'a str,
    errors: &'a Errors,
}

pub(super) async fn page(visitor: Visitor) -> Answer {
    upload_page(&visitor, &Errors::default())
}

fn upload_page(visitor: &Visitor, errors: &Errors) -> Answer {
    let page = UploadPage { csrf: visitor.csrf(), errors };
    visitor.form(&visitor.text("procedures-import"), errors, &page)
}

#[derive(Template)]
#[template(path = "procedures/arrival.html")]
struct ArrivalPage<'a> {
    csrf: &'a str,
    manifest: &'a Manifest,
    /// The file again, for the next step.
    parcel: String,
    is_new: bool,
    parts: Vec<Part>,
    matters: Vec<MatterShown>,
}

struct MatterShown {
    key: String,
    text: String,
    ways: Vec<Way>,
    usual: &'static str,
}

/// One answer, for `form::radios`.
struct Way {
    value: &'static str,
    text: String,
    hint: &'static str,
}

/// Shows what came beside what stands here; keeps nothing.
pub(super) async fn compare(State(app): State<App>, visitor: Visitor, mut upload: Upload) -> Answer {
    let mut bytes = Vec::new();
    while let Some(part) = upload.next().await? {
        let UploadPart::File(_, _, mut file) = part else { continue };
        while let Some(piece) = file.chunk().await.map_err(|_| Error::invalid("form", "web-error-form"))? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > MOST {
                return Err(Error::TooLarge.into());
            }
        }
    }
    let parcel = match unpack(&bytes) {
        Ok(parcel) => parcel,
        Err(refused) => return upload_page(&visitor, &Errors::one("parcel", visitor.text(refused.key()))),
    };
    let arrival = actions::exchange::arrival(&app, visitor.now, &parcel).await?;
    let page = ArrivalPage {
        csrf: visitor.csrf(),
        manifest: &parcel.manifest,
        parcel: STANDARD.encode(&bytes),
        is_new: arrival.differences.is_none(),
        parts: parts(&visitor, arrival.differences.as_deref().unwrap_or_default()),
        matters: arrival.matters.iter().map(|matter| shown(&visitor, matter)).collect(),
    };
    visitor.page(&visitor.text("procedures-import"), &page)
}

fn shown(visitor: &Visitor, matter: &Matter) -> MatterShown {
    let ways = matter.kind.ways();
    MatterShown {
        key: matter.key(),
        text: visitor.text_with(matter.kind.text(), &[("name", matter.name.clone())]),
        ways: ways.iter().map(|(value, key)| Way { value, text: visitor.text(key), hint: "" }).collect(),
        usual: ways.first().map_or("", |(value, _)| value),
    }
}

/// Makes a draft of it, with the choices made.
pub(super) async fn bring_in(
    State(app): State<App>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs.clone());
    let brought = async || -> Result<_> {
        let bytes = STANDARD
            .decode(sent.value("parcel"))
            .map_err(|_| Error::invalid("parcel", "procedures-parcel-unreadable"))?;
        let parcel = unpack(&bytes).map_err(|refused| Error::invalid("parcel", refused.key()))?;
        let known: BTreeSet<&str> = ["parcel", "_csrf"].into();
        let choices: Choices = pairs.iter().filter(|(name, _)| !known.contains(name.as_str())).cloned().collect();
        actions::exchange::bring_in(&app, visitor.now, &visitor.caller, &parcel, &choices).await
    };
    match brought().await {
        Ok(draft) => Ok(redirect_with(&format!("{LIST}/{}/soan", draft.code), Flash::success("procedures-imported"))),
        Err(Error::Invalid(errors)) => {
            let key = errors.into_values().next().unwrap_or_default();
            Ok(redirect_with(HERE, Flash::error(&key)))
        }
        Err(error) => Err(error.into()),
    }
}
