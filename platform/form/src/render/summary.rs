use serde_json::Value;

use crate::{Definition, Field, Kind, Source, Values, path, scalar};

use super::{
    Options, id,
    markup::{self, SummaryRow, html},
    message,
};

/// Last characters of a masked number that stay readable, so that a person can tell which of theirs it is.
const CLEAR: usize = 3;

/// Everything that was filled in, page by page, for the page "check your answers" and for officers.
pub fn summary(form: &Definition, values: &Values, options: &Options<'_>) -> String {
    let sections = Sections { form, visible: &form.visible(values), options };
    let mut out = String::new();
    for page in crate::draft::pages(form, values) {
        out += &heading("h2", &page.title);
        out += &sections.section(&page.fields, "", &page.title);
    }
    out
}

/// The answer at a path, as it stands on paper: an address, a group and each row of a repeated group are one line.
/// Empty where nothing was filled in, and for a field that is not shown.
pub fn value_of(form: &Definition, values: &Values, path: &str, options: &Options<'_>) -> String {
    let visible = form.visible(values);
    let found = form.field(path).zip(path::get(&visible, path));
    found.map_or_else(String::new, |(field, value)| plain(field, value, options))
}

fn plain(field: &Field, value: &Value, options: &Options<'_>) -> String {
    match (&field.kind, value) {
        (Kind::Group(fields), Value::Object(group)) if !field.is_address() => titled(fields, group, options),
        (Kind::Rows { fields, .. }, Value::Array(rows)) => {
            let rows = rows.iter().filter_map(Value::as_object);
            let lines: Vec<String> = rows.map(|row| titled(fields, row, options)).collect();
            lines.join("\n")
        }
        (Kind::Choices(_), _) => lines(field, Some(value), options).join("; "),
        _ => lines(field, Some(value), options).join("\n"),
    }
}

fn titled(fields: &[Field], values: &Values, options: &Options<'_>) -> String {
    let answered =
        fields.iter().filter_map(|field| Some((&field.title, plain(field, values.get(&field.name)?, options))));
    let parts: Vec<String> =
        answered.filter(|(_, text)| !text.is_empty()).map(|(title, text)| format!("{title}: {text}")).collect();
    parts.join("; ")
}

struct Sections<'a> {
    form: &'a Definition,
    visible: &'a Values,
    options: &'a Options<'a>,
}

impl Sections<'_> {
    /// The single fields of a group in one list, then each group within under a heading of its own.
    fn section(&self, fields: &[Field], base: &str, title: &str) -> String {
        let (mut single, mut nested) = (Vec::new(), String::new());
        for field in fields {
            let concrete = path::join(base, &field.name);
            if !field.is_shown(self.visible, &concrete) {
                continue;
            }
            match &field.kind {
                Kind::Group(inner) if !field.is_address() => {
                    if field.title != title {
                        nested += &heading("h3", &field.title);
                    }
                    nested += &self.section(inner, &concrete, &field.title);
                }
                Kind::Rows { fields: inner, .. } => {
                    for row in 0..rows_at(self.visible, &concrete) {
                        let title = message::row_title(field, row, self.options);
                        nested += &heading("h3", &title);
                        nested += &self.section(inner, &path::join(&concrete, row), &title);
                    }
                }
                _ => single.push((field, concrete)),
            }
        }
        let rows = rows(self.form, &single, self.visible, self.options);
        list(rows, self.options) + &nested
    }
}

fn rows_at(values: &Values, concrete: &str) -> usize {
    path::get(values, concrete).and_then(Value::as_array).map_or(0, Vec::len)
}

fn heading(tag: &'static str, text: &str) -> String {
    let class = if tag == "h2" { "govuk-heading-m" } else { "govuk-heading-s" };
    html(&markup::Heading { tag, class, text })
}

/// One row for each field that holds a value; a group or repeated group is spread out.
pub(super) fn rows(
    form: &Definition,
    fields: &[(&Field, String)],
    visible: &Values,
    options: &Options<'_>,
) -> Vec<SummaryRow> {
    let mut rows = Vec::new();
    for (field, concrete) in fields {
        spread(form, field, concrete, "", visible, options, &mut rows);
    }
    rows
}

