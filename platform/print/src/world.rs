//! What a template can reach: the house's fonts, the other templates, and the data of one paper. Nothing else: no
//! disk, no network, no clock.

use std::collections::HashMap;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Where a template finds its data.
const DATA: &str = "/data.json";
/// Where it finds the picture of the look-up address, if the paper has one.
const QR: &str = "/qr.svg";

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../templates/", $name, ".typ")))),+]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "house", "text", "field", "slip", "slip-01", "slip-02", "slip-03", "slip-04", "slip-06", "result", "letter"
];

const FONTS: [&[u8]; 4] =
    [ui::fonts::TINOS_REGULAR, ui::fonts::TINOS_BOLD, ui::fonts::TINOS_ITALIC, ui::fonts::TINOS_BOLD_ITALIC];

/// The part that all papers share; costly to make, so made once.
pub(crate) struct House {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
}

impl House {
    pub(crate) fn new() -> Self {
        let fonts: Vec<Font> = FONTS.into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect();
        let templates = TEMPLATES.iter().map(|(name, text)| {
            let id = file_id(&format!("/{name}.typ"));
            (id, Source::new(id, (*text).to_owned()))
        });
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            templates: templates.collect(),
            fonts,
        }
    }

    /// Whether every font of the house has the character; a line break needs none.
    pub(crate) fn shows(&self, letter: char) -> bool {
        letter == '\n' || self.fonts.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
    }
}

/// One paper about to be set.
pub(crate) struct Desk<'a> {
    house: &'a House,
    main: FileId,
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    /// `template` is the name of a file in `templates/`, without its ending.
    pub(crate) fn new(house: &'a House, template: &str, data: Vec<u8>, qr: Option<String>) -> Self {
        let mut files = vec![(file_id(DATA), Bytes::new(data))];
        files.extend(qr.map(|picture| (file_id(QR), Bytes::from_string(picture))));
        Self { house, main: file_id(&format!("/{template}.typ")), files }
    }
}

/// Typst keeps every name it has ever seen and has room for 65,535: only fixed names may come here.
fn file_id(path: &str) -> FileId {
    #[expect(clippy::expect_used, reason = "the names are constants of this crate, without `..` or backslashes")]
    let path = VirtualPath::new(path).expect("a plain absolute path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.house.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.house.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.house.templates.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(name, _)| *name == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.house.fonts.get(index).cloned()
    }

    /// None: the same data must give the same paper on any day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
