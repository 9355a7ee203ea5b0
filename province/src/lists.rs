use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::tree::parse;
use crate::{Problem, national, stem};

/// One entry of a code list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: String,
    pub title: String,
    /// Heading under which it stands in a long list: the province of a commune.
    pub group: Option<String>,
}

/// `lists/NAME.toml`, or one group of a long list in `lists/NAME/*.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "required of whoever writes a list, read by people")]
    title: String,
    group: Option<String>,
    #[expect(dead_code, reason = "as above")]
    from: NaiveDate,
    #[expect(dead_code, reason = "as above")]
    basis: String,
    items: toml::map::Map<String, toml::Value>,
}

/// The national code lists by name: `provinces`, `communes`, `ethnic-groups`, `countries`, `life-events`.
/// Entries keep the order of the files; those of one group stand together.
pub fn lists() -> Result<BTreeMap<String, Vec<Entry>>, Problem> {
    let mut lists: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (path, text) in national().folder("lists").files() {
        let file: File = parse(&Path::new("lists").join(path), text)?;
        let named = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(path);
        let list = lists.entry(stem(named)).or_default();
        for (code, title) in file.items {
            let malformed = |source| Problem::Malformed { file: path.to_owned(), source: Box::new(source) };
            list.push(Entry { code, title: title.try_into().map_err(malformed)?, group: file.group.clone() });
        }
    }
    Ok(lists)
}
