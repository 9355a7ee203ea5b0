//! Shown, posted and read again, values are the same; and nothing posted does harm.

use form::{Definition, Field, Kind, Source, Values, draft, render};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::{birth, html, texts};

fn text(lines: bool) -> BoxedStrategy<Value> {
    let pattern = if lines { "[\\PC\n]{1,60}" } else { "\\PC{1,60}" };
    let clean = pattern.prop_map(|text| text.nfc().collect::<String>().trim().to_owned());
    clean.prop_filter("empty is absent", |text| !text.is_empty()).prop_map(Value::from).boxed()
}

fn code(source: &Source) -> BoxedStrategy<String> {
    let lists = birth::lists();
    let codes: Vec<String> = source.choices(&lists).iter().map(|choice| choice.value.clone()).collect();
    select(codes).boxed()
}

/// Any value a field may hold, right or not, as long as it is of the type.
fn value(field: &Field) -> BoxedStrategy<Value> {
    match &field.kind {
        Kind::Text { long, .. } => text(*long),
        Kind::Number { whole: true } | Kind::Money => (-999_999_999_i64..=999_999_999).prop_map(Value::from).boxed(),
        Kind::Number { .. } => {
            let parts = (-99_999_i32..=99_999, 1_i32..=99);
            parts.prop_map(|(units, parts)| json!(f64::from(units) + f64::from(parts) / 128.0)).boxed()
        }
        Kind::Date { .. } => (660_000_i32..800_000)
            .prop_map(|days| chrono::NaiveDate::from_num_days_from_ce_opt(days).unwrap().to_string().into())
            .boxed(),
        Kind::Choice { source, .. } => code(source).prop_map(Value::from).boxed(),
        Kind::Choices(source) => {
            let lists = birth::lists();
            let order: Vec<String> = source.choices(&lists).iter().map(|choice| choice.value.clone()).collect();
            proptest::sample::subsequence(order.clone(), 1..=order.len()).prop_map(Value::from).boxed()
        }
        Kind::YesNo => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Tick => Just(json!(true)).boxed(),
        Kind::IdNumber => "[0-9]{12}".prop_map(Value::from).boxed(),
        Kind::Phone => "09[0-9]{8}".prop_map(Value::from).boxed(),
        Kind::Email => "[a-z]{1,9}@example\\.vn".prop_map(Value::from).boxed(),
        Kind::File { .. } => "[a-f0-9]{16}".prop_map(Value::from).boxed(),
        Kind::Group(fields) => {
            let full = group(fields).prop_filter("an empty group is absent", |group| !group.is_empty());
            full.prop_map(Value::Object).boxed()
        }
        Kind::Rows { fields, .. } => vec(group(fields).prop_map(Value::Object), 1..4).prop_map(Value::from).boxed(),
    }
}

fn group(fields: &[Field]) -> BoxedStrategy<Values> {
    let members: Vec<_> = fields
        .iter()
        .map(|field| {
            let name = field.name.clone();
            option::weighted(0.8, value(field)).prop_map(move |value| value.map(|value| (name.clone(), value)))
        })
        .collect();
    members.prop_map(|members| members.into_iter().flatten().collect()).boxed()
}

fn any_values(form: &Definition) -> BoxedStrategy<Values> {
    let pages: Vec<_> = form.pages().iter().map(|page| group(&page.fields)).collect();
    pages.prop_map(|pages| pages.into_iter().flatten().collect()).boxed()
}

