use serde_json::Value;

use crate::{Definition, Kind, Page, Values, path};

/// Name under which the buttons of repeated groups post; no property can be called so.
pub(crate) const BUTTON: &str = "_row";

/// A press on "Thêm" or "Xóa" in a repeated group. The page is then shown again with the changed rows and without errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    Add { path: String, max: usize },
    Remove { path: String, row: usize },
}

impl RowChange {
    /// The change asked for, if a button of a repeated group of this page was pressed.
    pub fn find(form: &Definition, page: &Page, posted: &[(String, String)]) -> Option<Self> {
        let (_, value) = posted.iter().find(|(name, _)| name == BUTTON)?;
        let (verb, path) = value.split_once(':')?;
        let rows_of = |path: &str| {
            let on_page = page.fields.iter().any(|field| field.name == path::top(path));
            let field = form.field(path).filter(|field| on_page && field.path == path)?;
            match field.kind {
                Kind::Rows { max, .. } => Some(max),
                _ => None,
            }
        };
        match verb {
            "add" => Some(Self::Add { path: path.to_owned(), max: rows_of(path)? }),
            "remove" => {
                let (path, row) = path.rsplit_once('.')?;
                rows_of(path)?;
                Some(Self::Remove { path: path.to_owned(), row: row.parse().ok()? })
            }
            _ => None,
        }
    }

    /// Changes the rows. More rows than the form allows are not added, a row that is not there is not removed.
    pub fn apply(&self, values: &mut Values) {
        let (Self::Add { path, .. } | Self::Remove { path, .. }) = self;
        let mut rows = match path::get(values, path) {
            Some(Value::Array(rows)) => rows.clone(),
            _ => Vec::new(),
        };
        match self {
            Self::Add { max, .. } if rows.len() < *max => rows.push(Value::Object(Values::new())),
            Self::Remove { row, .. } if *row < rows.len() => {
                rows.remove(*row);
            }
            _ => {}
        }
        path::set(values, path, (!rows.is_empty()).then_some(Value::Array(rows)));
    }
}
