//! Writing, checking and publishing procedures in the browser.

use base::Error;
use http::StatusCode;
use store::Sql;
use system::{Caller, PositionKind};
use web::testing;

use super::Fixture;
use crate::access::{EDIT, MANAGE, PUBLISH};
use crate::actions::drafts;
use crate::edit::Section;
use crate::package::{Package, files_of};
use crate::queries::drafts as queries;

const CODE: &str = "1.009994";
const HERE: &str = "/quan-tri/thu-tuc/1.009994";

fn officer(f: &Fixture) -> Caller {
    Caller::Officer(testing::officer(f.app.now(), PositionKind::Administrator, &[MANAGE, EDIT, PUBLISH]))
}

/// A draft of the building permit, begun by somebody.
async fn begun(f: &Fixture, author: &Caller) -> crate::draft::Draft {
    let packages = Package::embedded().unwrap();
    let package = packages.iter().find(|package| package.procedure.code == CODE).unwrap();
    drafts::save(&f.app, f.app.now(), author, CODE, 0, &files_of(package).unwrap()).await.unwrap()
}

async fn verbs(f: &Fixture) -> Vec<String> {
    let sql = Sql::new("SELECT verb FROM journal_entries WHERE verb LIKE 'procedures.draft%' ORDER BY id");
    sql.all(f.app.store.read(), |row| row.get(0)).await.unwrap()
}

#[store::test]
async fn a_second_person_publishes_and_the_day_decides(f: Fixture) {
    let f = f.published().await;
    let (author, second) = (officer(&f), officer(&f));
    let draft = begun(&f, &author).await;
    let files = queries::files(f.app.store.read(), draft.id).await.unwrap();
    let mut fees = Section::Fees.read(&files).unwrap();
    fees.rows[0].values.insert("online", "40000".to_owned());
    let files = Section::Fees.write(&fees, &files).unwrap().unwrap();
    let draft = drafts::save(&f.app, f.app.now(), &author, CODE, 1, &files).await.unwrap();
    let day = "2027-01-01".parse().unwrap();
    let early = drafts::publish(&f.app, f.app.now(), &second, &draft, day).await;
    assert!(matches!(early, Err(Error::Conflict("procedures-draft-moved-on"))), "{early:?}");
    drafts::check(&f.app, f.app.now(), &author, &draft).await.unwrap();
    let draft = queries::numbered(f.app.store.read(), CODE, 2).await.unwrap();
    let own = drafts::publish(&f.app, f.app.now(), &author, &draft, day).await;
    assert!(matches!(own, Err(Error::Conflict("procedures-publish-own"))), "{own:?}");
    let passed = drafts::publish(&f.app, f.app.now(), &second, &draft, "2026-11-19".parse().unwrap()).await;
    assert!(matches!(passed, Err(Error::Invalid(_))), "{passed:?}");
    drafts::publish(&f.app, f.app.now(), &second, &draft, day).await.unwrap();
    let again = drafts::publish(&f.app, f.app.now(), &second, &draft, day).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    assert_eq!(verbs(&f).await, ["procedures.draft-saved", "procedures.draft-saved", "procedures.draft-checked"]);

    let told = f.app.ask::<dyn contracts::questions::Procedures>().unwrap();
    let online = async || {
        let procedure = told.in_force(CODE, f.app.now()).await.unwrap().unwrap();
        procedure.fees.iter().find(|fee| fee.channel == "online").unwrap().amount
    };
    assert_eq!(online().await, 37_500);
    assert!(f.page(&format!("/thu-tuc/{CODE}")).await.contains("01/01/2027"), "the portal says from when");
    f.on("2027-01-01");
    assert_eq!(online().await, 40_000);
}

#[store::test]
async fn two_who_save_from_the_same_state_do_not_overwrite_each_other(f: Fixture) {
    let f = f.published().await;
    let (one, other) = (officer(&f), officer(&f));
    let draft = begun(&f, &one).await;
    let files = queries::files(f.app.store.read(), draft.id).await.unwrap();
    drafts::save(&f.app, f.app.now(), &one, CODE, 1, &files).await.unwrap();
    let late = drafts::save(&f.app, f.app.now(), &other, CODE, 1, &files).await;
    assert!(matches!(late, Err(Error::Conflict("procedures-draft-moved-on"))), "{late:?}");
    // A check of what was overtaken is refused too.
    let old = drafts::check(&f.app, f.app.now(), &one, &draft).await;
    assert!(matches!(old, Err(Error::Conflict("procedures-draft-moved-on"))), "{old:?}");
    let list = queries::saves(f.app.store.read(), CODE, i64::MAX, 1).await.unwrap();
    assert_eq!((list.rows.len(), list.rows[0].number, list.next.as_deref()), (1, 2, Some("2")));
    let open = queries::open(f.app.store.read(), "", 5).await.unwrap();
    assert_eq!(open.rows.iter().map(|draft| (draft.code.as_str(), draft.number)).collect::<Vec<_>>(), [(CODE, 2)]);
}

