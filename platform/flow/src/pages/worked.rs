//! Forms that officers send from the page of a thing: the thing is found as far as they may see it, something is done with
//! it, and the page says what was done or what is wrong with what was sent.

use std::collections::HashMap;
use std::ops::Deref;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use system::{App, Officer};
use web::{Answer, Failure, Flash, Form, Path, Sent, Visitor, redirect_with};

use crate::queries;

/// A thing with a case, on which officers work at a page of its own.
pub trait Worked: Sized + Send {
    /// Address of the list under which its page lies: `/phan-anh-xu-ly`.
    const LIST: &'static str;

    fn id(&self) -> Id;

    /// The thing with this code.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for one that the officer may not see.
    fn for_officer(app: &App, officer: &Officer, code: &str) -> impl Future<Output = Result<Self>> + Send;

    /// Its page once more, with what was sent and why it did not go through.
    fn again(
        app: &App,
        visitor: &Visitor,
        code: &str,
        step: Option<Id>,
        sent: Sent,
    ) -> impl Future<Output = Answer> + Send;
}

/// What an officer sent from the page of a thing, by an address with its `{code}`.
pub struct OnPage<T> {
    pub app: App,
    pub visitor: Visitor,
    pub thing: T,
    pub code: String,
    pub sent: Sent,
    step: Option<Id>,
}

impl<T: Worked> OnPage<T> {
    /// The page, which says that it is done, or as [`Self::refused`].
    pub async fn answered<D>(self, done: Result<D>, told: &'static str) -> Answer {
        self.answered_with(done, |_| Flash::success(told)).await
    }

    /// As [`Self::answered`], in words that depend on what was done.
    pub async fn answered_with<D>(self, done: Result<D>, told: impl FnOnce(&D) -> Flash) -> Answer {
        match done {
            Ok(done) => Ok(redirect_with(&format!("{}/{}", T::LIST, self.code), told(&done))),
            Err(error) => self.refused(error).await,
        }
    }

    /// The page, which says at the field what is wrong with what was sent; other errors are pages of their own.
    pub async fn refused(self, error: Error) -> Answer {
        match error {
            Error::Invalid(errors) => {
                let sent = self.sent.wrong(&self.visitor, &errors);
                T::again(&self.app, &self.visitor, &self.code, self.step, sent).await
            }
            error => Err(error.into()),
        }
    }
}

/// What an officer sent at a step of the thing's case, by an address with its `{code}` and the `{step}`.
pub struct AtStep<T> {
    page: OnPage<T>,
    pub step: Id,
}

impl<T> Deref for AtStep<T> {
    type Target = OnPage<T>;

    fn deref(&self) -> &OnPage<T> {
        &self.page
    }
}

impl<T: Worked> AtStep<T> {
    /// For forms that are read in another way, with files: `thing` is what [`with_step`] gave.
    pub const fn new(app: App, visitor: Visitor, thing: T, code: String, step: Id, sent: Sent) -> Self {
        Self { page: OnPage { app, visitor, thing, code, sent, step: Some(step) }, step }
    }

    /// The page once more, with the errors that stand in what was sent.
    pub async fn shown_again(self) -> Answer {
        let OnPage { app, visitor, code, sent, .. } = self.page;
        T::again(&app, &visitor, &code, Some(self.step), sent).await
    }

    /// See [`OnPage::answered`].
    pub async fn answered<D>(self, done: Result<D>, told: &'static str) -> Answer {
        self.page.answered(done, told).await
    }
}

/// The thing, if the officer may see it and the step is one of its own.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub async fn with_step<T: Worked>(app: &App, visitor: &Visitor, code: &str, step: Id) -> Result<T> {
    let thing = T::for_officer(app, visitor.caller.officer()?, code).await?;
    let c = app.store.read();
    let open = queries::step_by_id(c, step).await?.ok_or(Error::NotFound)?;
    let case = queries::case_by_id(c, open.case).await?.ok_or(Error::NotFound)?;
    if case.subject == thing.id() { Ok(thing) } else { Err(Error::NotFound) }
}

/// What was sent, before it is known of which thing.
struct Arrived {
    visitor: Visitor,
    parameters: HashMap<String, String>,
    sent: Sent,
}

impl Arrived {
    async fn read(request: Request, app: &App) -> std::result::Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let Path(parameters) = Path::from_request_parts(&mut parts, app).await?;
        let Form(pairs) = Form::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { visitor, parameters, sent: Sent::new(pairs) })
    }

    fn parameter(&self, name: &str) -> Result<&str> {
        self.parameters.get(name).map(String::as_str).ok_or(Error::NotFound)
    }

    async fn find<T: Worked>(self, app: &App) -> Result<OnPage<T>> {
        let code = self.parameter("code")?.to_owned();
        let thing = T::for_officer(app, self.visitor.caller.officer()?, &code).await?;
        Ok(OnPage { app: app.clone(), visitor: self.visitor, thing, code, sent: self.sent, step: None })
    }

    async fn find_at_step<T: Worked>(self, app: &App) -> Result<AtStep<T>> {
        let code = self.parameter("code")?.to_owned();
        let step: Id = self.parameter("step")?.parse().map_err(|_| Error::NotFound)?;
        let thing = with_step(app, &self.visitor, &code, step).await?;
        Ok(AtStep::new(app.clone(), self.visitor, thing, code, step, self.sent))
    }
}

impl<T: Worked> FromRequest<App> for OnPage<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Response> {
        let arrived = Arrived::read(request, app).await?;
        arrived.find(app).await.map_err(|error| Failure(error).into_response())
    }
}

impl<T: Worked> FromRequest<App> for AtStep<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Response> {
        let arrived = Arrived::read(request, app).await?;
        arrived.find_at_step(app).await.map_err(|error| Failure(error).into_response())
    }
}
