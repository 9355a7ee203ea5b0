//! What a system is: one value that tells the whole of it, so that it can be printed, tested and listed.

mod access;
mod app;
mod caller;
mod menu;
mod reaction;
mod route;
mod timer;

use contracts::Questions;
use store::Migration;

pub use access::{Access, Permission};
pub use app::{App, Authenticate, Parts, Province, Session, Settings, Shared};
pub use base::PositionKind;
pub use caller::{Caller, Citizen, Client, Officer};
pub use menu::{Count, Face, MenuEntry};
pub use reaction::{Listening, React, Reaction};
pub use route::{Example, Method, Route, Routes};
pub use timer::{Every, Run, Timer};

/// The texts of one language: `("vi", include_str!("../texts/vi.ftl"))`.
pub type Texts = (&'static str, &'static str);

/// Everything one system gives to the program.
#[derive(Clone)]
pub struct System {
    pub name: &'static str,
    pub permissions: &'static [Permission],
    pub menu: Vec<MenuEntry>,
    pub pages: Vec<Route>,
    pub api: Vec<Route>,
    pub migrations: &'static [Migration],
    pub listeners: Vec<Reaction>,
    pub timers: Vec<Timer>,
    pub texts: Vec<Texts>,
    pub answers: Option<fn(&App, &mut Questions)>,
}

impl System {
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            permissions: &[],
            menu: Vec::new(),
            pages: Vec::new(),
            api: Vec::new(),
            migrations: &[],
            listeners: Vec::new(),
            timers: Vec::new(),
            texts: Vec::new(),
            answers: None,
        }
    }

    #[must_use]
    pub const fn permissions(mut self, permissions: &'static [Permission]) -> Self {
        self.permissions = permissions;
        self
    }

    /// An entry of a menu; shown to whoever may open the page.
    #[must_use]
    pub fn menu(mut self, face: Face, text: &'static str, path: &'static str, access: Access) -> Self {
        self.menu.push(MenuEntry { face, text, path, access, count: None });
        self
    }

    /// An entry that says how much waits behind it.
    #[must_use]
    pub fn menu_counting(
        mut self,
        face: Face,
        text: &'static str,
        path: &'static str,
        access: Access,
        count: Count,
    ) -> Self {
        self.menu.push(MenuEntry { face, text, path, access, count: Some(count) });
        self
    }

    #[must_use]
    pub fn pages(mut self, routes: Routes) -> Self {
        self.pages.extend(routes.into_vec());
        self
    }

    #[must_use]
    pub fn api(mut self, routes: Routes) -> Self {
        self.api.extend(routes.into_vec());
        self
    }

    #[must_use]
    pub const fn migrations(mut self, migrations: &'static [Migration]) -> Self {
        self.migrations = migrations;
        self
    }

    /// A reaction to another system's events.
    #[must_use]
    pub fn on(mut self, name: &'static str, verbs: &'static [&'static str], react: React) -> Self {
        self.listeners.push(Reaction { name, verbs, react });
        self
    }

    /// Work that comes again by itself.
    #[must_use]
    pub fn every(mut self, every: Every, name: &'static str, run: Run) -> Self {
        self.timers.push(Timer { every, name, run });
        self
    }

    #[must_use]
    pub fn texts(mut self, texts: &[Texts]) -> Self {
        self.texts.extend_from_slice(texts);
        self
    }

    /// The questions of others that this system answers.
    #[must_use]
    pub fn answers(mut self, register: fn(&App, &mut Questions)) -> Self {
        self.answers = Some(register);
        self
    }
}
