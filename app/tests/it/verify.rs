//! `tinhso verify` and `tinhso signature check`: what is told of a province that was tampered with.

use std::path::PathBuf;

use base::Id;
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
    let altered = province.after(&store, with_data("{\"altered\":true}")).await;
    assert_eq!(altered.code, Some(1));
    assert!(altered.out.contains("entry 40") && altered.out.contains(&id.to_string()), "{}", altered.out);
    assert_eq!(province.after(&store, with_data(&was)).await.code, Some(0), "put back, it is proved again");

    let (code, state): (String, i64) = Sql::new("SELECT code, state FROM dossiers ORDER BY id LIMIT 1")
        .one(store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
        .await
        .unwrap()
        .unwrap();
    let with_state =
        |state: i64| Sql::new("UPDATE dossiers SET state = $2 WHERE code = $1").bind(code.as_str()).bind(state);
    let altered = province.after(&store, with_state(state % 10 + 1)).await;
    assert_eq!(altered.code, Some(1));
    assert!(altered.out.contains(&code), "{}", altered.out);
    assert_eq!(province.after(&store, with_state(state)).await.code, Some(0));

    let gone = Sql::new("DELETE FROM journal_entries WHERE id = $1").bind(id.uuid());
    let removed = province.after(&store, gone).await;
    assert_eq!(removed.code, Some(1));
    assert!(removed.out.contains("entry 40 is missing"), "{}", removed.out);
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
        assert!(invalid.out.starts_with("Không hợp lệ\n"), "{}", invalid.out);
    }
    let stranger = run(&["signature", "check", kept.to_str().unwrap()]);
    assert_eq!(stranger.code, Some(1), "nobody vouches for demo keys outside their province: {}", stranger.out);
}
