//! The page on which anybody has a signed PDF judged.

use askama::Template;
use axum::extract::{DefaultBodyLimit, State};
use axum::handler::Handler;
use base::{Error, Result};
use system::{Access, App, Routes};
use web::{Answer, Upload, UploadPart, Visitor, filters};

use crate::check::{FileCheck, SignatureCheck};
use crate::keyring::Keyring;
use crate::verify::{Check, Coverage, Verdict};

const PATH: &str = "/kiem-tra-chu-ky";
/// Bytes of a file that is judged.
const LARGEST: usize = 25 * 1024 * 1024;
/// What is larger than [`LARGEST`] is still read, and thrown away: a browser that cannot finish sending shows no answer.
const LARGEST_REQUEST: usize = 4 * LARGEST;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Access::Public, page)
        .post(PATH, Access::Public, judge.layer(DefaultBodyLimit::max(LARGEST_REQUEST)))
        .example("signed-paper", &[("file", "@file")])
}

#[derive(Template)]
#[template(path = "sign/check.html")]
struct CheckPage<'a> {
    csrf: &'a str,
    errors: Vec<FieldError>,
    judged: Option<&'a Judged>,
}

struct FieldError {
    field: &'static str,
    text: String,
}

struct Judged {
    file: String,
    check: FileCheck,
}

impl CheckPage<'_> {
    fn error(&self) -> &str {
        self.errors.first().map_or("", |error| error.text.as_str())
    }
}

impl Verdict {
    /// How a tag shows it.
    fn state(self) -> &'static str {
        match self {
            Self::Valid => "ok",
            Self::Undetermined => "warn",
            Self::Invalid => "late",
        }
    }

    /// The text that says what follows from it.
    fn help_key(self) -> &'static str {
        match self {
            Self::Valid => "sign-verdict-valid-help",
            Self::Undetermined => "sign-verdict-undetermined-help",
            Self::Invalid => "sign-verdict-invalid-help",
        }
    }
}

impl SignatureCheck {
    fn checks(&self) -> [(&'static str, Check); 4] {
        let report = &self.report;
        [
            ("sign-check-integrity", report.integrity),
            ("sign-check-signature", report.signature),
            ("sign-check-certificate", report.certificate_fit),
            ("sign-check-trust", report.trust),
        ]
    }
}

async fn page(visitor: Visitor) -> Answer {
    let template = CheckPage { csrf: visitor.csrf(), errors: Vec::new(), judged: None };
    visitor.page(&visitor.text("sign-verify-title"), &template)
}

async fn judge(State(app): State<App>, visitor: Visitor, mut upload: Upload) -> Answer {
    let title = visitor.text("sign-verify-title");
    match read(&mut upload).await {
        Ok((file, pdf)) => {
            let check = app.parts.get::<Keyring>()?.check(app.store.read(), pdf, visitor.now).await?;
            let judged = Judged { file, check };
            let template = CheckPage { csrf: visitor.csrf(), errors: Vec::new(), judged: Some(&judged) };
            visitor.page(&title, &template)
        }
        Err(Error::Invalid(fields)) => {
            let errors = fields.values().map(|key| FieldError { field: "file", text: visitor.text(key) }).collect();
            visitor.rejected(&title, &CheckPage { csrf: visitor.csrf(), errors, judged: None })
        }
        Err(error) => Err(error.into()),
    }
}

/// The first file sent: its name and its bytes, in memory only.
async fn read(upload: &mut Upload) -> Result<(String, Vec<u8>)> {
    let wrong = |key| Error::invalid("file", key);
    while let Some(part) = upload.next().await? {
        let UploadPart::File(_, name, mut field) = part else { continue };
        let mut bytes = Vec::new();
        let mut size = 0;
        while let Some(piece) = field.chunk().await.map_err(|_| wrong("sign-file-broken-off"))? {
            size += piece.len();
            if size <= LARGEST {
                bytes.extend_from_slice(&piece);
            }
        }
        return match size {
            0 => Err(wrong("sign-file-missing")),
            _ if size > LARGEST => Err(wrong("sign-file-too-large")),
            _ if !bytes.starts_with(b"%PDF-") => Err(wrong("sign-file-no-pdf")),
            _ => Ok((name, bytes)),
        };
    }
    Err(wrong("sign-file-missing"))
}
