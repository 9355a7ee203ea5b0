//! The program's pages asked in this process, over a watched store: what statements a page runs is heard there.

pub(crate) mod host;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use base::Now;
use http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use http::{Method, StatusCode};
use store::Store;
use tinhso::{Demo, Listed, Place};
use tower::ServiceExt as _;

use crate::ground::{self, Ground};
use crate::load::{Ask, PEOPLE};
use crate::queries::{Recorder, Replay};
use crate::told;

const PAGE: usize = 1 << 24;

/// A browser that is in the house already.
pub(crate) struct Inside {
    pub(crate) demo: Demo,
    router: Router,
    recorder: Recorder,
}

impl Inside {
    pub(crate) async fn open(ground: &Ground, place: &Place) -> Result<Self> {
        let recorder = Recorder::default();
        let watch = recorder.watch();
        let demo = ground.open_watched(place, |store: Store| store.watched(watch)).await?;
        let router = web::router(&demo.program.app, &demo.program.systems);
        Ok(Self { demo, router, recorder })
    }

    /// Officers who hold the permission and sign in by a password alone.
    pub(crate) fn officers(&self, permission: &str) -> impl Iterator<Item = &Listed> {
        self.demo.accounts.iter().filter(move |account| {
            account.second_factor.is_none() && account.permissions.iter().any(|held| held == permission)
        })
    }

    /// The cookies of [`PEOPLE`] such officers, from all agencies: what a commune sees is little, what an agency of the
    /// province sees is much.
    pub(crate) async fn cookies_of(&self, permission: &str) -> Result<Vec<String>> {
        let officers: Vec<&Listed> = self.officers(permission).collect();
        let mut cookies = Vec::new();
        for account in officers.iter().step_by((officers.len() / PEOPLE).max(1)).take(PEOPLE) {
            cookies.push(self.sign_in(account).await?);
        }
        ensure!(cookies.len() == PEOPLE, "too few officers");
        Ok(cookies)
    }

    /// Signs in by the form of the page; the cookie as the browser sends it from then on.
    pub(crate) async fn sign_in(&self, account: &Listed) -> Result<String> {
        self.sign_in_as(&account.login, account.password.as_deref().unwrap_or_default()).await
    }

    /// The same for somebody whom the demo does not list.
    pub(crate) async fn sign_in_as(&self, login: &str, password: &str) -> Result<String> {
        let form = serde_html_form::to_string([("login", login), ("password", password)])?;
        let request = Request::builder()
            .method(Method::POST)
            .uri("/dang-nhap")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))?;
        let response = self.router.clone().oneshot(request).await?;
        let cookies = response.headers().get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let session = format!("{}=", web::SESSION_COOKIE);
        let cookie = cookies.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with(&session));
        Ok(cookie.with_context(|| format!("{login} is not let in: {}", response.status()))?.to_owned())
    }

    pub(crate) async fn page(&self, ask: &Ask) -> Result<String> {
        let request = Request::builder().uri(&ask.path).header(COOKIE, &ask.cookie).body(Body::empty())?;
        let response = self.router.clone().oneshot(request).await?;
        let status = response.status();
        ensure!(status == StatusCode::OK, "{} answers {status}", ask.path);
        Ok(String::from_utf8(to_bytes(response.into_body(), PAGE).await?.to_vec())?)
    }

    /// What the page runs when it is asked for once more: what only a first visit does is left out.
    pub(crate) async fn record(&self, ask: &Ask) -> Result<Replay> {
        self.page(ask).await?;
        let since = self.heard_until_now();
        self.page(ask).await?;
        Ok(Replay::new(vec![self.recorder.take()], since, None))
    }

    /// Forgets what was heard so far.
    pub(crate) fn heard_until_now(&self) -> Now {
        self.recorder.take();
        ground::now()
    }

    pub(crate) fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Leaves the province to other processes.
    pub(crate) async fn close(self) -> Result<()> {
        let Self { demo, router, .. } = self;
        drop(router);
        demo.program.app.store.clone().close().await.map_err(told)
    }
}

/// The addresses on a page that begin so.
pub(crate) fn links(html: &str, begins: &str) -> Vec<String> {
    let quoted = format!("href=\"{begins}");
    let after = html.split(&quoted).skip(1).filter_map(|rest| rest.split('"').next());
    after.map(|rest| format!("{begins}{rest}").replace("&amp;", "&")).collect()
}

/// The first address on a page that begins so.
pub(crate) fn link(html: &str, begins: &str) -> Option<String> {
    links(html, begins).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn the_first_link_of_a_kind_is_found() {
        let html = r#"<a href="/viec">x</a><a href="/mot-cua/ho-so/H32.15-1?buoc=1&amp;b=2">y</a>"#;
        assert_eq!(link(html, "/mot-cua/ho-so/").as_deref(), Some("/mot-cua/ho-so/H32.15-1?buoc=1&b=2"));
        assert_eq!(link(html, "/ho-so/"), None);
    }
}
