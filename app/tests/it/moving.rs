//! Copies of a province, and moving one between databases.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use store::testing::{OnDatabase, TestDatabase};
use store::{Kind, Sql};
use tempfile::TempDir;
use tinhso::Place;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::binary::{Ended, Serving, run, run_at};
use crate::province::Ground;

/// A demo province with some work in it, and a copy made while it was served.
struct Copied {
    ground: Ground,
    kind: Kind,
    folder: TempDir,
}

impl OnDatabase for Copied {
    async fn on(database: TestDatabase) -> Self {
        let ground = Ground::new(database.kind).await;
        let serving = Serving::start(&["demo", "--dossiers", "15"], &ground.place);
        let this = Self { ground, kind: database.kind, folder: TempDir::new().unwrap() };
        let made = done("backup", &this.ground.place, &[&this.copy()]);
        assert!(made.contains(" rows, "), "{made}");
        assert_eq!(serving.stop(), Some(0));
        this
    }
}

impl Copied {
    fn copy(&self) -> PathBuf {
        self.folder.path().join("copy.zip")
    }

    /// Rows of a table in the copy; the program went on after it was made.
    fn held(&self, table: &str) -> Option<i64> {
        let mut copy = ZipArchive::new(fs::File::open(self.copy()).unwrap()).unwrap();
        let about: Value = serde_json::from_reader(copy.by_name("about.json").unwrap()).unwrap();
        let mut tables = about["tables"].as_array().unwrap().iter();
        tables.find(|held| held["name"] == table)?["rows"].as_i64()
    }

    /// The copy, with one of its parts as `change` makes it.
    fn altered(&self, part: &str, change: impl Fn(String) -> String) -> PathBuf {
        let altered = self.folder.path().join("altered.zip");
        let mut from = ZipArchive::new(fs::File::open(self.copy()).unwrap()).unwrap();
        let mut to = ZipWriter::new(fs::File::create(&altered).unwrap());
        for at in 0..from.len() {
            let mut entry = from.by_index(at).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            if name == part {
                bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
            }
            to.start_file(name, SimpleFileOptions::default()).unwrap();
            to.write_all(&bytes).unwrap();
        }
        to.finish().unwrap();
        altered
    }
}

/// A part of the copy, how it is altered, and what is told of it.
type Case<'a> = (&'a str, &'a dyn Fn(String) -> String, &'a str);

/// A command that has to succeed.
fn done(command: &str, place: &Place, paths: &[&Path]) -> String {
    let paths = paths.iter().map(|path| path.to_str().unwrap());
    let arguments: Vec<&str> = [command].into_iter().chain(paths).collect();
    let ended = run_at(&arguments, place);
    assert_eq!(ended.code, Some(0), "{command}: {}{}", ended.out, ended.err);
    ended.out
}

fn restore(from: &Path, place: &Place) -> Ended {
    run_at(&["restore", from.to_str().unwrap()], place)
}

async fn rows(ground: &Ground, table: &str) -> i64 {
    let store = ground.store().await;
    let count = Sql::composed(format!("SELECT count(*) FROM {table}"));
    let count = count.one(store.read(), |row| row.get(0)).await.unwrap().unwrap();
    store.close().await.unwrap();
    count
}

#[store::test]
async fn a_copy_made_while_people_work_comes_back_on_either_database(copied: Copied) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let restored = Ground::new(kind).await;
        let ended = restore(&copied.copy(), &restored.place);
        assert_eq!(ended.code, Some(0), "{kind:?}: {}{}", ended.out, ended.err);
        done("verify", &restored.place, &[]);
        for table in ["dossiers", "journal_entries", "identity_accounts", "feedback_reports"] {
            assert_eq!(Some(rows(&restored, table).await), copied.held(table), "{kind:?} {table}");
        }
        let serving = Serving::start(&["demo"], &restored.place);
        let found = serving.sender().get("/thu-tuc?tim=khai+sinh").await.unwrap().1;
        assert!(found.contains("1.001193"), "{kind:?}: what was found by its words still is");
        assert_eq!(serving.stop(), Some(0));
    }
    let drilled = done("drill", &copied.ground.place, &[]);
    assert!(drilled.ends_with(" 0 findings\n"), "{drilled}");
}

