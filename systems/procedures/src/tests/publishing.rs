use contracts::questions::Procedures;
use journal::Actor;
use store::Sql;

use super::Fixture;
use crate::actions::{publish, publish_all};
use crate::catalogue::Catalogue;
use crate::package::Package;
use crate::queries;

fn package(code: &str) -> Package {
    Package::embedded().unwrap().into_iter().find(|package| package.procedure.code == code).unwrap()
}

async fn count(f: &Fixture, sql: &'static str) -> i64 {
    Sql::new(sql).one(f.app.store.read(), |row| row.get(0)).await.unwrap().unwrap()
}

async fn in_force(f: &Fixture, code: &str) -> Option<String> {
    let procedures = f.app.ask::<dyn Procedures>().unwrap();
    procedures.in_force(code, f.app.now()).await.unwrap().map(|told| told.name.clone())
}

#[store::test]
async fn publishing_again_publishes_nothing(f: Fixture) {
    let packages = Package::embedded().unwrap();
    let first = publish_all(&f.app, f.app.now(), &packages).await.unwrap();
    let again = publish_all(&f.app, f.app.now(), &packages).await.unwrap();
    assert_eq!(first, again);
    let published = i64::try_from(packages.len()).unwrap();
    assert_eq!(count(&f, "SELECT count(*) FROM procedures_versions").await, published);
    assert_eq!(count(&f, "SELECT count(*) FROM journal_entries WHERE verb = 'procedures.published'").await, published);
}

#[store::test]
async fn two_who_publish_at_once_publish_one_version(f: Fixture) {
    let packages = [package("1.001193")];
    let now = f.app.now();
    let (one, other) = tokio::join!(publish_all(&f.app, now, &packages), publish_all(&f.app, now, &packages));
    assert_eq!(one.unwrap(), other.unwrap());
}

#[store::test]
async fn a_changed_package_is_a_new_version_and_the_old_one_stays(f: Fixture) {
    let mut package = package("1.001193");
    publish_all(&f.app, f.app.now(), std::slice::from_ref(&package)).await.unwrap();
    let procedures = f.app.ask::<dyn Procedures>().unwrap();
    let old = procedures.in_force("1.001193", f.app.now()).await.unwrap().unwrap();

    package.procedure.from = "2027-01-01".parse().unwrap();
    package.procedure.name = "Đăng ký khai sinh (mới)".to_owned();
    publish_all(&f.app, f.app.now(), &[package]).await.unwrap();
    assert_eq!(in_force(&f, "1.001193").await.as_deref(), Some("Đăng ký khai sinh"));
    f.on("2027-01-01");
    assert_eq!(in_force(&f, "1.001193").await.as_deref(), Some("Đăng ký khai sinh (mới)"));
    // A dossier under way keeps its version.
    assert_eq!(procedures.version(old.id).await.unwrap().unwrap(), old);
}

#[store::test]
async fn criminal_records_moved_to_the_police_on_the_first_of_march_2025(f: Fixture) {
    let f = f.published().await;
    for (day, justice, police) in [("2025-02-28", true, false), ("2025-03-01", false, true)] {
        f.on(day);
        assert_eq!(in_force(&f, "2.000488").await.is_some(), justice, "{day}");
        assert_eq!(in_force(&f, "3.000333").await.is_some(), police, "{day}");
    }
}

#[store::test]
async fn only_what_people_file_is_offered_by_name(f: Fixture) {
    let f = f.published().await;
    let procedures = f.app.ask::<dyn Procedures>().unwrap();
    let offered = procedures.offered(f.app.now()).await.unwrap();
    let codes: Vec<&str> = offered.iter().map(|told| told.code.as_str()).collect();
    assert!(
        codes.contains(&"2.001023") && !codes.contains(&"bhyt-tre-em") && !codes.contains(&"2.000488"),
        "{codes:?}"
    );
    let names: Vec<String> = offered.iter().map(|told| base::fold(&told.name)).collect();
    assert!(names.is_sorted(), "{names:?}");
    // Its part in other procedures can still be asked for.
    assert!(in_force(&f, "bhyt-tre-em").await.is_some());
}

#[store::test]
async fn what_another_process_published_comes_with_the_next_refresh(f: Fixture) {
    let (package, now) = (package("1.001193"), f.app.now());
    f.app.store.write(async |tx| publish(&f.app, tx, now, &Actor::PROGRAM, &package).await).await.unwrap();
    let catalogue = Catalogue::of(&f.app).unwrap();
    assert_eq!(catalogue.refresh().await.unwrap(), 1);
    assert_eq!(in_force(&f, "1.001193").await.as_deref(), Some("Đăng ký khai sinh"));
    assert_eq!(catalogue.refresh().await.unwrap(), 0);
}

#[store::test]
async fn procedures_are_found_with_or_without_marks(f: Fixture) {
    let f = f.published().await;
    let shelf = Catalogue::of(&f.app).unwrap().shelf(f.app.now());
    for (words, first) in [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("KHAI SIN", "1.001193"),
        ("1.001193", "1.001193"),
        ("sửa nhà", "1.009994"),
        ("xin phep xay nha", "1.009994"),
        ("nguoi than mat", "1.000656"),
        ("mo cua hang", "1.001612"),
    ] {
        let found = queries::found(f.app.store.read(), f.app.store.kind(), words).await.unwrap();
        let filter = queries::Filter { words, ..queries::Filter::default() };
        let listed = queries::list(&shelf.offered(f.app.now().today()), f.app.now().today(), &filter, found.as_ref());
        assert_eq!(listed.first().map(|version| version.code()), Some(first), "{words}");
    }
    let none = queries::found(f.app.store.read(), f.app.store.kind(), "đổi giấy phép lái tàu").await.unwrap();
    assert_eq!(none.map(|ids| ids.len()), Some(0));
    assert_eq!(queries::found(f.app.store.read(), f.app.store.kind(), " - ").await.unwrap(), None);
}
