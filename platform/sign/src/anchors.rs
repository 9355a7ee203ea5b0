//! The authorities a province trusts, and the path from a signer to one of them.

use chrono::{DateTime, Utc};
use der::Encode;
use der::oid::db::rfc5280;

use crate::{
    algorithm,
    certificate::{self, Certificate, CertificateFault},
};

/// A chain longer than this is a mistake or an attack; real ones have three links.
const LONGEST_CHAIN: usize = 8;

/// Why no path to a trusted authority was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// No issuer among the given certificates and the trusted authorities.
    #[error("no path to a trusted authority")]
    UnknownIssuer,
    /// A path exists, but an authority on it was out of its dates or not allowed to issue.
    #[error("an authority on the path was not entitled to issue at that time")]
    UnfitAuthority,
}

/// Trusted root (or intermediate) certificates: the roots of the Government Cipher Committee, of licensed public
/// authorities, or the demo's.
#[derive(Debug, Clone, Default)]
pub struct Anchors(Vec<Certificate>);

impl Anchors {
    /// Trusts exactly these certificates.
    pub fn new(certificates: Vec<Certificate>) -> Self {
        Self(certificates)
    }

    /// Reads one or more PEM certificates written one after another.
    ///
    /// # Errors
    /// When the text is not PEM or holds something else than certificates.
    pub fn from_pem(pem: &str) -> Result<Self, der::Error> {
        certificate::read_chain(pem.as_bytes()).map(Self)
    }

    /// Looks for a path from `signer` over `pool` to a trusted authority, every authority entitled to issue at `at`.
    ///
    /// Revocation is not looked at: that needs the authority's online services.
    ///
    /// # Errors
    /// [`ChainFault`] when there is no such path.
    pub fn check_chain(&self, signer: &Certificate, pool: &[Certificate], at: DateTime<Utc>) -> Result<(), ChainFault> {
        let mut search = Search { anchors: &self.0, pool, at, tried: vec![false; pool.len()], unfit: false };
        if search.reaches_anchor(signer, 0) {
            Ok(())
        } else if search.unfit {
            Err(ChainFault::UnfitAuthority)
        } else {
            Err(ChainFault::UnknownIssuer)
        }
    }
}

struct Search<'a> {
    anchors: &'a [Certificate],
    pool: &'a [Certificate],
    at: DateTime<Utc>,
    /// Each certificate of the pool is tried once: a forged pool cannot make the search grow.
    tried: Vec<bool>,
    unfit: bool,
}

impl Search<'_> {
    fn reaches_anchor(&mut self, subject: &Certificate, depth: usize) -> bool {
        if depth >= LONGEST_CHAIN || has_unknown_critical_extension(subject) {
            return false;
        }
        if self.anchors.contains(subject) {
            return self.note(certificate::holds_at(subject, self.at));
        }
        let (anchors, pool) = (self.anchors, self.pool);
        for anchor in anchors.iter().filter(|anchor| issued(anchor, subject)) {
            if self.note(entitled(anchor, self.at, depth)) {
                return true;
            }
        }
        for (index, issuer) in pool.iter().enumerate() {
            if self.tried[index] || !issued(issuer, subject) {
                continue;
            }
            self.tried[index] = true;
            if self.note(entitled(issuer, self.at, depth)) && self.reaches_anchor(issuer, depth + 1) {
                return true;
            }
        }
        false
    }

    fn note(&mut self, fit: Result<(), CertificateFault>) -> bool {
        self.unfit |= fit.is_err();
        fit.is_ok()
    }
}

fn issued(issuer: &Certificate, subject: &Certificate) -> bool {
    let told = &subject.tbs_certificate;
    issuer != subject
        && issuer.tbs_certificate.subject == told.issuer
        && told.to_der().is_ok_and(|message| {
            algorithm::check(
                &issuer.tbs_certificate.subject_public_key_info,
                subject.signature_algorithm.oid,
                None,
                &message,
                subject.signature.raw_bytes(),
            )
            .is_ok()
        })
}

fn entitled(issuer: &Certificate, at: DateTime<Utc>, below: usize) -> Result<(), CertificateFault> {
    certificate::holds_at(issuer, at)?;
    let fits = certificate::authorities_below(issuer)?.is_none_or(|most| below <= usize::from(most));
    if certificate::is_authority(issuer)? && fits { Ok(()) } else { Err(CertificateFault::WrongUsage) }
}

/// RFC 5280, 4.2: a critical extension one does not process means the certificate must be refused.
fn has_unknown_critical_extension(certificate: &Certificate) -> bool {
    const PROCESSED: [der::oid::ObjectIdentifier; 5] = [
        rfc5280::ID_CE_BASIC_CONSTRAINTS,
        rfc5280::ID_CE_KEY_USAGE,
        rfc5280::ID_CE_EXT_KEY_USAGE,
        rfc5280::ID_CE_CERTIFICATE_POLICIES,
        rfc5280::ID_CE_SUBJECT_ALT_NAME,
    ];
    certificate
        .tbs_certificate
        .extensions
        .iter()
        .flatten()
        .any(|extension| extension.critical && !PROCESSED.contains(&extension.extn_id))
}
