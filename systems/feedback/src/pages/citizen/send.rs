//! The form of a report: one page, and a second one when others reported the same close by.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id, Result};
use chrono::TimeDelta;
use directory::{Agency, COMMUNE_COMMITTEE, commune_name};
use geo::Place;
use identity::LinkSecret;
use serde::Deserialize;
use system::{App, Caller};
use web::{Answer, Choice, Errors, Flash, Query, Upload, Visitor, filters, redirect_with};

use super::near;
use crate::actions::{self, NewReport};
use crate::pages::pictures::{self, Received};
use crate::pages::view::View;
use crate::queries;
use crate::report::{Contact, Sort};
use crate::rules::{self, rules};

#[derive(Template)]
#[template(path = "feedback/citizen/send.html")]
struct Form<'a> {
    csrf: &'a str,
    errors: Errors,
    typed: &'a Typed,
    groups: Vec<Group>,
    communes: Vec<Choice>,
    /// Pictures that are here already.
    photos: usize,
    most_photos: usize,
    /// Whether a video is here already.
    video: bool,
    most_video: u64,
    named: bool,
    view: View,
}

/// The kinds of one sort.
struct Group {
    title: &'static str,
    kinds: Vec<Choice>,
}

/// What stands in the form.
pub(super) struct Typed {
    pub(super) secret: LinkSecret,
    pub(super) kind: String,
    pub(super) lat: String,
    pub(super) lon: String,
    pub(super) commune: String,
    pub(super) place_words: String,
    pub(super) words: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) mail: String,
    pub(super) unnamed: bool,
}

impl Typed {
    fn empty(secret: LinkSecret, kind: String) -> Self {
        let nothing = String::new;
        Self {
            secret,
            kind,
            lat: nothing(),
            lon: nothing(),
            commune: nothing(),
            place_words: nothing(),
            words: nothing(),
            name: nothing(),
            phone: nothing(),
            mail: nothing(),
            unnamed: false,
        }
    }

    fn of(received: &Received, secret: LinkSecret) -> Self {
        let value = |name: &str| received.value(name).trim().to_owned();
        Self {
            secret,
            kind: value("kind"),
            lat: value("lat"),
            lon: value("lon"),
            commune: value("commune"),
            place_words: value("place-words"),
            words: value("words"),
            name: value("name"),
            phone: value("phone"),
            mail: value("mail"),
            unnamed: received.value("unnamed") == "yes",
        }
    }

    fn place(&self) -> Result<Option<Place>> {
        if self.lat.is_empty() && self.lon.is_empty() {
            return Ok(None);
        }
        let place = self.lat.parse().ok().zip(self.lon.parse().ok());
        let place = place.and_then(|(lat, lon)| Place::new(lat, lon).ok());
        place.map(Some).ok_or_else(|| Error::invalid("commune", "feedback-place-unreadable"))
    }

    fn contact(&self) -> Result<Contact> {
        let mut wrong = FieldErrors::new();
        let phone = self.phone.parse();
        if !self.phone.is_empty() && phone.is_err() {
            wrong.insert("phone".to_owned(), "feedback-phone-wrong".to_owned());
        }
        let mailbox = self.mail.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        if !self.mail.is_empty() && !mailbox {
            wrong.insert("mail".to_owned(), "feedback-mail-wrong".to_owned());
        }
        let contact = Contact { name: self.name.clone(), phone: phone.ok(), mail: self.mail.clone() };
        if wrong.is_empty() { Ok(contact) } else { Err(Error::Invalid(wrong)) }
    }
}

#[derive(Deserialize)]
pub(super) struct Begun {
    #[serde(default)]
    loai: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(begun): Query<Begun>) -> Answer {
    let typed = Typed::empty(LinkSecret::new(&*app.random), begun.loai);
    show(&app, &visitor, &typed, Errors::default()).await
}

async fn show(app: &App, visitor: &Visitor, typed: &Typed, errors: Errors) -> Answer {
    let page = Form {
        csrf: visitor.csrf(),
        groups: groups()?,
        communes: communes(app, visitor).await?,
        photos: queries::photos(app.store.read(), typed.secret.form_id()).await?.len(),
        most_photos: rules()?.limits.photos,
        video: queries::video(app.store.read(), typed.secret.form_id()).await?.is_some(),
        most_video: rules()?.limits.video_megabytes,
        named: matches!(visitor.caller, Caller::Citizen(_)),
        view: View::of(app)?,
        typed,
        errors,
    };
    let title = visitor.text("feedback-send-title");
    visitor.form(&title, &page.errors, &page)
}

fn groups() -> Result<Vec<Group>> {
    let rules = rules()?;
    let group = |sort: Sort| {
        let sort = rules.sort(sort.as_str())?;
        let kinds = rules.kinds.iter().filter(|kind| kind.sort == sort.code);
        let choice = |kind: &province::Kind| Choice { value: kind.code.clone(), text: kind.title.clone() };
        Some(Group { title: &sort.title, kinds: kinds.map(choice).collect() })
    };
    Ok(Sort::ALL.into_iter().filter_map(group).collect())
}

/// The communes of the province, by name.
pub(super) async fn communes(app: &App, visitor: &Visitor) -> Result<Vec<Choice>> {
    let known = directory::queries::communes(app.store.read(), visitor.now.today()).await?;
    let choice = |agency: Agency| Choice { text: commune_name(&agency.name).to_owned(), value: agency.code };
    Ok(known.into_iter().map(choice).collect())
}

