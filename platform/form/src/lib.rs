//! Declared forms: a JSON Schema and a description of its pages become pages, checks and summaries.
//!
//! The format is described in `README.md`. The crate knows no web framework and no database: what was posted comes in as
//! pairs, the clock and the code lists come in through [`Context`], texts come in as a function.

mod accept;
mod agreement;
mod condition;
mod definition;
pub mod draft;
mod error;
mod keywords;
mod list;
mod mark;
mod path;
mod prefill;
mod problem;
mod read;
pub mod render;
mod row;
mod scalar;
mod schema;
mod ui;

pub use accept::Context;
pub use condition::Condition;
pub use definition::{Definition, Field, Kind, Page, Source};
pub use error::{ErrorKind, FieldError, FieldErrors};
pub use list::{Choice, Lists};
pub use mark::Mark;
pub use prefill::{Known, Prefill};
pub use problem::{Part, Place, Problem};
pub use row::RowChange;
pub use schema::{DateBound, MAX_ROWS, MAX_TEXT};
pub use ui::Widget;

/// What a form holds: a JSON object in the shape of the schema. Until it is accepted it may also hold text that could not be
/// read as the type of its field, so that a page can show it again.
pub type Values = serde_json::Map<String, serde_json::Value>;

/// The fixed words of forms, by language.
pub const TEXTS: &[(&str, &str)] = &[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))];
