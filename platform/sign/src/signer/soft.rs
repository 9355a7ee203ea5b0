use std::fmt;

use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};

use super::{Signer, SignerError};
use crate::certificate::{self, Certificate};

/// An RSA key kept in memory, for the demo and for agencies that sign on a server without a token.
pub struct SoftKey {
    key: RsaKeyPair,
    chain: Vec<Certificate>,
}

impl SoftKey {
    /// Reads an unencrypted PKCS#8 private key and its certificates, the signer's first, both PEM.
    ///
    /// # Errors
    /// [`SignerError::Key`] or [`SignerError::Certificates`].
    pub fn from_pem(key: &str, certificates: &str) -> Result<Self, SignerError> {
        let (label, document) = der::SecretDocument::from_pem(key).map_err(|_| SignerError::Key)?;
        if label != "PRIVATE KEY" {
            return Err(SignerError::Key);
        }
        let key = RsaKeyPair::from_pkcs8(document.as_bytes()).map_err(|_| SignerError::Key)?;
        let chain = certificate::read_chain(certificates.as_bytes()).map_err(|_| SignerError::Certificates)?;
        if chain.is_empty() {
            return Err(SignerError::Certificates);
        }
        Ok(Self { key, chain })
    }
}

impl Signer for SoftKey {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let mut value = vec![0; self.key.public().modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut value).map_err(|_| SignerError::Failed)?;
        Ok(value)
    }
}

impl fmt::Debug for SoftKey {
    /// Names the certificates only: a key must not reach a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SoftKey").field("chain", &self.chain).finish_non_exhaustive()
    }
}
