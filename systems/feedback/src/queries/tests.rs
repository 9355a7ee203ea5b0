//! Lists and tiles over rows that are put in as they are.

use base::{Id, Now};
use chrono::TimeDelta;
use contracts::figures::{FeedbackHandled as _, Handled, ReportFacts as _};
use geo::{Place, Tile};
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Kind, Location, Sql, Store};
use system::{Officer, PositionKind};
use uuid::Uuid;

use super::{Asked, Filter, Shown, for_desk, public_list, shown};
use crate::report::State;

struct Fixture {
    store: Store,
    location: Location,
    now: Now,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let all = [directory::MIGRATIONS, crate::migrations::ALL].concat();
        let (store, location) = database.migrated(&all, now).await;
        Self { store, location, now }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

const HERE: Place = Place { lat: 122_500_000, lon: 1_091_900_000 };

fn agency(number: u128) -> Id {
    Id::from_uuid(Uuid::from_u128(number))
}

impl Fixture {
    /// A public report of that moment in these agencies; its code is the number.
    async fn put(&self, number: usize, at: Now, state: State, agencies: &[Id]) {
        let id = Id::new(at);
        let written = self.store.write(async |tx| {
            Sql::new(
                "INSERT INTO feedback_reports (id, form_id, secret_digest, code, sort, kind, lat, lon, place_key, place_words, \
                 commune_id, words, state, receiving_id, agency_id, case_id, filed_at, public_at, reopened, supports) \
                 VALUES ($1, $2, '', $3, 'field', 'rac', $4, $5, $6, '', $7, 'Rác', $8, $7, $7, $2, $9, $9, 0, 0)",
            )
            .bind(id.uuid())
            .bind(Id::new(at).uuid())
            .bind(number.to_string())
            .bind(i64::from(HERE.lat))
            .bind(i64::from(HERE.lon))
            .bind(HERE.key())
            .bind(agency(1).uuid())
            .bind(state.as_str())
            .bind(at.utc())
            .run(tx)
            .await?;
            for agency in agencies {
                Sql::new("INSERT INTO feedback_agencies (agency_id, report_id, state) VALUES ($1, $2, $3)")
                    .bind(agency.uuid())
                    .bind(id.uuid())
                    .bind(state.as_str())
                    .run(tx)
                    .await?;
            }
            for zoom in super::ZOOMS {
                Sql::new(
                    "INSERT INTO feedback_cells (zoom, cell, count) VALUES ($1, $2, 1) \
                     ON CONFLICT (zoom, cell) DO UPDATE SET count = feedback_cells.count + 1",
                )
                .bind(i64::from(zoom))
                .bind(geo::cell(HERE.key(), zoom))
                .run(tx)
                .await?;
            }
            Ok(())
        });
        written.await.unwrap();
    }

