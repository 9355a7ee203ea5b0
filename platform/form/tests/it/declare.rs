//! Mistakes in a declaration are found and named.

use form::{Definition, Place};
use serde_json::{Value, json};

use crate::birth;

/// Rules broken by the birth form after one change.
fn rules(change_schema: impl FnOnce(&mut Value), change_ui: impl FnOnce(&str) -> String) -> Vec<&'static str> {
    let mut schema: Value = serde_json::from_str(birth::SCHEMA).unwrap();
    change_schema(&mut schema);
    match Definition::parse(&schema.to_string(), &change_ui(birth::UI)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.rule).collect(),
    }
}

fn same(ui: &str) -> String {
    ui.to_owned()
}

#[test]
fn the_example_is_sound() {
    let form = birth::form();
    let names: Vec<&str> = form.pages().iter().map(|page| page.name.as_str()).collect();
    assert_eq!(names, ["nguoi-yeu-cau", "tre-em", "me", "cha", "ket-qua"]);
    assert_eq!(form.lists(), ["communes", "countries", "ethnic-groups", "provinces"]);
    assert_eq!(form.field("witnesses.2.full_name").unwrap().title, "Họ, chữ đệm, tên");
    assert_eq!(form.page_of("father.residence.commune").unwrap().name, "cha");
}

#[test]
fn syntax_errors_name_the_line() {
    let problems = Definition::parse("{\n  \"type\": \"object\",\n  oops\n}", "").unwrap_err();
    assert_eq!((problems[0].rule, &problems[0].place), ("syntax", &Place::Line(3)));
    let problems = Definition::parse(birth::SCHEMA, "[[page]]\nname = \"a\"\ntitle = \"A\"\nfields = []\ncolour = 1\n")
        .unwrap_err();
    assert_eq!((problems[0].rule, &problems[0].place), ("syntax", &Place::Line(5)));
}

#[test]
fn a_wrong_field_table_names_its_line() {
    let ui = birth::UI.to_owned() + "[field.\"child.nickname\"]\nhint = \"?\"\n";
    let line = birth::UI.lines().count() + 1;
    let problems = Definition::parse(birth::SCHEMA, &ui).unwrap_err();
    assert_eq!((problems[0].rule, &problems[0].place), ("unknown-field", &Place::Line(line)));
    assert!(problems[0].to_string().starts_with(&format!("form.ui.toml:{line}: unknown-field: ")));
}

#[test]
fn each_mistake_in_the_schema_has_its_rule() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 13] = [
        ("json-schema", |s| {
            s["properties"]["remark"]["maxLength"] = json!(-1);
        }),
        ("unknown-keyword", |s| {
            s["properties"]["remark"]["maxLenght"] = json!(5);
        }),
        ("unknown-keyword", |s| {
            s["properties"]["copies"]["anyOf"] = json!([true]);
        }),
        ("title", |s| {
            s["properties"]["remark"] = json!({ "type": "string" });
        }),
        ("name", |s| {
            s["properties"]["child"]["properties"]["Full-Name"] = json!({ "type": "string", "title": "x" });
        }),
        ("format", |s| {
            s["properties"]["remark"]["format"] = json!("ipv4");
        }),
        ("ref", |s| {
            s["properties"]["mother"]["$ref"] = json!("#/$defs/nobody");
        }),
        ("format", |s| {
            s["properties"]["copies"]["format"] = json!("int32");
        }),
        ("ref", |s| {
            s["$defs"]["parent"]["properties"]["parent"] = json!({ "$ref": "#/$defs/parent", "title": "x" });
        }),
        ("oneOf", |s| {
            s["properties"]["child"]["properties"]["sex"]["oneOf"][0] = json!({ "const": "female", "title": "x" });
        }),
        ("date-bound", |s| {
            s["$defs"]["birth_date"]["x-max-date"] = json!("tomorrow");
        }),
        ("if", |s| s["if"] = json!({ "properties": { "father_known": { "const": true } } })),
        ("nested-rows", |s| {
            s["properties"]["witnesses"]["items"]["properties"]["more"] =
                json!({ "type": "array", "title": "x", "items": { "type": "object", "properties": {} } });
        }),
    ];
    for (rule, change) in changes {
        let rules = rules(change, same);
        assert!(rules.contains(&rule), "{rule} not in {rules:?}");
    }
}

#[test]
fn each_mistake_in_the_pages_has_its_rule() {
    for (rule, from, to) in [
        ("not-asked", "\"remark\", ", ""),
        ("page-field", "\"remark\", ", "\"remark\", \"remark\", "),
        ("page-name", "\"ket-qua\"", "\"cha\""),
        ("x-prefill", "\"person.phone\"", "\"person.birth_date\""),
        ("width", "width  = 5", "width  = 6"),
        ("suffix", "pattern-message =", "row-title = \"x\"\nsuffix = \"x\"\npattern-message ="),
        ("x-when", "equals = \"elsewhere\"", "equals = \"nowhere\""),
        ("x-when", "{ field = \"father_known\", equals = true }", "{ field = \"delivery\", equals = \"desk\" }"),
        ("x-when", "{ field = \"father_known\", equals = true }", "{ field = \"witnesses.has_id\", equals = true }"),
        ("x-when", ", equals = true }", " }"),
        (
            "x-prefill",
            "[field.\"witnesses.id_number\"]",
            "[field.\"witnesses.id_number\"]\nx-prefill = \"person.id_number\"",
        ),
    ] {
        let ui = birth::UI.replacen(from, to, 1);
        assert_ne!(ui, birth::UI, "{from}");
        let rules = rules(|_| (), |_| ui);
        let found = rules.contains(&rule) || rule == "suffix" && rules.contains(&"row-title");
        assert!(found, "{rule} not in {rules:?}");
    }
}

#[test]
fn schema_and_pages_must_agree_about_what_is_hidden() {
    let always = rules(|s| s["properties"]["witnesses"]["items"]["required"] = json!(["id_number"]), same);
    assert_eq!(always, ["required-while-hidden"]);
    let otherwise = rules(|s| s["if"]["properties"]["father_known"]["const"] = json!(false), same);
    assert_eq!(otherwise, ["required-while-hidden"]);
}

#[test]
fn the_readme_speaks_the_format() {
    let readme = include_str!("../../README.md");
    let block = |language: &str| {
        let (_, after) = readme.split_once(&format!("```{language}\n")).unwrap();
        after.split_once("```").unwrap().0
    };
    let form = Definition::parse(block("json"), block("toml")).unwrap();
    assert_eq!(form.pages().len(), 1);
}
