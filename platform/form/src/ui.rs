//! `form.ui.toml`: how the data of the schema are asked.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use crate::{Condition, Field, Kind, Page, Prefill, Problem, Source, agreement, schema::Demand};

/// Up to this many choices are shown at once, as radio buttons.
const MAX_RADIOS: usize = 6;
/// Widths for which the style sheet has a class.
const WIDTHS: [u8; 7] = [2, 3, 4, 5, 10, 20, 30];

/// How a field is asked where there are two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Widget {
    Textarea,
    Radios,
    Select,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    page: Vec<Spanned<PageTable>>,
    #[serde(default)]
    field: BTreeMap<String, Spanned<FieldTable>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTable {
    name: String,
    title: String,
    intro: Option<String>,
    fields: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FieldTable {
    hint: Option<String>,
    widget: Option<Widget>,
    width: Option<u8>,
    suffix: Option<String>,
    pattern_message: Option<String>,
    row_title: Option<String>,
    x_when: Option<WhenTable>,
    x_prefill: Option<Prefill>,
    #[serde(default)]
    x_sensitive: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenTable {
    field: String,
    equals: Option<Value>,
    #[serde(default)]
    r#in: Vec<Value>,
}

/// The file as read, with what is needed to name lines.
#[derive(Debug)]
pub(crate) struct Asked {
    file: File,
    text: String,
}

pub(crate) fn read(text: &str) -> Result<Asked, Problem> {
    match toml::from_str(text) {
        Ok(file) => Ok(Asked { file, text: text.to_owned() }),
        Err(error) => {
            let line = error.span().map(|span| line_of(text, span.start));
            Err(Problem::ui(line, "syntax", error.message()))
        }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Puts the fields of the schema on their pages and says what does not fit.
pub(crate) fn assemble(fields: Vec<Field>, demands: Vec<Demand>, asked: Asked) -> (Vec<Page>, Vec<Problem>) {
    let Asked { file, text } = asked;
    let mut problems = Vec::new();
    let mut fields = fields;
    for (path, table) in file.field {
        let line = line_of(&text, table.span().start);
        match find(&mut fields, &path) {
            Some(field) => problems.extend(
                dress(field, table.into_inner())
                    .into_iter()
                    .map(|(rule, message)| Problem::ui(Some(line), rule, format!("`{path}`: {message}"))),
            ),
            None => problems.push(Problem::ui(
                Some(line),
                "unknown-field",
                format!("the schema has no `{path}`; a path is quoted and has no row numbers"),
            )),
        }
    }
    for demand in demands {
        match find(&mut fields, &demand.field) {
            Some(field) => field.required_when.push(demand.when),
            None => problems.push(Problem::schema(
                demand.pointer,
                "unknown-field",
                format!("`then` requires `{}`, which the schema does not have", demand.field),
            )),
        }
    }
    let mut pages: Vec<Page> = Vec::new();
    for table in file.page {
        let line = line_of(&text, table.span().start);
        let table = table.into_inner();
        let mut complain = |rule, message: String| problems.push(Problem::ui(Some(line), rule, message));
        if !is_page_name(&table.name) || pages.iter().any(|page| page.name == table.name) {
            complain("page-name", format!("`{}` must be a-z, 0-9, - and stand once", table.name));
        }
        let mut on_page = Vec::new();
        for name in table.fields {
            match fields.iter().position(|field| field.name == name) {
                Some(at) => on_page.push(fields.remove(at)),
                None => complain(
                    "page-field",
                    format!("`{name}` is no top-level property of the schema, or stands on a page already"),
                ),
            }
        }
        pages.push(Page { name: table.name, title: table.title, intro: table.intro, fields: on_page });
    }
    for field in &fields {
        problems.push(Problem::ui(None, "not-asked", format!("`{}` stands on no page", field.name)));
    }
    if problems.is_empty() {
        problems = agreement::problems(&pages);
    }
    (pages, problems)
}

fn find<'a>(fields: &'a mut [Field], path: &str) -> Option<&'a mut Field> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let field = fields.iter_mut().find(|field| field.name == first)?;
    let Some(rest) = rest else {
        return Some(field);
    };
    match &mut field.kind {
        Kind::Group(inner) | Kind::Rows { fields: inner, .. } => find(inner, rest),
        _ => None,
    }
}

fn is_page_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Gives a field what its table says; what does not suit it comes back as rule and message.
fn dress(field: &mut Field, table: FieldTable) -> Vec<(&'static str, String)> {
    let mut misfits = Vec::new();
    if let Some(widget) = table.widget {
        match (&mut field.kind, widget) {
            (Kind::Text { long, .. }, Widget::Textarea) => *long = true,
            (Kind::Choice { widget: asked, .. }, Widget::Radios | Widget::Select) => {
                *asked = widget;
            }
            _ => misfits.push(("widget", "this widget does not suit the type".to_owned())),
        }
    }
    if let Some(title) = table.row_title {
        match &mut field.kind {
            Kind::Rows { row_title, .. } => *row_title = title,
            _ => misfits.push(("row-title", "only a repeated group has rows".to_owned())),
        }
    }
    if table.width.is_some_and(|width| !WIDTHS.contains(&width)) {
        misfits.push(("width", format!("one of {WIDTHS:?}")));
    }
    if table.suffix.is_some() && !matches!(field.kind, Kind::Text { .. } | Kind::Number { .. }) {
        misfits.push(("suffix", "only text and numbers have a unit".to_owned()));
    }
    if let Some(when) = table.x_when {
        let values: Vec<Value> = when.equals.into_iter().chain(when.r#in).collect();
        if values.is_empty() {
            misfits.push(("x-when", "`equals` or `in` must name a value".to_owned()));
        }
        field.shown_when = Some(Condition { field: when.field, values });
    }
    if table.x_prefill.is_some_and(|prefill| !prefill.suits(field)) {
        misfits.push(("x-prefill", "this datum does not fit the type of the field".to_owned()));
    }
    field.prefill = table.x_prefill;
    field.sensitive = table.x_sensitive || matches!(field.kind, Kind::IdNumber);
    field.hint = table.hint.or(field.hint.take());
    field.width = table.width;
    field.suffix = table.suffix;
    field.pattern_message = table.pattern_message;
    misfits
}

/// What a choice is asked with unless the ui file says otherwise.
pub(crate) fn usual_widget(source: &Source) -> Widget {
    match source {
        Source::Fixed(choices) if choices.len() <= MAX_RADIOS => Widget::Radios,
        _ => Widget::Select,
    }
}
