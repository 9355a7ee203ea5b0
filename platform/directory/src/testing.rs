//! A province's agencies and somebody in them: what fixtures of systems begin with.
#![expect(clippy::expect_used, reason = "what goes wrong here has failed the test that asked for it")]

use base::{Id, Now};
use journal::Actor;
use store::Store;
use system::{Officer, Permission, PositionKind};

use crate::{Agency, NewPerson, actions, queries};

/// The agencies of Khánh Hòa, and one person of whom this is known.
///
/// # Panics
/// When they cannot be written. So do all functions here.
pub async fn populated(store: &Store, now: Now, person: NewPerson) -> Id {
    let province = province::Province::load("khanh-hoa").expect("the province's files");
    let person = store.write(async |tx| {
        actions::load(tx, now, &province).await?;
        let person = NewPerson { name: "Trần Thị Demo".to_owned(), ..person };
        actions::add_person(tx, now, &Actor::PROGRAM, person).await
    });
    person.await.expect("agencies and a person")
}

/// The agency of a code.
pub async fn agency(store: &Store, now: Now, code: &str) -> Agency {
    let found = queries::agency_by_code(store.read(), code, now.today()).await;
    found.expect("agencies").expect("an agency of this code")
}

/// Somebody in an agency who holds what a position of this kind does.
pub fn officer(now: Now, agency: &Agency, kind: PositionKind, permissions: &[Permission]) -> Officer {
    let held = permissions.iter().filter(|permission| permission.is_held(kind, &agency.kind));
    let held: Vec<&str> = held.map(|permission| permission.key).collect();
    Officer { agency: agency.id, agency_name: agency.name.clone(), ..web::testing::officer(now, kind, &held) }
}
