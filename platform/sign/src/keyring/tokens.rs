use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base::{Error, Result};
use serde::Deserialize;

use crate::certificate::Certificate;
use crate::refusal::KeyFault;
use crate::signer::{SignerError, Token, TokenModule};

/// `tokens.toml`: the maker's PKCS#11 library, and the PIN of each token by its label. It has no `Debug`: a PIN must not reach a log.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    module: PathBuf,
    pins: BTreeMap<String, String>,
}

/// The hardware tokens the program may use. The library is loaded at the first use of a token.
pub(super) struct Tokens {
    settings: Option<Settings>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    module: Option<TokenModule>,
    /// Tokens that refused their PIN: a job that tries again and again would lock them for good.
    refused: BTreeSet<String>,
}

impl Tokens {
    /// Without the file there are no tokens.
    pub(super) fn configured(file: &Path) -> Result<Self> {
        let named = |error: &dyn std::fmt::Display| Error::inside(format!("{}: {error}", file.display()));
        let settings = match fs::read_to_string(file) {
            // The parser's own words could quote a PIN.
            Ok(text) => Some(toml::from_str(&text).map_err(|_| named(&"not a module and quoted PINs by token"))?),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(named(&error)),
        };
        Ok(Self { settings, state: Mutex::default() })
    }

    pub(super) fn signer(&self, token: &str, key: &str, above: &[Certificate]) -> Result<Token, KeyFault> {
        let settings = self.settings.as_ref().ok_or(KeyFault::NoModule)?;
        let pin = settings.pins.get(token).ok_or_else(|| KeyFault::NoPin(token.to_owned()))?;
        if self.state().refused.contains(token) {
            return Err(KeyFault::PinRefusedBefore(token.to_owned()));
        }
        let signer = self.module(&settings.module)?.signer(token, pin, key, above);
        if matches!(signer, Err(SignerError::WrongPin)) {
            self.state().refused.insert(token.to_owned());
        }
        Ok(signer?)
    }

    fn module(&self, path: &Path) -> Result<TokenModule, SignerError> {
        let mut state = self.state();
        match &state.module {
            Some(module) => Ok(module.clone()),
            None => Ok(state.module.insert(TokenModule::load(path)?).clone()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
