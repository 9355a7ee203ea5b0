use sea_orm::Value;

use crate::{MomentCursor, Sql};

/// The conditions of a list, joined by AND, and the values bound for them and for the rest of the statement.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    text: String,
    values: Vec<Value>,
}

impl Conditions {
    /// Begins with values that the statement itself names `$1`, `$2`, ….
    pub fn after(bound: impl IntoIterator<Item = Value>) -> Self {
        Self { text: String::new(), values: bound.into_iter().collect() }
    }

    /// Binds a value and gives its number, for a condition that needs more than one.
    pub fn bind(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    /// One more condition, a literal of this program: `|n| format!("r.state = ${n}")`.
    pub fn and(&mut self, condition: impl FnOnce(usize) -> String, value: impl Into<Value>) {
        let number = self.bind(value);
        self.and_known(&condition(number));
    }

    /// One more condition that binds nothing.
    pub fn and_known(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }

    /// Only what comes after the last row seen of a list sorted by these two columns, upwards.
    pub fn beyond(&mut self, (at, id): (&str, &str), seen: Option<MomentCursor>) {
        self.past(at, id, ">", seen);
    }

    /// The same in a list sorted downwards.
    pub fn before(&mut self, (at, id): (&str, &str), seen: Option<MomentCursor>) {
        self.past(at, id, "<", seen);
    }

    fn past(&mut self, at: &str, id: &str, sign: &str, seen: Option<MomentCursor>) {
        if let Some(seen) = seen {
            let (moment, row) = (self.bind(seen.at), self.bind(seen.id.uuid()));
            self.and_known(&format!("({at}, {id}) {sign} (${moment}, ${row})"));
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// For the end of a `WHERE` that has a condition already: each begins with AND.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn bind_to(self, sql: Sql) -> Sql {
        self.values.into_iter().fold(sql, Sql::bind)
    }
}