#[store::test]
async fn rows_move_to_the_other_database_and_back_and_stay_the_same(copied: Copied) {
    let (here, there) = (&copied.ground, Ground::new(Kind::Postgres).await);
    let data = here.place.data.to_str().unwrap();
    let elsewhere = match copied.kind {
        Kind::Sqlite => there.place.database_url.clone().unwrap(),
        Kind::Postgres => "sqlite".to_owned(),
    };
    let moved = run_at(&["move-data", "--to", &elsewhere], &here.place);
    assert_eq!(moved.code, Some(0), "{}{}", moved.out, moved.err);
    assert!(moved.out.ends_with(" 0 findings\n"), "{}", moved.out);
    let refused = run_at(&["move-data", "--to", &elsewhere], &here.place);
    assert!(refused.err.contains("the database is not empty"), "{}", refused.err);

    // Back, into a database that is empty again.
    let third = Ground::new(Kind::Postgres).await;
    let (from, to) = match copied.kind {
        Kind::Sqlite => {
            fs::rename(here.place.data.join("tinhso.db"), here.place.data.join("before")).unwrap();
            (vec!["--database-url", elsewhere.as_str()], "sqlite".to_owned())
        }
        Kind::Postgres => (Vec::new(), third.place.database_url.clone().unwrap()),
    };
    let back = run(&[["move-data", "--data", data, "--to", to.as_str()].as_slice(), &from].concat());
    assert_eq!(back.code, Some(0), "{}{}", back.out, back.err);
    let tables = |told: &str| told.lines().filter(|line| !line.contains(" to ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(tables(&back.out), tables(&moved.out));
}

#[store::test]
async fn a_copy_that_is_not_whole_or_not_ours_is_refused_and_leaves_nothing(copied: Copied) {
    let cases: [Case; 4] = [
        ("tables/dossiers.jsonl", &|rows| rows.replacen("null", "\"x\"", 1), ""),
        ("tables/directory_agencies.jsonl", &|rows| rows.lines().skip(1).collect::<Vec<_>>().join("\n"), ""),
        (
            "about.json",
            &|about| about.replacen("dossiers_0001_dossiers", "dossiers_9999_later", 1),
            "made by a newer program",
        ),
        ("about.json", &|about| about.replacen("\"format\": 1", "\"format\": 2", 1), "is of the format 2"),
    ];
    for (part, change, why) in cases {
        let into = Ground::new(copied.kind).await;
        let ended = restore(&copied.altered(part, change), &into.place);
        assert_eq!(ended.code, Some(1), "{part}: {}", ended.out);
        assert!(ended.err.contains(why), "{part}: {}", ended.err);
        if why.is_empty() {
            // Files were put back already; nobody takes the folder for a province.
            let served = run_at(&["demo"], &into.place);
            assert!(served.code == Some(1) && served.err.contains("was cut off"), "{}", served.err);
            assert_eq!(rows(&into, "dossiers").await, 0);
        } else {
            assert!(!into.place.data.exists(), "{part}");
        }
    }
    let ended = restore(&copied.copy(), &copied.ground.place);
    assert!(ended.err.contains("is not empty"), "{}", ended.err);
    let cut = copied.folder.path().join("cut.zip");
    let whole = fs::read(copied.copy()).unwrap();
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let into = Ground::new(copied.kind).await;
    let ended = restore(&cut, &into.place);
    assert!(ended.err.contains("no whole copy"), "{}", ended.err);
    assert!(!into.place.data.exists(), "nothing is begun with a copy that cannot be read");
}

#[store::test]
async fn a_copy_is_for_its_owner_alone_and_never_overwrites(copied: Copied) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(copied.copy()).unwrap().permissions().mode() & 0o777, 0o600);
    let again = run_at(&["backup", copied.copy().to_str().unwrap()], &copied.ground.place);
    assert!(again.code == Some(1) && again.err.contains("is there already"), "{}", again.err);
}
