use std::any::Any;
use std::net::IpAddr;
use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use http::StatusCode;
use http::request::Parts;
use system::Caller;

use crate::errors::{Answer, Failure};
use crate::filters::VISITOR;
use crate::shell::Content;
use crate::texts::{Lang, Texts};
use crate::wrong::Errors;

/// The person at the other end of this request: who, when, in which language.
#[derive(Clone)]
pub struct Visitor {
    pub caller: Caller,
    pub now: Now,
    pub lang: Lang,
    /// The session, where there is one.
    pub session: Option<Id>,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    /// The device as the browser names it, shortened.
    pub device: String,
    pub(crate) csrf: String,
    pub(crate) texts: Arc<Texts>,
}

impl Visitor {
    /// Whose requests are counted together with this one; unknown where no address came along.
    pub fn subscriber(&self) -> Option<String> {
        self.address.map(base::subscriber)
    }

    /// The day that an address asks for, `2026-11-22`; today when it asks for none.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no day.
    pub fn day(&self, asked: &str) -> Result<NaiveDate> {
        if asked.is_empty() {
            return Ok(self.now.today());
        }
        base::iso_day(asked).ok_or_else(|| Error::invalid("query", "web-error-query"))
    }

    pub fn text(&self, key: &str) -> String {
        self.texts.get(self.lang, key)
    }

    pub fn text_with(&self, key: &str, parameters: &[(&str, String)]) -> String {
        self.texts.with(self.lang, key, parameters)
    }

    /// What is wrong, in the reader's language.
    pub fn errors(&self, wrong: &base::FieldErrors) -> Errors {
        let mut errors = Errors::default();
        for (field, key) in wrong {
            errors.add(field, self.text(key));
        }
        errors
    }

    /// The token that every form of a signed-in page carries as `_csrf`.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// A fresh id for a form that makes something: the same form sent twice makes one thing.
    pub fn form_id(&self) -> Id {
        Id::new(self.now)
    }

    /// What stands inside a page.
    pub fn fragment(&self, template: &impl Template) -> Result<String> {
        Ok(template.render_with_values(self)?)
    }

    /// A page: `title` and the template become a whole document on the way out.
    pub fn page(&self, title: &str, template: &impl Template) -> Answer {
        self.page_with(StatusCode::OK, title, template)
    }

    /// The same page again with the values kept and what is wrong beside them.
    pub fn rejected(&self, title: &str, template: &impl Template) -> Answer {
        let title = format!("{} {title}", self.text("web-error-prefix"));
        self.page_with(StatusCode::UNPROCESSABLE_ENTITY, &title, template)
    }

    /// A page with a form: as it is, or again when something is wrong.
    pub fn form(&self, title: &str, wrong: &Errors, template: &impl Template) -> Answer {
        if wrong.is_empty() { self.page(title, template) } else { self.rejected(title, template) }
    }

    fn page_with(&self, status: StatusCode, title: &str, template: &impl Template) -> Answer {
        let html = self.fragment(template).map_err(Failure)?;
        let mut response = status.into_response();
        response.extensions_mut().insert(Content { title: title.to_owned(), html });
        Ok(response)
    }
}

impl askama::Values for Visitor {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == VISITOR).then_some(self as &dyn Any)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Response> {
        match parts.extensions.get::<Self>() {
            Some(visitor) => Ok(visitor.clone()),
            None => Err(Failure(base::Error::inside("a route outside the shell")).into_response()),
        }
    }
}
