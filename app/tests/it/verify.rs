//! `tinhso verify` and `tinhso signature check`: what is told of a province that was tampered with.

use std::path::PathBuf;

use base::{Id, Now};
use chrono::{DateTime, Days, Utc};
use store::testing::{OnDatabase, TestDatabase};
use store::{Sql, Store};

use crate::binary::{Ended, run, run_at};
use crate::province::Ground;

/// A province in which people filed and officers worked for three days.
struct Simulated(Ground);

impl OnDatabase for Simulated {
    async fn on(database: TestDatabase) -> Self {
        let ground = Ground::new(database.kind).await;
        let simulated = run_at(&["simulate", "--dossiers", "30", "--days", "6"], &ground.place);
        assert_eq!(simulated.code, Some(0), "{}", simulated.err);
        Self(ground)
    }
}

impl Simulated {
    fn verify(&self) -> Ended {
        run_at(&["verify"], &self.0.place)
    }

    /// Changes a row behind the program's back and proves again.
    async fn after(&self, store: &Store, sql: Sql) -> Ended {
        assert_eq!(store.write(async |tx| sql.run(tx).await).await.unwrap(), 1);
        self.verify()
    }

    /// What is told while a row is altered; put back, everything is proved again.
    async fn told_while(&self, store: &Store, altered: Sql, back: Sql) -> String {
        let told = self.after(store, altered).await;
        assert_eq!(told.code, Some(1), "{}", told.out);
        let proved = self.after(store, back).await;
        assert_eq!(proved.code, Some(0), "{}", proved.out);
        told.out
    }
}

#[store::test]
async fn a_province_is_proved_until_a_row_is_altered_by_hand_and_the_row_is_named(province: Simulated) {
    let proved = province.verify();
    assert_eq!(proved.code, Some(0), "{}", proved.out);
    assert!(proved.out.ends_with(" 0 findings\n"), "{}", proved.out);
    let store = province.0.store().await;

    let (id, was): (Id, String) = Sql::new("SELECT id, data FROM journal_entries WHERE position = 40")
        .one(store.read(), |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?)))
        .await
        .unwrap()
        .unwrap();
    let with_data =
        |data: &str| Sql::new("UPDATE journal_entries SET data = $2 WHERE id = $1").bind(id.uuid()).bind(data);
    let told = province.told_while(&store, with_data("{\"altered\":true}"), with_data(&was)).await;
    assert!(told.contains("entry 40") && told.contains(&id.to_string()), "{told}");

    let gone = Sql::new("DELETE FROM journal_entries WHERE id = $1").bind(id.uuid());
    let removed = province.after(&store, gone).await;
    assert_eq!(removed.code, Some(1));
    assert!(removed.out.contains("entry 40 is missing"), "{}", removed.out);
    store.close().await.unwrap();
}

#[store::test]
async fn whatever_is_altered_of_a_dossier_is_named(province: Simulated) {
    let store = province.0.store().await;
    let (dossier, result, code, state, promised, number) = Sql::new(
        "SELECT d.id, r.id, d.code, d.state, d.promised_at, r.number FROM dossiers d \
         JOIN dossiers_results r ON r.case_id = d.case_id WHERE r.stage = 'issued' ORDER BY r.number DESC LIMIT 1",
    )
    .one(store.read(), |row| {
        let (dossier, result) = (Id::from_uuid(row.get(0)?), Id::from_uuid(row.get(1)?));
        let promised: DateTime<Utc> = row.get(4)?;
        Ok((dossier, result, row.get::<String>(2)?, row.get::<i64>(3)?, promised, row.get::<i64>(5)?))
    })
    .await
    .unwrap()
    .expect("six days bring a result");
    assert!(number > 1, "six days bring two results of one kind");
    let of_dossier =
        |column: &str| Sql::composed(format!("UPDATE dossiers SET {column} = $2 WHERE id = $1")).bind(dossier.uuid());

    let with_state = |state: i64| of_dossier("state").bind(state);
    let told = province.told_while(&store, with_state(state % 10 + 1), with_state(state)).await;
    assert!(told.contains(&format!("dossier {code}: state is")), "{told}");

    let with_promised = |at: DateTime<Utc>| of_dossier("promised_at").bind(at);
    let told = province.told_while(&store, with_promised(promised + Days::new(1)), with_promised(promised)).await;
    assert!(told.contains(&format!("dossier {code}: promised date is")), "{told}");

    let with_code = |code: &str| of_dossier("code").bind(code);
    let told = province.told_while(&store, with_code(&format!("{code}9")), with_code(&code)).await;
    let (day, own) = code.rsplit_once('-').unwrap();
    assert!(told.contains(&format!("code is {code}9, but its journal says {code}")), "{told}");
    let register = format!("dossier:{}", day.replacen('-', " ", 1));
    let own: i64 = own.parse().unwrap();
    assert!(told.contains(&format!("{register}: number {own} is missing")), "{told}");
    assert!(told.contains(&format!("{register}: number {own}9 was never given")), "{told}");

    let with_number = |number: i64| {
        Sql::new("UPDATE dossiers_results SET number = $2 WHERE id = $1").bind(result.uuid()).bind(number)
    };
    let told = province.told_while(&store, with_number(1), with_number(number)).await;
    assert!(told.contains(&format!("dossier {code}: result number is 01")), "{told}");
    assert!(
        told.contains("number 1 is there twice") && told.contains(&format!("number {number} is missing")),
        "{told}"
    );

    let gone = Sql::new("DELETE FROM journal_entries WHERE thing_id = $1").bind(dossier.uuid());
    let entries = store.write(async |tx| gone.run(tx).await).await.unwrap();
    let told = province.verify().out;
    assert!(entries > 0 && told.contains(&format!("dossier {code} has no entry in the journal")), "{told}");
    store.close().await.unwrap();
}

