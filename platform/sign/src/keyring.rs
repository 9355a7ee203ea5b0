//! The province's keys: which one signs for whom, and which authorities are believed.

mod folder;
mod tokens;
mod trust;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::{Id, Now, Result};
use store::Connection;
use tokio::sync::Semaphore;

use crate::anchors::{Anchors, ChainFault};
use crate::certificate::{self, Certificate, CertificateFault, CertificateSummary, may_sign};
use crate::check::{FileCheck, check_file};
use crate::enrolled::{Enrolled, KeyPlace, in_force};
use crate::holder::Holder;
use crate::queries;
use crate::refusal::{KeyFault, Refusal};
use crate::signer::{self, Signer, SignerError, SoftKey};
use tokens::Tokens;
use trust::Trust;

/// Judging a file reads it several times: more at once would take the machine from those who work on it.
const CHECKS_AT_ONCE: usize = 2;

/// The keys of `DATA/keys` and the tokens named there. Cheap to clone.
#[derive(Clone)]
pub struct Keyring(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    tokens: Tokens,
    trust: Trust,
    checks: Semaphore,
}

/// A key that was proven to belong to its certificate, ready to be enrolled for a holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyKey {
    id: Id,
    place: KeyPlace,
    certificate: CertificateSummary,
    chain_pem: String,
}

