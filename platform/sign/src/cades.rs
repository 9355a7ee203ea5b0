//! The signature container: CMS (RFC 5652) with the attributes of CAdES baseline B (ETSI EN 319 122-1), as PAdES
//! puts it into a PDF (ETSI EN 319 142-1).

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo},
};
use der::oid::db::{rfc5911, rfc5912};
use der::{
    Any, Encode, Sequence,
    asn1::{Null, OctetString, SetOfVec},
};
use x509_cert::{attr::Attribute, spki::AlgorithmIdentifierOwned};

use crate::{
    algorithm::Hash,
    paper::Error,
    signer::{self, Signer},
};

/// RFC 5035: which certificate the signer meant, so that nobody can swap in another one with the same key.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct SigningCertificateV2 {
    pub(crate) certs: Vec<EssCertIdV2>,
    pub(crate) policies: Option<Any>,
}

/// One certificate named by its hash; SHA-256 when no algorithm is written.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct EssCertIdV2 {
    pub(crate) hash_algorithm: Option<AlgorithmIdentifierOwned>,
    pub(crate) cert_hash: OctetString,
    pub(crate) issuer_serial: Option<Any>,
}

/// Signs the digest of a file's signed bytes and gives the DER of the whole container.
///
/// There is no signingTime attribute: PAdES keeps the claimed time in the PDF's `/M` (EN 319 142-1, 6.3).
pub(crate) fn sign(digest: &[u8], signer: &dyn Signer) -> Result<Vec<u8>, Error> {
    let certificate = signer.chain().first().ok_or(Error::NoCertificate)?;
    let attributes = SetOfVec::try_from(vec![
        attribute(rfc5911::ID_CONTENT_TYPE, &rfc5911::ID_DATA)?,
        attribute(rfc5911::ID_MESSAGE_DIGEST, &OctetString::new(digest)?)?,
        attribute(
            rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2,
            &SigningCertificateV2 {
                certs: vec![EssCertIdV2 {
                    hash_algorithm: None,
                    cert_hash: OctetString::new(Hash::Sha256.digest(&[&certificate.to_der()?]))?,
                    issuer_serial: None,
                }],
                policies: None,
            },
        )?,
    ])?;
    let message = attributes.to_der()?;
    let value = signer.sign(&message)?;
    let told = &certificate.tbs_certificate;
    // A token may hold a key that is not the certificate's; that must show here, not in the citizen's reader.
    if !signer::is_made_by(certificate, &message, &value) {
        return Err(Error::KeyMismatch);
    }

    let sha_256 = AlgorithmIdentifierOwned { oid: rfc5912::ID_SHA_256, parameters: None };
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: told.issuer.clone(),
            serial_number: told.serial_number.clone(),
        }),
        digest_alg: sha_256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned {
            oid: rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
            parameters: Some(Null.into()),
        },
        signature: OctetString::new(value)?,
        unsigned_attrs: None,
    };
    let certificates: Vec<_> = signer.chain().iter().cloned().map(CertificateChoices::Certificate).collect();
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: rfc5911::ID_DATA, econtent: None },
        certificates: Some(SetOfVec::try_from(certificates)?.into()),
        crls: None,
        signer_infos: SetOfVec::try_from(vec![info])?.into(),
    };
    let container = ContentInfo { content_type: rfc5911::ID_SIGNED_DATA, content: Any::encode_from(&data)? };
    Ok(container.to_der()?)
}

fn attribute<T>(oid: der::oid::ObjectIdentifier, value: &T) -> Result<Attribute, der::Error>
where
    T: der::Tagged + der::EncodeValue,
{
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![Any::encode_from(value)?])? })
}
