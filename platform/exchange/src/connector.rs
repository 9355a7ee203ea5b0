use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use contracts::Answer;
use system::App;

use crate::delivery::Delivery;
use crate::policy::Policy;

/// What the other side made of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has it; the receipt is its own evidence of that.
    Delivered { receipt: String },
    /// Not now: no answer, no connection, too busy. `after` when the other side named a wait.
    Retry { reason: String, after: Option<TimeDelta> },
    /// Never in this form.
    Reject { reason: String },
}

/// A way to the outside: a mail server, the document axis, a payment gateway.
pub trait Connector: Send + Sync {
    /// Short and stable: rows name it, and administrators know it by it.
    fn name(&self) -> &'static str;

    /// Hands one delivery over. [`Delivery::key`] goes along, so that the other side knows a repetition: after a
    /// crash nobody can tell whether the last try arrived.
    ///
    /// # Errors
    /// An error counts as [`Outcome::Retry`].
    fn deliver<'a>(&'a self, app: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome>;
}

/// The ways to the outside that this program has; one of its [`system::Parts`].
///
/// A delivery whose connector is not among them waits, and the page of reconciliation shows it.
pub struct Connectors {
    pub(crate) policy: Policy,
    by_name: BTreeMap<&'static str, Arc<dyn Connector>>,
}

impl Connectors {
    pub const fn new(policy: Policy) -> Self {
        Self { policy, by_name: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, connector: Arc<dyn Connector>) -> Self {
        self.by_name.insert(connector.name(), connector);
        self
    }

    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<dyn Connector>> {
        self.by_name.values()
    }
}
