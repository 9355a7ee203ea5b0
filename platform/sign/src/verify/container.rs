//! Reading the CMS container of a signature.

use cms::{
    cert::CertificateChoices,
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use der::{
    Decode, Encode, Reader, SliceReader,
    asn1::OctetString,
    oid::{ObjectIdentifier, db::rfc5911},
};
use x509_cert::{attr::Attributes, ext::pkix::SubjectKeyIdentifier};

use super::finding::Finding;
use crate::{
    algorithm::{self, Hash, SignatureFault},
    cades::SigningCertificateV2,
    certificate::Certificate,
};

/// A signature as its container tells it.
pub(super) struct Container {
    pub(super) digest_algorithm: ObjectIdentifier,
    /// What the signer says the digest of the file was.
    pub(super) message_digest: Vec<u8>,
    pub(super) signer: Certificate,
    /// Everything enclosed, the signer's included.
    pub(super) certificates: Vec<Certificate>,
    info: SignerInfo,
    attributes: Attributes,
}

impl Container {
    /// Reads a container; after it only the zeros that fill the reserved room may follow.
    pub(super) fn read(contents: &[u8]) -> Result<Self, Finding> {
        let container = content(contents).map_err(|_| Finding::MalformedSignature)?;
        let [info] = container.signer_infos.0.as_slice() else {
            return Err(Finding::MalformedSignature);
        };
        // Without signed attributes nothing says which certificate or content was meant; PDF signers always have them.
        let attributes = info.signed_attrs.clone().ok_or(Finding::UnsupportedFormat)?;
        let kind: ObjectIdentifier = single(&attributes, rfc5911::ID_CONTENT_TYPE)?;
        if kind != container.encap_content_info.econtent_type || container.encap_content_info.econtent.is_some() {
            return Err(Finding::MalformedSignature);
        }
        let digest: OctetString = single(&attributes, rfc5911::ID_MESSAGE_DIGEST)?;
        let certificates: Vec<Certificate> = container
            .certificates
            .iter()
            .flat_map(|set| set.0.iter())
            .filter_map(|choice| match choice {
                CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
                CertificateChoices::Other(_) => None,
            })
            .collect();
        let signer = certificates
            .iter()
            .find(|certificate| is_named_by(certificate, &info.sid))
            .ok_or(Finding::MalformedSignature)?
            .clone();
        Ok(Self {
            digest_algorithm: info.digest_alg.oid,
            message_digest: digest.as_bytes().to_vec(),
            signer,
            certificates,
            info: info.clone(),
            attributes,
        })
    }

    /// Whether the signer's key made the signature over the signed attributes (RFC 5652, 5.4).
    pub(super) fn check_signature(&self) -> Result<(), SignatureFault> {
        let message = self.attributes.to_der().map_err(|_| SignatureFault::Unsupported)?;
        algorithm::check(
            &self.signer.tbs_certificate.subject_public_key_info,
            self.info.signature_algorithm.oid,
            Some(Hash::from_oid(self.digest_algorithm)?),
            &message,
            self.info.signature.as_bytes(),
        )
    }

    /// Whether the attribute of RFC 5035 names the enclosed certificate; `None` when there is no such attribute.
    pub(super) fn names_its_certificate(&self) -> Option<bool> {
        let named: SigningCertificateV2 = single(&self.attributes, rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2).ok()?;
        let named = named.certs.first()?;
        let hash = match &named.hash_algorithm {
            None => Hash::Sha256,
            Some(algorithm) => Hash::from_oid(algorithm.oid).ok()?,
        };
        let certificate = self.signer.to_der().ok()?;
        Some(hash.digest(&[&certificate]) == named.cert_hash.as_bytes())
    }
}

fn content(contents: &[u8]) -> der::Result<SignedData> {
    let mut reader = SliceReader::new(contents)?;
    let outer = ContentInfo::decode(&mut reader)?;
    let padding = reader.read_slice(reader.remaining_len())?;
    if outer.content_type != rfc5911::ID_SIGNED_DATA || padding.iter().any(|byte| *byte != 0) {
        return Err(der::ErrorKind::Failed.into());
    }
    outer.content.decode_as()
}

/// The one value of an attribute that must stand exactly once.
fn single<T>(attributes: &Attributes, oid: ObjectIdentifier) -> Result<T, Finding>
where
    T: for<'a> Decode<'a>,
{
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    let (Some(attribute), None) = (found.next(), found.next()) else {
        return Err(Finding::MalformedSignature);
    };
    let [value] = attribute.values.as_slice() else {
        return Err(Finding::MalformedSignature);
    };
    let der = value.to_der().map_err(|_| Finding::MalformedSignature)?;
    T::from_der(&der).map_err(|_| Finding::MalformedSignature)
}

fn is_named_by(certificate: &Certificate, identifier: &SignerIdentifier) -> bool {
    let told = &certificate.tbs_certificate;
    match identifier {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            told.issuer == named.issuer && told.serial_number == named.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(named) => {
            matches!(told.get::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *named)
        }
    }
}
