use contracts::questions as told;
use form::{Definition, Kind};
use serde::{Deserialize, Serialize};

use super::procedure::Procedure;
use super::source::Source;

/// What words may name.
const PLACEHOLDERS: [&str; 3] = ["{applicant}", "{agency}", "{code}"];

/// A piece of a result, in print order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a piece is a field, `{ field, label }`, or words under `basis`, `text`, `formula`, `article` or `point`"
)]
pub enum Printed {
    /// `"child.birth_date"`: the answer, under the label it has in the form.
    Answer(String),
    /// `{ field = "child.full_name", label = "Họ, chữ đệm, tên" }`.
    Labelled(Labelled),
    /// `{ point = "Cấp cho: {applicant}" }`.
    Words(Words),
}

/// An answer under a label of the paper's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    pub field: String,
    pub label: String,
}

/// Words that such a paper always has, with `{applicant}`, `{agency}` and `{code}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Words {
    /// "Căn cứ …".
    Basis(String),
    Text(String),
    /// Alone on its line: "XÁC NHẬN:".
    Formula(String),
    /// "Điều 1."
    Article(String),
    /// "1."
    Point(String),
}

impl Printed {
    /// Path of the field, unless it is words.
    fn field(&self) -> Option<&str> {
        match self {
            Self::Answer(field) | Self::Labelled(Labelled { field, .. }) => Some(field),
            Self::Words(_) => None,
        }
    }

    /// As other systems are told.
    pub(crate) fn told(&self) -> told::Printed {
        match self {
            Self::Answer(field) => told::Printed::Answer { path: field.clone(), label: None },
            Self::Labelled(Labelled { field, label }) => {
                told::Printed::Answer { path: field.clone(), label: Some(label.clone()) }
            }
            Self::Words(Words::Basis(words)) => told::Printed::Basis(words.clone()),
            Self::Words(Words::Text(words)) => told::Printed::Text(words.clone()),
            Self::Words(Words::Formula(words)) => told::Printed::Formula(words.clone()),
            Self::Words(Words::Article(words)) => told::Printed::Article(words.clone()),
            Self::Words(Words::Point(words)) => told::Printed::Point(words.clone()),
        }
    }
}

impl Words {
    fn text(&self) -> &str {
        match self {
            Self::Basis(words)
            | Self::Text(words)
            | Self::Formula(words)
            | Self::Article(words)
            | Self::Point(words) => words,
        }
    }
}

/// What results print can be printed. Without a form of its own, the procedure prints answers of the form of those that
/// use it: see [`unprintable`].
pub(super) fn check(procedure: &Procedure, form: Option<&Definition>, source: &mut Source) {
    for (index, result) in procedure.results.iter().enumerate() {
        let place = format!("result.{index}.prints");
        match &result.by {
            Some(by) if !result.prints.is_empty() => {
                let message = format!("`{by}` makes this result and says itself what it prints");
                source.report(&place, "prints-elsewhere", message);
            }
            None if result.prints.is_empty() => {
                source.report(&place, "empty", format!("nothing would stand on `{}`", result.name));
            }
            _ => {}
        }
        for (piece, printed) in result.prints.iter().enumerate() {
            let place = format!("{place}.{piece}");
            if let Some((rule, message)) = form.zip(printed.field()).and_then(|(form, field)| mistake(form, field)) {
                source.report(&place, rule, message);
            }
            if let Printed::Words(words) = printed {
                let rest = PLACEHOLDERS.iter().fold(words.text().to_owned(), |text, name| text.replace(name, ""));
                if rest.contains(['{', '}']) {
                    let message = format!("words may name {}, and nothing else in braces", PLACEHOLDERS.join(", "));
                    source.report(&place, "placeholder", message);
                }
            }
        }
    }
}

/// The fields that results of a sub-case print and that the form of the whole does not have.
pub(super) fn unprintable<'p>(part: &'p Procedure, form: &Definition) -> Vec<&'p str> {
    let fields = part.results.iter().flat_map(|result| &result.prints).filter_map(Printed::field);
    fields.filter(|field| mistake(form, field).is_some()).collect()
}

fn mistake(form: &Definition, field: &str) -> Option<(&'static str, String)> {
    if form.field(field).is_none() {
        return Some(("unknown-field", format!("the form has no field `{field}`")));
    }
    let around = field.match_indices('.').filter_map(|(at, _)| form.field(&field[..at]));
    let rows = around.into_iter().find(|around| matches!(around.kind, Kind::Rows { .. }))?;
    Some(("part-of-rows", format!("`{}` repeats; it is printed as a whole", rows.path)))
}
