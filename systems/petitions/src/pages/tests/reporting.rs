//! What a meeting is told.

use base::Id;
use http::StatusCode;
use system::PositionKind;

use super::{CLERK, DESK, Fixture, LIST, NOBODY, PROMISED, RESOLVED, ROAD, SPECIALIST};
use crate::queries::{self, Counts, Group};
use crate::report::Report;

/// Petitions of a meeting in every state that a report tells of.
async fn filled(f: &Fixture, meeting: &str) {
    let words = ["sửa đường", "làm cầu", "đặt biển báo", "xây nhà văn hóa", "mở bến xe"];
    let mut codes = Vec::new();
    for (place, what) in ["H32.103", "H32.101", "H32.102", "H32.103", "H32.101"].into_iter().zip(words) {
        codes.push(f.entered(meeting, place, &format!("Đề nghị {what}")).await);
    }
    let again = f.entered(meeting, "H32.102", ROAD).await;
    f.at_step(DESK, &again, "gop", &[("into", codes[0].as_str())]).await.to();
    for code in &codes[..3] {
        f.assigned(code).await;
    }
    f.answered(&codes[0], RESOLVED).await;
    f.answered(&codes[1], PROMISED).await;
    let fields = [("field", "y-te"), ("public-words", "Đề nghị xây nhà văn hóa"), ("agency", "H32.53")];
    f.at_step(DESK, &codes[3], "phan-loai", &fields).await.to();
    let fields = [("forwarded-to", "Bộ Xây dựng"), ("public-words", "Đề nghị mở bến xe")];
    f.at_step(DESK, &codes[4], "chuyen", &fields).await.to();
}

fn sum(lines: impl Iterator<Item = Counts>) -> Counts {
    lines.fold(Counts::default(), |sum, counts| Counts {
        petitions: sum.petitions + counts.petitions,
        places: sum.places + counts.places,
        answered: sum.answered + counts.answered,
        in_time: sum.in_time + counts.in_time,
        late: sum.late + counts.late,
    })
}

#[store::test]
async fn every_sum_of_a_report_is_that_of_its_rows(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    filled(&f, &meeting).await;
    // The one that is still worked on is late by then.
    f.on("2027-02-01T09:00:00+07:00");
    let id: Id = meeting.parse().unwrap();
    let report = Report::read(&f.app, f.app.now(), id).await.unwrap();
    let totals = report.totals();
    assert_eq!(totals, Counts { petitions: 4, places: 5, answered: 2, in_time: 2, late: 1 });
    assert_eq!(report.own.len(), 5, "the forwarded one is listed and not counted");
    for lines in [
        sum(report.by_result().into_iter().map(|(_, counts)| counts)),
        sum(report.by_field().into_iter().map(|(_, counts)| counts)),
        sum(report.by_agency().into_iter().map(|(_, counts)| counts)),
    ] {
        assert_eq!(lines, totals);
    }
    // The public figures are counted by the database and come to the same.
    let (c, now) = (f.app.store.read(), f.app.now().utc());
    assert_eq!(queries::totals(c, Some(id), now).await.unwrap(), totals);
    for group in [Group::Field, Group::Result, Group::FieldAndResult, Group::Agency] {
        let lines = queries::counts_by(c, group, Some(id), now).await.unwrap();
        assert_eq!(sum(lines.into_iter().map(|line| line.counts)), totals, "{group:?}");
    }
    let figures = f.get(NOBODY, &format!("/kien-nghi-cu-tri/thong-ke?ky-hop={meeting}")).await.page();
    assert!(figures.contains("<b>4</b>") && figures.contains("Đang giải quyết"), "{figures}");
}

#[store::test]
async fn a_report_names_every_petition_and_what_earlier_meetings_left_open(f: Fixture) {
    let earlier = f.meeting("11", "2026-07-08").await;
    filled(&f, &earlier).await;
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    f.assigned(&code).await;
    let report = Report::read(&f.app, f.app.now(), meeting.parse().unwrap()).await.unwrap();
    assert_eq!((report.own.len(), report.carried_over.len()), (1, 1));
    let officer = web::testing::officer(f.app.now(), PositionKind::Clerk, &[]);
    let officer = system::Officer { agency: f.department.id, ..officer };
    let letter = serde_json::to_string(&report.letter(&f.app, &officer).await.unwrap()).unwrap();
    for part in [code.as_str(), "KN-26-000002", "Đề nghị làm cầu", "Thi công", "Kỳ họp thứ 12", "hạn trả lời"]
    {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    assert!(!letter.contains("Trần Thị Demo"), "voters are named nowhere");
}

#[store::test]
async fn a_report_is_given_as_a_paper_and_for_word_processors(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    filled(&f, &meeting).await;
    let pdf = f.get(CLERK, &format!("{LIST}/ky-hop/{meeting}/bao-cao.pdf")).await;
    assert_eq!((pdf.status, pdf.kind.as_deref()), (StatusCode::OK, Some("application/pdf")));
    assert!(pdf.body.starts_with("%PDF-"));
    let docx = f.get(SPECIALIST, &format!("{LIST}/ky-hop/{meeting}/bao-cao.docx")).await;
    assert!(docx.status == StatusCode::OK && docx.body.starts_with("PK"));
    let unknown = f.get(CLERK, &format!("{LIST}/ky-hop/{}/bao-cao.pdf", f.id())).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
