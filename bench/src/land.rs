//! Where reports come from: most from where many people live, the rest from the roads between communes.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use base::{Id, Now, Random};
use geo::Place;
use province::Province;
use store::Store;

use crate::told;

/// Of a hundred reports, those from a hamlet; the others are from a road.
const FROM_HAMLETS: u64 = 65;
/// The first one is the middle of the commune and has half of them.
const HAMLETS: usize = 5;
/// How far a hamlet and a road reach to each side, in metres.
const HAMLET: i32 = 1200;
const ROAD: i32 = 40;
/// Units of [`Place`] in a metre. This near the equator a degree eastward is as long, to three in a hundred.
const UNITS: i32 = 90;

/// The communes of a province.
pub(crate) struct Land {
    communes: Vec<Commune>,
    /// The sum of their weights.
    weight: u64,
}

struct Commune {
    committee: Id,
    hamlets: Vec<Place>,
    /// The middle of the nearest other commune.
    neighbour: Place,
    weight: u64,
}

/// A place, and the committee of the commune in which it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) place: Place,
    pub(crate) commune: Id,
}

impl Land {
    /// The communes of the directory, their hamlets by chance.
    pub(crate) async fn of(store: &Store, now: Now, random: &(dyn Random + 'static)) -> Result<Self> {
        let committees = directory::queries::agencies_of_kind(store.read(), "commune-committee", now.today()).await;
        let committees = committees.map_err(told)?;
        let mut places = HashMap::new();
        for province in Province::list() {
            places.extend(Province::load(province)?.places().iter().map(|one| (one.gso.clone(), one.clone())));
        }
        let known: Vec<(Id, Place, f64)> = committees
            .iter()
            .filter_map(|agency| {
                let place = places.get(agency.gso.as_ref()?)?;
                Some((agency.id, place.centre, place.km2))
            })
            .collect();
        ensure!(known.len() > 1, "the communes have no places");
        let mut communes = Vec::new();
        for (committee, centre, km2) in &known {
            let others = known.iter().map(|(_, other, _)| *other).filter(|other| other != centre);
            let distance = |other: &Place| centre.metres_to(*other);
            let neighbour = others.min_by(|one, other| distance(one).total_cmp(&distance(other)));
            // Towns have little land and many people.
            let side = whole(km2.sqrt() * 1000.0);
            let hamlets = std::iter::once(*centre).chain((1..HAMLETS).map(|_| beside(*centre, side / 2, random)));
            communes.push(Commune {
                committee: *committee,
                hamlets: hamlets.collect(),
                neighbour: neighbour.context("a commune alone")?,
                weight: u64::from(1_000_000 / side.unsigned_abs().max(1)),
            });
        }
        let weight = communes.iter().map(|commune| commune.weight).sum();
        Ok(Self { communes, weight })
    }

    /// Somewhere in the province.
    pub(crate) fn spot(&self, random: &(dyn Random + 'static)) -> Result<Spot> {
        let mut drawn = random.below(self.weight);
        let commune = self.communes.iter().find(|commune| {
            let here = drawn < commune.weight;
            drawn = drawn.saturating_sub(commune.weight);
            here
        });
        commune.context("weights that do not add up")?.spot(random)
    }

    /// Somewhere in one commune; nowhere in one that has no place.
    pub(crate) fn spot_in(&self, committee: Id, random: &(dyn Random + 'static)) -> Result<Spot> {
        let commune = self.communes.iter().find(|commune| commune.committee == committee);
        commune.context("a commune without a place")?.spot(random)
    }
}

impl Commune {
    fn spot(&self, random: &(dyn Random + 'static)) -> Result<Spot> {
        let place = if random.below(100) < FROM_HAMLETS {
            // Twice as many in the first as in any other.
            let number = usize::try_from(random.below(2 * HAMLETS as u64))?;
            let hamlet = self.hamlets.get(number).unwrap_or(&self.hamlets[0]);
            beside(*hamlet, HAMLET, random)
        } else {
            // Half of the way: the rest is the neighbour's.
            let way = i64::try_from(random.below(500))?;
            let on_the_way = |from: i32, to: i32| -> Result<i32> {
                Ok(from + i32::try_from((i64::from(to) - i64::from(from)) * way / 1000)?)
            };
            let middle = self.hamlets[0];
            let road = Place {
                lat: on_the_way(middle.lat, self.neighbour.lat)?,
                lon: on_the_way(middle.lon, self.neighbour.lon)?,
            };
            beside(road, ROAD, random)
        };
        Ok(Spot { place, commune: self.committee })
    }
}

/// A place at most so many metres north or south and east or west of another, most of them much nearer.
pub(crate) fn beside(place: Place, metres: i32, random: &(dyn Random + 'static)) -> Place {
    let most = u64::from((metres * UNITS).unsigned_abs()).max(1);
    let aside = || -> i32 {
        let sum: i64 = (0..4).map(|_| random.below(2 * most).cast_signed() - most.cast_signed()).sum();
        i32::try_from(sum / 4).unwrap_or_default()
    };
    Place { lat: place.lat + aside(), lon: place.lon + aside() }
}

#[expect(clippy::cast_possible_truncation, reason = "metres within a commune; a cast saturates")]
fn whole(metres: f64) -> i32 {
    metres.round() as i32
}

#[cfg(test)]
mod tests {
    use base::FixedRandom;

    use super::*;

    fn commune(lat: i32, weight: u64) -> Commune {
        let middle = Place { lat, lon: 1_091_000_000 };
        let committee = Id::from_uuid(uuid::Uuid::from_u128(u128::from(lat.unsigned_abs())));
        let neighbour = Place { lat: lat + 1_000_000, ..middle };
        Commune { committee, hamlets: vec![middle; HAMLETS], neighbour, weight }
    }

    #[test]
    fn places_lie_close_together_and_in_the_heavier_commune_more_often() {
        let land = Land { communes: vec![commune(120_000_000, 9), commune(121_000_000, 1)], weight: 10 };
        let random = FixedRandom::new(1);
        let spots: Vec<Spot> = (0..1000).map(|_| land.spot(&random).unwrap()).collect();
        let heavy = &land.communes[0];
        let there: Vec<&Spot> = spots.iter().filter(|spot| spot.commune == heavy.committee).collect();
        assert!((850..950).contains(&there.len()), "{} of 1000 in the commune of nine tenths", there.len());
        let near = there.iter().filter(|spot| spot.place.metres_to(heavy.hamlets[0]) < 1700.0).count();
        assert!(near * 100 / there.len() >= 65, "{near} of {} are no further than a hamlet reaches", there.len());
        assert!(spots.iter().all(|spot| spot.place.metres_to(heavy.hamlets[0]) < 20_000.0), "none is lost");
    }
}
