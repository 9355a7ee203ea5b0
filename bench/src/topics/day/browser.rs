//! Somebody's browser: it keeps a session, follows where it is led, and tells how long it waited.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use http::StatusCode;
use http::header::{CONTENT_TYPE, COOKIE, HeaderValue, LOCATION, SET_COOKIE};
use identity::SessionSecret;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};

use super::log::{Log, What};

/// Longer than anybody waits.
const PATIENCE: Duration = Duration::from_mins(1);
/// Pages that lead to others, one after another.
const LEADS: usize = 3;
const FORM: &str = "application/x-www-form-urlencoded";

/// The way to the program from one office or street, which has an address of its own; connections that are free are used
/// again.
#[derive(Clone)]
pub(super) struct Net {
    client: Client,
    house: Arc<str>,
}

impl Net {
    pub(super) fn from(street: u8, address: &str) -> Result<Self> {
        let client = Client::builder().no_proxy().redirect(Policy::none()).timeout(PATIENCE);
        let client = client.local_address(IpAddr::from([127, 0, 1, street])).build()?;
        Ok(Self { client, house: format!("http://{address}").into() })
    }
}

pub(super) struct Browser {
    net: Net,
    log: Arc<Log>,
    cookie: HeaderValue,
    token: String,
}

/// What came of sending a form.
pub(super) enum Sent {
    /// Where it led, and the page there.
    Done { at: String, page: String },
    /// It is no longer as the page showed it.
    Overtaken,
}

impl Browser {
    pub(super) fn new(net: Net, log: Arc<Log>) -> Self {
        Self { net, log, cookie: HeaderValue::from_static(""), token: String::new() }
    }

    pub(super) const fn log(&self) -> &Arc<Log> {
        &self.log
    }

    /// By the form of the page; gives the page one is led to.
    pub(super) async fn sign_in(&mut self, login: &str, password: &str) -> Result<String> {
        self.see("/dang-nhap").await?;
        let body = serde_html_form::to_string([("login", login), ("password", password)])?;
        let answer = self.post(What::SignIn, "/dang-nhap", FORM, body.into_bytes()).await?;
        let cookies = answer.headers().get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let begins = format!("{}=", web::SESSION_COOKIE);
        let cookie = cookies.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with(&begins));
        let cookie = cookie.with_context(|| format!("{login} is not let in: {}", answer.status()))?;
        let secret = SessionSecret::read(&cookie[begins.len()..]).context("a session without a secret")?;
        self.token = secret.csrf();
        self.cookie = HeaderValue::from_str(cookie)?;
        let at = led_to(&answer)?;
        self.see(&at).await
    }

    /// A page, and the one it leads to, if it does.
    pub(super) async fn see(&self, path: &str) -> Result<String> {
        let mut at = path.to_owned();
        for _ in 0..LEADS {
            let asked = self.net.client.get(self.at(&at)).header(COOKIE, &self.cookie);
            let began = Instant::now();
            let answer = asked.send().await?;
            let (status, next) = (answer.status(), led_to(&answer));
            let page = answer.text().await?;
            self.log.took(What::Page, began.elapsed().as_secs_f64() * 1000.0);
            match status {
                StatusCode::OK => return Ok(page),
                StatusCode::SEE_OTHER => at = next?,
                _ => bail!("{at} answers {status}"),
            }
        }
        bail!("{path} leads round in a circle")
    }

    /// Sends a form and goes where it leads.
    pub(super) async fn send(&self, what: What, path: &str, fields: &[(&str, &str)]) -> Result<Sent> {
        let fields: Vec<_> = [("_csrf", self.token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let answer = self.post(what, path, FORM, serde_html_form::to_string(fields)?.into_bytes()).await?;
        self.follow(path, answer).await
    }

    /// The same with files, each by the name of its field and its own.
    pub(super) async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Result<Sent> {
        let fields: Vec<_> = [("_csrf", self.token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let (kind, body) = web::testing::multipart(&fields, files);
        let answer = self.post(What::Filling, path, kind, body).await?;
        self.follow(path, answer).await
    }

    async fn post(&self, what: What, path: &str, kind: &str, body: Vec<u8>) -> Result<Response> {
        let sent =
            self.net.client.post(self.at(path)).header(COOKIE, &self.cookie).header(CONTENT_TYPE, kind).body(body);
        let began = Instant::now();
        let answer = sent.send().await?;
        self.log.took(what, began.elapsed().as_secs_f64() * 1000.0);
        Ok(answer)
    }

    async fn follow(&self, path: &str, answer: Response) -> Result<Sent> {
        match answer.status() {
            StatusCode::SEE_OTHER => {
                let at = led_to(&answer)?;
                Ok(Sent::Done { page: self.see(&at).await?, at })
            }
            StatusCode::CONFLICT => Ok(Sent::Overtaken),
            status => bail!("{path} answers {status}"),
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.net.house)
    }
}

fn led_to(answer: &Response) -> Result<String> {
    let location = answer.headers().get(LOCATION).with_context(|| format!("{} leads nowhere", answer.status()))?;
    Ok(location.to_str()?.to_owned())
}
