use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Condition, Definition, Field, FieldError, Kind, Page, Values, path, row};

use super::{
    Options, control, id,
    markup::{self, Frame, html},
    message, summary,
};

pub(super) fn page(
    form: &Definition,
    page: &Page,
    values: &Values,
    errors: &[FieldError],
    options: &Options<'_>,
) -> String {
    let mut values = values.clone();
    let offered = form.offer(page, &mut values, &options.known);
    let painter = Painter {
        form,
        page,
        visible: form.visible(&values),
        values,
        offered,
        errors: errors.iter().map(|error| (error.path.as_str(), error)).collect(),
        options,
    };
    // Return in a text field presses the first button of a form, which must not be one that removes a row.
    let has_rows = page.fields.iter().any(holds_rows);
    let default_button = if has_rows { "<button type=\"submit\" hidden></button>\n" } else { "" };
    default_button.to_owned() + &painter.fields(&page.fields, "")
}

fn holds_rows(field: &Field) -> bool {
    matches!(field.kind, Kind::Rows { .. }) || field.inner().iter().any(holds_rows)
}

struct Painter<'a> {
    form: &'a Definition,
    page: &'a Page,
    /// As typed, with what was offered.
    values: Values,
    /// Without what is hidden: conditions are asked of these.
    visible: Values,
    offered: Vec<String>,
    errors: BTreeMap<&'a str, &'a FieldError>,
    options: &'a Options<'a>,
}

impl Painter<'_> {
    fn fields(&self, fields: &[Field], base: &str) -> String {
        let mut out = String::new();
        let mut read_only: Vec<(&Field, String)> = Vec::new();
        for field in fields {
            let concrete = path::join(base, &field.name);
            if self.is_closed(&concrete) {
                if field.is_shown(&self.visible, &concrete) {
                    read_only.push((field, concrete));
                }
                continue;
            }
            out += &self.read_only(&mut read_only);
            out += &self.shown(field, &concrete);
        }
        out + &self.read_only(&mut read_only)
    }

    /// Whether neither the field nor anything in it may be changed.
    fn is_closed(&self, concrete: &str) -> bool {
        let marks = self.options.marks;
        !self.form.is_open(concrete, marks) && !marks.iter().any(|mark| path::within(&mark.path, concrete))
    }

    fn read_only(&self, fields: &mut Vec<(&Field, String)>) -> String {
        let rows = summary::rows(self.form, fields, &self.visible, self.options);
        fields.clear();
        summary::list(rows, self.options)
    }

    fn shown(&self, field: &Field, concrete: &str) -> String {
        let Some(condition) = &field.shown_when else {
            return self.field(field, concrete, None);
        };
        let governor = path::seen_from(&condition.field, concrete);
        if self.is_on_page(&governor) && !self.is_closed(&governor) {
            return html(&markup::When {
                content: self.field(field, concrete, self.only_when(condition)),
                name: governor,
                values: Value::Array(condition.values.clone()).to_string(),
            });
        }
        if condition.holds(&self.visible, concrete) { self.field(field, concrete, None) } else { String::new() }
    }

    /// The condition in words, for those who see the field although it may not concern them.
    fn only_when(&self, condition: &Condition) -> Option<String> {
        let governor = self.form.field(&condition.field)?;
        let title = ("field", governor.title.clone());
        if matches!(governor.kind, Kind::Tick) {
            return Some((self.options.text)("form-only-when-ticked", &[title]));
        }
        let values = condition.values.iter().map(|value| summary::value_text(governor, value, self.options));
        let values: Vec<String> = values.collect();
        Some((self.options.text)("form-only-when", &[title, ("values", values.join(", "))]))
    }

    fn frame(&self, field: &Field, concrete: &str, only_when: Option<String>) -> Frame {
        let options = self.options;
        let label = if self.may_be_required(field, concrete) {
            field.title.clone()
        } else {
            (options.text)("form-optional", &[("label", field.title.clone())])
        };
        let usual = match field.kind {
            Kind::Date { .. } => Some("form-hint-date"),
            Kind::IdNumber => Some("form-hint-id-number"),
            Kind::Phone => Some("form-hint-phone"),
            _ => None,
        };
        let offered = self.offered.iter().any(|path| path == concrete);
        let hints: Vec<String> = [
            only_when,
            field.hint.clone().or_else(|| usual.map(|key| options.plain(key))),
            offered.then(|| options.plain("form-prefilled")),
        ]
        .into_iter()
        .flatten()
        .collect();
        Frame {
            id: id(concrete),
            label,
            hint: (!hints.is_empty()).then(|| hints.join(" ")),
            note: self.note(concrete),
            note_prefix: options.plain("form-note"),
            error: self.errors.get(concrete).map(|error| message::error_message(self.form, error, options)),
            error_prefix: options.plain("form-error-prefix"),
        }
    }

    /// Whether the field cannot be called optional: it is required now, or after another answer on this page.
    fn may_be_required(&self, field: &Field, concrete: &str) -> bool {
        let depends_on_page = |condition: &Condition| self.is_on_page(&condition.field);
        field.is_required(&self.visible, concrete)
            || field.required_when.iter().any(depends_on_page)
            || matches!(field.kind, Kind::Group(_)) && field.shown_when.is_some()
    }

    fn is_on_page(&self, path: &str) -> bool {
        self.page.fields.iter().any(|field| field.name == path::top(path))
    }

    fn note(&self, concrete: &str) -> Option<String> {
        let mark = self.options.marks.iter().find(|mark| mark.path == concrete);
        mark.map(|mark| mark.note.clone())
    }

    fn field(&self, field: &Field, concrete: &str, only_when: Option<String>) -> String {
        let frame = &self.frame(field, concrete, only_when);
        match &field.kind {
            Kind::Group(fields) => self.fieldset(field, frame, self.fields(fields, concrete)),
            Kind::Rows { .. } => self.fieldset(field, frame, self.rows(field, concrete)),
            _ => {
                let value = path::get(&self.values, concrete);
                control::field(field, frame, concrete, value, self.options)
            }
        }
    }

    fn fieldset(&self, field: &Field, frame: &Frame, control: String) -> String {
        // A group that says the same as the heading of the page keeps its legend for screen readers only.
        let legend_class =
            if field.title == self.page.title { "govuk-visually-hidden" } else { "govuk-fieldset__legend--m" };
        html(&markup::Fieldset { frame, id: frame.id.clone(), focus: true, legend_class, control })
    }

    fn rows(&self, field: &Field, concrete: &str) -> String {
        let Kind::Rows { fields, min, max, row_title } = &field.kind else {
            return String::new();
        };
        let held = path::get(&self.values, concrete).and_then(Value::as_array).map_or(0, Vec::len);
        let changeable = self.form.is_open(concrete, self.options.marks);
        let shown = if changeable { held.max(*min) } else { held };
        let rows = (0..shown).map(|at| {
            let path = path::join(concrete, at);
            markup::Row {
                id: id(&path),
                title: message::row_title(field, at, self.options),
                note: self.note(&path),
                fields: self.fields(fields, &path),
                path,
            }
        });
        html(&markup::Rows {
            path: concrete,
            held: rows.collect(),
            note_prefix: self.options.plain("form-note"),
            changeable,
            more: shown < *max,
            button: row::BUTTON,
            add: (self.options.text)("form-row-add", &[("title", row_title.to_lowercase())]),
            remove: self.options.plain("form-row-remove"),
        })
    }
}
