use std::{fmt, path::Path};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
    mechanism::Mechanism,
    object::{Attribute, AttributeType, KeyType, ObjectClass},
    session::{Session, UserType},
    slot::Slot,
    types::AuthPin,
};
use der::Decode;

use super::{Signer, SignerError};
use crate::certificate::Certificate;

/// The PKCS#11 library of a token's maker, loaded once for the whole program.
#[derive(Debug, Clone)]
pub struct TokenModule(Pkcs11);

impl TokenModule {
    /// Loads the shared library at `path` and starts it.
    ///
    /// # Errors
    /// [`SignerError::Token`] when the library cannot be loaded or started.
    pub fn load(path: &Path) -> Result<Self, SignerError> {
        let module = Pkcs11::new(path).map_err(SignerError::Token)?;
        match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(Self(module)),
            Err(error) => Err(SignerError::Token(error)),
        }
    }

    /// The key and certificate labelled `key` on the token labelled `token`; `above` are the certificates of its
    /// authorities, which tokens seldom hold.
    ///
    /// # Errors
    /// [`SignerError`]: no such token, wrong PIN, no such key.
    pub fn signer(&self, token: &str, pin: &str, key: &str, above: &[Certificate]) -> Result<Token, SignerError> {
        let mut signer = Token {
            module: self.0.clone(),
            slot: self.slot(token)?,
            pin: AuthPin::new(pin.into()),
            key: key.to_owned(),
            chain: Vec::new(),
        };
        let own = signer.certificate()?;
        signer.chain = std::iter::once(own).chain(above.iter().cloned()).collect();
        Ok(signer)
    }

    fn slot(&self, label: &str) -> Result<Slot, SignerError> {
        for slot in self.0.get_slots_with_initialized_token().map_err(SignerError::Token)? {
            let token = self.0.get_token_info(slot).map_err(SignerError::Token)?;
            if token.label() == label {
                return Ok(slot);
            }
        }
        Err(SignerError::NoToken(label.to_owned()))
    }
}

/// A key that never leaves its hardware token.
pub struct Token {
    module: Pkcs11,
    slot: Slot,
    pin: AuthPin,
    key: String,
    chain: Vec<Certificate>,
}

impl Token {
    /// A session per signature: sessions are not to be shared between threads, and one left open keeps the token
    /// unlocked.
    fn session(&self) -> Result<Session, SignerError> {
        let session = self.module.open_ro_session(self.slot).map_err(SignerError::Token)?;
        match session.login(UserType::User, Some(&self.pin)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(Error::Pkcs11(RvError::PinIncorrect | RvError::PinLenRange, _)) => Err(SignerError::WrongPin),
            Err(Error::Pkcs11(RvError::PinLocked, _)) => Err(SignerError::Locked),
            Err(error) => Err(SignerError::Token(error)),
        }
    }

    fn certificate(&self) -> Result<Certificate, SignerError> {
        let session = self.session()?;
        let wanted = [Attribute::Class(ObjectClass::CERTIFICATE), self.label()];
        let objects = session.find_objects(&wanted).map_err(SignerError::Token)?;
        let object = *objects.first().ok_or_else(|| SignerError::NoKey(self.key.clone()))?;
        let values = session.get_attributes(object, &[AttributeType::Value]).map_err(SignerError::Token)?;
        match values.first() {
            Some(Attribute::Value(der)) => Certificate::from_der(der).map_err(|_| SignerError::Certificates),
            _ => Err(SignerError::Certificates),
        }
    }

    fn label(&self) -> Attribute {
        Attribute::Label(self.key.as_bytes().to_vec())
    }
}

impl Signer for Token {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let session = self.session()?;
        let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::KeyType(KeyType::RSA), self.label()];
        let keys = session.find_objects(&wanted).map_err(SignerError::Token)?;
        let key = *keys.first().ok_or_else(|| SignerError::NoKey(self.key.clone()))?;
        session.sign(&Mechanism::Sha256RsaPkcs, key, message).map_err(SignerError::Token)
    }
}

impl fmt::Debug for Token {
    /// Names the key only: a PIN must not reach a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Token").field("key", &self.key).finish_non_exhaustive()
    }
}
