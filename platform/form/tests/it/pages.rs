//! What people see.

use form::{Known, Mark, Prefill, Values, render};
use serde_json::json;

use crate::{
    birth::{self, complete, object, set},
    html, texts,
};

fn page(name: &str, values: &Values, known: Known, marks: &[Mark]) -> String {
    let form = birth::form();
    let lists = birth::lists();
    let mut options = render::Options::new(&texts::vietnamese, &lists);
    options.known = known;
    options.marks = marks;
    let html = render::page(form, form.page(name).unwrap(), values, &[], &options);
    html::assert_accessible(&html);
    html
}

fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
}

fn lacks(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(!html.contains(part), "{part} in\n{html}");
    }
}

#[test]
fn every_page_in_every_state_is_accessible() {
    let form = birth::form();
    let lists = birth::lists();
    let options = render::Options::new(&texts::vietnamese, &lists);
    let mut full = complete();
    set(&mut full, "/father_known", json!(true));
    set(&mut full, "/birth_place/kind", json!("elsewhere"));
    set(&mut full, "/witnesses", json!([{}, {}]));
    for values in [Values::new(), complete(), full] {
        let errors = form.accept(&values, &birth::context(&lists)).err().unwrap_or_default();
        for page in form.pages() {
            html::assert_accessible(&render::page(form, page, &values, &errors, &options));
        }
    }
}

