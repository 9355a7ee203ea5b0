use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
use base::{Error, FieldErrors, Random, Result, fold};
use tokio::sync::Semaphore;

use crate::policy::Password;

/// A password as it is stored: a PHC string of Argon2id, with its salt and parameters.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub(crate) const fn stored(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// What comparing a password gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed with other parameters than the policy's: hash it anew.
    RightButStale,
}

/// Makes and compares hashes, off the threads that answer requests and no more at once than there are cores:
/// each takes megabytes of memory and a whole core, so that a flood of sign-ins queues instead of stopping the rest.
#[derive(Clone, Debug)]
pub struct Hashing {
    argon2: Argon2<'static>,
    gate: Arc<Semaphore>,
    /// Compared with when the login does not exist, so that the time taken does not tell.
    nobody: PasswordHash,
}

const SALT: usize = 16;

impl Hashing {
    /// # Errors
    /// When Argon2 does not take the policy's parameters.
    pub fn new(policy: &Password) -> Result<Self> {
        let params = Params::new(policy.memory_kib, policy.passes, policy.lanes, None).map_err(Error::inside)?;
        let argon2 = Argon2::from(params);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let nobody = hash(&argon2, b"", [0; SALT])?;
        Ok(Self { argon2, gate: Arc::new(Semaphore::new(cores)), nobody })
    }

    pub async fn hash(&self, random: &(dyn Random + 'static), password: &str) -> Result<PasswordHash> {
        let salt = random.bytes::<SALT>();
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        self.aside(move || hash(&argon2, password.as_bytes(), salt)).await?
    }

    /// Compares; takes as long when there is nothing to compare with.
    pub(crate) async fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verdict> {
        let (argon2, password, known) = (self.argon2.clone(), password.to_owned(), stored.is_some());
        let stored = stored.unwrap_or(self.nobody.as_str()).to_owned();
        self.aside(move || {
            let parsed = phc::PasswordHash::new(&stored).map_err(Error::inside)?;
            if argon2.verify_password(password.as_bytes(), &parsed).is_err() || !known {
                return Ok(Verdict::Wrong);
            }
            let used = Params::try_from(&parsed).map_err(Error::inside)?;
            let wanted = argon2.params();
            let same =
                (used.m_cost(), used.t_cost(), used.p_cost()) == (wanted.m_cost(), wanted.t_cost(), wanted.p_cost());
            Ok(if same { Verdict::Right } else { Verdict::RightButStale })
        })
        .await?
    }

    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let place = self.gate.clone().acquire_owned().await?;
        Ok(tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        })
        .await?)
    }
}

fn hash(argon2: &Argon2<'_>, password: &[u8], salt: [u8; SALT]) -> Result<PasswordHash> {
    let hash: phc::PasswordHash = argon2.hash_password_with_salt(password, &salt).map_err(Error::inside)?;
    Ok(PasswordHash(hash.to_string()))
}

/// Far above what anybody types, far below what would keep a core busy.
const LONGEST: usize = 200;

/// What is wrong with a new password, as a text key: too short, or its owner's login.
///
/// Length beats composition rules (NIST SP 800-63B-4, section 3.1.1.2).
pub(crate) fn weakness(policy: &Password, password: &str, login: &str) -> Option<&'static str> {
    let length = password.chars().count();
    let (plain, login) = (fold(password), fold(login));
    if length < policy.least_length {
        Some("identity-error-password-short")
    } else if length > LONGEST {
        Some("identity-error-password-long")
    } else if plain == login || login.split(' ').next().is_some_and(|name| !name.is_empty() && plain == name.repeat(2))
    {
        Some("identity-error-password-login")
    } else if password.chars().all(|letter| password.starts_with(letter)) {
        Some("identity-error-password-plain")
    } else {
        None
    }
}

/// Checks a password typed twice; the errors belong to the fields `password` and `password-again`.
pub(crate) fn check_new(policy: &Password, password: &str, again: &str, login: &str) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    if let Some(key) = weakness(policy, password, login) {
        errors.insert("password".to_owned(), key.to_owned());
    } else if password != again {
        errors.insert("password-again".to_owned(), "identity-error-password-again".to_owned());
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use base::FixedRandom;

    use super::*;

    fn cheap(passes: u32) -> Password {
        Password { least_length: 10, memory_kib: 8, passes, lanes: 1 }
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_only_it() {
        let hashing = Hashing::new(&cheap(1)).unwrap();
        let random = FixedRandom::new(7);
        let stored = hashing.hash(&random, "bảy con vịt xanh").await.unwrap();
        assert_ne!(stored, hashing.hash(&random, "bảy con vịt xanh").await.unwrap(), "each has its own salt");
        assert_eq!(hashing.verify("bảy con vịt xanh", Some(stored.as_str())).await.unwrap(), Verdict::Right);
        assert_eq!(hashing.verify("bay con vit xanh", Some(stored.as_str())).await.unwrap(), Verdict::Wrong);
        assert_eq!(hashing.verify("", None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_hash_of_older_parameters_still_opens_and_asks_to_be_made_anew() {
        let old = Hashing::new(&cheap(1)).unwrap().hash(&FixedRandom::new(7), "bảy con vịt xanh").await.unwrap();
        let verdict = Hashing::new(&cheap(2)).unwrap().verify("bảy con vịt xanh", Some(old.as_str())).await.unwrap();
        assert_eq!(verdict, Verdict::RightButStale);
    }

    #[test]
    fn weak_passwords_are_named() {
        let of = |password: &str| weakness(&cheap(1), password, "lan.motcua@h32.15");
        assert_eq!(of("chín ký tự"), None);
        assert_eq!(of("ngắn quá"), Some("identity-error-password-short"));
        assert_eq!(of("Lan.MotCua@H32.15"), Some("identity-error-password-login"));
        assert_eq!(of("aaaaaaaaaaaa"), Some("identity-error-password-plain"));
        assert_eq!(of(&"ab".repeat(200)), Some("identity-error-password-long"));
    }

    #[test]
    fn a_password_typed_differently_the_second_time_is_told_beside_the_second_field() {
        let errors = check_new(&cheap(1), "bảy con vịt xanh", "bảy con vịt", "lan").unwrap_err();
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["password-again"]);
    }
}
