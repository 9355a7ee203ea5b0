use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use base::{Error, Id, Result};
use cookie::Cookie;
use http::header::{CACHE_CONTROL, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use system::{App, Caller};

use crate::errors::{Failed, page_texts, status};
use crate::filters;
use crate::flash::{self, Flash};
use crate::layout::{Site, whole_page};
use crate::security::SESSION_COOKIE;
use crate::texts::Lang;
use crate::visitor::Visitor;

/// What a handler made, before the shell is put around it.
#[derive(Clone)]
pub(crate) struct Content {
    pub(crate) title: String,
    pub(crate) html: String,
}

/// Whether the request came encrypted, by our own TLS or a proxy that is trusted.
#[derive(Clone, Copy, Debug)]
pub struct Secure(pub bool);

/// The name by which the request reached us.
#[derive(Clone, Debug)]
pub struct Host(pub String);

const LANGUAGE_COOKIE: &str = "ngon-ngu";

pub(crate) fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| Cookie::split_parse(header).flatten())
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// Finds out who is asking, lets the handler answer, and puts the shell around what it made.
pub(crate) async fn shell(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let visitor = match visitor(&app, request.headers(), address(&request)).await {
        Ok(visitor) => visitor,
        Err(error) => {
            tracing::error!(%error, "The visitor could not be told");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let Ok(site) = app.parts.get::<Site>() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let path = request.uri().path().to_owned();
    let here = request.uri().path_and_query().map_or_else(|| path.clone(), ToString::to_string);
    let method = request.method().clone();
    let secure = request.extensions().get::<Secure>().is_some_and(|secure| secure.0);
    let message = flash::take(request.headers(), &site.key);
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;

    if let Some(failed) = response.extensions_mut().remove::<Failed>() {
        if matches!(*failed.0, Error::SignedOut) && method == Method::GET {
            return Redirect::to(&format!(
                "/dang-nhap?{}",
                serde_html_form::to_string([("ve", here)]).unwrap_or_default()
            ))
            .into_response();
        }
        response = error_page(&app, &visitor, &path, &failed.0).await;
    } else if let Some(content) = response.extensions_mut().remove::<Content>() {
        let shown = message.is_some();
        match whole_page(&app, &visitor, &path, &content.title, &content.html, message.as_ref()).await {
            Ok(html) => {
                let status = response.status();
                *response.body_mut() = Body::from(html);
                let mut page = (status, Html(std::mem::take(response.body_mut()))).into_response();
                page.headers_mut().extend(response.headers().clone());
                page.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
                response = page;
                if shown {
                    flash::forget(&mut response);
                }
            }
            Err(error) => response = error_page(&app, &visitor, &path, &error).await,
        }
    }
    if let Some(flash) = response.extensions_mut().remove::<Flash>() {
        flash::leave(&mut response, &flash, &site.key, secure);
    }
    response
}

pub(crate) fn address(request: &Request) -> Option<IpAddr> {
    let told = request.extensions().get::<IpAddr>().copied();
    told.or_else(|| request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()))
}

async fn visitor(app: &App, headers: &HeaderMap, address: Option<IpAddr>) -> Result<Visitor> {
    let session = match (cookie_value(headers, SESSION_COOKIE), app.authenticator()) {
        (Some(cookie), Some(authenticator)) => authenticator.session(app, &cookie).await?,
        _ => None,
    };
    let (session, caller, csrf) = match session {
        Some(found) => (Some(found.id), found.caller, found.csrf),
        None => (None, Caller::Anonymous, String::new()),
    };
    let site = app.parts.get::<Site>()?;
    Ok(Visitor {
        caller,
        now: app.now(),
        lang: language(headers),
        session,
        address,
        device: headers
            .get(USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(|value| value.chars().take(200).collect())
            .unwrap_or_default(),
        csrf,
        texts: site.texts.clone(),
    })
}

/// What the reader chose; else Vietnamese, whatever the browser's own language: many a telephone here speaks English.
fn language(headers: &HeaderMap) -> Lang {
    cookie_value(headers, LANGUAGE_COOKIE).and_then(|value| Lang::parse(&value)).unwrap_or_default()
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    title: &'a str,
    help: &'a str,
    id: Option<Id>,
    fields: Vec<String>,
}

async fn error_page(app: &App, visitor: &Visitor, path: &str, error: &Error) -> Response {
    let id = matches!(error, Error::Inside(_)).then(|| Id::new(visitor.now));
    if let Some(id) = id {
        tracing::error!(%id, path, error = ?error, "A request to {path} failed inside");
    }
    let (title, help) = page_texts(error);
    let fields = match error {
        Error::Invalid(fields) => fields.values().map(|key| visitor.text(key)).collect(),
        _ => Vec::new(),
    };
    let title = visitor.text(title);
    let status = status(error);
    let content = visitor.fragment(&ErrorPage { title: &title, help: &visitor.text(help), id, fields });
    let page = match content {
        Ok(content) => whole_page(app, visitor, path, &title, &content, None).await,
        Err(error) => Err(error),
    };
    match page {
        Ok(html) => (status, [(CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "The page of an error could not be made");
            status.into_response()
        }
    }
}

/// Remembers the reader's language and goes back.
pub(crate) async fn choose_language(
    crate::Path(lang): crate::Path<String>,
    crate::Query(back): crate::Query<Back>,
) -> crate::Answer {
    let lang = Lang::parse(&lang).ok_or(Error::NotFound)?;
    let mut response = crate::redirect(&back.place());
    let cookie = Cookie::build((LANGUAGE_COOKIE, lang.as_str())).path("/").max_age(cookie::time::Duration::days(365));
    let header = HeaderValue::from_str(&cookie.build().to_string()).map_err(Error::from)?;
    response.headers_mut().append(http::header::SET_COOKIE, header);
    Ok(response)
}

/// Where to go afterwards: a place on this site, never another's.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    ve: String,
}

impl Back {
    fn place(&self) -> String {
        let inside = self.ve.starts_with('/') && !self.ve.starts_with("//") && !self.ve.contains(['\\', '\n', '\r']);
        if inside { self.ve.clone() } else { "/".to_owned() }
    }
}