#[test]
fn a_text_field_has_label_hint_error_and_what_was_typed() {
    let form = birth::form();
    let lists = birth::lists();
    let options = render::Options::new(&texts::vietnamese, &lists);
    let page = form.page("nguoi-yeu-cau").unwrap();
    let posted = [("applicant.id_number".to_owned(), " 12\"3 ".to_owned())];
    let (values, errors) = form.read(page, &posted);
    let html = render::page(form, page, &values, &errors, &options);
    let from = html.find("<label class=\"govuk-label\" for=\"f-applicant-id_number\">").unwrap();
    let to = html.find("<label class=\"govuk-label\" for=\"f-applicant-phone\">").unwrap();
    let field = &html[from..to];
    insta::assert_snapshot!(field, @r#"
    <label class="govuk-label" for="f-applicant-id_number">Số định danh cá nhân</label>
    <div id="f-applicant-id_number--hint" class="govuk-hint">Gồm 12 chữ số, ghi trên thẻ căn cước</div>
    <p id="f-applicant-id_number--error" class="govuk-error-message"><span class="govuk-visually-hidden">Lỗi:</span> “Số định danh cá nhân” phải gồm 12 chữ số</p>
    <input class="govuk-input govuk-input--width-20 govuk-input--error" id="f-applicant-id_number" name="applicant.id_number" type="text" value="12&#34;3" inputmode="numeric" autocomplete="off" spellcheck="false" aria-describedby="f-applicant-id_number--hint f-applicant-id_number--error">
    </div><div class="govuk-form-group">
    "#);
}

#[test]
fn error_summaries_say_where_and_link_to_the_field() {
    let form = birth::form();
    let lists = birth::lists();
    let options = render::Options::new(&texts::vietnamese, &lists);
    let page = form.page("tre-em").unwrap();
    let values = object(json!({
        "birth_place": { "kind": "elsewhere", "place": { "province": "56" } }, "witnesses": [{ "has_id": false }]
    }));
    let mut errors = form.page_errors(page, &values, &birth::context(&lists));
    errors.drain(..4);
    let summary = render::error_summary(form, Some(page), &errors, &options);
    insta::assert_snapshot!(summary, @r##"
    <div class="govuk-error-summary" data-module="govuk-error-summary">
    <div role="alert">
    <h2 class="govuk-error-summary__title">Có nội dung cần sửa</h2>
    <div class="govuk-error-summary__body">
    <ul class="govuk-list govuk-error-summary__list">
    <li><a href="#f-child-nationality">Người được khai sinh: Hãy khai “Quốc tịch”</a></li>
    <li><a href="#f-birth_place-place-commune">Nơi sinh – Địa chỉ nơi sinh: Hãy khai “Xã, phường, đặc khu”</a></li>
    <li><a href="#f-witnesses-0-full_name">Người làm chứng 1: Hãy khai “Họ, chữ đệm, tên”</a></li>
    </ul>
    </div>
    </div>
    </div>
    "##);
    assert_eq!(render::error_summary(form, Some(page), &[], &options), "");
}

#[test]
fn long_choices_are_selects_under_headings_and_short_ones_radios() {
    let html = page("nguoi-yeu-cau", &complete(), Known::new(), &[]);
    has(
        &html,
        &[
            "<select class=\"govuk-select\" id=\"f-applicant-residence-commune\"",
            "<optgroup label=\"Khánh Hòa\">\n<option value=\"22366\" selected>Phường Mẫu Một</option>",
            "id=\"f-applicant-relation--2\" name=\"applicant.relation\" type=\"radio\" value=\"mother\" checked",
        ],
    );
}

#[test]
fn fields_that_depend_on_the_same_page_are_there_and_say_when() {
    let html = page("tre-em", &complete(), Known::new(), &[]);
    has(
        &html,
        &[
            "data-form-when=\"birth_place.kind\" data-form-when-in=\"[&#34;elsewhere&#34;]\"",
            "Chỉ khai khi “Trẻ sinh ở đâu” là: Nơi khác.",
        ],
    );
}

#[test]
fn fields_that_depend_on_an_earlier_page_come_only_when_wanted() {
    assert_eq!(page("cha", &complete(), Known::new(), &[]), "");
    let mut values = complete();
    set(&mut values, "/father_known", json!(true));
    let html = page("cha", &values, Known::new(), &[]);
    has(&html, &["name=\"father.full_name\""]);
    lacks(&html, &["data-form-when", "Người cha (không bắt buộc)"]);
}

#[test]
fn rows_can_be_added_and_removed_without_script() {
    let values = object(json!({ "birth_place": { "kind": "elsewhere" }, "witnesses": [{ "has_id": true }, {}] }));
    let html = page("tre-em", &values, Known::new(), &[]);
    assert!(html.starts_with("<button type=\"submit\" hidden></button>"), "Return must not remove a row");
    has(
        &html,
        &[
            "<legend class=\"govuk-fieldset__legend govuk-fieldset__legend--s\">Người làm chứng 2</legend>",
            "<input type=\"hidden\" name=\"witnesses.1\" value=\"\">",
            "name=\"_row\" value=\"remove:witnesses.1\" formnovalidate>Xóa<span class=\"govuk-visually-hidden\"> Người làm chứng 2</span>",
            "name=\"_row\" value=\"add:witnesses\" formnovalidate>Thêm người làm chứng</button>",
            "data-form-when=\"witnesses.0.has_id\"",
        ],
    );
    let full = object(json!({ "birth_place": { "kind": "elsewhere" }, "witnesses": [{}, {}, {}] }));
    lacks(&page("tre-em", &full, Known::new(), &[]), &["add:witnesses"]);
}

#[test]
fn known_data_are_offered_in_empty_fields_only() {
    let known = Known::from([
        (Prefill::Name, json!("Trần Thị Demo")),
        (Prefill::BirthDate, json!("1990-01-31")),
        (Prefill::Phone, json!("0900000000")),
        (Prefill::Address, json!({ "province": "56", "commune": "22390", "detail": "Thôn Mẫu" })),
    ]);
    let values = object(json!({ "applicant": { "phone": "0911111111" } }));
    let html = page("nguoi-yeu-cau", &values, known, &[]);
    has(
        &html,
        &[
            "name=\"applicant.full_name\" type=\"text\" value=\"Trần Thị Demo\" autocomplete=\"name\"",
            "Viết như trên thẻ căn cước Lấy từ dữ liệu đã có của bạn",
            "value=\"31/01/1990\"",
            "value=\"0911111111\"",
            "<option value=\"22390\" selected>",
        ],
    );
}

#[test]
fn a_supplement_opens_only_the_marked_fields() {
    let marks = [Mark { path: "child.full_name".to_owned(), note: "Tên khác với giấy chứng sinh".to_owned() }];
    let html = page("tre-em", &complete(), Known::new(), &marks);
    has(
        &html,
        &[
            "<p id=\"f-child-full_name--note\" class=\"govuk-error-message form-note\"><span class=\"form-note__from\">Cán bộ yêu cầu:</span> Tên khác với giấy chứng sinh</p>",
            "name=\"child.full_name\"",
            "<dt class=\"govuk-summary-list__key\">Giới tính</dt>\n<dd class=\"govuk-summary-list__value\">Nam</dd>",
            "Nơi sinh – Tên cơ sở y tế",
        ],
    );
    lacks(&html, &["name=\"child.sex\"", "name=\"birth_place.kind\"", "Địa chỉ nơi sinh"]);
    assert_eq!(html::posted(&html), [("child.full_name".to_owned(), "Nguyễn Văn Mẫu".to_owned())]);
}

#[test]
fn what_was_typed_is_never_markup() {
    let evil = "\"><script>alert('x')</script>&amp;";
    let values = object(json!({
        "copies": evil, "fee": evil, "remark": format!("</textarea>{evil}"), "delivery": [evil], "truthful": evil
    }));
    let html = page("ket-qua", &values, Known::new(), &[]);
    lacks(&html, &["<script", "</textarea><"]);
    let form = birth::form();
    let lists = birth::lists();
    let options = render::Options::new(&texts::vietnamese, &lists);
    lacks(&render::summary(form, &values, &options), &["<script"]);
}

#[test]
fn the_summary_shows_values_as_people_write_them() {
    let form = birth::form();
    let lists = birth::lists();
    let address = |page: &form::Page| format!("/ho-so/1/{}", page.name);
    let mut options = render::Options::new(&texts::vietnamese, &lists);
    options.change = Some(&address);
    let mut values = complete();
    set(&mut values, "/fee", json!(1_250_000));
    set(&mut values, "/remark", json!("Dòng một\nDòng <hai>"));
    set(&mut values, "/father", json!({ "full_name": "Không hiện" }));
    let html = render::summary(form, &values, &options);
    html::tags(&html);
    has(
        &html,
        &[
            "<dd class=\"govuk-summary-list__value\">Thôn Ví Dụ, Phường Mẫu Một, Khánh Hòa</dd>",
            "<dd class=\"govuk-summary-list__value\">03/11/2026</dd>",
            "<dd class=\"govuk-summary-list__value\">3,25 kg</dd>",
            "<dd class=\"govuk-summary-list__value\">1.250.000 đồng</dd>",
            "<dd class=\"govuk-summary-list__value\">Tại bộ phận một cửa<br>Bản điện tử</dd>",
            "<dd class=\"govuk-summary-list__value\">Dòng một<br>Dòng &#60;hai&#62;</dd>",
            "<a class=\"govuk-link\" href=\"/ho-so/1/tre-em#f-child-sex\">Sửa<span class=\"govuk-visually-hidden\"> Giới tính</span></a>",
            "<h3 class=\"govuk-heading-s\">Nơi sinh</h3>",
            "056068000056",
        ],
    );
    lacks(&html, &["Không hiện", "<h3 class=\"govuk-heading-s\">Người mẹ</h3>"]);
}

#[test]
fn a_masked_summary_hides_what_is_sensitive() {
    let form = birth::form();
    let lists = birth::lists();
    let mut options = render::Options::new(&texts::vietnamese, &lists);
    options.mask = true;
    let html = render::summary(form, &complete(), &options);
    has(&html, &["•••••••••056", "•••••••000", "Trần Thị Demo"]);
    lacks(&html, &["056068000056", "0900000000"]);
}

#[test]
fn a_paper_gets_answers_as_people_write_them() {
    let form = birth::form();
    let lists = birth::lists();
    let options = render::Options::new(&texts::vietnamese, &lists);
    let mut values = complete();
    set(&mut values, "/fee", json!(1_250_000));
    set(&mut values, "/father", json!({ "full_name": "Không hiện" }));
    let value = |path| render::value_of(form, &values, path, &options);
    assert_eq!(value("child.birth_date"), "03/11/2026");
    assert_eq!(value("child.sex"), "Nam");
    assert_eq!(value("child.ethnic_group"), "Kinh");
    assert_eq!(value("child.weight"), "3,25 kg");
    assert_eq!(value("fee"), "1.250.000 đồng");
    assert_eq!(value("father_known"), "Không");
    assert_eq!(value("applicant.residence"), "Thôn Ví Dụ, Phường Mẫu Một, Khánh Hòa");
    assert_eq!(value("delivery"), "Tại bộ phận một cửa; Bản điện tử");
    assert_eq!(value("mother"), "Họ, chữ đệm, tên: Trần Thị Demo; Ngày sinh: 31/01/1990");
    for nothing in ["father", "father.full_name", "remark", "no.such", "birth_place.place"] {
        assert_eq!(value(nothing), "", "{nothing}");
    }
}

#[test]
fn a_paper_gets_each_row_as_a_line() {
    let form = birth::form();
    let lists = birth::lists();
    let options = render::Options::new(&texts::vietnamese, &lists);
    let mut values = complete();
    set(&mut values, "/birth_place", json!({ "kind": "elsewhere" }));
    let witnesses = json!([{ "full_name": "Lê Thị Ví Dụ", "has_id": false }, { "full_name": "Nguyễn Văn Mẫu" }]);
    set(&mut values, "/witnesses", witnesses);
    let lines = render::value_of(form, &values, "witnesses", &options);
    let expected =
        ["Họ, chữ đệm, tên: Lê Thị Ví Dụ; Có số định danh cá nhân: Không", "Họ, chữ đệm, tên: Nguyễn Văn Mẫu"];
    assert_eq!(lines, expected.join("\n"));
}

#[test]
fn what_somebody_said_of_themselves_is_offered_the_next_time() {
    let form = birth::form();
    let known = form.known(&complete());
    let mut next = Values::new();
    let page = form.page("nguoi-yeu-cau").unwrap();
    let offered = form.offer(page, &mut next, &known);
    assert!(offered.iter().any(|path| path == "applicant.residence"), "{offered:?}");
    for path in ["full_name", "id_number", "phone", "residence"] {
        assert_eq!(next["applicant"][path], complete()["applicant"][path], "{path}");
    }
    assert_eq!(form.known(&next), known);
    assert!(form.known(&Values::new()).is_empty());
}
