use base::{Error, Id, Result};
use chrono::NaiveDate;
use journal::Actor;
use system::PositionKind;

use super::{Fixture, day};
use crate::actions::{appoint, end_agency, relieve};
use crate::agency::Position;
use crate::holding::NewHolding;
use crate::queries;

impl Fixture {
    async fn position(&self, agency: &str, unit: &str, kind: PositionKind, on: &str) -> Position {
        let agency = self.agency(agency).await;
        let positions = queries::positions(self.store.read(), agency.id, day(on)).await.unwrap();
        let fits = |position: &Position| position.unit.as_deref() == Some(unit) && position.kind == kind;
        positions.into_iter().find(fits).unwrap()
    }

    async fn appoint(&self, new: NewHolding) -> Result<Id> {
        self.store.write(async |tx| appoint(tx, self.now, &Actor::PROGRAM, new).await).await
    }

    /// Titles and agencies of what a person holds on a day.
    async fn held(&self, person: Id, on: &str) -> Vec<(String, String)> {
        let held = queries::holdings_of(self.store.read(), person, day(on)).await.unwrap();
        held.into_iter().map(|holding| (holding.position.title, holding.agency_name)).collect()
    }
}

fn own(position: &Position, person: Id, from: &str, to: Option<&str>) -> NewHolding {
    NewHolding { position: position.id, person, acting_for: None, from: day(from), to: to.map(day) }
}

fn refused(outcome: Result<Id>) -> String {
    match outcome {
        Err(Error::Invalid(fields)) => fields.into_values().collect(),
        Err(Error::Conflict(key)) => key.to_owned(),
        other => panic!("{other:?}"),
    }
}

#[store::test]
async fn a_person_holds_several_positions_each_in_its_days(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let person = f.person("Nguyễn Văn Mẫu").await;
    let ward = f.position("H32.31.01", "tu-phap", PositionKind::Specialist, "2024-01-01").await;
    let commune = f.position("H32.101", "tu-phap", PositionKind::Specialist, "2026-01-01").await;
    let department = f.position("H32.03", "mot-cua", PositionKind::Reception, "2026-01-01").await;
    f.appoint(own(&ward, person, "2023-01-01", Some("2025-06-30"))).await.unwrap();
    f.appoint(own(&commune, person, "2025-07-01", None)).await.unwrap();
    let second = f.appoint(own(&department, person, "2026-01-01", Some("2026-03-31"))).await.unwrap();
    let ward = ("Công chức Tư pháp - Hộ tịch".to_owned(), "Ủy ban nhân dân phường Vĩnh Hòa".to_owned());
    let commune = ("Công chức Tư pháp - Hộ tịch".to_owned(), "Ủy ban nhân dân phường Bắc Nha Trang".to_owned());
    let desk = ("Cán bộ một cửa".to_owned(), "Sở Tư pháp tỉnh Khánh Hòa".to_owned());
    assert_eq!(f.held(person, "2022-12-31").await, []);
    assert_eq!(f.held(person, "2025-06-30").await, [ward]);
    assert_eq!(f.held(person, "2025-07-01").await, std::slice::from_ref(&commune));
    assert_eq!(f.held(person, "2026-04-01").await, std::slice::from_ref(&commune));
    assert_eq!(f.held(person, "2026-03-31").await, [commune, desk]);
    let read = f.store.read();
    assert_eq!(queries::holding(read, second, day("2026-02-01")).await.unwrap().unwrap().person, person);
    assert_eq!(queries::holding(read, second, day("2026-04-01")).await.unwrap(), None);
    let there = queries::holdings_in(read, f.agency("H32.03").await.id, day("2026-02-01")).await.unwrap();
    assert_eq!(there.iter().map(|holding| holding.id).collect::<Vec<_>>(), [second]);
}

#[store::test]
async fn an_authorisation_ends_on_its_last_day(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let (chair, deputy) = (f.person("Lê Thị Ví Dụ").await, f.person("Nguyễn Văn Mẫu").await);
    let position = f.position("H32.101", "lanh-dao", PositionKind::Leader, "2026-01-01").await;
    f.appoint(own(&position, chair, "2025-07-01", None)).await.unwrap();
    let acting = NewHolding { acting_for: Some(chair), ..own(&position, deputy, "2026-11-02", Some("2026-11-06")) };
    f.appoint(acting).await.unwrap();
    for (on, holds) in [("2026-11-01", false), ("2026-11-02", true), ("2026-11-06", true), ("2026-11-07", false)] {
        let held = queries::holdings_of(f.store.read(), deputy, day(on)).await.unwrap();
        assert_eq!(
            held.iter().map(|holding| holding.acting_for).collect::<Vec<_>>(),
            vec![Some(chair); usize::from(holds)]
        );
        assert_eq!(f.held(chair, on).await.len(), 1);
    }
}

