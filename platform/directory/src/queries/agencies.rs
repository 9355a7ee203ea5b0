use base::{Id, Result};
use chrono::NaiveDate;
use store::orm::DbBackend;
use store::{Conditions, Connection, Kind, Row, Slice, Sql, search};

use super::{id, in_force, maybe_id};
use crate::agency::{Agency, COMMUNE_COMMITTEE, Position, Succession, Tier, Unit, commune_name};

pub(crate) const SEARCH: search::Index = search::Index { table: "directory_search" };

const AGENCY: &str = "a.id, a.code, a.code102, a.name, a.notation, a.kind, a.tier, a.parent, a.gso, a.calendar, a.basis, \
                      a.valid_from, a.valid_to";

pub(super) const POSITION: &str = "p.id, p.agency_id, p.unit, p.kind, p.title, p.seats, p.valid_from, p.valid_to";

fn read(row: &Row) -> Result<Agency> {
    Ok(Agency {
        id: id(row, 0)?,
        code: row.get(1)?,
        code102: row.get(2)?,
        name: row.get(3)?,
        notation: row.get(4)?,
        kind: row.get(5)?,
        tier: row.get::<String>(6)?.parse()?,
        parent: maybe_id(row, 7)?,
        gso: row.get(8)?,
        calendar: row.get(9)?,
        basis: row.get(10)?,
        from: row.get(11)?,
        to: row.get(12)?,
    })
}

/// Past ones included.
pub async fn agency(connection: &impl Connection, id: Id) -> Result<Option<Agency>> {
    Sql::composed(format!("SELECT {AGENCY} FROM directory_agencies a WHERE a.id = $1"))
        .bind(id.uuid())
        .one(connection, |row| read(&row))
        .await
}

/// The agency with this identifier code, if it is in force on that day.
pub async fn agency_by_code(connection: &impl Connection, code: &str, on: NaiveDate) -> Result<Option<Agency>> {
    Ok(any_agency_by_code(connection, code).await?.filter(|agency| agency.exists_on(on)))
}

/// The agency that has, or had, this identifier code.
pub async fn any_agency_by_code(connection: &impl Connection, code: &str) -> Result<Option<Agency>> {
    Sql::composed(format!("SELECT {AGENCY} FROM directory_agencies a WHERE a.code = $1"))
        .bind(code)
        .one(connection, |row| read(&row))
        .await
}

/// What a list of agencies is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgencyFilter {
    /// Words of the name, a code or the notation; with or without diacritics, the last one may be unfinished.
    pub words: Option<String>,
    pub kind: Option<String>,
    pub tier: Option<Tier>,
}

/// The agencies in force on that day, in the order in which they were loaded: by tier, then by code.
pub async fn agencies(
    connection: &impl Connection,
    on: NaiveDate,
    filter: &AgencyFilter,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<Agency>> {
    let database = database(connection);
    let words = filter.words.as_deref().and_then(|words| search::query(database, words));
    let limit = i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1);
    let mut conditions = Conditions::after([on.into(), limit.into()]);
    if let Some(words) = words {
        conditions.and(|n| SEARCH.condition(database, "a.id", n), words);
    }
    if let Some(kind) = &filter.kind {
        conditions.and(|n| format!("a.kind = ${n}"), kind.as_str());
    }
    if let Some(tier) = filter.tier {
        conditions.and(|n| format!("a.tier = ${n}"), tier.as_str());
    }
    if let Some(after) = after {
        conditions.and(|n| format!("a.id > ${n}"), after.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {AGENCY} FROM directory_agencies a WHERE {}{} ORDER BY a.id LIMIT $2",
        in_force("a", 1),
        conditions.text()
    ));
    let rows = conditions.bind_to(sql).all(connection, |row| read(&row)).await?;
    Ok(Slice::of(rows, size, |agency| agency.id))
}

/// Which of the two databases this connection speaks to; they search in different words.
pub(crate) fn database(connection: &impl Connection) -> Kind {
    match connection.get_database_backend() {
        DbBackend::Sqlite => Kind::Sqlite,
        _ => Kind::Postgres,
    }
}

/// Every agency of a kind in force on that day.
pub async fn agencies_of_kind(connection: &impl Connection, kind: &str, on: NaiveDate) -> Result<Vec<Agency>> {
    let in_force = in_force("a", 2);
    Sql::composed(format!("SELECT {AGENCY} FROM directory_agencies a WHERE a.kind = $1 AND {in_force} ORDER BY a.id"))
        .bind(kind)
        .bind(on)
        .all(connection, |row| read(&row))
        .await
}

/// The committees of the communes in force on that day, by the name of the commune.
pub async fn communes(connection: &impl Connection, on: NaiveDate) -> Result<Vec<Agency>> {
    let mut communes = agencies_of_kind(connection, COMMUNE_COMMITTEE, on).await?;
    communes.sort_by_cached_key(|committee| base::fold(commune_name(&committee.name)));
    Ok(communes)
}

/// The kinds of agency in force on that day, by name.
pub async fn kinds(connection: &impl Connection, on: NaiveDate) -> Result<Vec<String>> {
    let in_force = in_force("a", 1);
    Sql::composed(format!("SELECT DISTINCT a.kind FROM directory_agencies a WHERE {in_force} ORDER BY a.kind"))
        .bind(on)
        .all(connection, |row| row.get(0))
        .await
}

