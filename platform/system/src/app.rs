use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use base::{Clock, Id, Now, Random, Result};
use contracts::{Answer, Questions};
use files::Files;
use store::Store;

use crate::caller::Caller;

/// What every action and page is given: the data, the time, chance, the files, who answers what.
///
/// Cheap to clone: one value behind a shared pointer.
#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub files: Files,
    pub settings: Settings,
    /// Platform services that have state of their own: texts, keys, the printer.
    pub parts: Parts,
    questions: OnceLock<Questions>,
    authenticator: OnceLock<Arc<dyn Authenticate>>,
}

/// What the one who runs the program decided.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and keys; with SQLite the database as well.
    pub data: PathBuf,
    pub province: Province,
    /// A demo province: every page says so, sample passwords work, and `serve` refuses the folder.
    pub demo: bool,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<String>,
    /// Where people reach the program: `https://dichvucong.example.vn`. For links in mail and QR codes.
    pub public_url: String,
}

/// How the province presents itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Folder of its data: `khanh-hoa`.
    pub key: String,
    /// `Tỉnh Khánh Hòa`.
    pub name: String,
    /// Identifier code: `H32`.
    pub code: String,
    pub hotline: String,
}

/// Platform services by type.
#[derive(Default)]
pub struct Parts(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Parts {
    #[must_use]
    pub fn with<T: Send + Sync + 'static>(mut self, part: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(part));
        self
    }

    /// # Errors
    /// When the program was put together without it, which is a defect.
    pub fn get<T: Send + Sync + 'static>(&self) -> Result<&T> {
        self.0
            .get(&TypeId::of::<T>())
            .and_then(|part| part.downcast_ref())
            .ok_or_else(|| base::Error::inside(format!("no {} in this program", std::any::type_name::<T>())))
    }
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Id,
    pub caller: Caller,
    /// Proves that a form came from a page of this session.
    pub csrf: String,
}

/// Tells who is asking; answered by `identity`.
pub trait Authenticate: Send + Sync {
    /// From the value of the session cookie; `None` when it is unknown, ended or revoked.
    fn session<'a>(&'a self, app: &'a App, cookie: &'a str) -> Answer<'a, Option<Session>>;
    /// From a bearer token.
    fn token<'a>(&'a self, app: &'a App, token: &'a str) -> Answer<'a, Option<Caller>>;
}

impl App {
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        files: Files,
        settings: Settings,
        parts: Parts,
    ) -> Self {
        Self(Arc::new(Shared {
            store,
            clock,
            random,
            files,
            settings,
            parts,
            questions: OnceLock::new(),
            authenticator: OnceLock::new(),
        }))
    }

    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// Lets the systems answer each other. Once, at start.
    pub fn join(&self, questions: Questions, authenticator: Arc<dyn Authenticate>) {
        // A second call would be a defect of the program that puts the systems together; the first one holds.
        let _ = self.questions.set(questions);
        let _ = self.authenticator.set(authenticator);
    }

    /// The system that answers `Q`; `None` when there is none.
    pub fn ask<Q: ?Sized + Send + Sync + 'static>(&self) -> Option<Arc<Q>> {
        self.questions.get()?.ask()
    }

    /// Every system that answers `Q` for itself.
    pub fn ask_all<Q: ?Sized + Send + Sync + 'static>(&self) -> Vec<Arc<Q>> {
        self.questions.get().map(Questions::ask_all).unwrap_or_default()
    }

    pub fn authenticator(&self) -> Option<&Arc<dyn Authenticate>> {
        self.authenticator.get()
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
