//! An officer's day: lists and dossiers read, and three pieces of work taken and ended.

use anyhow::Result;
use base::{FixedRandom, Id, Random};

use super::Pace;
use super::browser::{Browser, Sent};
use super::log::{Done, What};
use super::people::PASSWORD;
use crate::pages::links;

/// Moments of a day; each is a page, or a form and the page it leads to.
pub(super) const MOMENTS: u32 = 43;
const ROUNDS: usize = 3;
/// Lists that are looked at in each round, and what is opened from them.
const LISTS: [&str; 5] =
    ["/viec", "/mot-cua/ho-so", "/mot-cua/ho-so?trang-thai=2", "/mot-cua/ho-so?tim=nguyen+van", "/thong-bao"];
/// Pieces of work that are opened before somebody takes what comes, when colleagues are quicker.
const TRIES: usize = 2;
const UNCLAIMED: &str = "/viec?loc=chua-nhan";
/// What the button of a step that goes on says.
const GOES_ON: [&str; 5] = ["accept", "assign", "propose", "approve", "return"];

pub(super) async fn day(mut browser: Browser, login: &str, mut pace: Pace, random: &FixedRandom) -> Result<()> {
    pace.next().await;
    browser.sign_in(login, PASSWORD).await?;
    for _ in 0..ROUNDS {
        for list in LISTS {
            pace.next().await;
            let page = browser.see(list).await?;
            let opened = pick(&mut links(&page, "/mot-cua/ho-so/"), random);
            pace.next().await;
            browser.see(opened.as_deref().unwrap_or("/co-quan")).await?;
        }
        pace.next().await;
        let inbox = browser.see(UNCLAIMED).await?;
        let mut pieces = links(&inbox, "/mot-cua/ho-so/");
        let mut done = false;
        for _ in 0..TRIES {
            let Some(piece) = pick(&mut pieces, random) else { break };
            done = work(&browser, &mut pace, &piece).await?;
            if done {
                break;
            }
        }
        if !done && !next(&browser, &mut pace).await? {
            browser.log().idle();
        }
    }
    Ok(())
}

fn pick(links: &mut Vec<String>, random: &FixedRandom) -> Option<String> {
    if links.is_empty() {
        return None;
    }
    let turn = (random as &dyn Random).below(u64::try_from(links.len()).ok()?);
    Some(links.swap_remove(usize::try_from(turn).ok()?))
}

/// Takes a piece of work and ends it, or gives it back where more is to be done than to press a button; `false` when a
/// colleague was quicker.
async fn work(browser: &Browser, pace: &mut Pace, piece: &str) -> Result<bool> {
    let page = browser.see(piece).await?;
    let Some(step) = between(&page, "action=\"/viec/", "/nhan\"") else {
        browser.log().overtaken();
        return Ok(false);
    };
    let id: Id = step.parse()?;
    pace.next().await;
    let Sent::Done { page, .. } = browser.send(What::Work, &format!("/viec/{step}/nhan"), &[]).await? else {
        browser.log().overtaken();
        return Ok(false);
    };
    end(browser, pace, &page, id).await?;
    Ok(true)
}

/// Takes what is due first and ends it; `false` when nothing is left.
async fn next(browser: &Browser, pace: &mut Pace) -> Result<bool> {
    pace.next().await;
    let Sent::Done { at, page } = browser.send(What::Work, "/viec/nhan-tiep", &[]).await? else {
        browser.log().overtaken();
        return Ok(false);
    };
    let Some((_, step)) = at.split_once("buoc=") else { return Ok(false) };
    end(browser, pace, &page, step.parse()?).await?;
    Ok(true)
}

/// Ends a piece of work that was taken, from the page on which it is done.
async fn end(browser: &Browser, pace: &mut Pace, page: &str, step: Id) -> Result<()> {
    browser.log().done(Done::Claimed, step);
    pace.next().await;
    let (address, fields, done) = ends(page, step);
    let fields: Vec<(&str, &str)> = fields.iter().map(|value| ("viec", *value)).collect();
    match browser.send(What::Work, &address, &fields).await? {
        Sent::Done { .. } => browser.log().done(done, step),
        Sent::Overtaken => browser.log().overtaken(),
    }
    Ok(())
}

/// Where a step that was taken is ended, and by which button.
fn ends(page: &str, step: Id) -> (String, Option<&str>, Done) {
    let decide = format!("/buoc/{step}/quyet-dinh");
    let form = page.split("<form").find(|form| form.contains(&decide));
    let button = form.and_then(|form| {
        let buttons = form.split("<button").filter(|button| !button.contains(" disabled"));
        buttons
            .filter_map(|button| between(button, "name=\"viec\" value=\"", "\""))
            .find(|value| GOES_ON.contains(value))
    });
    match (form.and_then(link_of), button) {
        (Some(address), Some(button)) => (address, Some(button), Done::Decided),
        _ => (format!("/viec/{step}/tra-lai"), None, Done::Released),
    }
}

fn link_of(form: &str) -> Option<String> {
    between(form, "action=\"", "\"").map(str::to_owned)
}

fn between<'a>(text: &'a str, begins: &str, ends: &str) -> Option<&'a str> {
    text.split_once(begins)?.1.split_once(ends).map(|(found, _)| found)
}
