//! An applicant chooses the post.

use base::{Error, FieldErrors, Id, Now, Phone, Result};
use contracts::crossing::{ExchangedDossier, ExchangedDossiers};
use contracts::questions::Payments;
use store::{Sql, next_number};
use system::{App, Caller};

use super::{Change, send, summary};
use crate::order::{Leg, Order, Party, State};
use crate::{access, queries, rules};

/// The longest name, address and note, in characters.
const NAME: usize = 100;
const WORDS: usize = 300;
/// In which state of a dossier its result lies at the desk.
const FINISHED: u8 = 9;

/// What is chosen for a dossier. `form` was made with the page: the same form sent twice makes the same orders.
#[derive(Clone, Debug)]
pub struct Choice {
    pub form: Id,
    pub legs: Vec<Leg>,
    pub party: Party,
    /// Code of a service of the rules.
    pub service: String,
    /// Whether what is still to be paid is collected on delivery.
    pub cod: bool,
    pub note: String,
}

/// Orders the post for the caller's own dossier. Papers are fetched at once, a result is brought when it is there.
///
/// # Errors
/// [`Error::NotFound`] for another's dossier; [`Error::Invalid`] field by field; [`Error::Conflict`] when it was chosen
/// before, or is too late.
pub async fn choose(app: &App, now: Now, caller: &Caller, code: &str, choice: Choice) -> Result<Vec<Order>> {
    let dossier = own(app, caller, code).await?;
    let made = queries::by_form(app.store.read(), choice.form).await?;
    if !made.is_empty() {
        return if made.iter().all(|order| order.dossier == dossier.id) { Ok(made) } else { Err(Error::NotFound) };
    }
    let choice = choice.checked()?;
    let form = choice.form;
    let done = app.store.write(async |tx| insert(&Change { app, tx, now, actor: caller.actor() }, code, choice).await);
    match done.await {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => {
            let made = queries::by_form(app.store.read(), form).await?;
            if made.is_empty() { Err(Error::Conflict("post-chosen-before")) } else { Ok(made) }
        }
        done => done,
    }
}

/// The caller's own dossier, as the post may know it.
///
/// # Errors
/// [`Error::NotFound`] for another's.
pub(crate) async fn own(app: &App, caller: &Caller, code: &str) -> Result<ExchangedDossier> {
    let dossier = known(app, code).await?;
    access::own(caller, dossier.applicant, dossier.filed_by)?;
    Ok(dossier)
}

async fn known(app: &App, code: &str) -> Result<ExchangedDossier> {
    let dossiers = app.ask::<dyn ExchangedDossiers>().ok_or(Error::NotFound)?;
    dossiers.by_code(code).await?.ok_or(Error::NotFound)
}

impl Choice {
    fn checked(mut self) -> Result<Self> {
        let mut wrong = FieldErrors::new();
        let mut field = |name: &str, text: &str, fine: bool| {
            if !fine {
                wrong.insert(name.to_owned(), text.to_owned());
            }
        };
        let short = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most;
        for text in [&mut self.party.name, &mut self.party.address, &mut self.note] {
            *text = text.trim().to_owned();
        }
        let phone = self.party.phone.parse::<Phone>();
        field("kind", "post-kind-missing", !self.legs.is_empty());
        field("name", "post-name-missing", short(&self.party.name, NAME));
        field("phone", "post-phone-wrong", phone.is_ok());
        field("address", "post-address-missing", short(&self.party.address, WORDS));
        field("note", "post-note-long", self.note.chars().count() <= WORDS);
        field("service", "post-service-missing", rules()?.services.iter().any(|one| one.code == self.service));
        if let Ok(phone) = phone {
            phone.reveal().clone_into(&mut self.party.phone);
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }
}

async fn insert(change: &Change<'_>, code: &str, choice: Choice) -> Result<Vec<Order>> {
    // Asked again here: what happened before this transaction began counts.
    let dossier = known(change.app, code).await?;
    let offered = queries::offered(change.app, dossier.state, &queries::of_dossier(change.tx, dossier.id).await?)?;
    if !choice.legs.iter().all(|leg| offered.contains(leg)) {
        return Err(Error::Conflict("post-not-offered"));
    }
    if !choice.party.commune.is_empty() {
        let day = change.now.today();
        let commune = directory::queries::agency_by_code(change.tx, &choice.party.commune, day).await?;
        commune.ok_or_else(|| Error::invalid("commune", "post-commune-unknown"))?;
    }
    let mut orders = Vec::new();
    for leg in &choice.legs {
        let mut order = row(change, &dossier, *leg, &choice).await?;
        change.tell(order.id, "post.wanted", &summary(&order)).await?;
        if *leg == Leg::Collect || dossier.state == FINISHED {
            send::send(change, &mut order).await?;
        }
        orders.push(order);
    }
    Ok(orders)
}

async fn row(change: &Change<'_>, dossier: &ExchangedDossier, leg: Leg, choice: &Choice) -> Result<Order> {
    let number = next_number(change.tx, &format!("post-order:{}", dossier.code), "").await?;
    let order = Order {
        id: Id::new(change.now),
        code: format!("{}-{number}", dossier.code),
        leg,
        dossier: dossier.id,
        dossier_code: dossier.code.clone(),
        agency: dossier.receiving,
        person: dossier.applicant,
        filed_by: dossier.filed_by,
        state: State::Wanted,
        service: choice.service.clone(),
        weight: rules()?.terms.weight_grams,
        cod: if choice.cod && leg == Leg::Return { Some(owed(change.app, dossier.id).await?) } else { None },
        tracking: None,
        party: choice.party.clone(),
        note: choice.note.clone(),
        wanted_at: change.now.utc(),
        created_at: None,
        ended_at: None,
        cancel_asked_at: None,
    };
    Sql::new(
        "INSERT INTO post_orders (id, form_id, code, leg, dossier_id, dossier_code, agency_id, person_id, filed_by, state, \
         service, weight, cod, name, phone, address, commune, note, wanted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(order.id.uuid())
    .bind(choice.form.uuid())
    .bind(order.code.as_str())
    .bind(order.leg.as_str())
    .bind(order.dossier.uuid())
    .bind(order.dossier_code.as_str())
    .bind(order.agency.uuid())
    .bind(order.person.uuid())
    .bind(order.filed_by.map(Id::uuid))
    .bind(order.state.as_str())
    .bind(order.service.as_str())
    .bind(order.weight)
    .bind(order.cod)
    .bind(order.party.name.as_str())
    .bind(order.party.phone.as_str())
    .bind(order.party.address.as_str())
    .bind(order.party.commune.as_str())
    .bind(order.note.as_str())
    .bind(order.wanted_at)
    .run(change.tx)
    .await?;
    Ok(order)
}

/// What is still to be paid for a dossier, in whole đồng.
pub(crate) async fn owed(app: &App, dossier: Id) -> Result<i64> {
    let Some(payments) = app.ask::<dyn Payments>() else { return Ok(0) };
    Ok(payments.charged(dossier).await?.iter().filter(|charge| charge.open).map(|charge| charge.amount).sum())
}
