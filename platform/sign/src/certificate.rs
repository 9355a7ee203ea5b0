//! What a certificate says: whose it is, when it holds, what its key may do.

use chrono::{DateTime, Utc};
use der::oid::{ObjectIdentifier, db::rfc4519};
use der::{Tag, Tagged};
use serde::Serialize;
pub use x509_cert::Certificate;
use x509_cert::{
    ext::pkix::{BasicConstraints, KeyUsage},
    name::Name,
    time::Time,
};

/// Why a certificate may not be used for signing at a moment (Circular 22/2020/TT-BTTTT: looked at before signing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// The moment lies before the certificate's first day.
    #[error("the certificate is not valid before {from}")]
    NotYetValid {
        /// First moment of validity.
        from: DateTime<Utc>,
    },
    /// The moment lies after the certificate's last day.
    #[error("the certificate expired at {until}")]
    Expired {
        /// Last moment of validity.
        until: DateTime<Utc>,
    },
    /// Its key usage allows neither digital signature nor non-repudiation, or it is a certificate authority's.
    #[error("the certificate is not meant for signing documents")]
    WrongUsage,
    /// An extension or a date could not be read.
    #[error("the certificate cannot be read")]
    Unreadable,
}

/// What a page shows of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateSummary {
    /// Common name of the holder, or the whole distinguished name when it has none.
    pub subject: String,
    /// Organisation of the holder, if named.
    pub organisation: Option<String>,
    /// Common name of the authority that issued it.
    pub issuer: String,
    /// Serial number, hexadecimal with colons.
    pub serial: String,
    /// First moment of validity.
    pub not_before: DateTime<Utc>,
    /// Last moment of validity.
    pub not_after: DateTime<Utc>,
}

impl CertificateSummary {
    /// Reads what a page shows.
    ///
    /// # Errors
    /// [`CertificateFault::Unreadable`] when its dates lie outside the calendar.
    pub fn of(certificate: &Certificate) -> Result<Self, CertificateFault> {
        let (not_before, not_after) = validity(certificate)?;
        let told = &certificate.tbs_certificate;
        Ok(Self {
            subject: display_name(&told.subject),
            organisation: attribute(&told.subject, rfc4519::ORGANIZATION_NAME),
            issuer: display_name(&told.issuer),
            serial: told.serial_number.to_string(),
            not_before,
            not_after,
        })
    }
}

/// Whether the holder of this certificate may sign a document at `at`.
///
/// # Errors
/// The first [`CertificateFault`] found: dates, then purpose.
pub fn may_sign(certificate: &Certificate, at: DateTime<Utc>) -> Result<(), CertificateFault> {
    holds_at(certificate, at)?;
    let usage = extension::<KeyUsage>(certificate)?;
    // RFC 5280, 4.2.1.3: a certificate without the extension is not restricted.
    let usage_allows = usage.is_none_or(|usage| usage.digital_signature() || usage.non_repudiation());
    if usage_allows && !is_authority(certificate)? { Ok(()) } else { Err(CertificateFault::WrongUsage) }
}

/// Whether `at` lies within the certificate's validity.
pub(crate) fn holds_at(certificate: &Certificate, at: DateTime<Utc>) -> Result<(), CertificateFault> {
    let (from, until) = validity(certificate)?;
    if at < from {
        Err(CertificateFault::NotYetValid { from })
    } else if at > until {
        Err(CertificateFault::Expired { until })
    } else {
        Ok(())
    }
}

/// Whether its key may sign other certificates.
pub(crate) fn is_authority(certificate: &Certificate) -> Result<bool, CertificateFault> {
    let authority = extension::<BasicConstraints>(certificate)?.is_some_and(|basic| basic.ca);
    let usage = extension::<KeyUsage>(certificate)?;
    Ok(authority && usage.is_none_or(|usage| usage.key_cert_sign()))
}

/// How many authorities may stand between this one and a signer's certificate.
pub(crate) fn authorities_below(certificate: &Certificate) -> Result<Option<u8>, CertificateFault> {
    Ok(extension::<BasicConstraints>(certificate)?.and_then(|basic| basic.path_len_constraint))
}

/// One or more certificates written one after another as PEM.
///
/// # Errors
/// When the text is not PEM, holds something else, or nothing.
pub(crate) fn read_chain(pem: &[u8]) -> Result<Vec<Certificate>, der::Error> {
    // The reader of the library counts backwards from the last letter and panics where there is none.
    if pem.trim_ascii().is_empty() {
        return Err(der::pem::Error::PreEncapsulationBoundary.into());
    }
    Certificate::load_pem_chain(pem)
}

/// The common name, or the whole name in RFC 4514 form when there is none.
pub(crate) fn display_name(name: &Name) -> String {
    attribute(name, rfc4519::COMMON_NAME).unwrap_or_else(|| name.to_string())
}

fn validity(certificate: &Certificate) -> Result<(DateTime<Utc>, DateTime<Utc>), CertificateFault> {
    let validity = &certificate.tbs_certificate.validity;
    Ok((moment(validity.not_before)?, moment(validity.not_after)?))
}

fn moment(time: Time) -> Result<DateTime<Utc>, CertificateFault> {
    i64::try_from(time.to_unix_duration().as_secs())
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(CertificateFault::Unreadable)
}

fn extension<'a, T>(certificate: &'a Certificate) -> Result<Option<T>, CertificateFault>
where
    T: der::Decode<'a> + der::oid::AssociatedOid,
{
    certificate
        .tbs_certificate
        .get::<T>()
        .map(|found| found.map(|(_critical, extension)| extension))
        .map_err(|_| CertificateFault::Unreadable)
}

fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    name.0.iter().flat_map(|part| part.0.iter()).find(|attribute| attribute.oid == oid).and_then(|attribute| {
        match attribute.value.tag() {
            Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => {
                String::from_utf8(attribute.value.value().to_vec()).ok()
            }
            Tag::BmpString => {
                let (units, _odd) = attribute.value.value().as_chunks::<2>();
                char::decode_utf16(units.iter().map(|unit| u16::from_be_bytes(*unit))).collect::<Result<_, _>>().ok()
            }
            _ => None,
        }
    })
}
