//! Page by page, rows, and answers to a supplement request.

use form::{Mark, Page, RowChange, Values, draft};
use serde_json::json;

use crate::birth::{self, complete, context, object, set};

fn names<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Vec<&'a str> {
    pages.into_iter().map(|page| page.name.as_str()).collect()
}

fn pairs(posted: &[(&str, &str)]) -> Vec<(String, String)> {
    posted.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn pages_with_nothing_to_show_are_skipped() {
    let form = birth::form();
    let mut values = complete();
    let mother = form.page("me").unwrap();
    assert_eq!(names(draft::page_after(form, mother, &values)), ["ket-qua"]);
    set(&mut values, "/father_known", json!(true));
    assert_eq!(names(draft::page_after(form, mother, &values)), ["cha"]);
    assert_eq!(names(draft::page_after(form, form.page("ket-qua").unwrap(), &values)), [""; 0]);
}

#[test]
fn a_draft_goes_on_at_the_first_incomplete_page() {
    let form = birth::form();
    let lists = birth::lists();
    let context = context(&lists);
    let mut values = complete();
    assert_eq!(names(draft::next_incomplete(form, &values, &context)), [""; 0]);
    values.shift_remove("mother");
    values.shift_remove("truthful");
    assert_eq!(names(draft::next_incomplete(form, &values, &context)), ["me"]);
    let progress = draft::progress(form, &values, &context);
    let progress: Vec<(&str, bool)> = progress.iter().map(|(page, done)| (page.name.as_str(), *done)).collect();
    assert_eq!(progress, [("nguoi-yeu-cau", true), ("tre-em", true), ("me", false), ("ket-qua", false)]);
}

#[test]
fn merging_a_page_replaces_it_and_nothing_else() {
    let form = birth::form();
    let page = form.page("me").unwrap();
    let mut values = complete();
    draft::merge(page, &mut values, object(json!({ "mother": { "full_name": "Lê Thị Ví Dụ" } })));
    assert_eq!(values["mother"], json!({ "full_name": "Lê Thị Ví Dụ" }));
    assert_eq!(values.get("father_known"), None);
    assert_eq!(values["child"], complete()["child"]);
}

#[test]
fn rows_come_and_go_by_their_buttons() {
    let form = birth::form();
    let page = form.page("tre-em").unwrap();
    let press = |value: &str, values: &mut Values| {
        let change = RowChange::find(form, page, &pairs(&[("_row", value)]));
        change.as_ref().inspect(|change| change.apply(values)).is_some()
    };
    let mut values = object(json!({ "witnesses": [{ "full_name": "A" }] }));
    assert!(press("add:witnesses", &mut values));
    assert!(press("add:witnesses", &mut values));
    assert!(press("add:witnesses", &mut values));
    assert_eq!(values["witnesses"], json!([{ "full_name": "A" }, {}, {}]), "three is the most");
    assert!(press("remove:witnesses.0", &mut values));
    assert!(press("remove:witnesses.9", &mut values));
    assert_eq!(values["witnesses"], json!([{}, {}]));
    for nonsense in ["add:child", "add:copies", "remove:witnesses", "remove:witnesses.x", "add", ""] {
        assert!(!press(nonsense, &mut values), "{nonsense}");
    }
}

#[test]
fn an_answer_to_a_supplement_changes_what_is_marked_and_nothing_else() {
    let form = birth::form();
    let mark = |path: &str| Mark { path: path.to_owned(), note: "Xem lại".to_owned() };
    let marks = [mark("child.full_name"), mark("birth_place.kind")];
    let posted = pairs(&[
        ("child.full_name", "Nguyễn Văn Ví Dụ"),
        ("child.sex", "female"),
        ("birth_place.kind", "elsewhere"),
        ("birth_place.place.province", "56"),
        ("birth_place.certificate_number", "KH000002"),
    ]);
    let page = form.page("tre-em").unwrap();
    let (typed, _) = form.read(page, &posted);
    let mut values = complete();
    draft::merge_marked(form, page, &mut values, &typed, &marks);
    assert_eq!(values["child"]["full_name"], "Nguyễn Văn Ví Dụ");
    assert_eq!(values["child"]["sex"], "male");
    assert_eq!(values["birth_place"]["place"]["province"], "56", "it appears with the marked field");
    assert_eq!(values["mother"], complete()["mother"]);
}

#[test]
fn one_marked_row_can_be_corrected() {
    let form = birth::form();
    let page = form.page("tre-em").unwrap();
    let mut values = object(json!({ "witnesses": [{ "full_name": "A" }, { "full_name": "B" }] }));
    let marks = [Mark { path: "witnesses.1.full_name".to_owned(), note: "Sai".to_owned() }];
    let posted = pairs(&[("witnesses.0", ""), ("witnesses.1", ""), ("witnesses.1.full_name", "C")]);
    let (typed, _) = form.read(page, &posted);
    draft::merge_marked(form, page, &mut values, &typed, &marks);
    assert_eq!(values["witnesses"], json!([{ "full_name": "A" }, { "full_name": "C" }]));
}
