//! Keeping facts and sums. What is written follows from rows that others have and told of; it is no change of its own and
//! has no entry in the journal, except when everything is built anew.

mod reports;

use base::{Error, Id, Now, Result};
use contracts::figures::{DossierFacts, NationallyKnown, PaidOnline};
use contracts::questions::Procedures;
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx};
use system::App;

pub use reports::count_reports;

use crate::fact::{Elsewhere, Fact};
use crate::grain::Grain;
use crate::measure::{self, Cell, Counts, Measure, Sums};
use crate::tables::{FACT, fact, insert, measures};

/// Dossiers, or reports, counted in one transaction when everything is built anew.
const SLICE: usize = 200;

/// Counts dossiers as they stand now in place of what was counted of them; the sums change by the difference.
///
/// # Errors
/// When no system knows dossiers, which is a defect; a duplicate key when another transaction counts the same dossier for
/// the first time: the listener tries again.
pub async fn count(app: &App, tx: &Tx, dossiers: &[Id]) -> Result<()> {
    let mut change = Sums::new();
    for dossier in dossiers {
        replace(app, tx, *dossier, &mut change).await?;
    }
    for grain in Grain::ALL {
        for (cell, counts) in grain.sums(&change).iter().filter(|(_, counts)| !counts.is_zero()) {
            add(tx, grain, cell, counts).await?;
        }
    }
    Ok(())
}

/// Puts the fact of a dossier in place of the one before, and adds to `change` by how much that changes its cells.
async fn replace(app: &App, tx: &Tx, dossier: Id, change: &mut Sums) -> Result<()> {
    // Taken out first: on PostgreSQL this waits for whoever counts it too, so that the newest state is read after.
    let old = Sql::composed(format!("DELETE FROM performance_facts WHERE id = $1 RETURNING {FACT}"))
        .bind(dossier.uuid())
        .one(tx, |row| fact(&row))
        .await?;
    let new = told(app, dossier).await?;
    if let Some(old) = &old {
        measure::count(change, old, -1);
    }
    if let Some(new) = &new {
        insert(new).run(tx).await?;
        measure::count(change, new, 1);
    }
    Ok(())
}

/// What the systems that did the work tell of a dossier.
async fn told(app: &App, dossier: Id) -> Result<Option<Fact>> {
    let Some(told) = dossiers(app)?.fact(dossier).await? else { return Ok(None) };
    let procedure = match app.ask::<dyn Procedures>() {
        Some(catalogue) => catalogue.version(told.version).await?,
        None => None,
    };
    let paid_online = match app.ask::<dyn PaidOnline>() {
        Some(payments) => payments.paid_online(dossier).await?,
        None => false,
    };
    let known_nationally = match app.ask::<dyn NationallyKnown>() {
        Some(portal) => portal.is_known(dossier).await?,
        None => false,
    };
    Ok(Some(Fact::of(told, procedure.as_deref(), Elsewhere { paid_online, known_nationally })))
}

fn dossiers(app: &App) -> Result<std::sync::Arc<dyn DossierFacts>> {
    app.ask::<dyn DossierFacts>().ok_or_else(|| Error::inside("nobody knows dossiers"))
}

/// Changes a sum; one that counts nothing any more goes.
async fn add(tx: &Tx, grain: Grain, cell: &Cell, counts: &Counts) -> Result<()> {
    let (table, keys) = (grain.table(), grain.columns());
    let places: Vec<String> = (1..=keys.len() + Measure::ALL.len()).map(|place| format!("${place}")).collect();
    let columns = measures(str::to_owned);
    let sums = measures(|name| format!("{name} = {table}.{name} + excluded.{name}"));
    let on = keys.join(", ");
    let sql = Sql::composed(format!(
        "INSERT INTO {table} ({on}, {columns}) VALUES ({}) ON CONFLICT ({on}) DO UPDATE SET {sums}",
        places.join(", ")
    ));
    Measure::ALL.into_iter().fold(grain.bind(sql, cell), |sql, measure| sql.bind(counts[measure])).run(tx).await?;
    if counts[Measure::Received] < 0 || counts[Measure::Closed] < 0 {
        let same: Vec<String> = keys.iter().zip(&places).map(|(key, place)| format!("{key} = {place}")).collect();
        let empty = format!("DELETE FROM {table} WHERE {} AND received = 0 AND closed = 0", same.join(" AND "));
        grain.bind(Sql::composed(empty), cell).run(tx).await?;
    }
    Ok(())
}

/// Forgets every fact and sum and counts all dossiers and reports again; gives how many dossiers there are. While it runs figures are
/// incomplete; what changes meanwhile is counted as ever.
///
/// # Errors
/// When no system knows dossiers.
pub async fn rebuild(app: &App, now: Now) -> Result<usize> {
    let dossiers = dossiers(app)?;
    app.store
        .write(async |tx| {
            for grain in Grain::ALL {
                Sql::composed(format!("DELETE FROM {}", grain.table())).run(tx).await?;
            }
            Sql::new("DELETE FROM performance_facts").run(tx).await?;
            Sql::new("DELETE FROM performance_reports").run(tx).await?;
            let all = Thing { kind: "figures", id: Id::new(now) };
            record(tx, now, &Actor::PROGRAM, Entry::new("performance.rebuilt", all, &json!({}))?).await?;
            Ok(())
        })
        .await?;
    reports::all_reports(app).await?;
    let (mut counted, mut after) = (0, None);
    loop {
        let slice = dossiers.after(after, SLICE).await?;
        let Some(last) = slice.last() else { return Ok(counted) };
        after = Some(*last);
        counted += slice.len();
        app.store.write(async |tx| count(app, tx, &slice).await).await?;
    }
}
