use axum::extract::FromRequestParts;
use axum::response::Response;
use base::{Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use cookie::{Cookie, SameSite};
use http::HeaderValue;
use http::header::{COOKIE, SET_COOKIE};
use http::request::Parts;
use serde::Deserialize;
use web::{SESSION_COOKIE, Secure, Visitor, redirect};

use crate::actions::{Browser, Opened};
use crate::secret::SessionSecret;

/// The browser of this request, and how to hand it a session.
pub(super) struct Asked {
    pub(super) browser: Browser,
    secure: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> std::result::Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let secret = parts
            .headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| Cookie::split_parse(header).flatten())
            .find(|cookie| cookie.name() == SESSION_COOKIE)
            .and_then(|cookie| SessionSecret::read(cookie.value()));
        let secure = parts.extensions.get::<Secure>().is_some_and(|secure| secure.0);
        Ok(Self { browser: Browser { device: visitor.device, address: visitor.address, secret }, secure })
    }
}

impl Asked {
    /// Gives the browser its new secret and sends it on: to the next step, or to where it wanted to go.
    pub(super) fn let_in(&self, opened: &Opened, back: &Back) -> Result<Response> {
        let to = match opened.stage {
            Some(stage) => back.on(stage.path()),
            None => back.place().to_owned(),
        };
        self.with_secret(redirect(&to), opened)
    }

    pub(super) fn with_secret(&self, mut response: Response, opened: &Opened) -> Result<Response> {
        let mut cookie = self.cookie(opened.secret.reveal());
        if let Some(kept) = opened.kept {
            cookie.set_max_age(cookie::time::Duration::seconds(kept.num_seconds()));
        }
        set(&mut response, &cookie)?;
        Ok(response)
    }

    /// Takes the secret away again.
    pub(super) fn forget(&self, mut response: Response) -> Result<Response> {
        let mut cookie = self.cookie("");
        cookie.make_removal();
        set(&mut response, &cookie)?;
        Ok(response)
    }

    fn cookie<'a>(&self, value: &'a str) -> Cookie<'a> {
        Cookie::build((SESSION_COOKIE, value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .build()
    }
}

fn set(response: &mut Response, cookie: &Cookie<'_>) -> Result<()> {
    response.headers_mut().append(SET_COOKIE, HeaderValue::from_str(&cookie.to_string())?);
    Ok(())
}

/// Where to go once signed in: `?ve=/ho-so`.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    pub(super) ve: String,
}

impl Back {
    /// A place on this site; the home page when none was named or it lies elsewhere.
    pub(super) fn place(&self) -> &str {
        let inside = self.ve.starts_with('/')
            && !self.ve.starts_with("//")
            && !self.ve.contains(|letter: char| letter == '\\' || letter.is_control());
        if inside && !self.ve.starts_with("/dang-") { &self.ve } else { "/" }
    }

    /// The address of a page that goes on to the same place.
    pub(super) fn on(&self, path: &str) -> String {
        if self.ve.is_empty() {
            return path.to_owned();
        }
        format!("{path}?{}", serde_html_form::to_string([("ve", self.place())]).unwrap_or_default())
    }
}

/// The minutes until a wait ends, at least one.
pub(super) fn minutes_until(until: DateTime<Utc>, visitor: &Visitor) -> i64 {
    (until - visitor.now.utc() + TimeDelta::seconds(59)).num_minutes().max(1)
}

/// The text that asks to wait.
pub(super) fn wait_text(until: DateTime<Utc>, visitor: &Visitor) -> String {
    visitor.text_with("identity-error-wait", &[("minutes", minutes_until(until, visitor).to_string())])
}

/// The session of a page that only signed-in people reach.
pub(super) fn session_of(visitor: &Visitor) -> Result<base::Id> {
    visitor.session.ok_or(Error::SignedOut)
}

/// The account of a page that only signed-in people reach.
pub(super) fn account_of(visitor: &Visitor) -> Result<base::Id> {
    visitor.caller.actor().account.ok_or(Error::SignedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site_or_round_in_circles() {
        let place = |ve: &str| Back { ve: ve.to_owned() }.place().to_owned();
        assert_eq!(place("/ho-so?trang=2"), "/ho-so?trang=2");
        for elsewhere in ["", "//a.vn", "https://a.vn", "/\\a.vn", "/a\r\nb", "/dang-nhap", "/dang-xuat", "ho-so"] {
            assert_eq!(place(elsewhere), "/", "{elsewhere}");
        }
    }
}
