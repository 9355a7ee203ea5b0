use serde_json::Value;

use crate::{Definition, Field, Kind, Values, path};

/// Holds when the field at a declared path has one of some values.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Declared path; within a shared repeated group it means the same row.
    pub field: String,
    /// Strings for a choice, booleans for yes/no and ticks; never empty.
    pub values: Vec<Value>,
}

impl Condition {
    /// Whether it holds for the field at the concrete path `from`. Expects values without what is hidden.
    pub(crate) fn holds(&self, values: &Values, from: &str) -> bool {
        path::get(values, &path::seen_from(&self.field, from)).is_some_and(|value| self.values.contains(value))
    }
}

impl Field {
    /// Whether the field at `concrete` is shown; whether its group is shown is for the caller to know.
    pub(crate) fn is_shown(&self, visible: &Values, concrete: &str) -> bool {
        self.shown_when.as_ref().is_none_or(|condition| condition.holds(visible, concrete))
    }

    /// Whether a shown field must be filled in.
    pub(crate) fn is_required(&self, visible: &Values, concrete: &str) -> bool {
        self.required || self.required_when.iter().any(|condition| condition.holds(visible, concrete))
    }
}

impl Definition {
    /// The values without those of fields that are not shown, and without groups in which nothing remains.
    ///
    /// A condition only looks at fields before the one it governs, so one pass in order is enough.
    pub fn visible(&self, values: &Values) -> Values {
        let mut visible = values.clone();
        for field in self.fields() {
            hide(field, &field.name, &mut visible);
        }
        visible
    }
}

fn hide(field: &Field, concrete: &str, values: &mut Values) {
    if !field.is_shown(values, concrete) {
        path::set(values, concrete, None);
        return;
    }
    match &field.kind {
        Kind::Group(fields) if path::get(values, concrete).is_some() => {
            for inner in fields {
                hide(inner, &path::join(concrete, &inner.name), values);
            }
            let group = path::get(values, concrete).and_then(Value::as_object);
            if group.is_some_and(Values::is_empty) {
                path::set(values, concrete, None);
            }
        }
        Kind::Rows { fields, .. } => {
            let rows = path::get(values, concrete).and_then(Value::as_array).map_or(0, Vec::len);
            for row in 0..rows {
                let row = path::join(concrete, row);
                for inner in fields {
                    hide(inner, &path::join(&row, &inner.name), values);
                }
            }
        }
        _ => {}
    }
}
