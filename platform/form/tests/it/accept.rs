//! Which values are right.

use form::{ErrorKind, Lists, Values};
use serde_json::{Value, json};

use crate::birth::{self, complete, context, set};

fn errors(values: &Values) -> Vec<(String, ErrorKind)> {
    let lists = birth::lists();
    let errors = birth::form().accept(values, &context(&lists)).err().unwrap_or_default();
    errors.into_iter().map(|error| (error.path, error.kind)).collect()
}

#[test]
fn a_complete_form_is_accepted_as_it_is() {
    let lists = birth::lists();
    assert_eq!(birth::form().accept(&complete(), &context(&lists)), Ok(complete()));
}

#[test]
fn an_empty_form_names_the_fields_that_are_missing_in_order() {
    let paths: Vec<String> = errors(&Values::new()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "applicant.full_name",
            "applicant.id_number",
            "applicant.phone",
            "applicant.residence.province",
            "applicant.residence.commune",
            "applicant.relation",
            "child.full_name",
            "child.birth_date",
            "child.sex",
            "child.ethnic_group",
            "child.nationality",
            "birth_place.kind",
            "mother.full_name",
            "father_known",
            "delivery",
            "truthful",
        ]
    );
    assert_eq!(errors(&Values::new()).last().unwrap().1, ErrorKind::NotTicked);
}

#[test]
fn each_wrong_value_has_its_code() {
    let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let cases: [(&str, Value, ErrorKind); 20] = [
        ("/child/full_name", json!("x".repeat(101)), ErrorKind::TooLong { max: 100 }),
        ("/child/birth_date", json!("31/02/2026"), ErrorKind::NotADate),
        ("/child/birth_date", json!("2026-02-31"), ErrorKind::NotADate),
        ("/child/birth_date", json!("2026-11-21"), ErrorKind::FutureDate),
        ("/child/birth_date", json!("1899-12-31"), ErrorKind::TooEarly { min: day(1900, 1, 1) }),
        ("/child/sex", json!("unknown"), ErrorKind::NotInList),
        ("/child/ethnic_group", json!("99"), ErrorKind::NotInList),
        ("/child/weight", json!("nặng"), ErrorKind::NotANumber),
        ("/child/weight", json!(0.1), ErrorKind::Below { min: "0,3".to_owned() }),
        ("/child/weight", json!(10), ErrorKind::Above { max: "9".to_owned() }),
        ("/copies", json!("2,5"), ErrorKind::NotWhole),
        ("/copies", json!(2.5), ErrorKind::NotWhole),
        ("/applicant/id_number", json!("12345"), ErrorKind::IdNumber),
        ("/applicant/phone", json!("12345"), ErrorKind::Phone),
        ("/applicant/email", json!("demo"), ErrorKind::Email),
        ("/birth_place/certificate_number", json!("1"), ErrorKind::Pattern),
        ("/delivery", json!(["desk", "drone"]), ErrorKind::NotInList),
        ("/delivery", json!(["desk", "desk"]), ErrorKind::Repeated),
        ("/father_known", json!("maybe"), ErrorKind::NotInList),
        ("/nickname", json!("Tí"), ErrorKind::Unknown),
    ];
    for (pointer, value, expected) in cases {
        let mut values = complete();
        set(&mut values, pointer, value);
        let path = pointer[1..].replace('/', ".");
        assert_eq!(errors(&values), [(path, expected)]);
    }
}

#[test]
fn the_schema_never_turns_a_group_into_something_else() {
    let mut values = complete();
    set(&mut values, "/child", json!(["a", 1]));
    assert_eq!(errors(&values), [("child".to_owned(), ErrorKind::Invalid)]);
}

#[test]
fn what_is_shown_must_be_filled_in() {
    let mut values = complete();
    set(&mut values, "/father_known", json!(true));
    set(&mut values, "/birth_place", json!({ "kind": "elsewhere" }));
    set(&mut values, "/witnesses", json!([{ "full_name": "Lê Thị Ví Dụ", "has_id": true }, {}]));
    let paths: Vec<String> = errors(&values).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "birth_place.place.province",
            "birth_place.place.commune",
            "witnesses.0.id_number",
            "witnesses.1.full_name",
            "witnesses.1.has_id",
            "father.full_name",
        ]
    );
}

#[test]
fn what_is_hidden_is_neither_checked_nor_kept() {
    let mut values = complete();
    set(&mut values, "/father", json!({ "full_name": "Nguyễn Văn Mẫu", "birth_date": "hôm qua" }));
    set(&mut values, "/witnesses", json!([{ "full_name": 5 }]));
    set(&mut values, "/birth_place/place", json!({ "province": "?" }));
    let lists = birth::lists();
    assert_eq!(birth::form().accept(&values, &context(&lists)), Ok(complete()));
}

#[test]
fn a_condition_looks_at_its_own_row() {
    let mut values = complete();
    set(&mut values, "/birth_place", json!({ "kind": "elsewhere", "place": { "province": "56", "commune": "22366" } }));
    let witness = |has_id| json!({ "full_name": "Lê Thị Ví Dụ", "has_id": has_id, "id_number": "056071000057" });
    set(&mut values, "/witnesses", json!([witness(true), witness(false)]));
    let lists = birth::lists();
    let accepted = birth::form().accept(&values, &context(&lists)).unwrap();
    assert_eq!(accepted["witnesses"][0]["id_number"], "056071000057");
    assert_eq!(accepted["witnesses"][1].get("id_number"), None);
}

#[test]
fn rows_are_limited() {
    let mut values = complete();
    set(&mut values, "/birth_place", json!({ "kind": "elsewhere", "place": { "province": "56", "commune": "22366" } }));
    set(&mut values, "/witnesses", json!(vec![json!({ "full_name": "Lê Thị Ví Dụ", "has_id": false }); 4]));
    assert_eq!(errors(&values), [("witnesses".to_owned(), ErrorKind::TooMany { max: 3 })]);
}

#[test]
fn without_its_list_nothing_can_be_chosen() {
    let lists = Lists::default();
    let errors = birth::form().accept(&complete(), &context(&lists)).unwrap_err();
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(
        paths,
        ["applicant.residence.province", "applicant.residence.commune", "child.ethnic_group", "child.nationality"]
    );
}

#[test]
fn a_page_hears_only_of_its_own_errors() {
    let form = birth::form();
    let lists = birth::lists();
    let errors = form.page_errors(form.page("me").unwrap(), &Values::new(), &context(&lists));
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["mother.full_name", "father_known"]);
}
