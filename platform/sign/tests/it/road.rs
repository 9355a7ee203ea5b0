//! The order of a paper: personal signature, number and date, agency signature.

use rsa::pkcs8::DecodePrivateKey;
use sign::{Changes, Check, Coverage, Error, Layer, Paper, Stage, Verdict, verify};

use crate::support::{self, People, morning};

const NO_MARK: &[Layer<'static>] = &[];

#[test]
fn an_issued_paper_is_valid_from_both_signatures() {
    let people = People::new();
    let paper = support::issued(&people);
    let report = verify(paper.bytes(), &people.anchors(), morning() + support::minutes(60));

    assert_eq!(report.verdict(), Verdict::Valid, "{report:#?}");
    assert!(report.covers_whole_file());
    let [personal, agency] = report.signatures.as_slice() else { panic!("{report:#?}") };

    assert_eq!(personal.field, "KyCaNhan");
    assert_eq!(personal.certificate.as_ref().unwrap().subject, "MẪU - Trần Thị Demo");
    assert_eq!(personal.certificate.as_ref().unwrap().issuer, "MẪU - Tỉnh Số Demo CA");
    assert_eq!(personal.signed_at, Some(morning()));
    // printed, prepared, signed, numbered, issued
    assert_eq!(personal.coverage, Some(Coverage::Revision { number: 3, of: 5 }));
    assert_eq!(personal.changes, Changes::FormOrSignature);
    assert_eq!(personal.changed_fields, ["SoVanBan", "NgayThangNam", "KyCoQuan"]);

    assert_eq!(agency.field, "KyCoQuan");
    assert_eq!(agency.coverage, Some(Coverage::WholeFile));
    assert_eq!(agency.changes, Changes::None);
    for signature in [personal, agency] {
        assert_eq!(signature.integrity, Check::Passed);
        assert_eq!(signature.signature, Check::Passed);
        assert_eq!(signature.certificate_fit, Check::Passed);
        assert_eq!(signature.trust, Check::Passed);
    }
}

#[test]
fn every_step_appends_and_rewrites_nothing() {
    let people = People::new();
    let printed = support::decision();
    let paper = support::issued(&people);
    let prepared = support::prepared();
    assert!(prepared.bytes().starts_with(&printed));
    assert!(paper.bytes().starts_with(prepared.bytes()));
}

#[test]
fn the_stage_is_read_from_the_file() {
    let people = People::new();
    let reopened = |paper: Paper| Paper::open(paper.into_bytes()).unwrap().stage().unwrap();
    assert_eq!(reopened(support::prepared()), Stage::Prepared);
    assert_eq!(reopened(support::signed(&people)), Stage::Signed);
    assert_eq!(reopened(support::numbered(&people)), Stage::Numbered);
    assert_eq!(reopened(support::issued(&people)), Stage::Issued);
}

#[test]
fn steps_out_of_order_are_refused() {
    let people = People::new();
    let signed = support::signed(&people);
    let early = signed.sign_agency(&people.agency, NO_MARK, morning());
    assert!(matches!(early, Err(Error::OutOfOrder { needed: Stage::Numbered, found: Stage::Signed })), "{early:?}");
    let twice = signed.sign_personal(&people.person, NO_MARK, morning());
    assert!(matches!(twice, Err(Error::OutOfOrder { .. })), "{twice:?}");
}

#[test]
fn a_file_without_our_fields_is_not_a_paper() {
    assert!(matches!(Paper::open(support::decision()), Err(Error::NotPrepared)));
    let again = Paper::prepare(support::prepared().bytes(), &support::layout());
    assert!(matches!(again, Err(Error::Pdf(sign::PdfError::HasForm))), "{again:?}");
}

#[test]
fn a_key_that_is_not_the_certificates_signs_nothing() {
    let people = People::new();
    let mine = people.authority.issue("Nguyễn Văn Mẫu", "UBND xã Ví Dụ").unwrap();
    let other = people.authority.issue("Lê Thị Ví Dụ", "UBND xã Ví Dụ").unwrap();
    let mixed = sign::SoftKey::from_pem(&mine.key_pem, &other.chain_pem).unwrap();
    let refused = support::prepared().sign_personal(&mixed, NO_MARK, morning());
    assert!(matches!(refused, Err(Error::KeyMismatch)), "{refused:?}");
}

#[test]
fn nobody_signs_outside_the_dates_of_the_certificate() {
    let people = People::new();
    let paper = support::prepared();
    let late = paper.sign_personal(&people.person, NO_MARK, morning() + chrono::Days::new(3000));
    assert!(matches!(late, Err(Error::Certificate(sign::CertificateFault::Expired { .. }))), "{late:?}");
    let early = paper.sign_personal(&people.person, NO_MARK, morning() - chrono::Days::new(3));
    assert!(matches!(early, Err(Error::Certificate(sign::CertificateFault::NotYetValid { .. }))), "{early:?}");
}

#[test]
fn secrets_do_not_reach_a_log() {
    let people = People::new();
    let issued = people.authority.issue("Nguyễn Văn Mẫu", "UBND xã Ví Dụ").unwrap();
    let body = issued.key_pem.lines().nth(1).unwrap();
    assert!(rsa::RsaPrivateKey::from_pkcs8_pem(&issued.key_pem).is_ok());
    assert!(!format!("{issued:?}").contains(body));
    assert!(!format!("{:?}", issued.signer().unwrap()).contains("PRIVATE"));
}

#[test]
fn a_report_says_why_in_vietnamese() {
    let people = People::new();
    let texts = web::Texts::load(sign::TEXTS.iter()).unwrap();
    let told = |pdf: &[u8], lang| {
        sign::check_file(pdf, &people.anchors(), base::Now::at(morning() + support::minutes(60))).told(&texts, lang)
    };
    assert_eq!(told(&support::decision(), web::Lang::Vi), "Không xác định\n  Tệp không có chữ ký số nào.");
    let issued = told(support::issued(&people).bytes(), web::Lang::Vi);
    for line in [
        "Chữ ký 1: Hợp lệ",
        "  Người ký: MẪU - Trần Thị Demo",
        "  Thời điểm ký: 10:00 ngày 20/11/2026",
        "  Phần được ký: Phiên bản 3 trong 5 phiên bản của tệp",
        "  Các trường được điền hoặc ký: SoVanBan, NgayThangNam, KyCoQuan",
        "Chữ ký 2: Hợp lệ",
        "  Phần được ký: Toàn bộ tệp",
    ] {
        assert!(issued.lines().any(|found| found == line), "{line}\n{issued}");
    }
    assert!(told(support::issued(&people).bytes(), web::Lang::En).contains("Signature 2: Valid"));
}
