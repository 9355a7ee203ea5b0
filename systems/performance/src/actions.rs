//! Keeping facts and sums. What is written follows from rows that others have and told of; it is no change of its own and
//! has no entry in the journal, except when everything is built anew.

use base::{Error, Id, Now, Result};
use contracts::figures::{DossierFacts, PaidOnline};
use contracts::questions::Procedures;
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx};
use system::App;

use crate::fact::Fact;
use crate::measure::{self, Cell, Counts, Measure, Sums};
use crate::tables::{FACT, fact, insert, measures};

/// Dossiers counted in one transaction when everything is built anew.
const SLICE: usize = 200;

/// Counts a dossier as it stands now in place of what was counted of it; the sums change by the difference.
///
/// # Errors
/// When no system knows dossiers, which is a defect; a duplicate key when another transaction counts the same dossier for
/// the first time: the listener tries again.
pub async fn count(app: &App, tx: &Tx, dossier: Id) -> Result<()> {
    // Taken out first: on PostgreSQL this waits for whoever counts it too, so that the newest state is read after.
    let old = Sql::composed(format!("DELETE FROM performance_facts WHERE id = $1 RETURNING {FACT}"))
        .bind(dossier.uuid())
        .one(tx, |row| fact(&row))
        .await?;
    let new = told(app, dossier).await?;
    if let Some(new) = &new {
        insert(new).run(tx).await?;
    }
    let mut change = Sums::new();
    if let Some(old) = &old {
        measure::count(&mut change, old, -1);
    }
    if let Some(new) = &new {
        measure::count(&mut change, new, 1);
    }
    for (cell, counts) in change.iter().filter(|(_, counts)| !counts.is_zero()) {
        add(tx, cell, counts).await?;
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
    Ok(Some(Fact::of(told, procedure.as_deref(), paid_online)))
}

fn dossiers(app: &App) -> Result<std::sync::Arc<dyn DossierFacts>> {
    app.ask::<dyn DossierFacts>().ok_or_else(|| Error::inside("nobody knows dossiers"))
}

/// Changes a cell; one that counts nothing any more goes.
async fn add(tx: &Tx, cell: &Cell, counts: &Counts) -> Result<()> {
    let places: Vec<String> = (1..=5 + Measure::ALL.len()).map(|place| format!("${place}")).collect();
    let columns = measures(str::to_owned);
    let sums = measures(|name| format!("{name} = performance_cells.{name} + excluded.{name}"));
    let sql = of(
        cell,
        Sql::composed(format!(
            "INSERT INTO performance_cells (month, agency_id, procedure_code, channel, field, {columns}) VALUES ({}) \
             ON CONFLICT (month, agency_id, procedure_code, channel, field) DO UPDATE SET {sums}",
            places.join(", ")
        )),
    );
    Measure::ALL.into_iter().fold(sql, |sql, measure| sql.bind(counts[measure])).run(tx).await?;
    if counts[Measure::Received] < 0 || counts[Measure::Closed] < 0 {
        let empty = "DELETE FROM performance_cells WHERE month = $1 AND agency_id = $2 AND procedure_code = $3 \
                     AND channel = $4 AND field = $5 AND received = 0 AND closed = 0";
        of(cell, Sql::new(empty)).run(tx).await?;
    }
    Ok(())
}

fn of(cell: &Cell, sql: Sql) -> Sql {
    sql.bind(cell.month)
        .bind(cell.agency.uuid())
        .bind(cell.procedure.as_str())
        .bind(cell.channel.as_str())
        .bind(cell.field.as_str())
}

/// Forgets every fact and sum and counts all dossiers again; gives how many there are. While it runs figures are
/// incomplete; what changes meanwhile is counted as ever.
///
/// # Errors
/// When no system knows dossiers.
pub async fn rebuild(app: &App, now: Now) -> Result<usize> {
    let dossiers = dossiers(app)?;
    app.store
        .write(async |tx| {
            Sql::new("DELETE FROM performance_cells").run(tx).await?;
            Sql::new("DELETE FROM performance_facts").run(tx).await?;
            let all = Thing { kind: "figures", id: Id::new(now) };
            record(tx, now, &Actor::PROGRAM, Entry::new("performance.rebuilt", all, &json!({}))?).await?;
            Ok(())
        })
        .await?;
    let (mut counted, mut after) = (0, None);
    loop {
        let slice = dossiers.after(after, SLICE).await?;
        let Some(last) = slice.last() else { return Ok(counted) };
        after = Some(*last);
        counted += slice.len();
        app.store
            .write(async |tx| {
                for dossier in &slice {
                    count(app, tx, *dossier).await?;
                }
                Ok(())
            })
            .await?;
    }
}
