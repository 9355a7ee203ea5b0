use std::pin::Pin;

use base::{Now, Result};
use journal::{Event, Listener};
use store::Tx;

use crate::app::App;

/// A function that reacts to an event, in the transaction that marks it as done.
pub type React = for<'a> fn(&'a App, &'a Tx, &'a Event, Now) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A listener made of a name, the verbs it waits for, and a function.
#[derive(Clone, Copy, Debug)]
pub struct Reaction {
    pub name: &'static str,
    pub verbs: &'static [&'static str],
    pub react: React,
}

impl Reaction {
    /// The listener within a program: clocks and papers that it sets going need the program's services.
    pub const fn within(self, app: App) -> Listening {
        Listening { reaction: self, app }
    }
}

/// A reaction and the program in which it listens.
pub struct Listening {
    reaction: Reaction,
    app: App,
}

impl Listener for Listening {
    fn name(&self) -> &'static str {
        self.reaction.name
    }

    fn verbs(&self) -> &[&'static str] {
        self.reaction.verbs
    }

    fn react<'a>(
        &'a self,
        tx: &'a Tx,
        event: &'a Event,
        now: Now,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        (self.reaction.react)(&self.app, tx, event, now)
    }
}
