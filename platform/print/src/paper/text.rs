//! The text of a paper, piece by piece.

use serde::{Deserialize, Serialize};

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", content = "content", rename_all = "kebab-case")]
pub enum Part {
    /// A "Căn cứ …" line, in italics; the printer ends it with ";" and the last with ".".
    Basis(String),
    /// A paragraph.
    Text(String),
    /// What is being decided, in bold and alone on its line: "QUYẾT ĐỊNH:", "XÁC NHẬN:".
    Formula(String),
    /// "Điều 1." in bold before the text, counted by the printer.
    Article(String),
    /// "1." before the text, counted by the printer.
    Point(String),
    /// Particulars.
    Rows(Vec<Row>),
    /// What the following is about, in bold on its own line; letters number their parts themselves ("I. …").
    Heading(String),
    /// Figures or a list, its header repeated on every page.
    Table(Table),
}

/// One particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its name, without a colon.
    pub label: String,
    /// As it is to be printed.
    pub value: String,
}

impl Row {
    /// A particular and its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub title: String,
    /// Its share of the width, against the shares of the others.
    pub share: u16,
    /// Figures and ordinals stand in the middle, words on the left.
    pub centred: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, centred: false }
    }

    /// A column of figures, dates or ordinals.
    pub fn figures(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, centred: true }
    }
}