fn spread(
    form: &Definition,
    field: &Field,
    concrete: &str,
    place: &str,
    visible: &Values,
    options: &Options<'_>,
    rows: &mut Vec<SummaryRow>,
) {
    if !field.is_shown(visible, concrete) {
        return;
    }
    let value = path::get(visible, concrete);
    let mut inside = |title: &str, base: &str| {
        for inner in field.inner() {
            let place = format!("{place}{title} – ");
            spread(form, inner, &path::join(base, &inner.name), &place, visible, options, rows);
        }
    };
    match (&field.kind, value) {
        (Kind::Group(_), _) if !field.is_address() => inside(&field.title, concrete),
        (Kind::Rows { .. }, _) => {
            for row in 0..rows_at(visible, concrete) {
                inside(&message::row_title(field, row, options), &path::join(concrete, row));
            }
        }
        _ => {
            let page = form.page_of(concrete);
            let change = options.change.zip(page).map(|(address, page)| format!("{}#{}", address(page), id(concrete)));
            rows.push(SummaryRow {
                label: format!("{place}{}", field.title),
                lines: lines(field, value, options),
                change,
            });
        }
    }
}

pub(super) fn list(rows: Vec<SummaryRow>, options: &Options<'_>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    html(&markup::SummaryList { rows, change: options.plain("form-change") })
}

fn lines(field: &Field, value: Option<&Value>, options: &Options<'_>) -> Vec<String> {
    let Some(value) = value else {
        return vec![options.plain("form-none")];
    };
    let lines: Vec<String> = match (&field.kind, value) {
        (Kind::Choices(_), Value::Array(codes)) => codes.iter().map(|code| value_text(field, code, options)).collect(),
        (Kind::Group(fields), Value::Object(address)) => {
            let parts = fields.iter().rev();
            let parts = parts.filter_map(|part| Some(value_text(part, address.get(&part.name)?, options)));
            vec![parts.collect::<Vec<String>>().join(", ")]
        }
        _ => value_text(field, value, options).lines().map(str::to_owned).collect(),
    };
    if options.mask && field.sensitive { lines.iter().map(|line| masked(field, line)).collect() } else { lines }
}

fn masked(field: &Field, text: &str) -> String {
    let length = text.chars().count();
    match field.kind {
        Kind::IdNumber | Kind::Phone if length > CLEAR => {
            let hidden = length - CLEAR;
            "•".repeat(hidden) + &text.chars().skip(hidden).collect::<String>()
        }
        // The length of a name or an address tells something too.
        _ => "•".repeat(6),
    }
}

/// One value as people read it.
pub(super) fn value_text(field: &Field, value: &Value, options: &Options<'_>) -> String {
    let with_unit = |text: String, unit: Option<String>| match unit {
        Some(unit) => format!("{text} {unit}"),
        None => text,
    };
    match (&field.kind, value) {
        (_, Value::Bool(true)) => options.plain("form-yes"),
        (_, Value::Bool(false)) => options.plain("form-no"),
        (Kind::Money, Value::Number(number)) => {
            with_unit(scalar::number_text(number), Some(options.plain("form-money-unit")))
        }
        (_, Value::Number(number)) => with_unit(scalar::number_text(number), field.suffix.clone()),
        (Kind::Choice { source, .. } | Kind::Choices(source), Value::String(code)) => title_of(source, code, options),
        (Kind::Date { .. }, Value::String(text)) => {
            scalar::iso_date(text).map_or_else(|| text.clone(), scalar::date_text)
        }
        (Kind::File { .. }, Value::String(reference)) => file_name(reference, options),
        (Kind::Text { .. }, Value::String(text)) => with_unit(text.clone(), field.suffix.clone()),
        (_, Value::String(text)) => text.clone(),
        _ => String::new(),
    }
}

/// A code that is no longer in its list is shown as it is: old dossiers keep old codes.
fn title_of(source: &Source, code: &str, options: &Options<'_>) -> String {
    let choices = source.choices(options.lists);
    let choice = choices.iter().find(|choice| choice.value == code);
    choice.map_or_else(|| code.to_owned(), |choice| choice.title.clone())
}

pub(super) fn file_name(reference: &str, options: &Options<'_>) -> String {
    let name = options.files.get(reference);
    name.cloned().unwrap_or_else(|| options.plain("form-file-unnamed"))
}
