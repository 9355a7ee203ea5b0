use directory::{Person, Sex};
use form::{Known, Prefill};

/// What is already known of the person a form is filled in for.
pub(super) fn known(person: &Person) -> Known {
    let birth_date = person.birth_date.map(|day| day.format("%Y-%m-%d").to_string());
    let sex = person.sex.map(|sex| match sex {
        Sex::Male => "male".to_owned(),
        Sex::Female => "female".to_owned(),
    });
    let facts = [
        (Prefill::Name, Some(person.name.clone())),
        (Prefill::BirthDate, birth_date),
        (Prefill::IdNumber, person.personal_number.as_ref().map(|number| number.reveal().to_owned())),
        (Prefill::Phone, person.phone.as_ref().map(|phone| phone.reveal().to_owned())),
        (Prefill::Email, person.email.clone()),
        (Prefill::Address, person.address.clone()),
        (Prefill::Sex, sex),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?.into()))).collect()
}