/// The agency of `kind` that serves the place where `agency` works: in its own division, else in the next one around it,
/// up to the province. This is how a joint step finds the agency that takes it (`covering = "receiving"`).
pub async fn covering(connection: &impl Connection, kind: &str, agency: Id, on: NaiveDate) -> Result<Option<Agency>> {
    let (wanted, local) = (in_force("a", 3), in_force("local", 3));
    // A vertical agency has no parent; the committee of its division leads upwards from there. The bound on the steps
    // only ends the search if somebody wrote a circle into the data.
    Sql::composed(format!(
        "WITH RECURSIVE around (id, parent, gso, step) AS (\
         SELECT id, parent, gso, 0 FROM directory_agencies WHERE id = $2 \
         UNION SELECT local.id, local.parent, local.gso, 1 FROM directory_agencies own \
         JOIN directory_agencies local ON local.gso = own.gso AND local.kind LIKE '%-committee' AND {local} WHERE own.id = $2 \
         UNION SELECT up.id, up.parent, up.gso, around.step + 1 FROM around \
         JOIN directory_agencies up ON up.id = around.parent WHERE around.step < 8) \
         SELECT {AGENCY} FROM directory_agencies a JOIN around ON around.gso = a.gso \
         WHERE a.kind = $1 AND {wanted} ORDER BY around.step, a.id LIMIT 1"
    ))
    .bind(kind)
    .bind(agency.uuid())
    .bind(on)
    .one(connection, |row| read(&row))
    .await
}

/// The agency one tier up.
pub async fn parent(connection: &impl Connection, id: Id) -> Result<Option<Agency>> {
    Sql::composed(format!(
        "SELECT {AGENCY} FROM directory_agencies own JOIN directory_agencies a ON a.id = own.parent WHERE own.id = $1"
    ))
    .bind(id.uuid())
    .one(connection, |row| read(&row))
    .await
}

/// The agencies that directly took over from this one and had begun by that day; the main part first.
pub async fn successors(connection: &impl Connection, id: Id, on: NaiveDate) -> Result<Vec<Succession>> {
    Sql::composed(format!(
        "SELECT {AGENCY}, s.share FROM directory_successions s JOIN directory_agencies a ON a.id = s.successor \
         WHERE s.predecessor = $1 AND a.valid_from <= $2 ORDER BY s.share, a.id"
    ))
    .bind(id.uuid())
    .bind(on)
    .all(connection, succession)
    .await
}

/// The agencies from which this one directly took over; those of which it has the main part first.
pub async fn predecessors(connection: &impl Connection, id: Id) -> Result<Vec<Succession>> {
    Sql::composed(format!(
        "SELECT {AGENCY}, s.share FROM directory_successions s JOIN directory_agencies a ON a.id = s.predecessor \
         WHERE s.successor = $1 ORDER BY s.share, a.id"
    ))
    .bind(id.uuid())
    .all(connection, succession)
    .await
}

fn succession(row: Row) -> Result<Succession> {
    Ok(Succession { agency: read(&row)?, share: row.get::<String>(13)?.parse()? })
}

/// Who answers on that day for what was this agency: itself while it exists, else the end of the chain of those that took
/// over its main part. `None` when its work went to nobody, or to several without a main one.
pub async fn today_of(connection: &impl Connection, agency: Id, on: NaiveDate) -> Result<Option<Agency>> {
    let in_force = in_force("a", 2);
    Sql::composed(format!(
        "WITH RECURSIVE heirs (id) AS (SELECT id FROM directory_agencies WHERE id = $1 \
         UNION SELECT s.successor FROM heirs JOIN directory_successions s ON s.predecessor = heirs.id AND s.share = 'main') \
         SELECT {AGENCY} FROM heirs JOIN directory_agencies a ON a.id = heirs.id WHERE {in_force} ORDER BY a.valid_from LIMIT 1"
    ))
    .bind(agency.uuid())
    .bind(on)
    .one(connection, |row| read(&row))
    .await
}

/// The units of an agency on that day, in the order of its organisation.
pub async fn units(connection: &impl Connection, agency: Id, on: NaiveDate) -> Result<Vec<Unit>> {
    let in_force = in_force("u", 2);
    Sql::composed(format!(
        "SELECT u.id, u.agency_id, u.code, u.name, u.valid_from, u.valid_to FROM directory_units u \
         WHERE u.agency_id = $1 AND {in_force} ORDER BY u.id"
    ))
    .bind(agency.uuid())
    .bind(on)
    .all(connection, |row| {
        Ok(Unit {
            id: id(&row, 0)?,
            agency: id(&row, 1)?,
            code: row.get(2)?,
            name: row.get(3)?,
            from: row.get(4)?,
            to: row.get(5)?,
        })
    })
    .await
}

/// The positions of an agency on that day, unit by unit.
pub async fn positions(connection: &impl Connection, agency: Id, on: NaiveDate) -> Result<Vec<Position>> {
    let in_force = in_force("p", 2);
    Sql::composed(format!(
        "SELECT {POSITION} FROM directory_positions p WHERE p.agency_id = $1 AND {in_force} ORDER BY p.id"
    ))
    .bind(agency.uuid())
    .bind(on)
    .all(connection, |row| read_position(&row))
    .await
}

/// One position, in force or not.
pub async fn position(connection: &impl Connection, id: Id) -> Result<Option<Position>> {
    Sql::composed(format!("SELECT {POSITION} FROM directory_positions p WHERE p.id = $1"))
        .bind(id.uuid())
        .one(connection, |row| read_position(&row))
        .await
}

/// A position from the columns of [`POSITION`], which stand first.
pub(super) fn read_position(row: &Row) -> Result<Position> {
    Ok(Position {
        id: id(row, 0)?,
        agency: id(row, 1)?,
        unit: row.get(2)?,
        kind: row.get::<String>(3)?.parse()?,
        title: row.get(4)?,
        seats: row.get(5)?,
        from: row.get(6)?,
        to: row.get(7)?,
    })
}