/// Why a key is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// The certificate is out of its dates or not meant for signing.
    #[error(transparent)]
    Certificate(#[from] CertificateFault),
    /// Its authority is not among those of `DATA/keys/trust`.
    #[error(transparent)]
    Chain(#[from] ChainFault),
    /// The key is not the certificate's.
    #[error("the key does not belong to the certificate")]
    Mismatch,
    /// The key or the certificates cannot be used.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The authorities cannot be read, or the key's file not be written.
    #[error("{0}")]
    Folder(base::Error),
}

impl ReadyKey {
    /// Of the certificate's row to be.
    pub const fn id(&self) -> Id {
        self.id
    }

    pub const fn place(&self) -> &KeyPlace {
        &self.place
    }

    pub const fn certificate(&self) -> &CertificateSummary {
        &self.certificate
    }

    /// The holder's certificate first, PEM.
    pub fn chain_pem(&self) -> &str {
        &self.chain_pem
    }
}

impl Keyring {
    /// Opens `DATA/keys`, making it (only its owner may enter) when there is none.
    ///
    /// # Errors
    /// When the folder cannot be made, or `tokens.toml` or a trusted certificate in it cannot be read; the message names the file.
    pub fn open(data: &Path) -> Result<Self> {
        let folder = data.join("keys");
        folder::make(&folder)?;
        let trust = Trust::new(folder.join("trust"))?;
        trust.anchors()?;
        let tokens = Tokens::configured(&folder.join("tokens.toml"))?;
        Ok(Self(Arc::new(Inner { folder, tokens, trust, checks: Semaphore::new(CHECKS_AT_ONCE) })))
    }

    /// The authorities trusted here: all certificates in `DATA/keys/trust/*.pem`. Read again when a file there changed.
    ///
    /// # Errors
    /// When a file there holds something else.
    pub fn anchors(&self) -> Result<Arc<Anchors>> {
        self.0.trust.anchors()
    }

    /// Trusts one more authority, in a file of `DATA/keys/trust`; what stood in it stays trusted.
    pub(crate) fn trust(&self, file: &str, pem: &str) -> Result<()> {
        self.0.trust.add(file, pem)
    }

    /// The key that signs for `holder` now, with a certificate that is in force and leads to a trusted authority.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn signer(
        &self,
        connection: &impl Connection,
        holder: Holder,
        now: Now,
    ) -> Result<Box<dyn Signer>, Refusal> {
        let certificates = queries::certificates(connection, holder).await.map_err(Refusal::Inside)?;
        let enrolled = in_force(certificates, now)?;
        let keyring = self.clone();
        let fetched = tokio::task::spawn_blocking(move || keyring.fetch(&enrolled, now)).await;
        let fetched = fetched.map_err(|error| Refusal::Inside(error.into()))?;
        if let Err(Refusal::KeyAway(fault)) = &fetched {
            tracing::warn!(%holder, %fault, "The key of {holder} cannot be reached");
        }
        fetched
    }

    fn fetch(&self, enrolled: &Enrolled, now: Now) -> Result<Box<dyn Signer>, Refusal> {
        let chain = certificate::read_chain(enrolled.chain_pem.as_bytes())
            .map_err(|_| Refusal::KeyAway(SignerError::Certificates.into()))?;
        let signer: Box<dyn Signer> = match &enrolled.key {
            KeyPlace::File(name) => Box::new(self.soft(name, &enrolled.chain_pem).map_err(Refusal::KeyAway)?),
            KeyPlace::Token { token, key } => {
                let above = chain.get(1..).unwrap_or_default();
                Box::new(self.0.tokens.signer(token, key, above).map_err(Refusal::KeyAway)?)
            }
        };
        match (signer.chain().first(), chain.split_first()) {
            (Some(found), Some((own, above))) if found == own => {
                let anchors = self.anchors().map_err(Refusal::Inside)?;
                anchors.check_chain(own, above, now.utc()).map_err(Refusal::Untrusted)?;
                Ok(signer)
            }
            _ => Err(Refusal::KeyAway(KeyFault::Replaced)),
        }
    }

    fn soft(&self, name: &str, chain_pem: &str) -> Result<SoftKey, KeyFault> {
        let key = std::fs::read_to_string(self.0.folder.join(name))
            .map_err(|source| KeyFault::File { name: name.to_owned(), source })?;
        Ok(SoftKey::from_pem(&key, chain_pem)?)
    }

    /// Keeps a private key (PKCS#8, PEM) in a file that only the program's user may read, ready for [`enrol`](crate::actions::enrol).
    ///
    /// Before the transaction that enrols it: a key without a row signs nothing, a row without its key would refuse to sign.
    ///
    /// # Errors
    /// [`NotReady`]; nothing is written then.
    pub fn keep(&self, now: Now, key_pem: &str, chain_pem: &str) -> Result<ReadyKey, NotReady> {
        let key = SoftKey::from_pem(key_pem, chain_pem).map_err(KeyFault::from)?;
        let certificate = self.examine(&key, now)?;
        let id = Id::new(now);
        let name = format!("{id}.pem");
        folder::write_secret(&self.0.folder.join(&name), key_pem).map_err(NotReady::Folder)?;
        Ok(ReadyKey { id, place: KeyPlace::File(name), certificate, chain_pem: chain_pem.to_owned() })
    }

    /// Finds key and certificate on a token, ready for [`enrol`](crate::actions::enrol). `above_pem` are the certificates of
    /// its authorities, which tokens seldom hold; it may be empty.
    ///
    /// # Errors
    /// [`NotReady`].
    pub fn on_token(&self, now: Now, token: &str, key: &str, above_pem: &str) -> Result<ReadyKey, NotReady> {
        let unreadable = |_| KeyFault::from(SignerError::Certificates);
        let above = match above_pem.trim() {
            "" => Vec::new(),
            pem => certificate::read_chain(pem.as_bytes()).map_err(unreadable)?,
        };
        let signer = self.0.tokens.signer(token, key, &above)?;
        let certificate = self.examine(&signer, now)?;
        let chain_pem = pem(signer.chain()).map_err(unreadable)?;
        let place = KeyPlace::Token { token: token.to_owned(), key: key.to_owned() };
        Ok(ReadyKey { id: Id::new(now), place, certificate, chain_pem })
    }

    /// Circular 22/2020/TT-BTTTT: dates, purpose and authority are looked at; and the key must be the certificate's.
    fn examine(&self, key: &dyn Signer, now: Now) -> Result<CertificateSummary, NotReady> {
        let (own, above) = key.chain().split_first().ok_or(KeyFault::Signer(SignerError::Certificates))?;
        may_sign(own, now.utc())?;
        self.anchors().map_err(NotReady::Folder)?.check_chain(own, above, now.utc())?;
        let proof = key.sign(PROOF).map_err(KeyFault::from)?;
        if !signer::is_made_by(own, PROOF, &proof) {
            return Err(NotReady::Mismatch);
        }
        Ok(CertificateSummary::of(own)?)
    }

    /// Judges a PDF by the authorities trusted and the revocations known here.
    ///
    /// # Errors
    /// When the authorities or the revocations cannot be read; a bad file is no error, its report says so.
    pub async fn check(&self, connection: &impl Connection, pdf: Vec<u8>, now: Now) -> Result<FileCheck> {
        let _turn = self.0.checks.acquire().await?;
        let anchors = self.anchors()?;
        let mut check = tokio::task::spawn_blocking(move || check_file(&pdf, &anchors, now)).await?;
        for (issuer, serial, at) in queries::revocations(connection, &check.serials()).await? {
            check.revoked(&issuer, &serial, at);
        }
        Ok(check)
    }
}

/// What a key signs to prove whose it is: no document, no signed attributes.
const PROOF: &[u8] = b"tinhso: this key is enrolled";

fn pem(chain: &[Certificate]) -> Result<String, der::Error> {
    use der::EncodePem;
    chain.iter().map(|certificate| certificate.to_pem(der::pem::LineEnding::LF)).collect()
}
