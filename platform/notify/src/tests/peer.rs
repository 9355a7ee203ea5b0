//! A mail server on a real socket: it speaks as much of RFC 5321 as one mail needs, and keeps what it took.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Copy)]
pub(super) enum Mood {
    Takes,
    /// Asks to come again (RFC 6647).
    Greylists,
    /// Knows no such mailbox.
    Refuses,
    /// Does not let the sender in.
    ForbidsSender,
    /// Has the mail, but the line breaks before its answer is back.
    TakesAndBreaksOff,
}

pub(super) struct MailServer {
    pub(super) address: String,
    mood: Arc<Mutex<Mood>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap().to_string(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
            mails: Arc::default(),
        };
        let (mood, mails) = (server.mood.clone(), server.mails.clone());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let now = *mood.lock().unwrap();
                // A client that hangs up ends only its own conversation.
                drop(converse(socket, now, &mails).await);
            }
        });
        server
    }

    pub(super) fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub(super) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().iter().map(|text| Mail(text.clone())).collect()
    }
}

async fn converse(socket: TcpStream, mood: Mood, mails: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(socket);
    lines.write_all(b"220 mail.example\r\n").await?;
    let mut line = String::new();
    while lines.read_line(&mut line).await? > 0 {
        let answer = match (line.split_whitespace().next().unwrap_or_default(), mood) {
            ("RCPT", Mood::Refuses) => "550 no such mailbox",
            ("MAIL", Mood::Greylists) => "451 come again",
            ("MAIL", Mood::ForbidsSender) => "530 sign in first",
            ("DATA", _) => {
                lines.write_all(b"354 go on\r\n").await?;
                let mail = read_mail(&mut lines).await?;
                mails.lock().unwrap().push(mail);
                if matches!(mood, Mood::TakesAndBreaksOff) {
                    return Ok(());
                }
                "250 queued as 7F00"
            }
            ("QUIT", _) => return lines.write_all(b"221 bye\r\n").await,
            _ => "250 ok",
        };
        lines.write_all(format!("{answer}\r\n").as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

async fn read_mail(lines: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut mail = String::new();
    while !mail.ends_with("\r\n.\r\n") {
        if lines.read_line(&mut mail).await? == 0 {
            break;
        }
    }
    Ok(mail)
}

/// A mail as it came over the line.
pub(super) struct Mail(String);

impl Mail {
    pub(super) fn header(&self, name: &str) -> String {
        let (head, _) = self.0.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ");
        let line = unfolded.lines().find(|line| line.starts_with(&format!("{name}: "))).unwrap_or_default();
        let value = line.split_once(": ").unwrap_or_default().1;
        let (mut text, mut after_encoded) = (String::new(), true);
        for word in value.split(' ') {
            let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            // RFC 2047: the space between two encoded words is no part of the text.
            if !(after_encoded && (encoded.is_some() || text.is_empty())) {
                text.push(' ');
            }
            match encoded {
                Some(encoded) => text += &String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap(),
                None => text += word,
            }
            after_encoded = encoded.is_some();
        }
        text
    }

    pub(super) fn body(&self) -> String {
        let (_, body) = self.0.split_once("\r\n\r\n").unwrap();
        let encoded: String = body.trim_end_matches(".\r\n").split_whitespace().collect();
        String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap()
    }
}