#[store::test]
async fn what_has_mistakes_is_not_put_forward(f: Fixture) {
    let f = f.published().await;
    let author = officer(&f);
    let draft = begun(&f, &author).await;
    let files = queries::files(f.app.store.read(), draft.id).await.unwrap().with("procedure.toml", "code = 1");
    let draft = drafts::save(&f.app, f.app.now(), &author, CODE, draft.number, &files).await.unwrap();
    let refused = drafts::check(&f.app, f.app.now(), &author, &draft).await;
    assert!(matches!(refused, Err(Error::Conflict("procedures-draft-has-mistakes"))), "{refused:?}");
    let without = Caller::Officer(testing::officer(f.app.now(), PositionKind::Administrator, &[MANAGE]));
    let refused = drafts::save(&f.app, f.app.now(), &without, CODE, draft.number, &files).await;
    assert!(matches!(refused, Err(Error::Forbidden(EDIT))), "{refused:?}");
    let html = f.answer(&format!("{HERE}/xem-truoc"), Some(MANAGE)).await.page();
    assert!(html.contains("Một giá trị sai kiểu") && html.contains("Chưa đọc được"), "{html}");
}

#[store::test]
async fn the_preview_shows_what_applicants_will_see(f: Fixture) {
    let f = f.published().await.with_agencies().await;
    let html = f.answer(&format!("{HERE}/xem-truoc"), Some(MANAGE)).await.page();
    for part in
        ["75.000 đ", "Bản vẽ thiết kế xây dựng", "<svg class=\"lanes\"", "Kiểm tra thực địa", "Toàn trình", "15 ngày"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("/nop-ho-so/"), "nothing is filed from a preview");
    let form = format!("{HERE}/xem-truoc/bieu-mau");
    let first = f.answer(&form, Some(MANAGE)).await.page();
    assert!(first.contains("Chủ đầu tư") && first.contains("Trang 1 trên 3"), "{first}");
    let wrong = f.given.post(&f.app, MANAGE, &form, &[("_page", "chu-dau-tu"), ("_held", "{}")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(f.answer(&form, Some("citizen")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(f.answer("/quan-tri/thu-tuc/9.999999/xem-truoc", Some(MANAGE)).await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn rows_are_added_without_being_kept_and_kept_when_saved(f: Fixture) {
    let f = f.published().await;
    let who = "procedures.manage+procedures.edit";
    let begun = f.given.post(&f.app, who, &format!("{HERE}/soan"), &[]).await;
    assert_eq!(
        (begun.status, begun.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/quan-tri/thu-tuc/1.009994/soan"))
    );
    let address = format!("{HERE}/soan/mien-giam");
    let more = f.given.post(&f.app, who, &address, &[("_seen", "1"), ("_count", "0"), ("do", "them")]).await;
    assert!(more.status == StatusCode::OK && more.body.contains("name=\"d.0.who\""), "{}", more.body);
    let fields = [
        ("_seen", "1"),
        ("_count", "1"),
        ("d.0.who", "Hộ nghèo"),
        ("d.0.percent", "100"),
        ("d.0.basis", "Nghị quyết (trình diễn)"),
        ("do", "luu"),
    ];
    let saved = f.given.post(&f.app, who, &address, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let diff = f.answer(&format!("{HERE}/soan/so-sanh"), Some(who)).await.page();
    assert!(diff.contains("Thêm: Hộ nghèo"), "{diff}");
    let mut fields = fields;
    fields[3] = ("d.0.percent", "50");
    let stale = f.given.post(&f.app, who, &address, &fields).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "from a state that was overtaken");
    assert!(stale.body.contains("Hộ nghèo"), "what was typed is still there");
    let back = f.given.post(&f.app, who, &format!("{HERE}/soan/lay-lai"), &[("so", "1")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let diff = f.answer(&format!("{HERE}/soan/so-sanh"), Some(who)).await.page();
    assert!(diff.contains("Không có gì khác nhau"), "{diff}");
    let page = f.answer(&format!("{HERE}/soan"), Some(who)).await.page();
    assert!(page.contains("Lần lưu 3") && page.contains("Không có lỗi"), "{page}");
    for section in Section::ALL {
        assert_eq!(f.answer(&format!("{HERE}/soan/{}", section.word()), Some(who)).await.status, StatusCode::OK);
    }
}

#[store::test]
async fn a_procedure_begins_from_nothing(f: Fixture) {
    let f = f.published().await;
    let who = "procedures.manage+procedures.edit";
    let fields = [("code", "xac-nhan-moi"), ("name", "Xác nhận mới"), ("process", "standard")];
    let begun = f.given.post(&f.app, who, "/quan-tri/thu-tuc-soan/moi", &fields).await;
    assert_eq!(begun.location.as_deref(), Some("/quan-tri/thu-tuc/xac-nhan-moi/soan"), "{}", begun.body);
    let twice = f.given.post(&f.app, who, "/quan-tri/thu-tuc-soan/moi", &fields).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = f.answer("/quan-tri/thu-tuc-soan", Some(who)).await.page();
    assert!(list.contains("Xác nhận mới"), "{list}");
    let page = f.answer("/quan-tri/thu-tuc/xac-nhan-moi/soan", Some(who)).await.page();
    assert!(page.contains("Thiếu một mục bắt buộc"), "{page}");
}
