use base::{Error, Id, Result};
use chrono::NaiveDate;
use journal::Actor;
use system::PositionKind::{Leader, Reception, Specialist};
use system::{Caller, PositionKind};

use super::{Fixture, day};
use crate::access::PERMISSIONS;
use crate::actions::{NewStandIn, appoint, end_stand_in, stand_in};
use crate::holding::NewHolding;
use crate::queries;
use crate::testing;

const WARD: &str = "H32.101";

/// Somebody who holds a position of the agency in their own right.
struct Employed {
    caller: Caller,
    person: Id,
    holding: Id,
}

impl Fixture {
    async fn employ(&self, agency: &str, unit: &str, kind: PositionKind, name: &str) -> Employed {
        let agency = self.agency(agency).await;
        let person = self.person(name).await;
        let today = self.now.today();
        let positions = queries::positions(self.store.read(), agency.id, today).await.unwrap();
        let fits = |one: &&crate::Position| one.unit.as_deref() == Some(unit) && one.kind == kind;
        let position = positions.iter().find(fits).unwrap();
        let new = NewHolding { position: position.id, person, acting_for: None, from: day("2025-07-01"), to: None };
        let holding = self.store.write(async |tx| appoint(tx, self.now, &Actor::PROGRAM, new).await).await.unwrap();
        let officer = testing::officer(self.now, &agency, kind, PERMISSIONS);
        let caller = Caller::Officer(system::Officer { person, position: position.id, ..officer });
        Employed { caller, person, holding }
    }

    async fn arrange(
        &self,
        by: &Employed,
        of: &Employed,
        deputy: &Employed,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Id> {
        let new = NewStandIn { of: of.holding, deputy: deputy.person, from, to };
        stand_in(&self.store, self.now, &by.caller, new).await
    }

    async fn stood_in_for(&self, deputy: &Employed, on: NaiveDate) -> Vec<String> {
        let found = queries::stood_in_for(self.store.read(), deputy.person, on).await.unwrap();
        found.into_iter().map(|one| one.away_name).collect()
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T>) -> String {
    match outcome {
        Err(Error::Invalid(fields)) => fields.into_values().collect(),
        Err(Error::Conflict(key)) => key.to_owned(),
        Err(Error::NotFound) => "not found".to_owned(),
        other => panic!("{other:?}"),
    }
}

#[store::test]
async fn a_colleague_of_the_same_kind_does_the_work_until_the_last_day(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let away = f.employ(WARD, "tu-phap", Specialist, "Nguyễn Văn Mẫu").await;
    let deputy = f.employ(WARD, "kinh-te", Specialist, "Trần Thị Mẫu").await;
    let desk = f.employ(WARD, "mot-cua", Reception, "Lê Văn Mẫu").await;
    let (today, last) = (f.now.today(), f.now.today() + chrono::Days::new(4));
    let yesterday = today - chrono::Days::new(1);
    assert_eq!(refused(f.arrange(&away, &away, &desk, today, last).await), "directory-error-deputy-other-kind");
    assert_eq!(refused(f.arrange(&away, &away, &away, today, last).await), "directory-error-deputy-is-away");
    assert_eq!(refused(f.arrange(&away, &away, &deputy, yesterday, last).await), "directory-error-day-is-past");
    assert_eq!(refused(f.arrange(&away, &away, &deputy, last, today).await), "directory-error-ends-before");
    assert_eq!(refused(f.arrange(&deputy, &away, &deputy, today, last).await), "not found", "nobody sends others away");
    let holding = f.arrange(&away, &away, &deputy, today, last).await.unwrap();
    assert_eq!(refused(f.arrange(&away, &away, &deputy, last, last).await), "directory-error-stood-in-for");
    assert_eq!(f.stood_in_for(&deputy, last).await, ["Nguyễn Văn Mẫu"]);
    assert!(f.stood_in_for(&deputy, last + chrono::Days::new(1)).await.is_empty(), "it ends by itself");

    assert_eq!(refused(end_stand_in(&f.store, f.now, &deputy.caller, holding).await), "not found");
    end_stand_in(&f.store, f.now, &away.caller, holding).await.unwrap();
    assert_eq!(f.stood_in_for(&deputy, today).await, ["Nguyễn Văn Mẫu"], "today is the last day");
    assert!(f.stood_in_for(&deputy, today + chrono::Days::new(1)).await.is_empty());
}

#[store::test]
async fn who_leads_names_anybody_of_the_agency_and_nobody_elsewhere(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let leader = f.employ(WARD, "lanh-dao", Leader, "Phạm Văn Mẫu").await;
    let away = f.employ(WARD, "mot-cua", Reception, "Nguyễn Văn Mẫu").await;
    let deputy = f.employ(WARD, "tu-phap", Specialist, "Trần Thị Mẫu").await;
    let elsewhere = f.employ("H32.103", "tu-phap", Specialist, "Hoàng Thị Mẫu").await;
    let (from, last) = (f.now.today() + chrono::Days::new(2), f.now.today() + chrono::Days::new(4));
    assert_eq!(refused(f.arrange(&leader, &away, &elsewhere, from, last).await), "directory-error-deputy-elsewhere");
    assert_eq!(refused(f.arrange(&leader, &elsewhere, &deputy, from, last).await), "not found");
    let holding = f.arrange(&leader, &away, &deputy, from, last).await.unwrap();
    let another = f.employ(WARD, "kinh-te", Specialist, "Đỗ Văn Mẫu").await;
    assert_eq!(refused(f.arrange(&leader, &away, &another, last, last).await), "directory-error-stood-in-for");

    // In the other's place one hands on nothing.
    let acting = match &deputy.caller {
        Caller::Officer(officer) => Caller::Officer(system::Officer {
            acting_for: Some(away.person),
            permissions: [crate::access::STAND_INS.to_owned()].into(),
            ..officer.clone()
        }),
        other => other.clone(),
    };
    let new = NewStandIn { of: away.holding, deputy: another.person, from, to: last };
    assert_eq!(refused(stand_in(&f.store, f.now, &acting, new).await), "not found");

    end_stand_in(&f.store, f.now, &leader.caller, holding).await.unwrap();
    assert!(f.stood_in_for(&deputy, from).await.is_empty(), "what has not begun does not begin");
    let history = journal::history(&f.store, holding).await.unwrap();
    let verbs: Vec<&str> = history.iter().map(|entry| entry.verb.as_str()).collect();
    assert_eq!(verbs, ["directory.appointed", "directory.appointment-called-off"]);
}
