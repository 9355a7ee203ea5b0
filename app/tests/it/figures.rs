//! What is counted of each dossier of a simulated province is what the journal says of it.

use base::Id;
use chrono::{DateTime, Utc};
use contracts::events::{ChargePaid, DossierChanged};
use journal::Line;
use performance::fact::Fact;
use performance::grain::Grain;
use performance::{actions, queries};
use store::Sql;
use tinhso::Worker;

use crate::province::Province;

const ALL: usize = 100_000;

#[store::test]
async fn every_dossier_is_counted_as_the_journal_tells_of_it(province: Province) {
    Worker::new(&province.demo.program).drain().await;
    let c = province.store().read();
    let facts = queries::facts(c, None, ALL).await.unwrap();
    let dossiers: Option<i64> = Sql::new("SELECT count(*) FROM dossiers").one(c, |row| row.get(0)).await.unwrap();
    assert_eq!(i64::try_from(facts.len()).unwrap(), dossiers.unwrap());
    let paid = paid_online(&province).await;
    let mut wrong = Vec::new();
    for fact in &facts {
        let story = journal::history(province.store(), fact.id).await.unwrap();
        wrong.extend(faults(fact, &story).into_iter().map(|what| format!("{}: {what}", fact.code)));
        if fact.paid_online != paid.contains(&fact.id) {
            wrong.push(format!("{}: paid online {}", fact.code, fact.paid_online));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(facts.iter().filter(|fact| fact.outcome().is_some()).count() > 20, "too few dossiers have ended");

    let kept = async |grain| queries::sums(c, grain).await.unwrap();
    let mut before = Vec::new();
    for grain in Grain::ALL {
        before.push(kept(grain).await);
    }
    let counted = actions::rebuild(province.app(), province.app().now()).await.unwrap();
    assert_eq!(counted, facts.len());
    assert_eq!(queries::facts(c, None, ALL).await.unwrap(), facts);
    for (grain, before) in Grain::ALL.into_iter().zip(before) {
        assert_eq!(kept(grain).await, before, "{grain:?}");
    }
}

/// Dossiers of which an entry says that they were paid for through the gateway.
async fn paid_online(province: &Province) -> Vec<Id> {
    let entries = Sql::new("SELECT data FROM journal_entries WHERE verb = 'payments.paid'");
    let told = entries.all(province.store().read(), |row| row.get::<String>(0)).await.unwrap();
    let paid = told.iter().map(|data| serde_json::from_str::<ChargePaid>(data).unwrap());
    paid.filter(|paid| paid.way == "gateway").map(|paid| paid.subject).collect()
}

fn faults(fact: &Fact, story: &[Line]) -> Vec<String> {
    let told = |line: &Line| serde_json::from_value::<DossierChanged>(line.data.clone()).ok();
    let changes: Vec<(DossierChanged, &Line)> = story.iter().filter_map(|line| Some((told(line)?, line))).collect();
    let Some((newest, _)) = changes.last() else { return vec!["the journal says nothing of it".to_owned()] };
    let at = |verb: &str| story.iter().rev().find(|line| line.verb == verb).map(|line| line.at);
    let received = at("dossiers.received");
    let stopped = at("dossiers.stopped").or(at("dossiers.withdrawn")).or(at("dossiers.not-received"));
    let withdrawing = at("dossiers.withdrawal-asked").filter(|_| newest.state == 7 && received.is_some());
    let promised = newest.promised_at.as_ref().map(|at| at.parse::<DateTime<Utc>>().unwrap());
    let asked = story.iter().filter(|line| line.verb == "dossiers.supplement-asked").count();
    let electronic = newest.result_number.is_some();
    let pairs = [
        ("state", format!("{}", fact.state), format!("{}", newest.state)),
        ("procedure", fact.procedure.clone(), newest.procedure.clone()),
        ("agency", fact.agency.to_string(), newest.agency.to_string()),
        ("received", format!("{:?}", fact.received_at), format!("{received:?}")),
        ("promised", format!("{:?}", fact.promised_at), format!("{promised:?}")),
        ("ended", format!("{:?}", fact.ended_at), format!("{:?}", at("dossiers.finished").or(stopped).or(withdrawing))),
        ("asked", fact.supplements.to_string(), asked.to_string()),
        ("electronic", fact.electronic.to_string(), electronic.to_string()),
    ];
    let differ = pairs.into_iter().filter(|(_, counted, told)| counted != told);
    differ.map(|(what, counted, told)| format!("{what} is counted as {counted}, told as {told}")).collect()
}
