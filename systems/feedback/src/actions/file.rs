//! Sending a report in.

use base::{Error, Id, Now, Result};
use flow::NewCase;
use geo::Place;
use identity::LinkSecret;
use store::Sql;
use system::{App, Caller};

use super::{Change, limit, said};
use crate::queries;
use crate::report::{Contact, Report, Sort, State, code};
use crate::rules::{self, kind};
use crate::tables::{SEARCH, contact};

/// A report ready to be sent in; its pictures are kept under the form already.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Made by the page; the same form sent again is the same report.
    pub secret: LinkSecret,
    /// Code of a kind of the rules.
    pub kind: String,
    pub place: Option<Place>,
    pub place_words: String,
    /// The committee of the commune where it is.
    pub commune: Id,
    pub words: String,
    pub contact: Contact,
    /// Whoever is signed in does not wish the agency to know who they are.
    pub unnamed: bool,
    /// Where it came from, of people who are not signed in; see [`limit`].
    pub sender: Option<String>,
}

/// Sends it in: it gets its code, and lies at the desk to be read. Nothing of it is public yet.
///
/// # Errors
/// [`Error::Invalid`] for what is missing, and for a stranger who sent too many. A second sending gives the first's report.
pub async fn file(app: &App, now: Now, caller: &Caller, new: NewReport) -> Result<Report> {
    let form = new.secret.form_id();
    if let Some(sent) = queries::by_form(app.store.read(), form).await? {
        return Ok(sent);
    }
    // One who stays unnamed is named nowhere: the journal tells of the sending, not of whom.
    let actor = if new.unnamed { Caller::Anonymous.actor() } else { caller.actor() };
    let filed = app.store.write(async |tx| insert(&Change::new(app, tx, now, actor), caller, new).await).await;
    match filed {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => queries::by_form(app.store.read(), form).await?.ok_or(error),
        filed => filed,
    }
}

async fn insert(change: &Change<'_>, caller: &Caller, new: NewReport) -> Result<Report> {
    let (tx, now) = (change.tx, change.now);
    let words = said(&new.words, "words")?;
    let rules = rules::rules()?;
    if words.chars().count() > rules.limits.words {
        return Err(Error::invalid("words", "feedback-words-too-long"));
    }
    let kind = kind(&new.kind)?;
    let sort = rules.sort(&kind.sort).ok_or_else(|| Error::inside("a kind without a sort"))?;
    if *caller == Caller::Anonymous {
        limit::sending(tx, now, new.sender.as_deref()).await?;
    }
    let receiving = rules::in_charge(tx, &sort.received_by, new.commune, now).await?;
    let number = store::next_number(tx, "feedback", &now.year().to_string()).await?;
    let code = code(now.year(), number);
    let id = Id::new(now);
    let case = change
        .flow()
        .open(NewCase {
            system: "feedback".to_owned(),
            subject: id,
            process: flow::actions::publish(tx, now, rules::process()?).await?,
            agency: receiving.id,
            receiving: receiving.id,
            title: kind.title.clone(),
            reference: code.clone(),
            label: String::new(),
            path: format!("/phan-anh-xu-ly/{code}"),
        })
        .await?;
    let named = matches!(caller, Caller::Citizen(_)) && !new.unnamed;
    let report = Report {
        id,
        form_id: new.secret.form_id(),
        secret_digest: new.secret.digest(),
        code,
        sort: Sort::parse(&kind.sort).ok_or_else(|| Error::inside("a sort that the program does not know"))?,
        kind: kind.code.clone(),
        place: new.place,
        place_words: new.place_words.trim().to_owned(),
        commune: new.commune,
        words,
        moderated: None,
        reporter: caller.person().filter(|_| named),
        contact: new.contact,
        state: State::New,
        receiving: receiving.id,
        agency: receiving.id,
        case: case.id,
        filed_at: now.utc(),
        received_at: None,
        public_at: None,
        promised_at: None,
        answered_at: None,
        closed_at: None,
        reopened: 0,
        satisfied: None,
        supports: 0,
        joined: None,
        joined_at: None,
        joins: 0,
    };
    row(change, &report).await?;
    change.join(id, receiving.id).await?;
    SEARCH.put(tx, change.app.store.kind(), id, &format!("{} {}", report.code, kind.title)).await?;
    change.tell(&report, "feedback.filed").await?;
    Ok(report)
}

async fn row(change: &Change<'_>, report: &Report) -> Result<()> {
    Sql::new(
        "INSERT INTO feedback_reports (id, form_id, secret_digest, code, sort, kind, lat, lon, place_key, place_words, \
         commune_id, words, reporter_id, contact, state, receiving_id, agency_id, case_id, filed_at, reopened, supports) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
    )
    .bind(report.id.uuid())
    .bind(report.form_id.uuid())
    .bind(report.secret_digest.as_str())
    .bind(report.code.as_str())
    .bind(report.sort.as_str())
    .bind(report.kind.as_str())
    .bind(report.place.map(|place| i64::from(place.lat)))
    .bind(report.place.map(|place| i64::from(place.lon)))
    .bind(report.place.map(Place::key))
    .bind(report.place_words.as_str())
    .bind(report.commune.uuid())
    .bind(report.words.as_str())
    .bind(report.reporter.map(Id::uuid))
    .bind(contact(&report.contact)?)
    .bind(report.state.as_str())
    .bind(report.receiving.uuid())
    .bind(report.agency.uuid())
    .bind(report.case.uuid())
    .bind(report.filed_at)
    .bind(report.reopened)
    .bind(report.supports)
    .run(change.tx)
    .await?;
    Ok(())
}
