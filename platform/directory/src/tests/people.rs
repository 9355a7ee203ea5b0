use base::{Error, Id};
use journal::Actor;

use super::{Fixture, day};
use crate::actions::{add_person, change_person};
use crate::person::{NewPerson, Person, Sex};
use crate::queries;

fn sample() -> NewPerson {
    NewPerson {
        name: "Trần Thị Demo".to_owned(),
        birth_date: Some(day("1989-05-12")),
        sex: Some(Sex::Female),
        personal_number: Some("056189000003".parse().unwrap()),
        phone: Some("0901000001".parse().unwrap()),
        email: Some("demo@example.vn".to_owned()),
        address: Some("Số 1 Đường Ví Dụ".to_owned()),
    }
}

async fn add(f: &Fixture, new: NewPerson) -> base::Result<Id> {
    f.store.write(async |tx| add_person(tx, f.now, &Actor::PROGRAM, new).await).await
}

async fn change(f: &Fixture, person: &Person) -> base::Result<()> {
    f.store.write(async |tx| change_person(tx, f.now, &Actor::PROGRAM, person).await).await
}

#[store::test]
async fn a_person_is_read_back_whole_by_id_and_by_number(f: Fixture) {
    let id = add(&f, sample()).await.unwrap();
    let person = queries::person(f.store.read(), id).await.unwrap();
    assert_eq!(person, Some(sample().with_id(id)));
    let number = sample().personal_number.unwrap();
    assert_eq!(queries::person_by_number(f.store.read(), &number).await.unwrap(), person);
}

#[store::test]
async fn a_personal_number_belongs_to_one_person(f: Fixture) {
    add(&f, sample()).await.unwrap();
    let twin = add(&f, NewPerson { name: "Lê Thị Ví Dụ".to_owned(), ..sample() }).await;
    assert!(matches!(twin, Err(Error::Conflict("directory-error-number-taken"))));
    let other = f.person("Nguyễn Văn Mẫu").await;
    let taken = change(&f, &sample().with_id(other)).await;
    assert!(matches!(taken, Err(Error::Conflict("directory-error-number-taken"))));
}

#[store::test]
async fn the_journal_names_changed_fields_and_never_their_values(f: Fixture) {
    let id = add(&f, sample()).await.unwrap();
    let changed = Person { name: "Trần Thị Demo Mới".to_owned(), phone: None, ..sample().with_id(id) };
    change(&f, &changed).await.unwrap();
    change(&f, &changed).await.unwrap();
    assert_eq!(queries::person(f.store.read(), id).await.unwrap(), Some(changed));
    let history = journal::history(&f.store, id).await.unwrap();
    let told: Vec<String> = history.iter().map(|line| format!("{} {}", line.verb, line.data)).collect();
    assert_eq!(told, ["directory.person-added {}", "directory.person-changed {\"fields\":[\"name\",\"phone\"]}"]);
}

#[store::test]
async fn nobody_can_change_a_person_who_is_not_there(f: Fixture) {
    let nobody = sample().with_id(Id::new(f.now));
    assert!(matches!(change(&f, &nobody).await, Err(Error::NotFound)));
}
