//! Mail by SMTP (RFC 5321), one connector of the delivery ledger.

use std::time::{Duration, SystemTime};

use base::{Error, Id, Result};
use contracts::Answer;
use directory::Person;
use exchange::{Connector, Delivery, Outcome};
use lettre::message::Mailbox;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{Address, AsyncTransport, Tokio1Executor};
use serde::{Deserialize, Serialize};
use system::App;
use web::{Lang, Site};

use crate::message::Kept;
use crate::queries;

/// Name of the connector.
pub const SMTP: &str = "smtp";

/// Shorter than the ledger waits, so that the log says what the mail server did.
const ANSWER: Duration = Duration::from_secs(30);

/// The province's mail server. Put it among the [`exchange::Connectors`]; without it people are told in the program only.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// `url` as `smtps://user:password@host:465`, or `smtp://user:password@host:587?tls=required`;
    /// `from` as `Cổng dịch vụ công <khong-tra-loi@tinh.example>`.
    ///
    /// # Errors
    /// When one of the two does not read. The password is not told.
    pub fn new(url: &str, from: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| Error::inside(format!("the address of the mail server does not read: {error}")))?
            .timeout(Some(ANSWER))
            .build();
        let from =
            from.parse().map_err(|error| Error::inside(format!("the sender of mails does not read: {error}")))?;
        Ok(Self { transport, from })
    }

    async fn send(&self, app: &App, delivery: &Delivery) -> Result<Outcome> {
        let Payload { message } = serde_json::from_str(&delivery.payload)?;
        let Some(message) = queries::message(app.store.read(), message).await? else {
            return Ok(reject("notify-error-gone"));
        };
        let person = directory::queries::person(app.store.read(), message.person).await?;
        let Some(to) = person.and_then(address) else { return Ok(reject("notify-error-no-mailbox")) };
        let mail = self.compose(app, delivery, &message, to)?;
        Ok(match self.transport.send(mail).await {
            Ok(answer) => Outcome::Delivered { receipt: receipt(&answer) },
            Err(error) if is_refusal(&error) => Outcome::Reject { reason: words(&error) },
            Err(error) => Outcome::Retry { reason: words(&error), after: None },
        })
    }

    /// The same delivery gives the same mail: its key is the `Message-ID`, by which mailboxes know a repetition.
    fn compose(&self, app: &App, delivery: &Delivery, message: &Kept, to: Address) -> Result<lettre::Message> {
        let texts = &app.parts.get::<Site>()?.texts;
        let told = texts.with(Lang::Vi, &message.text, &message.parameters());
        let look = format!("{}{}", app.settings.public_url, message.link);
        let province = &app.settings.province;
        let mut lines = vec![
            texts.get(Lang::Vi, "notify-mail-greeting"),
            told.clone(),
            texts.with(Lang::Vi, "notify-mail-look", &[("address", look)]),
            texts.with(Lang::Vi, "notify-mail-help", &[("hotline", province.hotline.clone())]),
            province.name.clone(),
        ];
        if app.settings.demo {
            lines.push(texts.get(Lang::Vi, "notify-mail-demo"));
        }
        let mut mail = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(told)
            .date(SystemTime::from(delivery.created_at))
            .message_id(Some(format!("<{}@{}>", delivery.key, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::Base64)
            .body(lines.join("\n\n"))?;
        // RFC 3834: nobody's absence note shall answer a program.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        mail.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        Ok(mail)
    }
}

impl Connector for Smtp {
    fn name(&self) -> &'static str {
        SMTP
    }

    fn deliver<'a>(&'a self, app: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome> {
        Box::pin(self.send(app, delivery))
    }
}

/// What the ledger keeps of a mail.
#[derive(Serialize, Deserialize)]
struct Payload {
    message: Id,
}

pub(crate) fn payload(message: Id) -> Result<String> {
    Ok(serde_json::to_string(&Payload { message })?)
}

/// A mailbox as the ledger may show it: `ma•••@vidu.example`.
pub(crate) fn masked(mailbox: &str) -> String {
    let (name, domain) = mailbox.rsplit_once('@').unwrap_or((mailbox, ""));
    format!("{}•••@{domain}", name.chars().take(2).collect::<String>())
}

fn address(person: Person) -> Option<Address> {
    person.email?.parse().ok()
}

fn reject(text_key: &str) -> Outcome {
    Outcome::Reject { reason: text_key.to_owned() }
}

/// Whether the server will never take this mail. A refused sign-in (530 to 538, RFC 4954) is the province's setting,
/// not the mail's fault.
fn is_refusal(error: &SmtpError) -> bool {
    let code = error.status().map(|code| code.to_string());
    error.is_permanent() && code.is_none_or(|code| !code.starts_with("53"))
}

fn receipt(answer: &Response) -> String {
    let words: Vec<&str> = answer.message().collect();
    format!("{} {}", answer.code(), words.join(" "))
}

/// The error with its causes: the outermost alone says only that the connection failed.
fn words(error: &SmtpError) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words = format!("{words}: {inner_words}");
        }
        cause = inner.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_shows_only_part_of_a_mailbox() {
        assert_eq!(masked("mau@vidu.example"), "ma•••@vidu.example");
        assert_eq!(masked("a@vidu.example"), "a•••@vidu.example");
    }

    #[test]
    fn settings_that_do_not_read_are_named_without_the_password() {
        let error = Smtp::new("smtp://user:secret@host:notaport", "a@vidu.example").err().unwrap().to_string();
        assert!(error.contains("mail server") && !error.contains("secret"), "{error}");
        let error = Smtp::new("smtp://host", "nobody").err().unwrap().to_string();
        assert!(error.contains("sender"), "{error}");
    }
}
