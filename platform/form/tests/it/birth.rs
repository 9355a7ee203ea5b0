//! The example: tờ khai đăng ký khai sinh.

use std::sync::LazyLock;

use chrono::NaiveDate;
use form::{Choice, Context, Definition, Lists, Values};
use serde_json::{Value, json};

pub(crate) const SCHEMA: &str = include_str!("birth/form.schema.json");
pub(crate) const UI: &str = include_str!("birth/form.ui.toml");

pub(crate) fn form() -> &'static Definition {
    static FORM: LazyLock<Definition> = LazyLock::new(|| Definition::parse(SCHEMA, UI).unwrap());
    &FORM
}

pub(crate) fn lists() -> Lists {
    Lists::default()
        .with("provinces", vec![Choice::new("56", "Khánh Hòa")])
        .with(
            "communes",
            vec![
                Choice::new("22366", "Phường Mẫu Một").in_group("Khánh Hòa"),
                Choice::new("22390", "Xã Mẫu Hai").in_group("Khánh Hòa"),
            ],
        )
        .with("ethnic-groups", vec![Choice::new("01", "Kinh"), Choice::new("22", "Ra-glai")])
        .with("countries", vec![Choice::new("VN", "Việt Nam")])
}

pub(crate) fn context(lists: &Lists) -> Context<'_> {
    Context { today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(), lists }
}

/// Everything right, without a father.
pub(crate) fn complete() -> Values {
    object(json!({
        "applicant": {
            "full_name": "Trần Thị Demo", "id_number": "056068000056", "phone": "0900000000",
            "residence": { "province": "56", "commune": "22366", "detail": "Thôn Ví Dụ" }, "relation": "mother"
        },
        "child": {
            "full_name": "Nguyễn Văn Mẫu", "birth_date": "2026-11-03", "sex": "male",
            "ethnic_group": "01", "nationality": "VN", "weight": 3.25
        },
        "birth_place": { "kind": "hospital", "hospital": "Bệnh viện Ví Dụ", "certificate_number": "KH000001" },
        "mother": { "full_name": "Trần Thị Demo", "birth_date": "1990-01-31" },
        "father_known": false,
        "delivery": ["desk", "online"],
        "truthful": true
    }))
}

pub(crate) fn object(value: Value) -> Values {
    match value {
        Value::Object(object) => object,
        other => panic!("not an object: {other}"),
    }
}

pub(crate) fn set(values: &mut Values, pointer: &str, value: Value) {
    let (outer, name) = pointer.rsplit_once('/').unwrap();
    if outer.is_empty() {
        values.insert(name.to_owned(), value);
        return;
    }
    let mut whole = Value::Object(std::mem::take(values));
    whole.pointer_mut(outer).unwrap()[name] = value;
    *values = object(whole);
}
