use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

use crate::Problem;

static NATIONAL: Dir = include_dir!("$CARGO_MANIFEST_DIR/national");
static DEMO: Dir = include_dir!("$CARGO_MANIFEST_DIR/demo");
static KHANH_HOA: Dir = include_dir!("$CARGO_MANIFEST_DIR/khanh-hoa");
static CAO_BANG: Dir = include_dir!("$CARGO_MANIFEST_DIR/cao-bang");

/// The text files of a folder and of those in it, by path relative to the folder.
///
/// The one shape in which data is read, whether it is embedded in the program or lies on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<PathBuf, String>);

pub(crate) fn provinces() -> impl Iterator<Item = (&'static str, &'static Dir<'static>)> {
    [("cao-bang", &CAO_BANG), ("khanh-hoa", &KHANH_HOA)].into_iter()
}

pub(crate) fn demo() -> Tree {
    Tree::embedded(&DEMO)
}

/// What holds in every province: procedures, processes, templates of organisation, calendar, code lists.
pub fn national() -> Tree {
    Tree::embedded(&NATIONAL)
}

impl Tree {
    pub(crate) fn embedded(folder: &Dir) -> Self {
        let mut files = BTreeMap::new();
        let mut waiting = vec![folder];
        while let Some(next) = waiting.pop() {
            waiting.extend(next.dirs());
            let texts =
                next.files().filter_map(|file| Some((file.path().to_owned(), file.contents_utf8()?.to_owned())));
            files.extend(texts);
        }
        Self(files)
    }

    /// Reads a folder whole. A file that is no UTF-8 text is an error: there are none in a province or a package.
    pub fn on_disk(folder: &Path) -> Result<Self, Problem> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![PathBuf::new()];
        while let Some(inner) = waiting.pop() {
            let unreadable = |source| Problem::Unreadable { file: inner.clone(), source };
            for entry in fs::read_dir(folder.join(&inner)).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let path = inner.join(entry.file_name());
                if entry.path().is_dir() {
                    waiting.push(path);
                } else {
                    let text = fs::read_to_string(entry.path())
                        .map_err(|source| Problem::Unreadable { file: path.clone(), source })?;
                    files.insert(path, text);
                }
            }
        }
        Ok(Self(files))
    }

    pub fn text(&self, file: impl AsRef<Path>) -> Option<&str> {
        self.0.get(file.as_ref()).map(String::as_str)
    }

    /// The same files, with this one written anew.
    #[must_use]
    pub fn with(mut self, file: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        self.0.insert(file.into(), text.into());
        self
    }

    /// Every file, in the order of the paths.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.0.iter().map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// The folder `name` within this one, as a tree of its own; empty when there is none.
    #[must_use]
    pub fn folder(&self, name: impl AsRef<Path>) -> Self {
        let inner =
            |(path, text): (&PathBuf, &String)| Some((path.strip_prefix(name.as_ref()).ok()?.to_owned(), text.clone()));
        Self(self.0.iter().filter_map(inner).collect())
    }

    /// Names of the folders directly in this one.
    pub fn folders(&self) -> Vec<&str> {
        let first = |path: &'_ PathBuf| path.components().count() > 1;
        let mut names: Vec<&str> = (self.0.keys().filter(|path| first(path)))
            .filter_map(|path| path.components().next()?.as_os_str().to_str())
            .collect();
        names.dedup();
        names
    }

    pub(crate) fn parse<T: DeserializeOwned>(&self, file: &str) -> Result<T, Problem> {
        let text = self.text(file).ok_or_else(|| Problem::Missing { file: file.into() })?;
        parse(Path::new(file), text)
    }
}

impl FromIterator<(PathBuf, String)> for Tree {
    fn from_iter<I: IntoIterator<Item = (PathBuf, String)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

pub(crate) fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|source| Problem::Malformed { file: file.to_owned(), source: Box::new(source) })
}
