//! A make-believe certificate authority and drawings for the demo and for tests. Everything it makes says "MẪU"
//! (specimen), so that nothing of it can pass for a real signature or seal.

mod art;
mod enrol;

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256,
};
use rsa::{RsaPrivateKey, pkcs8::EncodePrivateKey, rand_core::OsRng};

pub use art::{handwriting, seal};
pub use enrol::DemoHolder;

use crate::{
    anchors::Anchors,
    signer::{SignerError, SoftKey},
};

const ROOT_NAME: &str = "MẪU - Tỉnh Số Demo CA";
const KEY_BITS: usize = 2048;
const YEARS: u32 = 5;

/// Why the demo authority could not issue.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The key could not be made.
    #[error("the demo key could not be made")]
    Key,
    /// The certificate could not be made.
    #[error("the demo certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// The demo's root. It lives only as long as the value: its key is never stored, so nothing can be issued later.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root_pem: String,
    from: DateTime<Utc>,
}

/// A fresh demo authority whose certificates hold from the day before `at` for five years.
///
/// # Errors
/// [`DemoError`] when the machine gives no randomness.
pub fn authority(at: DateTime<Utc>) -> Result<Authority, DemoError> {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let mut root = valid_from(at);
    root.distinguished_name = named(ROOT_NAME, "MẪU - Tỉnh Số");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_pem = root.self_signed(&key)?.pem();
    Ok(Authority { issuer: Issuer::new(root, key), root_pem, from: at })
}

impl Authority {
    /// The root certificate, PEM.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// Trust in this root alone.
    ///
    /// # Errors
    /// Never for a root this module made; the type follows [`Anchors::from_pem`].
    pub fn anchors(&self) -> Result<Anchors, der::Error> {
        Anchors::from_pem(&self.root_pem)
    }

    /// A signing certificate with an RSA-2048 key. "MẪU - " is put before the name.
    ///
    /// # Errors
    /// [`DemoError`].
    pub fn issue(&self, name: &str, organisation: &str) -> Result<Issued, DemoError> {
        let private = RsaPrivateKey::new(&mut OsRng, KEY_BITS).map_err(|_| DemoError::Key)?;
        let private = private.to_pkcs8_der().map_err(|_| DemoError::Key)?;
        let key = KeyPair::from_pkcs8_der_and_sign_algo(&private.as_bytes().into(), &PKCS_RSA_SHA256)?;
        let mut holder = valid_from(self.from);
        holder.distinguished_name = named(&format!("MẪU - {name}"), organisation);
        holder.is_ca = IsCa::ExplicitNoCa;
        // A signature on a document binds its maker: non-repudiation (contentCommitment) besides digitalSignature.
        holder.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
        holder.use_authority_key_identifier_extension = true;
        let certificate = holder.signed_by(&key, &self.issuer)?;
        Ok(Issued { key_pem: key.serialize_pem(), chain_pem: certificate.pem() + &self.root_pem })
    }
}

/// A demo holder's key and certificates.
pub struct Issued {
    /// Private key, PKCS#8 PEM. To be stored where only the program reads it, never shown.
    pub key_pem: String,
    /// The holder's certificate, then the root's, PEM.
    pub chain_pem: String,
}

impl Issued {
    /// Ready to sign.
    ///
    /// # Errors
    /// Never for what this module issued; the type follows [`SoftKey::from_pem`].
    pub fn signer(&self) -> Result<SoftKey, SignerError> {
        SoftKey::from_pem(&self.key_pem, &self.chain_pem)
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Issued").field("chain_pem", &self.chain_pem).finish_non_exhaustive()
    }
}

fn named(common_name: &str, organisation: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "VN");
    name.push(DnType::OrganizationName, organisation);
    name.push(DnType::CommonName, common_name);
    name
}

fn valid_from(at: DateTime<Utc>) -> CertificateParams {
    let from = at.date_naive() - Days::new(1);
    let until = from + Months::new(12 * YEARS);
    let day = |date: chrono::NaiveDate| {
        // A month and a day of the month are below 32.
        #[expect(clippy::cast_possible_truncation, reason = "calendar fields fit into a byte")]
        rcgen::date_time_ymd(date.year(), date.month() as u8, date.day() as u8)
    };
    let mut params = CertificateParams::default();
    params.not_before = day(from);
    params.not_after = day(until);
    params
}