#[store::test]
async fn whoever_is_slipped_in_to_read_sealed_letters_is_named(province: Simulated) {
    let store = province.0.store().await;
    let key: (Id, String) = Sql::new("SELECT person_id, public_key FROM complaints_keys ORDER BY person_id LIMIT 1")
        .one(store.read(), |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?)))
        .await
        .unwrap()
        .expect("the demo has holders of keys");
    let with_key = |text: &str| {
        Sql::new("UPDATE complaints_keys SET public_key = $2 WHERE person_id = $1").bind(key.0.uuid()).bind(text)
    };
    let told = province.told_while(&store, with_key("age1another"), with_key(&key.1)).await;
    assert!(told.contains(&format!("the key of {} is not the one", key.0)), "{told}");

    let now = Now::parse("2026-11-19T10:15:00+07:00");
    let somebody = Id::new(now).uuid();
    let slipped_in =
        Sql::new("INSERT INTO complaints_appointed (person_id, since) VALUES ($1, $2)").bind(somebody).bind(now.utc());
    let out = Sql::new("DELETE FROM complaints_appointed WHERE person_id = $1").bind(somebody);
    let told = province.told_while(&store, slipped_in, out).await;
    assert!(told.contains(&format!("letters are sealed to {somebody}")), "{told}");
    store.close().await.unwrap();
}

#[store::test]
async fn a_result_of_the_demo_is_signed_validly_until_a_byte_of_it_is_flipped(province: Simulated) {
    let store = province.0.store().await;
    let hash: String = Sql::new("SELECT file_hash FROM dossiers_results WHERE stage = 'issued' ORDER BY id LIMIT 1")
        .one(store.read(), |row| row.get(0))
        .await
        .unwrap()
        .expect("six days bring a result");
    store.close().await.unwrap();
    let place = &province.0.place;
    let kept = place.data.join("files").join(hash);
    let check = |file: &PathBuf| run_at(&["signature", "check", file.to_str().unwrap()], place);
    let valid = check(&kept);
    assert_eq!(valid.code, Some(0), "{}{}", valid.out, valid.err);
    assert!(valid.out.starts_with("Hợp lệ\n"), "{}", valid.out);

    let bytes = std::fs::read(&kept).unwrap();
    for share in [10, 30, 50] {
        let mut flipped = bytes.clone();
        flipped[bytes.len() * share / 100] ^= 1;
        let file = place.data.join(format!("flipped-{share}.pdf"));
        std::fs::write(&file, flipped).unwrap();
        let invalid = check(&file);
        assert_eq!(invalid.code, Some(1), "{}", invalid.out);
        // Which byte it is depends on the paper: one of its structure leaves nothing to be read.
        assert!(!invalid.out.starts_with("Hợp lệ"), "{}", invalid.out);
    }
    let stranger = run(&["signature", "check", kept.to_str().unwrap()]);
    assert_eq!(stranger.code, Some(1), "nobody vouches for demo keys outside their province: {}", stranger.out);
}
