use axum::response::{IntoResponse, Redirect, Response};
use cookie::{Cookie, CookieJar, Key, SameSite};
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};

/// What the next page says once, above its content. A key, so that no stranger can put words on our pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// `success`, `notice` or `error`.
    pub kind: String,
    pub key: String,
    #[serde(default)]
    pub parameters: Vec<(String, String)>,
}

const COOKIE_NAME: &str = "loi-nhan";

impl Flash {
    pub fn success(key: &str) -> Self {
        Self { kind: "success".to_owned(), key: key.to_owned(), parameters: Vec::new() }
    }

    pub fn notice(key: &str) -> Self {
        Self { kind: "notice".to_owned(), ..Self::success(key) }
    }

    pub fn error(key: &str) -> Self {
        Self { kind: "error".to_owned(), ..Self::success(key) }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.parameters.push((name.to_owned(), value.to_string()));
        self
    }
}

/// After a form: the browser asks for `to` itself, so that reloading sends nothing twice.
pub fn redirect(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// The same, and the next page says something.
pub fn redirect_with(to: &str, flash: Flash) -> Response {
    let mut response = redirect(to);
    response.extensions_mut().insert(flash);
    response
}

/// Reads the message a previous answer left.
pub(crate) fn take(headers: &HeaderMap, key: &Key) -> Option<Flash> {
    let mut jar = CookieJar::new();
    for header in headers.get_all(COOKIE) {
        for cookie in Cookie::split_parse_encoded(header.to_str().ok()?.to_owned()).flatten() {
            jar.add_original(cookie);
        }
    }
    let value = jar.signed(key).get(COOKIE_NAME)?;
    serde_json::from_str(value.value()).ok()
}

/// Leaves a message for the next page.
pub(crate) fn leave(response: &mut Response, flash: &Flash, key: &Key, secure: bool) {
    let Ok(value) = serde_json::to_string(flash) else { return };
    let mut jar = CookieJar::new();
    let cookie = Cookie::build((COOKIE_NAME, value)).path("/").http_only(true).secure(secure).same_site(SameSite::Lax);
    jar.signed_mut(key).add(cookie);
    append(response, jar.delta().next());
}

/// The message was shown: it goes.
pub(crate) fn forget(response: &mut Response) {
    let mut gone = Cookie::build((COOKIE_NAME, "")).path("/").build();
    gone.make_removal();
    append(response, Some(&gone));
}

fn append(response: &mut Response, cookie: Option<&Cookie>) {
    if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie.encoded().to_string()).ok()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_answer_leaves_the_next_page_says() {
        let key = Key::from(&[7; 64]);
        let left = Flash::success("web-notice-success").with("count", 3).with("name", "Nguyễn; \"Ví Dụ\"");
        let mut response = redirect("/");
        leave(&mut response, &left, &key, false);
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
        let sent = cookie.split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_str(&format!("phien=1; {sent}")).unwrap());
        assert_eq!(take(&headers, &key), Some(left));
        assert_eq!(take(&headers, &Key::from(&[8; 64])), None, "nobody else puts words on our pages");
    }
}
