//! The element in which a value is typed or chosen, within its label, hint and messages.

use serde_json::Value;

use crate::{Choice, Field, Kind, Prefill, Widget, scalar};

use super::{
    Options, id,
    markup::{self, Frame, html},
    summary,
};

pub(super) fn field(field: &Field, frame: &Frame, name: &str, value: Option<&Value>, options: &Options<'_>) -> String {
    let control = match &field.kind {
        Kind::Choice { source, widget } => {
            let choices = source.choices(options.lists);
            let items = items(choices, name, value);
            match widget {
                Widget::Select => select(field, frame, name, choices, items, options),
                _ => return set(field, frame, name, items),
            }
        }
        Kind::Choices(source) => {
            return set(field, frame, name, items(source.choices(options.lists), name, value));
        }
        Kind::YesNo => {
            let choices =
                [("true", "form-yes"), ("false", "form-no")].map(|(code, key)| Choice::new(code, options.plain(key)));
            let code = value.and_then(Value::as_bool).map(|yes| yes.to_string().into());
            return set(field, frame, name, items(&choices, name, code.as_ref()));
        }
        Kind::Tick => {
            let chosen = value == Some(&Value::Bool(true));
            return html(&markup::Tick { frame, name, chosen });
        }
        Kind::File { .. } => file(frame, name, value, options),
        Kind::Text { long: true, .. } => {
            html(&markup::Textarea { frame, name, value: typed(field, value), autocomplete: autocomplete(field) })
        }
        _ => input(field, frame, name, value, options),
    };
    html(&markup::Labelled { frame, control })
}

fn input(field: &Field, frame: &Frame, name: &str, value: Option<&Value>, options: &Options<'_>) -> String {
    let (kind, inputmode, width) = match field.kind {
        Kind::Number { whole: false } => ("text", Some("decimal"), Some(10)),
        Kind::Number { .. } | Kind::Money | Kind::Date { .. } => ("text", Some("numeric"), Some(10)),
        Kind::IdNumber => ("text", Some("numeric"), Some(20)),
        Kind::Phone => ("tel", Some("tel"), Some(20)),
        Kind::Email => ("email", Some("email"), None),
        _ => ("text", None, None),
    };
    let money = matches!(field.kind, Kind::Money).then(|| options.plain("form-money-unit"));
    html(&markup::Input {
        frame,
        name,
        value: typed(field, value),
        kind,
        inputmode,
        autocomplete: autocomplete(field),
        spellcheck: false,
        width: field.width.or(width),
        suffix: field.suffix.clone().or(money),
    })
}

fn autocomplete(field: &Field) -> Option<&'static str> {
    field.prefill.map(Prefill::autocomplete)
}

fn items(choices: &[Choice], name: &str, value: Option<&Value>) -> Vec<markup::Item> {
    let chosen = |code: &str| match value {
        Some(Value::Array(codes)) => codes.iter().any(|value| value == code),
        Some(value) => value == code,
        None => false,
    };
    let items = choices.iter().enumerate().map(|(at, choice)| markup::Item {
        id: item_id(name, at),
        value: choice.value.clone(),
        title: choice.title.clone(),
        chosen: chosen(&choice.value),
    });
    items.collect()
}

/// Radio buttons or boxes to tick, with a legend in place of a label.
fn set(field: &Field, frame: &Frame, name: &str, choices: Vec<markup::Item>) -> String {
    let several = matches!(field.kind, Kind::Choices(_));
    let control = html(&markup::Items {
        name,
        block: if several { "checkboxes" } else { "radios" },
        kind: if several { "checkbox" } else { "radio" },
        inline: matches!(field.kind, Kind::YesNo),
        choices,
        autocomplete: autocomplete(field),
    });
    html(&markup::Fieldset { frame, id: format!("{}--set", frame.id), focus: false, legend_class: "", control })
}

fn select(
    field: &Field,
    frame: &Frame,
    name: &str,
    choices: &[Choice],
    items: Vec<markup::Item>,
    options: &Options<'_>,
) -> String {
    let mut groups: Vec<markup::ItemGroup> = Vec::new();
    for (item, choice) in items.into_iter().zip(choices) {
        match groups.last_mut() {
            Some(group) if group.title == choice.group => group.items.push(item),
            _ => groups.push(markup::ItemGroup { title: choice.group.clone(), items: vec![item] }),
        }
    }
    html(&markup::Select {
        frame,
        name,
        choose: options.plain("form-choose"),
        groups,
        autocomplete: autocomplete(field),
    })
}

fn file(frame: &Frame, name: &str, value: Option<&Value>, options: &Options<'_>) -> String {
    let held = value.and_then(Value::as_str);
    let file_name = held.map(|reference| summary::file_name(reference, options));
    let held_text = [("name", file_name.unwrap_or_default())];
    html(&markup::File { frame, name, held, held_text: (options.text)("form-file-held", &held_text) })
}

/// The first item has the id of the field itself: links from the error summary lead there.
fn item_id(name: &str, at: usize) -> String {
    let id = id(name);
    if at == 0 { id } else { format!("{id}--{}", at + 1) }
}

/// What stands in a text box: the value as people write it, or what was typed and could not be read.
fn typed(field: &Field, value: Option<&Value>) -> String {
    match (&field.kind, value) {
        (Kind::Date { .. }, Some(Value::String(text))) => {
            scalar::iso_date(text).map_or_else(|| text.clone(), scalar::date_text)
        }
        (_, Some(Value::String(text))) => text.clone(),
        (_, Some(Value::Number(number))) => scalar::number_text(number),
        _ => String::new(),
    }
}
