//! The text of a result: what its package says it prints, with the answers of the dossier.

use contracts::questions::Printed;
use form::render::{Options, value_of};
use form::{Definition, Lists, Values};
use print::{Part, Row};

/// What fixed words may name.
pub(super) struct Names<'a> {
    pub(super) applicant: &'a str,
    pub(super) agency: &'a str,
    /// Of the dossier.
    pub(super) code: &'a str,
}

impl Names<'_> {
    fn put_into(&self, words: &str) -> String {
        words.replace("{applicant}", self.applicant).replace("{agency}", self.agency).replace("{code}", self.code)
    }
}

/// The pieces in order; answers that follow each other stand together. What was not answered is left out.
pub(super) fn body(
    prints: &[Printed],
    form: &Definition,
    answers: &Values,
    lists: &Lists,
    names: &Names<'_>,
) -> Vec<Part> {
    let options = Options::new(&in_vietnamese, lists);
    let mut parts = Vec::new();
    for piece in prints {
        match piece {
            Printed::Answer { path, label } => {
                let value = value_of(form, answers, path, &options);
                if value.is_empty() {
                    continue;
                }
                let label =
                    label.clone().or_else(|| form.field(path).map(|field| field.title.clone())).unwrap_or_default();
                match parts.last_mut() {
                    Some(Part::Rows(rows)) => rows.push(Row::new(label, value)),
                    _ => parts.push(Part::Rows(vec![Row::new(label, value)])),
                }
            }
            Printed::Basis(words) => parts.push(Part::Basis(names.put_into(words))),
            Printed::Text(words) => parts.push(Part::Text(names.put_into(words))),
            Printed::Formula(words) => parts.push(Part::Formula(names.put_into(words))),
            Printed::Article(words) => parts.push(Part::Article(names.put_into(words))),
            Printed::Point(words) => parts.push(Part::Point(names.put_into(words))),
        }
    }
    parts
}

/// A paper of the State is in Vietnamese, whatever language its reader uses on screen.
fn in_vietnamese(key: &str, _: &[(&str, String)]) -> String {
    match key {
        "form-yes" => "Có",
        "form-no" => "Không",
        "form-money-unit" => "đồng",
        _ => "",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use form::Choice;
    use serde_json::json;

    use super::*;

    const SCHEMA: &str = r#"{
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "name": {"type": "string", "title": "Tên"},
            "born": {"type": "string", "format": "date", "title": "Ngày sinh"},
            "nationality": {"type": "string", "title": "Quốc tịch", "x-list": "countries"},
            "home": {
                "type": "object",
                "title": "Nơi cư trú",
                "properties": {
                    "province": {"type": "string", "title": "Tỉnh", "x-list": "provinces"},
                    "commune": {"type": "string", "title": "Xã", "x-list": "communes"},
                    "detail": {"type": "string", "title": "Số nhà"}
                }
            },
            "married": {"type": "boolean", "title": "Đã kết hôn"},
            "phone": {"type": "string", "format": "vn-phone", "title": "Điện thoại"}
        }
    }"#;
    const UI: &str = r#"
        [[page]]
        name = "khai"
        title = "Khai"
        fields = ["name", "born", "nationality", "home", "married", "phone"]
    "#;

    fn printed(prints: &[Printed]) -> Vec<Part> {
        let form = Definition::parse(SCHEMA, UI).unwrap();
        let lists = Lists::default()
            .with("countries", vec![Choice::new("VN", "Việt Nam")])
            .with("provinces", vec![Choice::new("56", "Tỉnh Khánh Hòa")])
            .with("communes", vec![Choice::new("22366", "Phường Nha Trang")]);
        let answers = json!({
            "name": "Trần Thị Demo", "born": "1990-01-31", "nationality": "VN", "married": false, "phone": "0950000001",
            "home": {"province": "56", "commune": "22366", "detail": "12 đường Ví Dụ"}
        });
        let names =
            Names { applicant: "Trần Thị Demo", agency: "Ủy ban nhân dân phường Nha Trang", code: "H32.1" };
        body(prints, &form, answers.as_object().unwrap(), &lists, &names)
    }

    fn answer(path: &str) -> Printed {
        Printed::Answer { path: path.to_owned(), label: None }
    }

    #[test]
    fn a_result_bears_what_it_says_it_prints_and_nothing_else() {
        let prints = [
            Printed::Answer { path: "name".to_owned(), label: Some("Họ, chữ đệm, tên".to_owned()) },
            answer("born"),
            answer("nationality"),
            answer("home"),
            answer("married"),
        ];
        let rows = vec![
            Row::new("Họ, chữ đệm, tên", "Trần Thị Demo"),
            Row::new("Ngày sinh", "31/01/1990"),
            Row::new("Quốc tịch", "Việt Nam"),
            Row::new("Nơi cư trú", "12 đường Ví Dụ, Phường Nha Trang, Tỉnh Khánh Hòa"),
            Row::new("Đã kết hôn", "Không"),
        ];
        assert_eq!(printed(&prints), [Part::Rows(rows)]);
    }

    #[test]
    fn words_stand_between_answers_and_name_whom_they_are_about() {
        let prints = [
            Printed::Basis("Xét hồ sơ {code} của {applicant}".to_owned()),
            answer("name"),
            Printed::Point("{agency} cấp phép".to_owned()),
            answer("home.detail"),
        ];
        let expected = [
            Part::Basis("Xét hồ sơ H32.1 của Trần Thị Demo".to_owned()),
            Part::Rows(vec![Row::new("Tên", "Trần Thị Demo")]),
            Part::Point("Ủy ban nhân dân phường Nha Trang cấp phép".to_owned()),
            Part::Rows(vec![Row::new("Số nhà", "12 đường Ví Dụ")]),
        ];
        assert_eq!(printed(&prints), expected);
    }
}
