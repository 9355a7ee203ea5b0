//! The templates and what they show.

use askama::Template;

/// What surrounds every control.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) note: Option<String>,
    pub(super) note_prefix: String,
    pub(super) error: Option<String>,
    pub(super) error_prefix: String,
}

impl Frame {
    pub(super) fn is_wrong(&self) -> bool {
        self.error.is_some() || self.note.is_some()
    }

    /// The attributes that tie a control to its hint and messages; ids hold no character that HTML would have to escape.
    pub(super) fn described(&self) -> String {
        let parts = [
            self.hint.as_ref().map(|_| "hint"),
            self.note.as_ref().map(|_| "note"),
            self.error.as_ref().map(|_| "error"),
        ];
        let ids: Vec<String> = parts.iter().flatten().map(|part| format!("{}--{part}", self.id)).collect();
        if ids.is_empty() { String::new() } else { format!(" aria-describedby=\"{}\"", ids.join(" ")) }
    }
}

#[derive(Template)]
#[template(path = "form/labelled.html")]
pub(super) struct Labelled<'a> {
    pub(super) frame: &'a Frame,
    pub(super) control: String,
}

#[derive(Template)]
#[template(path = "form/fieldset.html")]
pub(super) struct Fieldset<'a> {
    pub(super) frame: &'a Frame,
    pub(super) id: String,
    pub(super) focus: bool,
    pub(super) legend_class: &'static str,
    pub(super) control: String,
}

#[derive(Template)]
#[template(path = "form/input.html")]
pub(super) struct Input<'a> {
    pub(super) frame: &'a Frame,
    pub(super) name: &'a str,
    pub(super) value: String,
    pub(super) kind: &'static str,
    pub(super) inputmode: Option<&'static str>,
    pub(super) autocomplete: Option<&'static str>,
    pub(super) spellcheck: bool,
    pub(super) width: Option<u8>,
    pub(super) suffix: Option<String>,
}

#[derive(Template)]
#[template(path = "form/textarea.html")]
pub(super) struct Textarea<'a> {
    pub(super) frame: &'a Frame,
    pub(super) name: &'a str,
    pub(super) value: String,
    pub(super) autocomplete: Option<&'static str>,
}

pub(super) struct Item {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) title: String,
    pub(super) chosen: bool,
}

pub(super) struct ItemGroup {
    pub(super) title: Option<String>,
    pub(super) items: Vec<Item>,
}

#[derive(Template)]
#[template(path = "form/select.html")]
pub(super) struct Select<'a> {
    pub(super) frame: &'a Frame,
    pub(super) name: &'a str,
    pub(super) choose: String,
    pub(super) groups: Vec<ItemGroup>,
    pub(super) autocomplete: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "form/items.html")]
pub(super) struct Items<'a> {
    pub(super) name: &'a str,
    /// `radios` or `checkboxes`, part of the class names.
    pub(super) block: &'static str,
    pub(super) kind: &'static str,
    pub(super) inline: bool,
    pub(super) choices: Vec<Item>,
    pub(super) autocomplete: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "form/tick.html")]
pub(super) struct Tick<'a> {
    pub(super) frame: &'a Frame,
    pub(super) name: &'a str,
    pub(super) chosen: bool,
}

#[derive(Template)]
#[template(path = "form/file.html")]
pub(super) struct File<'a> {
    pub(super) frame: &'a Frame,
    pub(super) name: &'a str,
    pub(super) held: Option<&'a str>,
    pub(super) held_text: String,
}

pub(super) struct Row {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) note: Option<String>,
    pub(super) fields: String,
}

#[derive(Template)]
#[template(path = "form/rows.html")]
pub(super) struct Rows<'a> {
    pub(super) path: &'a str,
    pub(super) held: Vec<Row>,
    pub(super) note_prefix: String,
    /// Whether rows may be added and removed.
    pub(super) changeable: bool,
    /// Whether there is room for one more.
    pub(super) more: bool,
    pub(super) button: &'static str,
    pub(super) add: String,
    pub(super) remove: String,
}

pub(super) struct ErrorLine {
    pub(super) href: Option<String>,
    pub(super) message: String,
}

#[derive(Template)]
#[template(path = "form/error_summary.html")]
pub(super) struct ErrorSummary {
    pub(super) title: String,
    pub(super) lines: Vec<ErrorLine>,
}

pub(super) struct SummaryRow {
    pub(super) label: String,
    pub(super) lines: Vec<String>,
    pub(super) change: Option<String>,
}

#[derive(Template)]
#[template(path = "form/summary_list.html")]
pub(super) struct SummaryList {
    pub(super) rows: Vec<SummaryRow>,
    pub(super) change: String,
}

/// Text between tags, with the wrapper of a heading.
#[derive(Template)]
#[template(source = "<{{ tag }} class=\"{{ class }}\">{{ text }}</{{ tag }}>\n", ext = "html")]
pub(super) struct Heading<'a> {
    pub(super) tag: &'static str,
    pub(super) class: &'static str,
    pub(super) text: &'a str,
}

/// A field that depends on another one of the same page.
#[derive(Template)]
#[template(
    source = "<div class=\"form-when\" data-form-when=\"{{ name }}\" data-form-when-in=\"{{ values }}\">\n{{ content|safe }}</div>\n",
    ext = "html"
)]
pub(super) struct When {
    pub(super) name: String,
    pub(super) values: String,
    pub(super) content: String,
}

#[expect(clippy::expect_used, reason = "templates show plain strings and write to a String: neither can fail")]
pub(super) fn html(template: &impl Template) -> String {
    template.render().expect("a template of plain strings renders")
}
