//! Who may work on which folder, and how commands end.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::binary::{Ended, Serving, at, cut_off, files_under, run, run_at};
use crate::province::Ground;
use store::Kind;

fn refused(ended: &Ended, why: &str) {
    assert_eq!(ended.code, Some(1), "{}{}", ended.out, ended.err);
    assert!(ended.err.contains(why), "{}", ended.err);
}

#[tokio::test]
async fn a_demo_and_a_real_province_never_touch_each_other_and_one_folder_has_one_master() {
    let demo = Ground::new(Kind::Sqlite).await;
    let serving = Serving::start(&["demo", "--dossiers", "2"], &demo.place);
    refused(&run_at(&["demo"], &demo.place), "another tinhso works on");
    refused(&run_at(&["migrate"], &demo.place), "another tinhso works on");
    refused(&run_at(&["serve"], &demo.place), "is a demo province");
    assert_eq!(serving.sender().get("/healthz").await.unwrap().1, "ok");
    assert_eq!(serving.stop(), Some(0), "asked to end, it ends in order");
    refused(&run_at(&["work", "--once"], &demo.place), "is a demo province");

    let real = Ground::new(Kind::Sqlite).await;
    refused(&run_at(&["serve"], &real.place), "run `tinhso migrate` first");
    assert_eq!(run_at(&["migrate"], &real.place).code, Some(0));
    refused(&run_at(&["demo"], &real.place), "a demo never touches it");
    refused(&run_at(&["simulate", "--dossiers", "1"], &real.place), "a demo never touches it");
    let serving = Serving::start(&["serve"], &real.place);
    refused(&run_at(&["serve"], &real.place), "another tinhso works on");
    refused(&run_at(&["work"], &real.place), "another tinhso works on");
    assert_eq!(serving.sender().get("/readyz").await.unwrap().1, "ready");
    assert_eq!(serving.stop(), Some(0));
    assert_eq!(run_at(&["verify"], &real.place).code, Some(0));
}

#[tokio::test]
async fn a_demo_never_moves_into_the_database_of_a_real_province() {
    let mut ground = Ground::new(Kind::Postgres).await;
    assert_eq!(run_at(&["migrate"], &ground.place).code, Some(0));
    ground.place.data = ground.place.data.with_file_name("an-empty-folder");
    refused(&run_at(&["demo"], &ground.place), "a demo never touches it");
}

#[tokio::test]
async fn the_database_of_a_demo_is_known_without_its_folder() {
    let mut ground = Ground::new(Kind::Postgres).await;
    assert_eq!(run_at(&["simulate", "--dossiers", "1", "--days", "1"], &ground.place).code, Some(0));
    ground.place.data = ground.place.data.with_file_name("an-empty-folder");
    refused(&run_at(&["serve"], &ground.place), "is a demo province's");
    refused(&run_at(&["work", "--once"], &ground.place), "is a demo province's");
    refused(&run_at(&["demo"], &ground.place), "a demo of another folder");
}

#[tokio::test]
async fn a_demo_whose_preparation_was_cut_off_is_prepared_anew() {
    let ground = Ground::new(Kind::Sqlite).await;
    cut_off(&["simulate", "--dossiers", "500", "--days", "20"], &ground.place, Duration::from_millis(1500));
    let again = run_at(&["simulate", "--dossiers", "3", "--days", "2", "--json"], &ground.place);
    assert_eq!(again.code, Some(0), "{}", again.err);
    let states: BTreeMap<String, u32> = serde_json::from_str(&again.out).unwrap();
    assert_eq!(states.values().sum::<u32>(), 3, "{}", again.out);
    let verified = run_at(&["verify"], &ground.place);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
}

#[tokio::test]
async fn commands_say_by_their_exit_code_how_they_went() {
    for wrong in
        [&["no-such-command"][..], &["serve"], &["simulate", "--data"], &["demo", "--data", "x", "--dossiers", "many"]]
    {
        assert_eq!(run(wrong).code, Some(2), "{wrong:?}");
    }
    assert_eq!(run(&["--version"]).code, Some(0));
    let ground = Ground::new(Kind::Sqlite).await;
    let missing = ground.place.data.join("missing.pdf");
    refused(&run(&["signature", "check", missing.to_str().unwrap()]), "cannot be read");
    refused(&run_at(&["account", "list"], &ground.place), "is no demo");
    assert!(!at(&ground.place).is_empty() && !ground.place.data.exists(), "looking makes no province");
}

#[test]
fn a_mistake_in_a_package_is_told_with_file_line_and_rule() {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../province/national/procedures");
    let right = packages.join("1.001193-dang-ky-khai-sinh");
    let checked = run(&["procedure", "check", packages.to_str().unwrap()]);
    assert_eq!(checked.code, Some(0), "{}", checked.out);

    let folder = tempfile::TempDir::new().unwrap();
    let wrong = folder.path().join("1.001193-dang-ky-khai-sinh");
    for file in files_under(&right) {
        let to = wrong.join(file.strip_prefix(&right).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(to, text.replace("level = \"full\"", "level = \"total\"")).unwrap();
    }
    let lines = std::fs::read_to_string(right.join("procedure.toml")).unwrap();
    let line = 1 + lines.lines().position(|line| line == "level = \"full\"").unwrap();
    let checked = run(&["procedure", "check", wrong.to_str().unwrap()]);
    assert_eq!(checked.code, Some(1), "{}{}", checked.out, checked.err);
    assert!(checked.out.contains(&format!("procedure.toml:{line}")), "{}", checked.out);
}