    /// Agencies with what each sees of the others.
    async fn agencies(&self, scopes: &[(Id, Id)]) {
        let written = self.store.write(async |tx| {
            for (above, below) in scopes {
                Sql::new(
                    "INSERT INTO directory_agencies (id, code, name, notation, kind, tier, basis, valid_from) \
                     VALUES ($1, $2, '', '', 'department', 'province', '', $3) ON CONFLICT DO NOTHING",
                )
                .bind(below.uuid())
                .bind(below.to_string())
                .bind(self.now.today())
                .run(tx)
                .await?;
                Sql::new("INSERT INTO directory_scopes (ancestor, descendant, depth) VALUES ($1, $2, 0)")
                    .bind(above.uuid())
                    .bind(below.uuid())
                    .run(tx)
                    .await?;
            }
            Ok(())
        });
        written.await.unwrap();
    }
}

fn officer(agency: Id) -> Officer {
    Officer {
        account: agency,
        person: agency,
        name: String::new(),
        position: agency,
        kind: PositionKind::Reception,
        title: String::new(),
        agency,
        agency_name: String::new(),
        unit: None,
        permissions: std::collections::BTreeSet::new(),
        acting_for: None,
    }
}

#[store::test]
async fn pages_of_one_state_leave_nothing_out_and_show_nothing_twice(f: Fixture) {
    let (province, town, village) = (agency(1), agency(2), agency(3));
    f.agencies(&[(province, province), (town, town), (village, village), (province, town), (province, village)]).await;
    // The town has many, the village few, some are of both; states take turns.
    let mut of_town = Vec::new();
    let mut of_all = Vec::new();
    for number in 0..40 {
        let state = [State::Working, State::Closed, State::Working][number % 3];
        let agencies: &[Id] = match number % 8 {
            0 => &[village],
            4 => &[town, village],
            _ => &[town],
        };
        f.put(number, f.now, state, agencies).await;
        if state == State::Working {
            of_all.push(number.to_string());
            if agencies.contains(&town) {
                of_town.push(number.to_string());
            }
        }
    }
    for (agency, mut expected) in [(province, of_all), (town, of_town)] {
        expected.reverse();
        let filter = Filter { state: Some(State::Working), ..Filter::default() };
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = for_desk(f.store.read(), f.store.kind(), &officer(agency), &filter, before, 5).await.unwrap();
            before = page.rows.last().map(|report| report.id);
            found.extend(page.rows.into_iter().map(|report| report.code));
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(found, expected);
    }
}

#[store::test]
async fn a_tile_shows_its_reports_until_they_are_too_many_and_then_counts_them_all(f: Fixture) {
    for number in 0..200 {
        f.put(number, f.now, State::Working, &[]).await;
    }
    let tiles = [15, 16, 18, 19].map(|zoom| Tile::of(HERE, zoom));
    let shown = async |tile| shown(f.store.read(), tile).await.unwrap();
    assert!(matches!(shown(tiles[0]).await, Shown::Cells(cells) if cells[0].count == 200));
    for tile in &tiles[1..] {
        assert!(matches!(shown(*tile).await, Shown::Dots(dots) if dots.len() == 200), "zoom {}", tile.z);
    }
    f.put(200, f.now, State::Working, &[]).await;
    for tile in &tiles[..3] {
        assert!(matches!(shown(*tile).await, Shown::Cells(cells) if cells[0].count == 201), "zoom {}", tile.z);
    }
}

#[store::test]
async fn both_ends_of_a_time_are_part_of_it(f: Fixture) {
    let at = |micros: i64| Now::at(f.now.utc() + TimeDelta::microseconds(micros));
    for (number, micros) in [-1, 0, 400, 1999, 2000, 2001].into_iter().enumerate() {
        f.put(number, at(micros), State::Working, &[]).await;
    }
    let filter = Filter { sent: Some((at(0).utc(), at(2000).utc())), ..Filter::default() };
    let kind: Kind = f.store.kind();
    let found = public_list(f.store.read(), kind, &filter, None, 9).await.unwrap();
    let mut codes: Vec<String> = found.rows.into_iter().map(|report| report.code).collect();
    codes.sort();
    assert_eq!(codes, ["1", "2", "3", "4"]);
}

#[store::test]
async fn whoever_counts_is_told_how_reports_of_a_time_were_answered(given: Fixture) {
    let before = |days: i64| Now::at(given.now.utc() - TimeDelta::days(days));
    // All received nine days ago; promised and answered so many days ago; whether it satisfied, and was joined into another.
    let reports = [
        (5, Some(6), Some(true), false),
        (5, Some(4), None, false),
        (5, None, None, false),
        (-5, None, None, false),
        (5, Some(6), Some(false), false),
        (5, None, None, true),
    ];
    for (number, (promised, answered, satisfied, joined)) in reports.into_iter().enumerate() {
        given.put(number, before(9), State::Working, &[]).await;
        let change = given.store.write(async |tx| {
            Sql::new(
                "UPDATE feedback_reports SET received_at = $2, promised_at = $3, answered_at = $4, satisfied = $5, \
                 joined_id = $6 WHERE code = $1",
            )
            .bind(number.to_string())
            .bind(before(9).utc())
            .bind(before(promised).utc())
            .bind(answered.map(|days| before(days).utc()))
            .bind(satisfied)
            .bind(joined.then(|| agency(7).uuid()))
            .run(tx)
            .await
        });
        change.await.unwrap();
    }
    let asked = Asked::new(given.store.clone());
    let handled = async |from: i64, to: i64| asked.handled(before(from).utc(), before(to).utc()).await.unwrap();
    assert_eq!(handled(10, 0).await, Handled { total: 5, late: 2, disliked: 1 });
    assert_eq!(handled(10, 6).await.late, 1, "one that was not answered by then was not due by then");
    assert_eq!(handled(8, 0).await, Handled::default());
}

#[store::test]
async fn whoever_counts_is_told_of_the_steps_of_a_report_and_of_none_that_is_joined(given: Fixture) {
    let at = |hours: i64| given.now.utc() + TimeDelta::hours(hours);
    for (number, state) in [State::Closed, State::Refused, State::Joined].into_iter().enumerate() {
        given.put(number, Now::at(at(i64::try_from(number).unwrap())), state, &[]).await;
    }
    let asked = Asked::new(given.store.clone());
    let ids = asked.reports_after(None, 9).await.unwrap();
    let written = given.store.write(async |tx| {
        Sql::new("UPDATE feedback_reports SET joined_id = $1 WHERE state = 'joined'")
            .bind(ids[0].uuid())
            .run(tx)
            .await?;
        Sql::new("UPDATE feedback_reports SET closed_at = $1").bind(at(9)).run(tx).await?;
        for (id, approved) in [(1, Some(at(5))), (2, Some(at(4))), (3, None)] {
            Sql::new(
                "INSERT INTO feedback_answers (id, report_id, words, agency_id, proposed_at, approved_at) \
                 VALUES ($1, $2, '', $1, $3, $4)",
            )
            .bind(Uuid::from_u128(id))
            .bind(ids[0].uuid())
            .bind(at(3))
            .bind(approved)
            .run(tx)
            .await?;
        }
        Ok(())
    });
    written.await.unwrap();
    let told = async |id| asked.report(id).await.unwrap();
    let answered = told(ids[0]).await.unwrap();
    assert_eq!((answered.answered_at, answered.refused_at), (Some(at(4)), None), "the first answer, and no refusal");
    let refused = told(ids[1]).await.unwrap();
    assert_eq!((refused.answered_at, refused.refused_at, refused.filed_at), (None, Some(at(9)), at(1)));
    assert_eq!((told(ids[2]).await, asked.reports_after(Some(ids[1]), 9).await.unwrap()), (None, vec![ids[2]]));
}
