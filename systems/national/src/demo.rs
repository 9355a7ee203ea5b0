//! A portal that plays: it takes whatever it is told, and a demo is joined to it as to the real one.

use base::{Error, Result};
use bytes::Bytes;
use exchange::Sealed;
use system::App;

use crate::message::{DinhDanh, Filed, HoSo, TaiLieuNop};
use crate::queries::Arrival;
use crate::{Portals, actions};

/// Where it would be.
pub const URL: &str = "https://cong-quoc-gia.minh-hoa.invalid";

/// One of the parts of a demo.
pub struct Portal;

/// Whatever file is fetched from it.
pub(crate) fn paper() -> Bytes {
    Bytes::from_static(include_bytes!("../tests/examples/giay-to-mau.pdf"))
}

/// Somebody files there: with these components, at this agency.
pub fn filed(code: &str, procedure: &str, agency: &str, applicant: (&str, &str), components: &[&str]) -> Filed {
    let paper = |component: &&str| TaiLieuNop {
        id: format!("{code}-{component}"),
        name: "giay-to-mau.pdf".to_owned(),
        component: (*component).to_owned(),
        address: format!("{URL}/tep/{code}-{component}"),
        ..TaiLieuNop::default()
    };
    let (name, number) = applicant;
    let dossier = HoSo {
        code: code.to_owned(),
        procedure_code: procedure.to_owned(),
        applicant: name.to_owned(),
        applicant_number: number.to_owned(),
        papers: components.iter().map(paper).collect(),
        identities: vec![DinhDanh { kind: "1".to_owned(), number: number.to_owned() }],
        ..HoSo::default()
    };
    Filed { agency: agency.to_owned(), dossier }
}

/// It arrives, sealed and read as from outside.
///
/// # Errors
/// [`Error::NotFound`] when the province is joined to no portal.
pub async fn arrive(app: &App, filed: &Filed) -> Result<Arrival> {
    let portal = app.parts.get::<Portals>()?.portal.as_ref().ok_or(Error::NotFound)?;
    let filed = Sealed::open(&told(app, filed)?, &portal.secret)?;
    actions::arrive(app, app.now(), filed).await
}

/// What the portal sends for that.
///
/// # Errors
/// [`Error::NotFound`] when the province is joined to no portal.
pub fn told(app: &App, filed: &Filed) -> Result<Vec<u8>> {
    let portal = app.parts.get::<Portals>()?.portal.as_ref().ok_or(Error::NotFound)?;
    Ok(serde_json::to_vec(&Sealed::new(filed, &portal.secret)?)?)
}
