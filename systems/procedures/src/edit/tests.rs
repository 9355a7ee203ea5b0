use super::*;
use crate::package::{FEES, Package, SCHEMA, files_of, judge};

fn package(code: &str) -> Tree {
    let packages = Package::embedded().unwrap();
    let package = packages.iter().find(|package| package.procedure.code == code).unwrap();
    files_of(package).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn written(section: Section, sheet: &Sheet, files: &Tree) -> Tree {
    section.write(sheet, files).unwrap().unwrap()
}

#[test]
fn writing_every_section_as_it_is_changes_no_package() {
    for package in Package::embedded().unwrap() {
        let code = package.procedure.code.clone();
        let before = files_of(&package).unwrap();
        let mut after = before.clone();
        for section in Section::ALL {
            let sheet = section.read(&after).unwrap();
            after = section.rewritten(&sheet, &after).unwrap().unwrap();
            assert_eq!(section.read(&after).unwrap(), sheet, "{code} {section:?}");
            assert_eq!(differences(&before, &after).unwrap(), [], "{code} {section:?}");
        }
        let (read, findings) = judge(&code, &after, []).unwrap();
        assert_eq!(findings, [], "{code}");
        // The schema is written with other spaces.
        let same = Package { form: package.form.clone(), ..read.unwrap() } == package;
        assert!(same, "{code}");
    }
}

#[test]
fn a_fee_changes_alone_and_the_comment_stays() {
    let before = package("1.009994");
    let mut sheet = Section::Fees.read(&before).unwrap();
    sheet.rows[0].values.insert("online", "40.000".to_owned());
    let after = written(Section::Fees, &sheet, &before);
    assert!(after.text(FEES).unwrap().starts_with("# Phí, lệ phí"));
    assert!(after.text(FEES).unwrap().contains("online = 40000"), "{after:?}");
    let found = differences(&before, &after).unwrap();
    let [Difference { row: Some(row), side: Side::Changed(column, was, is), .. }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (row.as_str(), column.name, was.as_str(), is.as_str()),
        ("Lệ phí cấp giấy phép xây dựng", "online", "37500", "40000")
    );
}

#[test]
fn what_is_no_number_is_refused_at_its_field() {
    let before = package("1.009994");
    let mut sheet = Section::Fees.read(&before).unwrap();
    sheet.rows[0].values.insert("online", "nhiều".to_owned());
    assert_eq!(
        Section::Fees.write(&sheet, &before).unwrap(),
        Err(vec![(Some(0), "online", "procedures-edit-no-number")])
    );
}

#[test]
fn rows_come_go_and_change_places() {
    let before = package("1.009994");
    let mut sheet = Section::Papers.read(&before).unwrap();
    let names = |sheet: &Sheet| sheet.rows.iter().map(|row| row.value("code").to_owned()).collect::<Vec<_>>();
    let first = names(&sheet);
    sheet.rows.swap(0, 1);
    sheet.rows.remove(3);
    let mut row = new_row(Section::Papers, "");
    row.values.insert("code", "anh".to_owned());
    row.values.insert("name", "Ảnh hiện trạng".to_owned());
    sheet.rows.push(row);
    let after = written(Section::Papers, &sheet, &before);
    let read = names(&Section::Papers.read(&after).unwrap());
    assert_eq!(read, [&first[1], &first[0], &first[2], "anh"]);
    assert_eq!(judge("1.009994", &after, []).unwrap().1, []);
    let sides: Vec<Side> = differences(&before, &after).unwrap().into_iter().map(|found| found.side).collect();
    assert_eq!(sides, [Side::Removed, Side::Added, Side::Moved]);
}

#[test]
fn a_question_comes_with_choices_and_another_goes_with_all_that_pointed_to_it() {
    let before = package("1.009994");
    let mut sheet = Section::Form.read(&before).unwrap();
    let mut row = new_row(Section::Form, "page:cong-trinh");
    for (name, value) in
        [("title", "Màu mái"), ("kind", "choice"), ("required", "yes"), ("hint", "Màu chính"), ("options", "Đỏ\nXanh")]
    {
        row.values.insert(name, value.to_owned());
    }
    sheet.rows.push(row);
    // It governs when "existing" is asked, and the permit prints it.
    sheet.rows.retain(|row| row.was != "work");
    let after = written(Section::Form, &sheet, &before);
    let (package, findings) = judge("1.009994", &after, []).unwrap();
    assert_eq!(findings, []);
    let form = package.unwrap().form.unwrap();
    let form = ::form::Definition::parse(&form.schema, &form.ui).unwrap();
    let field = form.field("mau_mai").unwrap();
    assert_eq!((field.title.as_str(), field.required, field.hint.as_deref()), ("Màu mái", true, Some("Màu chính")));
    assert!(form.field("work").is_none());
    let again = Section::Form.read(&after).unwrap();
    let row = again.rows.iter().find(|row| row.was == "mau_mai").unwrap();
    assert_eq!(row.value("options"), "Đỏ\nXanh");
    assert!(after.text(SCHEMA).unwrap().contains("\"const\": \"do\""));
}

#[test]
fn questions_inside_a_group_change_places_and_words() {
    let before = package("1.009994");
    let mut sheet = Section::Form.read(&before).unwrap();
    let at = |sheet: &Sheet, path: &str| sheet.rows.iter().position(|row| row.was == path).unwrap();
    let (phone, email) = (at(&sheet, "applicant.phone"), at(&sheet, "applicant.email"));
    sheet.rows.swap(phone, email);
    let phone = at(&sheet, "applicant.phone");
    sheet.rows[phone].values.insert("required", String::new());
    let after = written(Section::Form, &sheet, &before);
    assert_eq!(judge("1.009994", &after, []).unwrap().1, []);
    let again = Section::Form.read(&after).unwrap();
    assert!(at(&again, "applicant.email") < at(&again, "applicant.phone"));
    assert_eq!(again.rows[at(&again, "applicant.phone")].value("required"), "");
}

#[test]
fn a_shared_process_says_only_what_differs_until_another_position_takes_a_step() {
    let before = package("1.009994");
    let mut sheet = Section::Process.read(&before).unwrap();
    let step = sheet.rows.iter().position(|row| row.was == "review").unwrap();
    sheet.rows[step].values.insert("amount", "2".to_owned());
    sheet.rows[step].values.insert("measure", "hours".to_owned());
    let after = written(Section::Process, &sheet, &before);
    let text = after.text(crate::package::PROCESS).unwrap();
    assert!(text.contains("use = \"site-check\"") && text.contains("review = { hours = 2 }"), "{text}");
    sheet.rows[step].values.insert("role", "leader".to_owned());
    sheet.rows[step].values.insert("unit", String::new());
    let after = written(Section::Process, &sheet, &before);
    let text = after.text(crate::package::PROCESS).unwrap();
    assert!(!text.contains("\nuse =") && !text.starts_with("use") && text.contains("[[step]]"), "{text}");
    assert_eq!(Section::Process.read(&after).unwrap(), sheet);
    assert_eq!(judge("1.009994", &after, []).unwrap().1, []);
}

#[test]
fn a_new_deadline_is_followed_by_the_cases_when_somebody_says_so() {
    let before = package("1.009994");
    let mut sheet = Section::Deadline.read(&before).unwrap();
    sheet.fixed.insert("amount", "20".to_owned());
    sheet.fixed.insert("written", "20 ngày".to_owned());
    let after = written(Section::Deadline, &sheet, &before);
    let rules: Vec<&str> = judge("1.009994", &after, []).unwrap().1.iter().map(|finding| finding.rule).collect();
    assert!(rules.iter().all(|rule| *rule == "case-time") && !rules.is_empty(), "{rules:?}");
    let given = attempts(&after).unwrap();
    assert!(given.iter().any(|case| case.given.is_some_and(|given| given != case.written)));
    assert_eq!(judge("1.009994", &renewed(&after, day("2026-11-20")).unwrap(), []).unwrap().1, []);
}

#[test]
fn a_later_first_day_leaves_out_agencies_that_have_ended() {
    let after = effective(package("1.009994"), day("2027-01-01")).unwrap();
    let (package, findings) = judge("1.009994", &after, []).unwrap();
    assert_eq!(findings, []);
    let procedure = package.unwrap().procedure;
    assert_eq!(procedure.from, day("2027-01-01"));
    let kinds: Vec<&str> = procedure.agencies.iter().map(|agency| agency.kind.as_str()).collect();
    assert_eq!(kinds, ["commune-committee"]);
}

#[test]
fn a_blank_procedure_lacks_only_what_its_author_must_say() {
    let files = blank("mau-moi", "Thủ tục mới", "standard", day("2026-11-20")).unwrap();
    let mut rules: Vec<&str> = judge("mau-moi", &files, []).unwrap().1.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(rules, ["missing-key"], "results and acts");
    let mut sheet = Section::Law.read(&files).unwrap();
    let mut act = new_row(Section::Law, "");
    for (name, value) in [("number", "61/2018/NĐ-CP"), ("name", "Nghị định"), ("date", "2018-04-23")] {
        act.values.insert(name, value.to_owned());
    }
    sheet.rows.push(act);
    let files = written(Section::Law, &sheet, &files);
    let mut results = Section::Results.read(&files).unwrap();
    let mut paper = new_row(Section::Results, "");
    for (name, value) in [
        ("name", "Giấy xác nhận"),
        ("code", "xac-nhan"),
        ("template", "confirmation"),
        ("abbreviation", "XN"),
        ("prints", "text: Xác nhận\nfull_name"),
    ] {
        paper.values.insert(name, value.to_owned());
    }
    results.rows.push(paper);
    let files = written(Section::Results, &results, &files);
    let found = judge("mau-moi", &renewed(&files, day("2026-11-20")).unwrap(), []).unwrap().1;
    assert_eq!(found, []);
    assert!(matches!(blank("x", "X", "khong-co", day("2026-11-20")), Err(Error::Invalid(_))));
}
