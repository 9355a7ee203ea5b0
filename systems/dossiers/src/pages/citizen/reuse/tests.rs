//! What a person was given and what they handed in is offered to them again, and to nobody else.

use base::{Id, Now};
use contracts::figures::DossierFacts;
use files::FileKind;
use http::StatusCode;
use store::Sql;
use system::PositionKind::{Reception, Specialist};

use crate::actions::Decision;
use crate::pages::fixture::{DESK, Fixture, OTHER, OWNER, PDF};
use crate::queries::{self, Facts};

const FIRST: &str = "0198c0de-0000-7000-8000-000000000001";
const SECOND: &str = "0198c0de-0000-7000-8000-000000000002";
const THIRD: &str = "0198c0de-0000-7000-8000-000000000003";

fn place(form: &str, at: &str) -> String {
    format!("/nop-ho-so/ban-nhap/{form}/{at}")
}

/// A draft of a person, filled in up to its papers.
async fn draft(f: &Fixture, who: &str, form: &str) {
    f.post(who, "/nop-ho-so/9.000001", &[("form", form), ("agency", &f.agency.code)]).await;
    let first = [("applicant.full_name", "Trần Thị Demo"), ("applicant.ethnic_group", "01")];
    f.post(who, &place(form, "trang/nguoi-nop"), &first).await;
    f.post(who, &place(form, "trang/cong-trinh"), &[("floors", "3")]).await;
}

async fn send(f: &Fixture, form: &str) -> String {
    let to = f.post(OWNER, &place(form, "gui"), &[]).await.to();
    to.trim_start_matches("/ho-so/").trim_end_matches("/da-gui").to_owned()
}

/// A dossier of the owner that was received and whose result is drawn up; gives its code.
async fn worked(f: &Fixture) -> String {
    draft(f, OWNER, FIRST).await;
    f.upload(OWNER, &place(FIRST, "giay-to"), &[("do", "next")], &[("paper.ban-ve", "bản vẽ.pdf", PDF)]).await;
    let code = send(f, FIRST).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    for (kind, outcome) in [(Reception, "accept"), (Specialist, "propose")] {
        let go = Decision::Go { outcome: outcome.to_owned(), note: String::new() };
        f.decide(&f.officer(kind), dossier.id, go).await;
    }
    code
}

/// The result as it is once it is signed, numbered today and sealed; the keys for that are no matter of these pages.
async fn numbered(f: &Fixture, code: &str, stage: &str) -> Id {
    let dossier = queries::by_code(f.app.store.read(), code).await.unwrap().unwrap();
    let result = queries::outcomes(f.app.store.read(), dossier.id).await.unwrap().remove(0).id;
    let kept = f.app.files.keep(PDF.to_vec().into(), FileKind::Pdf).await.unwrap();
    let today = f.app.now().today();
    f.app
        .store
        .write(async |tx| {
            Sql::new(
                "UPDATE dossiers_results SET stage = $2, number = 7, numbered_on = $3, file_hash = $4 WHERE id = $1",
            )
            .bind(result.uuid())
            .bind(stage)
            .bind(today)
            .bind(kept.hash.as_str())
            .run(tx)
            .await
        })
        .await
        .unwrap();
    result
}