fn any_pair() -> impl Strategy<Value = (String, String)> {
    let names = select(vec![
        "child.full_name",
        "child",
        "child.weight",
        "child.birth_date",
        "witnesses",
        "witnesses.0",
        "witnesses.7.has_id",
        "witnesses.99999999999999999999",
        "witnesses.+1.full_name",
        "witnesses..",
        "birth_place.kind",
        "birth_place.place.commune",
        "father_known",
        "_row",
        "copies",
        "fee",
        "delivery",
        "truthful",
        "applicant.phone",
        "",
    ]);
    let name = prop_oneof![names.prop_map(str::to_owned), any::<String>()];
    let values = select(vec![
        "",
        "true",
        "elsewhere",
        "hospital",
        "remove:witnesses.0",
        "add:witnesses",
        "1.2.3",
        "-",
        "99/99/9999",
    ]);
    (name, prop_oneof![values.prop_map(str::to_owned), any::<String>()])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_shown_and_posted_reads_the_same(values in any_values(birth::form())) {
        let form = birth::form();
        let lists = birth::lists();
        let options = render::Options::new(&texts::vietnamese, &lists);
        let visible = form.visible(&values);
        for page in draft::pages(form, &visible) {
            let shown = render::page(form, page, &visible, &[], &options);
            html::assert_accessible(&shown);
            let (read, errors) = form.read(page, &html::posted(&shown));
            prop_assert_eq!(errors, []);
            let mut again = visible.clone();
            draft::merge(page, &mut again, read);
            prop_assert_eq!(&again, &visible);
        }
    }

    #[test]
    fn garbage_does_no_harm(posted in vec(any_pair(), 0..40)) {
        let form = birth::form();
        let lists = birth::lists();
        let context = birth::context(&lists);
        let options = render::Options::new(&texts::vietnamese, &lists);
        let mut values = Values::new();
        for page in form.pages() {
            let (read, _) = form.read(page, &posted);
            draft::merge(page, &mut values, read);
            if let Some(change) = form::RowChange::find(form, page, &posted) {
                change.apply(&mut values);
            }
        }
        let errors = form.accept(&values, &context).err().unwrap_or_default();
        for page in form.pages() {
            html::assert_accessible(&render::page(form, page, &values, &errors, &options));
        }
        html::tags(&render::error_summary(form, None, &errors, &options));
        html::tags(&render::summary(form, &values, &options));
    }

    #[test]
    fn any_json_is_judged_without_harm(text in "\\PC{0,20}", number in any::<f64>(), name in select(vec!["child", "birth_place", "witnesses", "father_known", "copies", "delivery", "truthful", "remark"])) {
        let form = birth::form();
        let lists = birth::lists();
        for value in [json!(text), json!(number), json!([text, [number]]), json!({ "": { "kind": [text] } }), json!(null)] {
            let mut values = birth::complete();
            values.insert(name.to_owned(), value);
            let _ = form.accept(&values, &birth::context(&lists));
            let options = render::Options::new(&texts::vietnamese, &lists);
            html::tags(&render::summary(form, &values, &options));
            for page in form.pages() {
                html::tags(&render::page(form, page, &values, &[], &options));
            }
        }
    }
}

#[test]
fn no_more_rows_than_allowed_are_read() {
    let form = birth::form();
    let posted: Vec<(String, String)> =
        (0..500).map(|row| (format!("witnesses.{row}.full_name"), "A".to_owned())).collect();
    let (values, errors) = form.read(form.page("tre-em").unwrap(), &posted);
    assert_eq!(values["witnesses"].as_array().unwrap().len(), form::MAX_ROWS);
    assert_eq!(errors[0].kind, form::ErrorKind::TooMany { max: 200 });
}

#[test]
fn rows_with_gaps_are_numbered_anew() {
    let form = birth::form();
    let posted = [("witnesses.10.full_name", "B"), ("witnesses.9.full_name", "A"), ("witnesses.12", "")];
    let posted = posted.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (values, _) = form.read(form.page("tre-em").unwrap(), &posted);
    assert_eq!(values["witnesses"], json!([{ "full_name": "A" }, { "full_name": "B" }, {}]));
}

#[test]
fn endless_text_is_cut() {
    let form = birth::form();
    let posted = [("remark".to_owned(), "đ".repeat(1_000_000))];
    let (values, errors) = form.read(form.page("ket-qua").unwrap(), &posted);
    assert_eq!(values["remark"].as_str().unwrap().chars().count(), 20_000);
    assert_eq!(errors[0].path, "remark");
}
