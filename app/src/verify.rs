//! Proving: the journal against its seals, dossiers and keys of sealed letters against the journal, codes and numbers against
//! their counters, signatures against their papers.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use base::{Clock, SystemClock};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use contracts::events::DossierChanged;
use dossiers::slip::numbered;
use store::{Sql, Store};
use web::{Lang, Texts};

use crate::assemble;
use crate::place::{Place, told};

pub(crate) async fn run(place: &Place, json: bool) -> Result<ExitCode> {
    let store = assemble::connect(&place.location()?).await?;
    let (found, proved) = findings(&store).await?;
    store.close().await.map_err(told)?;
    if json {
        println!("{}", serde_json::json!({ "proved": proved, "findings": found }));
    } else {
        for finding in &found {
            println!("{finding}");
        }
        println!("{proved} entries proved, {} findings", found.len());
    }
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong with a province, and how many entries of its journal are proved.
pub(crate) async fn findings(store: &Store) -> Result<(Vec<String>, i64)> {
    let (findings, proved) = journal::verify(store).await.map_err(told)?;
    let mut found: Vec<String> = findings.iter().map(ToString::to_string).collect();
    found.extend(dossiers_against_journal(store).await?);
    found.extend(numbers_against_counters(store).await?);
    found.extend(complaints::queries::unproved_keys(store).await.map_err(told)?);
    Ok((found, proved))
}

/// Code, state, promised date and number of the result of every dossier must be what its last entry says.
async fn dossiers_against_journal(store: &Store) -> Result<Vec<String>> {
    let rows = Sql::new(
        "SELECT d.code, d.state, d.promised_at, r.number_pattern, r.number, r.numbered_on, e.data FROM dossiers d \
         LEFT JOIN dossiers_results r ON r.case_id = d.case_id AND r.stage <> 'void' \
         LEFT JOIN journal_entries e ON e.id = \
         (SELECT max_id.id FROM journal_entries max_id WHERE max_id.thing_id = d.id AND max_id.thing_kind = 'dossier' \
          AND max_id.verb NOT IN ('dossiers.step-done', 'dossiers.signed', 'dossiers.sub-result', \
           'dossiers.part-late', 'dossiers.payment-due') \
          ORDER BY max_id.id DESC LIMIT 1) ORDER BY d.id",
    )
    .all(store.read(), |row| {
        let number = row.get::<Option<i64>>(4)?.zip(row.get::<Option<NaiveDate>>(5)?);
        let pattern = row.get::<Option<String>>(3)?.unwrap_or_default();
        let kept = Kept {
            code: row.get(0)?,
            state: row.get(1)?,
            promised_at: row.get(2)?,
            result_number: number.map(|(number, day)| numbered(&pattern, number, day)),
        };
        Ok((kept, row.get::<Option<String>>(6)?))
    })
    .await
    .map_err(told)?;
    let mut found = Vec::new();
    for (kept, data) in rows {
        match data {
            Some(data) => found.extend(kept.against(&serde_json::from_str(&data)?)),
            None => found.push(format!("dossier {} has no entry in the journal", kept.code)),
        }
    }
    Ok(found)
}

/// A dossier as its rows have it.
struct Kept {
    code: String,
    state: i64,
    promised_at: Option<DateTime<Utc>>,
    result_number: Option<String>,
}

impl Kept {
    fn against(&self, told: &DossierChanged) -> Vec<String> {
        let promised_at = self.promised_at.map(|at| at.to_rfc3339());
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        let pairs = [
            ("code", self.code.clone(), told.code.clone()),
            ("state", self.state.to_string(), told.state.to_string()),
            ("promised date", text(&promised_at), text(&told.promised_at)),
            ("result number", text(&self.result_number), text(&told.result_number)),
        ];
        let differing = pairs.into_iter().filter(|(_, kept, told)| kept != told);
        differing
            .map(|(what, kept, told)| format!("dossier {}: {what} is {kept}, but its journal says {told}", self.code))
            .collect()
    }
}

/// Codes of dossiers and numbers of results must be those that their counters gave: each once, none left out.
async fn numbers_against_counters(store: &Store) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut given: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
    let codes: Vec<String> =
        Sql::new("SELECT code FROM dossiers").all(store.read(), |row| row.get(0)).await.map_err(told)?;
    for code in codes {
        let parts = code.rsplit_once('-').and_then(|(day, number)| Some((day.rsplit_once('-')?, number.parse().ok()?)));
        match parts {
            Some(((agency, day), number)) => {
                given.entry((format!("dossier:{agency}"), day.to_owned())).or_default().push(number);
            }
            None => found.push(format!("dossier {code}: this is no code")),
        }
    }
    let results = Sql::new(
        "SELECT a.code, r.series, r.numbered_on, r.number FROM dossiers_results r \
         JOIN directory_agencies a ON a.id = r.agency_id WHERE r.number IS NOT NULL",
    )
    .all(store.read(), |row| {
        let register = format!("result:{}:{}", row.get::<String>(0)?, row.get::<String>(1)?);
        let day: Option<NaiveDate> = row.get(2)?;
        Ok(((register, day.map_or_else(String::new, |day| day.year().to_string())), row.get(3)?))
    })
    .await
    .map_err(told)?;
    for (register, number) in results {
        given.entry(register).or_default().push(number);
    }
    let counters = Sql::new(
        "SELECT register, period, value FROM store_numbers WHERE register LIKE 'dossier:%' OR register LIKE 'result:%' \
         ORDER BY register, period",
    )
    .all(store.read(), |row| Ok(((row.get::<String>(0)?, row.get::<String>(1)?), row.get::<i64>(2)?)))
    .await
    .map_err(told)?;
    for (register, last) in counters {
        let numbers = given.remove(&register).unwrap_or_default();
        found.extend(against_counter(&register, numbers, last));
    }
    for (register, numbers) in given {
        found.extend(against_counter(&register, numbers, 0));
    }
    Ok(found)
}

/// What differs between the numbers in use and 1 to `last`.
fn against_counter((register, period): &(String, String), mut numbers: Vec<i64>, last: i64) -> Vec<String> {
    numbers.sort_unstable();
    let place = format!("{register} {period}");
    let mut found = Vec::new();
    found.extend(numbers.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| (pair[0], "is there twice")));
    found.extend(
        (1..=last).filter(|number| numbers.binary_search(number).is_err()).map(|number| (number, "is missing")),
    );
    let uncounted = numbers.iter().filter(|number| !(1..=last).contains(number));
    found.extend(uncounted.map(|number| (*number, "was never given")));
    found.into_iter().map(|(number, what)| format!("{place}: number {number} {what}")).collect()
}

pub(crate) async fn signature(file: &Path, place: Option<&Place>, json: bool) -> Result<ExitCode> {
    let pdf = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let now = SystemClock.now();
    let check = match place {
        Some(place) => {
            let store = assemble::connect(&place.location()?).await?;
            let keyring = sign::Keyring::open(&place.data).map_err(told)?;
            let check = keyring.check(store.read(), pdf, now).await.map_err(told)?;
            store.close().await.map_err(told)?;
            check
        }
        None => sign::check_file(&pdf, &Arc::new(sign::Anchors::new(Vec::new())), now),
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&check)?);
    } else {
        let systems = crate::systems::all();
        let texts = Texts::load(systems.iter().flat_map(|system| &system.texts)).map_err(told)?;
        println!("{}", check.told(&texts, Lang::Vi));
    }
    Ok(if check.verdict == sign::Verdict::Valid { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