#[store::test]
async fn what_is_held_is_offered_used_and_taken_out_again(f: Fixture) {
    let code = worked(&f).await;
    let result = numbered(&f, &code, "issued").await;
    draft(&f, OWNER, SECOND).await;
    let papers = place(SECOND, "giay-to");
    let offered = f.get(OWNER, &papers).await.page();
    for part in [
        "Đã có tại tỉnh: Giấy phép mẫu, số 07/GP-UBND, ngày 20/11/2026",
        "Dùng được đến hết ngày 20/05/2027",
        "tệp “bản vẽ.pdf” nộp ngày 20/11/2026",
        &format!("{} và cơ quan cùng giải quyết sẽ xem giấy này", f.agency.name),
    ] {
        assert!(offered.contains(part), "{part}: {offered}");
    }
    let take = format!("giay-phep-cu|{result}");
    assert!(offered.contains(&format!("name=\"use\" value=\"{take}\"")), "{offered}");
    assert_eq!(f.upload(OWNER, &papers, &[("use", &take)], &[]).await.to(), papers);
    let taken = f.get(OWNER, &papers).await.page();
    assert!(taken.contains("Giấy phép mẫu 07-GP-UBND.pdf") && !taken.contains(&take), "{taken}");

    let remove = taken.split("name=\"remove\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    f.upload(OWNER, &papers, &[("remove", remove)], &[]).await;
    assert!(f.get(OWNER, &papers).await.page().contains(&take), "what was taken out is offered again");
}

#[store::test]
async fn a_dossier_with_what_is_held_is_counted_as_reusing_and_its_readers_are_known(f: Fixture) {
    let code = worked(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let drawing = queries::papers(f.app.store.read(), dossier.id).await.unwrap().remove(0);
    let facts = Facts::new(f.app.store.clone());
    assert!(facts.fact(dossier.id).await.unwrap().unwrap().reused.is_empty());

    draft(&f, OWNER, SECOND).await;
    let take = format!("ban-ve|{}", drawing.id);
    f.upload(OWNER, &place(SECOND, "giay-to"), &[("use", &take)], &[]).await;
    let check = f.get(OWNER, &place(SECOND, "kiem-tra")).await.page();
    assert!(check.contains("bản vẽ.pdf") && check.contains("Giấy đã có tại tỉnh"), "{check}");
    let again = send(&f, SECOND).await;
    let second = queries::by_code(f.app.store.read(), &again).await.unwrap().unwrap();
    let fact = facts.fact(second.id).await.unwrap().unwrap();
    assert_eq!((fact.components, fact.reused), (vec!["ban-ve".to_owned()], vec!["ban-ve".to_owned()]));

    let go = Decision::Go { outcome: "accept".to_owned(), note: String::new() };
    f.decide(&f.officer(Reception), second.id, go).await;
    let reused = queries::papers(f.app.store.read(), second.id).await.unwrap().remove(0);
    let nobody = f.get(OWNER, &format!("/ho-so/{again}/nguoi-xem")).await.page();
    assert!(nobody.contains("Chưa có ai mở hồ sơ này"), "{nobody}");
    assert_eq!(f.get(DESK, &format!("/mot-cua/ho-so/{again}/tep/{}", reused.id)).await.status, StatusCode::OK);
    let desk = f.get(DESK, &format!("/mot-cua/ho-so/{again}")).await.page();
    assert!(desk.contains("Giấy đã có tại tỉnh"), "the officer knows what was not handed in: {desk}");
    let readers = f.get(OWNER, &format!("/ho-so/{again}/nguoi-xem")).await.page();
    assert!(readers.contains("Giải quyết hồ sơ"), "{readers}");

    let mine = f.get(OWNER, "/giay-to-cua-toi?loai=da-nop").await.page();
    for part in ["Bản vẽ mặt bằng", "Đã nộp", "Dùng lại", &format!("/ho-so/{again}/nguoi-xem")] {
        assert!(mine.contains(part), "{part}: {mine}");
    }
}

#[store::test]
async fn what_was_reused_is_no_new_paper_to_reuse(f: Fixture) {
    let code = worked(&f).await;
    let result = numbered(&f, &code, "issued").await;
    draft(&f, OWNER, SECOND).await;
    let files: &[(&str, &str, &[u8])] = &[("paper.ban-ve", "mới.pdf", PDF)];
    let take = format!("giay-phep-cu|{result}");
    f.upload(OWNER, &place(SECOND, "giay-to"), &[("use", &take)], files).await;
    let again = send(&f, SECOND).await;
    let second = queries::by_code(f.app.store.read(), &again).await.unwrap().unwrap();
    let go = Decision::Go { outcome: "accept".to_owned(), note: String::new() };
    f.decide(&f.officer(Reception), second.id, go).await;

    let held = queries::held_by_name(f.app.store.read(), second.applicant, "giay-phep-mau").await.unwrap();
    assert_eq!(held.iter().map(|held| held.id).collect::<Vec<_>>(), [result], "a copy has no days of its own");
    let drawings = queries::held_by_name(f.app.store.read(), second.applicant, "ban-ve").await.unwrap();
    assert_eq!(drawings.iter().map(|held| held.dossier.as_str()).collect::<Vec<_>>(), [again], "the newest");
}

#[store::test]
async fn another_persons_paper_does_not_exist(f: Fixture) {
    let code = worked(&f).await;
    let result = numbered(&f, &code, "issued").await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let drawing = queries::papers(f.app.store.read(), dossier.id).await.unwrap().remove(0).id;
    draft(&f, OTHER, SECOND).await;
    let papers = place(SECOND, "giay-to");
    assert!(!f.get(OTHER, &papers).await.page().contains("Đã có tại tỉnh"));
    for take in [
        format!("giay-phep-cu|{result}"),
        format!("ban-ve|{drawing}"),
        format!("giay-phep-cu|{}", Id::new(f.app.now())),
        "ban-ve|nothing".to_owned(),
    ] {
        let answered = f.upload(OTHER, &papers, &[("use", &take)], &[]).await;
        assert_eq!(answered.status, StatusCode::NOT_FOUND, "{take}");
    }
    let mine = f.get(OTHER, "/giay-to-cua-toi").await.page();
    assert!(mine.contains("Chưa có kết quả nào") && !mine.contains("07/GP"), "{mine}");
    assert!(!f.get(OTHER, "/giay-to-cua-toi?loai=da-nop").await.page().contains(&code));

    draft(&f, OWNER, THIRD).await;
    let unfit = f.upload(OWNER, &place(THIRD, "giay-to"), &[("use", &format!("ban-ve|{result}"))], &[]).await;
    assert_eq!(unfit.status, StatusCode::NOT_FOUND, "a paper of another name stands for nothing");
}

#[store::test]
async fn what_has_ended_is_told_and_not_used(f: Fixture) {
    let code = worked(&f).await;
    let result = numbered(&f, &code, "issued").await;
    draft(&f, OWNER, SECOND).await;
    let papers = place(SECOND, "giay-to");
    let take = format!("giay-phep-cu|{result}");
    let files: &[(&str, &str, &[u8])] = &[("paper.ban-ve", "mới.pdf", PDF)];
    f.upload(OWNER, &papers, &[("use", &take)], files).await;
    assert!(f.get(OWNER, "/giay-to-cua-toi").await.page().contains("Còn giá trị"));

    f.on("2027-05-21T09:00:00+07:00");
    let refused = f.post(OWNER, &place(SECOND, "gui"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("không còn dùng lại được, xin bỏ ra"), "{}", refused.body);
    draft(&f, OWNER, THIRD).await;
    let late = place(THIRD, "giay-to");
    let shown = f.get(OWNER, &late).await.page();
    assert!(shown.contains("Chỉ dùng được đến hết ngày 20/05/2027") && !shown.contains(&take), "{shown}");
    assert_eq!(f.upload(OWNER, &late, &[("use", &take)], &[]).await.status, StatusCode::CONFLICT);
    assert!(f.get(OWNER, "/giay-to-cua-toi").await.page().contains("Hết giá trị"));
}

#[store::test]
async fn a_void_result_is_shown_as_void(f: Fixture) {
    let code = worked(&f).await;
    let result = numbered(&f, &code, "void").await;
    let mine = f.get(OWNER, "/giay-to-cua-toi").await.page();
    assert!(mine.contains("Đã hủy") && mine.contains("07/GP") && !mine.contains("/ket-qua/"), "{mine}");
    draft(&f, OWNER, SECOND).await;
    let papers = place(SECOND, "giay-to");
    assert!(f.get(OWNER, &papers).await.page().contains("Giấy này đã bị hủy"));
    let answered = f.upload(OWNER, &papers, &[("use", &format!("giay-phep-cu|{result}"))], &[]).await;
    assert_eq!(answered.status, StatusCode::CONFLICT);
}

#[store::test]
async fn papers_are_listed_page_by_page(f: Fixture) {
    let code = worked(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    f.app
        .store
        .write(async |tx| {
            for hour in 10..34 {
                let id = Id::new(Now::at(f.app.now().utc() + chrono::TimeDelta::hours(hour)));
                Sql::new(
                    "INSERT INTO dossiers_papers (id, dossier_id, component, file_hash, name, size, mime, added_at, \
                     applicant_id) SELECT $1, dossier_id, component, file_hash, $2, size, mime, added_at, applicant_id \
                     FROM dossiers_papers WHERE dossier_id = $3 AND name = 'bản vẽ.pdf'",
                )
                .bind(id.uuid())
                .bind(format!("tờ-{hour}.pdf"))
                .bind(dossier.id.uuid())
                .run(tx)
                .await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let first = f.get(OWNER, "/giay-to-cua-toi?loai=da-nop").await.page();
    assert!(first.contains("tờ-33.pdf") && !first.contains("tờ-13.pdf"), "{first}");
    let next = first.split("href=\"/giay-to-cua-toi?loai=da-nop&").nth(1).unwrap().split('"').next().unwrap();
    let next = next.trim_start_matches("amp;").trim_start_matches("#38;");
    let second = f.get(OWNER, &format!("/giay-to-cua-toi?loai=da-nop&{next}")).await.page();
    assert!(second.contains("tờ-13.pdf") && second.contains("bản vẽ.pdf") && !second.contains("tờ-14.pdf"), "{second}");
}