#[store::test]
async fn an_authorisation_lapses_when_its_giver_leaves(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let (chair, deputy) = (f.person("Lê Thị Ví Dụ").await, f.person("Nguyễn Văn Mẫu").await);
    let position = f.position("H32.101", "lanh-dao", PositionKind::Leader, "2026-01-01").await;
    let chairs = f.appoint(own(&position, chair, "2025-07-01", None)).await.unwrap();
    let acting = NewHolding { acting_for: Some(chair), ..own(&position, deputy, "2026-11-02", Some("2026-11-30")) };
    f.appoint(acting).await.unwrap();
    let leave =
        async |last: NaiveDate| f.store.write(async |tx| relieve(tx, f.now, &Actor::PROGRAM, chairs, last).await).await;
    leave(day("2026-11-10")).await.unwrap();
    assert_eq!(f.held(deputy, "2026-11-10").await.len(), 1);
    assert_eq!(f.held(deputy, "2026-11-11").await, []);
    assert!(matches!(leave(day("2026-11-10")).await, Err(Error::Conflict("directory-error-ended-already"))));
    assert!(matches!(leave(day("2025-06-30")).await, Err(Error::Invalid(_))));
}

#[store::test]
async fn an_agency_that_ends_takes_its_positions_along(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let person = f.person("Trần Thị Demo").await;
    let position = f.position("H32.101", "mot-cua", PositionKind::Reception, "2026-01-01").await;
    f.appoint(own(&position, person, "2025-07-01", None)).await.unwrap();
    let end = async |last: NaiveDate| {
        f.store.write(async |tx| end_agency(tx, f.now, &Actor::PROGRAM, position.agency, last).await).await
    };
    end(day("2026-12-31")).await.unwrap();
    assert_eq!(f.held(person, "2026-12-31").await.len(), 1);
    assert_eq!(f.held(person, "2027-01-01").await, []);
    assert!(matches!(end(day("2027-06-30")).await, Err(Error::Conflict("directory-error-ended-already"))));
    assert!(matches!(end(day("2025-06-30")).await, Err(Error::Invalid(_))));
}

#[store::test]
async fn appointments_that_cannot_be_are_refused(f: Fixture) {
    let f = f.with_khanh_hoa().await;
    let (chair, deputy) = (f.person("Lê Thị Ví Dụ").await, f.person("Nguyễn Văn Mẫu").await);
    let old = f.position("H32.31.01", "lanh-dao", PositionKind::Leader, "2024-01-01").await;
    let position = f.position("H32.101", "lanh-dao", PositionKind::Leader, "2026-01-01").await;
    f.appoint(own(&position, chair, "2025-07-01", Some("2026-12-31"))).await.unwrap();
    let acting = |giver, to| NewHolding { acting_for: Some(giver), ..own(&position, deputy, "2026-11-02", to) };
    for (new, reason) in [
        (own(&old, deputy, "2024-01-01", Some("2025-07-01")), "directory-error-no-position-then"),
        (own(&old, deputy, "2025-07-01", None), "directory-error-no-position-then"),
        (own(&position, deputy, "2025-06-30", None), "directory-error-no-position-then"),
        (own(&position, deputy, "2026-02-01", Some("2026-01-31")), "directory-error-ends-before"),
        (own(&position, chair, "2026-12-31", None), "directory-error-holds-already"),
        (acting(chair, None), "directory-error-acting-without-end"),
        (acting(deputy, Some("2026-11-06")), "directory-error-giver"),
    ] {
        assert_eq!(refused(f.appoint(new).await), reason, "{new:?}");
    }
    f.appoint(own(&position, chair, "2027-01-01", None)).await.unwrap();
    let unknown = NewHolding { position: Id::new(f.now), ..own(&position, deputy, "2026-01-01", None) };
    assert!(matches!(f.appoint(unknown).await, Err(Error::NotFound)));
}
