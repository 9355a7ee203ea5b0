//! Which signature algorithms are believed, and the check itself.

use der::oid::{ObjectIdentifier, db::rfc5912};
use der::{Decode, asn1::UintRef};
use ring::{digest, signature};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// Shorter keys are refused by Circular 22/2020/TT-BTTTT.
const SHORTEST_RSA_BYTES: usize = 2048 / 8;
const SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// Why a signature value could not be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignatureFault {
    /// The key did not make this signature over this message.
    Mismatch,
    /// SHA-1, MD5 or an RSA key under 2048 bits: forgeable, so neither confirmed nor denied.
    Weak,
    /// An algorithm this program does not know.
    Unsupported,
}

/// The hash functions a signature may rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Result<Self, SignatureFault> {
        match oid {
            rfc5912::ID_SHA_256 => Ok(Self::Sha256),
            rfc5912::ID_SHA_384 => Ok(Self::Sha384),
            rfc5912::ID_SHA_512 => Ok(Self::Sha512),
            SHA_1 | rfc5912::ID_MD_5 => Err(SignatureFault::Weak),
            _ => Err(SignatureFault::Unsupported),
        }
    }

    /// The digest of several pieces read one after the other.
    pub(crate) fn digest(self, pieces: &[&[u8]]) -> Vec<u8> {
        let mut context = digest::Context::new(match self {
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        });
        for piece in pieces {
            context.update(piece);
        }
        context.finish().as_ref().to_vec()
    }
}

/// Checks a signature over `message`.
///
/// `algorithm` is what the signature names: a full one (`sha256WithRSAEncryption`) or, as most signing software writes
/// into CMS, plain `rsaEncryption`, which leaves the hash to `hash` (RFC 3370, 3.2).
pub(crate) fn check(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: ObjectIdentifier,
    hash: Option<Hash>,
    message: &[u8],
    value: &[u8],
) -> Result<(), SignatureFault> {
    let bytes = key.subject_public_key.raw_bytes();
    let rule: &dyn signature::VerificationAlgorithm = match algorithm {
        rfc5912::RSA_ENCRYPTION => rsa(hash.ok_or(SignatureFault::Unsupported)?, bytes)?,
        rfc5912::SHA_256_WITH_RSA_ENCRYPTION => rsa(Hash::Sha256, bytes)?,
        rfc5912::SHA_384_WITH_RSA_ENCRYPTION => rsa(Hash::Sha384, bytes)?,
        rfc5912::SHA_512_WITH_RSA_ENCRYPTION => rsa(Hash::Sha512, bytes)?,
        rfc5912::ECDSA_WITH_SHA_256 => ecdsa(Hash::Sha256, key)?,
        rfc5912::ECDSA_WITH_SHA_384 => ecdsa(Hash::Sha384, key)?,
        rfc5912::SHA_1_WITH_RSA_ENCRYPTION | rfc5912::MD_5_WITH_RSA_ENCRYPTION => {
            return Err(SignatureFault::Weak);
        }
        _ => return Err(SignatureFault::Unsupported),
    };
    signature::UnparsedPublicKey::new(rule, bytes).verify(message, value).map_err(|_| SignatureFault::Mismatch)
}

fn rsa(hash: Hash, key: &[u8]) -> Result<&'static dyn signature::VerificationAlgorithm, SignatureFault> {
    let modulus = RsaKey::from_der(key).map_err(|_| SignatureFault::Unsupported)?.modulus;
    if modulus.as_bytes().len() < SHORTEST_RSA_BYTES {
        return Err(SignatureFault::Weak);
    }
    Ok(match hash {
        Hash::Sha256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        Hash::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Hash::Sha512 => &signature::RSA_PKCS1_2048_8192_SHA512,
    })
}

fn ecdsa(
    hash: Hash,
    key: &SubjectPublicKeyInfoOwned,
) -> Result<&'static dyn signature::VerificationAlgorithm, SignatureFault> {
    let curve =
        key.algorithm.parameters.as_ref().and_then(|parameters| parameters.decode_as::<ObjectIdentifier>().ok());
    match (curve, hash) {
        (Some(rfc5912::SECP_256_R_1), Hash::Sha256) => Ok(&signature::ECDSA_P256_SHA256_ASN1),
        (Some(rfc5912::SECP_256_R_1), Hash::Sha384) => Ok(&signature::ECDSA_P256_SHA384_ASN1),
        (Some(rfc5912::SECP_384_R_1), Hash::Sha256) => Ok(&signature::ECDSA_P384_SHA256_ASN1),
        (Some(rfc5912::SECP_384_R_1), Hash::Sha384) => Ok(&signature::ECDSA_P384_SHA384_ASN1),
        _ => Err(SignatureFault::Unsupported),
    }
}

/// RSAPublicKey of RFC 8017, A.1.1.
#[derive(der::Sequence)]
struct RsaKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}
