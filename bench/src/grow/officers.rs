//! Many officers: every seat of every agency taken, and the rest at the desks and among the specialists. Some of them have
//! an account. What they may do follows from their positions, as with all others.

use anyhow::Result;
use base::Id;
use identity::actions::NewOfficer;
use identity::{Identity, Login};
use journal::Actor;
use store::{Sql, Store};
use system::App;
use uuid::Uuid;

use crate::ground::{self, Kind};
use crate::told;

/// So many more than it has seats may hold a position, at most.
const MORE: u32 = 100;

/// Where people are appointed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Among {
    All,
    /// Positions before which something lies that a second factor is not asked for.
    AtWork,
}

impl Among {
    const fn condition(self) -> &'static str {
        match self {
            Self::All => "p.kind <> 'administrator'",
            Self::AtWork => {
                "p.kind IN ('specialist', 'reception') AND EXISTS (SELECT 1 FROM flow_steps f WHERE f.closed_at IS NULL \
                 AND f.agency_id = p.agency_id AND f.role = p.kind AND (f.unit IS NULL OR f.unit = p.unit))"
            }
        }
    }
}

/// Appoints so many people more.
pub(crate) async fn grow(store: &Store, kind: Kind, wanted: u32, among: Among) -> Result<()> {
    let made = ground::now().utc().timestamp_millis();
    let id = |part: &str| match kind {
        Kind::Sqlite => format!("unhex(printf('%012X', {made}) || '7000{part}' || printf('%012X', number))"),
        Kind::Postgres => {
            format!("(lpad(to_hex({made}), 12, '0') || '7000{part}' || lpad(to_hex(number), 12, '0'))::uuid")
        }
    };
    let (person, holding) = (id("9000"), id("9001"));
    let statements = [
        format!(
            "CREATE TABLE bench_officers AS WITH RECURSIVE seats(seat) AS (SELECT 1 UNION ALL SELECT seat + 1 FROM seats \
             WHERE seat < {MORE}) SELECT row_number() OVER (ORDER BY s.seat, p.id) AS number, p.id AS position_id, \
             p.agency_id, p.valid_from FROM directory_positions p CROSS JOIN seats s \
             WHERE p.valid_to IS NULL AND {} \
             AND (s.seat <= p.seats OR p.kind IN ('specialist', 'reception')) ORDER BY 1 LIMIT {wanted}",
            among.condition()
        ),
        format!(
            "INSERT INTO directory_persons (id, name) SELECT {person}, 'Cán bộ Mẫu ' || number FROM bench_officers"
        ),
        format!(
            "INSERT INTO directory_holdings (id, position_id, person_id, valid_from) \
             SELECT {holding}, position_id, {person}, valid_from FROM bench_officers"
        ),
        format!("CREATE TABLE bench_persons AS SELECT number, agency_id, {person} AS id FROM bench_officers"),
    ];
    store
        .write(async |tx| {
            for statement in statements {
                Sql::composed(statement).run(tx).await?;
            }
            Ok::<_, base::Error>(())
        })
        .await
        .map_err(told)
}

/// Gives up to so many of the officers an account, one after another agency by agency, or of one agency alone; tells by
/// what name they sign in.
pub(crate) async fn accounts(app: &App, password: &str, agency: Option<Id>, most: usize) -> Result<Vec<String>> {
    let all: Vec<(i64, Uuid, Uuid)> = Sql::composed(format!(
        "SELECT number, id, agency_id FROM (SELECT b.*, row_number() OVER (PARTITION BY agency_id ORDER BY number DESC) \
         AS turn FROM bench_persons b WHERE NOT EXISTS (SELECT 1 FROM identity_accounts a WHERE a.person_id = b.id)) o \
         WHERE {} ORDER BY turn, number LIMIT {most}",
        if agency.is_some() { "agency_id = $1" } else { "$1 IS NOT NULL" }
    ))
    .bind(agency.map_or(Uuid::max(), Id::uuid))
    .all(app.store.read(), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    .await
    .map_err(told)?;
    let hash = Identity::of(app).map_err(told)?.hashing.hash(&*app.random, password).await.map_err(told)?;
    let mut logins = Vec::new();
    app.store
        .write(async |tx| {
            for (number, person, agency) in &all {
                let name = format!("mau{number}");
                let officer = NewOfficer {
                    login: Login::parse(&name).ok_or_else(|| base::Error::inside("no name to sign in by"))?,
                    person: Id::from_uuid(*person),
                    agency: Id::from_uuid(*agency),
                    password: hash.clone(),
                    must_change: false,
                };
                identity::actions::create_officer(tx, app.now(), &Actor::PROGRAM, officer).await?;
                logins.push(name);
            }
            Ok::<_, base::Error>(())
        })
        .await
        .map_err(told)?;
    Ok(logins)
}
