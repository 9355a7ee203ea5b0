//! Sums of what was grown, as the program keeps them of what happens.

use anyhow::Result;
use performance::grain::Grain;
use performance::measure::{self, Sums};
use store::{Sql, Store, Tx};

use crate::told;

/// What a fact adds to the cell of the month in which the dossier was received, and to that in which it ended.
const OF_RECEIPT: [(&str, &str); 12] = [
    ("received", "1"),
    ("online", "CASE WHEN channel = 'online' THEN 1 ELSE 0 END"),
    ("online_complete", "CASE WHEN channel = 'online' AND (electronic OR NOT result_due) THEN 1 ELSE 0 END"),
    ("fee_due", "CASE WHEN fee > 0 THEN 1 ELSE 0 END"),
    ("paid_online", "CASE WHEN fee > 0 AND paid_online THEN 1 ELSE 0 END"),
    ("result_due", "CASE WHEN result_due THEN 1 ELSE 0 END"),
    ("electronic", "CASE WHEN result_due AND electronic THEN 1 ELSE 0 END"),
    ("digitised", "CASE WHEN electronic AND digitised = components THEN 1 ELSE 0 END"),
    ("reused", "CASE WHEN reused > 0 THEN 1 ELSE 0 END"),
    ("finished_late", "CASE WHEN outcome = 'late' THEN 1 ELSE 0 END"),
    ("resolved", "CASE WHEN minutes IS NOT NULL THEN 1 ELSE 0 END"),
    ("minutes", "coalesce(minutes, 0)"),
];
const OF_END: [(&str, &str); 4] = [
    ("closed", "1"),
    ("closed_early", "CASE WHEN outcome = 'early' THEN 1 ELSE 0 END"),
    ("closed_on_time", "CASE WHEN outcome = 'on-time' THEN 1 ELSE 0 END"),
    ("closed_late", "CASE WHEN outcome = 'late' THEN 1 ELSE 0 END"),
];
/// Facts that are read at once.
const SLICE: usize = 20_000;

/// Makes the sums of all grains anew from all facts.
pub(crate) async fn add_up(tx: &Tx) -> base::Result<()> {
    for grain in Grain::ALL {
        Sql::composed(format!("DELETE FROM {}", grain.table())).run(tx).await?;
        Sql::composed(added_up(grain)).run(tx).await?;
    }
    Ok(())
}

fn added_up(grain: Grain) -> String {
    let columns = grain.columns();
    let keys = columns.join(", ");
    let [in_month, in_end_month] =
        ["month", "end_month"].map(|month| keys.replace("month", &format!("{month} AS month")));
    let [names, values, nothing] = [
        |(name, _): &(&str, &str)| (*name).to_owned(),
        |(name, value): &(&str, &str)| format!("{value} AS {name}"),
        |(name, _): &(&str, &str)| format!("0 AS {name}"),
    ];
    let list =
        |of: &[(&str, &str)], term: fn(&(&str, &str)) -> String| of.iter().map(term).collect::<Vec<_>>().join(", ");
    let sums = list(&[&OF_RECEIPT[..], &OF_END].concat(), |(name, _)| format!("CAST(sum(x.{name}) AS bigint)"));
    format!(
        "INSERT INTO {} ({keys}, {}, {}) SELECT {keys}, {sums} FROM (\
         SELECT {in_month}, {}, {} FROM performance_facts WHERE month IS NOT NULL \
         UNION ALL SELECT {in_end_month}, {}, {} FROM performance_facts WHERE end_month IS NOT NULL\
         ) x GROUP BY {keys}",
        grain.table(),
        list(&OF_RECEIPT, names),
        list(&OF_END, names),
        list(&OF_RECEIPT, values),
        list(&OF_END, nothing),
        list(&OF_RECEIPT, nothing),
        list(&OF_END, values),
    )
}

/// How many sums of any grain are not those of the facts, by the program's own counting; beside the number of facts.
pub(crate) async fn differences(store: &Store) -> Result<(usize, usize)> {
    let (mut cells, mut after, mut facts) = (Sums::new(), None, 0);
    loop {
        let slice = performance::queries::facts(store.read(), after, SLICE).await.map_err(told)?;
        let Some(last) = slice.last() else { break };
        after = Some(last.id);
        facts += slice.len();
        for fact in &slice {
            measure::count(&mut cells, fact, 1);
        }
    }
    let mut wrong = 0;
    for grain in Grain::ALL {
        let sums = grain.sums(&cells);
        let kept = performance::queries::sums(store.read(), grain).await.map_err(told)?;
        wrong += sums.iter().filter(|(cell, counts)| kept.get(*cell) != Some(*counts)).count();
        wrong += kept.keys().filter(|cell| !sums.contains_key(*cell)).count();
    }
    Ok((wrong, facts))
}
