use std::pin::Pin;

use base::{Now, Result};
use journal::{Event, Listener};
use store::Tx;

/// A function that reacts to an event, in the transaction that marks it as done.
pub type React = for<'a> fn(&'a Tx, &'a Event, Now) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A listener made of a name, the verbs it waits for, and a function.
#[derive(Clone, Copy)]
pub struct Reaction {
    pub name: &'static str,
    pub verbs: &'static [&'static str],
    pub react: React,
}

impl Listener for Reaction {
    fn name(&self) -> &'static str {
        self.name
    }

    fn verbs(&self) -> &[&'static str] {
        self.verbs
    }

    fn react<'a>(
        &'a self,
        tx: &'a Tx,
        event: &'a Event,
        now: Now,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        (self.react)(tx, event, now)
    }
}
