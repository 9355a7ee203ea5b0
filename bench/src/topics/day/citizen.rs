//! A day of somebody on the portal: a dozen pages, and every fifth files a dossier from the first page to the code.

use anyhow::{Context, Result, bail};
use base::{FixedRandom, Id};

use super::Pace;
use super::browser::{Browser, Sent};
use super::log::What;
use super::people::{Filing, PASSWORD};
use crate::ground;

/// Moments of a day; each is a page, or a form and the page it leads to.
pub(super) const MOMENTS: u32 = 14;
/// One of so many files.
const FILES: usize = 5;
const BEFORE: [&str; 3] = ["/", "/thu-tuc?tim=xac+nhan", "/thu-tuc"];
const AROUND: [&str; 6] = ["/phan-anh", "/ket-qua-phuc-vu", "/ho-so", "/thong-bao", "/tai-khoan", "/giay-to-cua-toi"];

pub(super) async fn day(
    mut browser: Browser,
    login: &str,
    number: usize,
    mut pace: Pace,
    random: &FixedRandom,
    filing: &Filing,
) -> Result<()> {
    for page in BEFORE {
        pace.next().await;
        browser.see(page).await?;
    }
    pace.next().await;
    browser.see(&format!("/thu-tuc/{}", filing.procedure)).await?;
    pace.next().await;
    browser.sign_in(login, PASSWORD).await?;
    pace.next().await;
    let begin = format!("/nop-ho-so/{}", filing.procedure);
    browser.see(&begin).await?;
    if number.is_multiple_of(FILES) {
        let code = file(&browser, &mut pace, random, filing, &begin).await?;
        pace.next().await;
        browser.see(&format!("/ho-so/{code}")).await?;
        browser.log().sent(code);
        return Ok(());
    }
    for page in AROUND {
        pace.next().await;
        browser.see(page).await?;
    }
    pace.next().await;
    browser.see(&format!("/tra-cuu?ma={}", filing.known)).await?;
    Ok(())
}

/// From the guide's button to the code.
async fn file(
    browser: &Browser,
    pace: &mut Pace,
    random: &FixedRandom,
    filing: &Filing,
    begin: &str,
) -> Result<String> {
    let form = Id::new(ground::now()).to_string();
    let mut at =
        done(browser.send(What::Filling, begin, &[("form", &form), ("agency", filing.agency(random))]).await?)?;
    let draft = format!("/nop-ho-so/ban-nhap/{form}");
    let mut answers: Vec<(&str, &str)> = filing.answers.iter().map(|(name, value)| (&**name, &**value)).collect();
    answers.push(("do", "next"));
    while at.starts_with(&format!("{draft}/trang/")) {
        pace.next().await;
        let next = done(browser.send(What::Filling, &at, &answers).await?)?;
        if next == at {
            bail!("{at} leads to itself");
        }
        at = next;
    }
    if at.ends_with("/giay-to") {
        pace.next().await;
        let files: Vec<_> = filing.files.iter().map(|field| (&**field, "giay-to-mau.pdf", &*filing.paper)).collect();
        at = done(browser.upload(&at, &[("do", "next")], &files).await?)?;
    }
    if !at.ends_with("/kiem-tra") {
        bail!("the draft stands at {at}");
    }
    pace.next().await;
    let sent = done(browser.send(What::Sending, &format!("{draft}/gui"), &[]).await?)?;
    let code = sent.strip_prefix("/ho-so/").and_then(|rest| rest.strip_suffix("/da-gui"));
    Ok(code.with_context(|| format!("sending leads to {sent}"))?.to_owned())
}

fn done(sent: Sent) -> Result<String> {
    match sent {
        Sent::Done { at, .. } => Ok(at),
        Sent::Overtaken => bail!("a draft of one person was overtaken"),
    }
}