/// Takes the form; pictures that are right are kept whatever else is wrong.
pub(super) async fn send(State(app): State<App>, visitor: Visitor, upload: Upload) -> Answer {
    let secret = |received: &Received| LinkSecret::read(received.value("khoa"));
    let mut received = pictures::receive(&app, &visitor, upload, |received| Some(secret(received)?.form_id())).await?;
    let Some(secret) = secret(&received) else { return Err(Error::invalid("form", "web-error-form").into()) };
    let mut typed = Typed::of(&received, secret);
    let mut errors = std::mem::take(&mut received.errors);
    let new = match checked(&app, &visitor, &typed).await {
        Ok(new) => new,
        Err(Error::Invalid(mut wrong)) => {
            if let Some(kind) = rules::likely_kind(&typed.words)?.filter(|_| typed.kind.is_empty()) {
                typed.kind.clone_from(&kind.code);
                wrong.insert("kind".to_owned(), "feedback-kind-proposed".to_owned());
            }
            add(&visitor, &mut errors, &wrong);
            return show(&app, &visitor, &typed, errors).await;
        }
        Err(error) => return Err(error.into()),
    };
    if !errors.is_empty() {
        return show(&app, &visitor, &typed, errors).await;
    }
    if received.value("van-gui").is_empty()
        && let Some(found) = close_by(&app, &visitor, &new).await?
    {
        return near::page(&visitor, &typed, found);
    }
    match actions::file(&app, visitor.now, &visitor.caller, new).await {
        Ok(report) => {
            let to = format!("/phan-anh/da-gui/{}?khoa={}", report.code, typed.secret.reveal());
            Ok(redirect_with(&to, Flash::success("feedback-told-sent")))
        }
        Err(Error::Invalid(wrong)) => {
            add(&visitor, &mut errors, &wrong);
            show(&app, &visitor, &typed, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

fn add(visitor: &Visitor, errors: &mut Errors, wrong: &FieldErrors) {
    for (field, key) in wrong {
        errors.add(field, visitor.text(key));
    }
}

/// What was typed, if nothing is wrong with it; else everything that is.
async fn checked(app: &App, visitor: &Visitor, typed: &Typed) -> Result<NewReport> {
    let mut wrong = FieldErrors::new();
    let kind = noted(&mut wrong, rules::kind(&typed.kind).map(drop))?;
    if typed.words.is_empty() {
        wrong.insert("words".to_owned(), "feedback-words-missing".to_owned());
    }
    let contact = noted(&mut wrong, typed.contact())?;
    let place = match noted(&mut wrong, typed.place())? {
        Some(None) => photographed(app, typed.secret.form_id()).await?,
        Some(place) => place,
        None => None,
    };
    let commune = noted(&mut wrong, commune(app, visitor, typed, place).await)?;
    match (commune, contact, kind) {
        (Some(commune), Some(contact), Some(())) if wrong.is_empty() => Ok(NewReport {
            secret: typed.secret.clone(),
            kind: typed.kind.clone(),
            place,
            place_words: typed.place_words.clone(),
            commune,
            words: typed.words.clone(),
            contact,
            unnamed: typed.unnamed,
            sender: visitor.subscriber(),
        }),
        _ => Err(Error::Invalid(wrong)),
    }
}

/// Puts aside what is wrong with a field, so that all is told at once.
fn noted<T>(wrong: &mut FieldErrors, read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Error::Invalid(fields)) => {
            wrong.extend(fields);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Where a picture says that it was taken, if that is in the province at all.
async fn photographed(app: &App, form: Id) -> Result<Option<Place>> {
    let land = rules::land(app)?;
    let photos = queries::photos(app.store.read(), form).await?;
    Ok(photos.into_iter().filter_map(|photo| photo.place).find(|place| land.commune_at(*place).is_some()))
}

/// The commune that was chosen; else that of the place.
async fn commune(app: &App, visitor: &Visitor, typed: &Typed, place: Option<Place>) -> Result<Id> {
    let (c, today) = (app.store.read(), visitor.now.today());
    if !typed.commune.is_empty() {
        let chosen = directory::queries::agency_by_code(c, &typed.commune, today).await?;
        let chosen = chosen.filter(|agency| agency.kind == COMMUNE_COMMITTEE);
        return Ok(chosen.ok_or_else(|| Error::invalid("commune", "feedback-commune-missing"))?.id);
    }
    let place = place.ok_or_else(|| Error::invalid("commune", "feedback-commune-missing"))?;
    let committee = queries::committee_at(app, visitor.now, place).await?;
    Ok(committee.ok_or_else(|| Error::invalid("commune", "feedback-place-outside"))?.id)
}

/// What others reported of the same close by.
async fn close_by(app: &App, visitor: &Visitor, new: &NewReport) -> Result<Option<Vec<queries::Near>>> {
    let Some(place) = new.place else { return Ok(None) };
    let within = rules()?.near;
    let since = visitor.now.utc() - TimeDelta::days(within.days);
    let found = queries::near(app.store.read(), &new.kind, place, within.metres.into(), since, false).await?;
    // The same form sent again meets its own report.
    let form = new.secret.form_id();
    let others: Vec<queries::Near> = found.into_iter().filter(|near| near.report.form_id != form).collect();
    Ok(if others.is_empty() { None } else { Some(others) })
}
