use std::sync::Arc;

use base::{Now, Result};
use contracts::Answer;
use store::Tx;
use system::App;

use crate::login::Contact;
use crate::password::Hashing;
use crate::policy::Policy;
use crate::signs_of_life::SignsOfLife;

/// Hands a code over for sending. It must not wait for the network: it queues the message in the transaction.
pub trait SendCode: Send + Sync {
    fn send<'a>(&'a self, tx: &'a Tx, now: Now, to: &'a Contact, code: &'a str) -> Answer<'a, ()>;
}

/// What signing in needs beside the data; one of the program's [`system::Parts`].
pub struct Identity {
    pub policy: Policy,
    pub hashing: Hashing,
    pub(crate) sender: Option<Arc<dyn SendCode>>,
    pub(crate) signs_of_life: SignsOfLife,
}

impl Identity {
    /// # Errors
    /// When Argon2 does not take the policy's parameters.
    pub fn new(policy: Policy) -> Result<Self> {
        let hashing = Hashing::new(&policy.password)?;
        Ok(Self { policy, hashing, sender: None, signs_of_life: SignsOfLife::default() })
    }

    /// The one of this program.
    ///
    /// # Errors
    /// When the program was put together without it, which is a defect.
    pub fn of(app: &App) -> Result<&Self> {
        app.parts.get::<Self>()
    }

    /// Who sends codes. Without one, only a demo registers citizens: it shows the code on the page.
    #[must_use]
    pub fn with_sender(mut self, sender: Arc<dyn SendCode>) -> Self {
        self.sender = Some(sender);
        self
    }
}
