//! The cells of a file, row by row.

use std::io::{Cursor, Read as _};

use calamine::{Data, Ods, Reader, Xlsx};
use docx_rs::{DocumentChild, Table, TableCell, TableCellContent, TableChild, TableRowChild};
use files::FileKind;
use province::PetitionLimits;
use zip::ZipArchive;

use super::repeated;

/// Why a file is not taken; each has one sentence on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("neither a document with a table nor a spreadsheet")]
    UnknownType,
    #[error("larger than is taken, or larger once unpacked")]
    TooLarge,
    #[error("more rows or columns than are taken")]
    TooManyRows,
    #[error("cannot be opened")]
    Damaged,
    #[error("no table with a column of contents")]
    NoTable,
}

impl Unreadable {
    /// Key of the sentence that says it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::UnknownType => "petitions-file-unknown-type",
            Self::TooLarge => "petitions-file-too-large",
            Self::TooManyRows => "petitions-file-too-many-rows",
            Self::Damaged => "petitions-file-damaged",
            Self::NoTable => "petitions-file-no-table",
        }
    }
}

/// Beyond these a sheet is no list of petitions; one far cell would make a reader ask for all the room between.
const COLUMNS: usize = 60;
/// Heads, titles and notes around the rows that count.
const AROUND: usize = 100;

/// Every row of every table of the file, with blank ones, so that row numbers are those that people see. The cells of one
/// row stand at the place of their column.
///
/// # Errors
/// As [`Unreadable`] says; never with more room than `limits` gives.
pub fn cells(bytes: &[u8], kind: FileKind, limits: &PetitionLimits) -> Result<Vec<Vec<String>>, Unreadable> {
    if bytes.len() > limits.file_bytes {
        return Err(Unreadable::TooLarge);
    }
    if unpacked(bytes)? > limits.unpacked_bytes {
        return Err(Unreadable::TooLarge);
    }
    let mut rows = Rows { rows: Vec::new(), most: limits.rows + AROUND };
    match kind {
        FileKind::Docx => document(bytes, &mut rows)?,
        FileKind::Xlsx => spreadsheet(bytes, &mut rows)?,
        FileKind::Ods => open_spreadsheet(bytes, &mut rows, limits.unpacked_bytes)?,
        FileKind::Pdf | FileKind::Jpeg | FileKind::Png => return Err(Unreadable::UnknownType),
    }
    Ok(rows.rows)
}

/// How large the packed folder says that its files are.
fn unpacked(bytes: &[u8]) -> Result<u64, Unreadable> {
    let mut folder = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    (0..folder.len()).try_fold(0_u64, |sum, index| {
        let file = folder.by_index_raw(index).map_err(|_| Unreadable::Damaged)?;
        Ok(sum.saturating_add(file.size()))
    })
}

/// Rows within limits.
struct Rows {
    rows: Vec<Vec<String>>,
    most: usize,
}

impl Rows {
    fn put(&mut self, row: usize, column: usize, text: String) -> Result<(), Unreadable> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= self.most || column >= COLUMNS {
            return Err(Unreadable::TooManyRows);
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        base::nfc(text.trim()).clone_into(&mut cells[column]);
        Ok(())
    }
}

fn spreadsheet(bytes: &[u8], rows: &mut Rows) -> Result<(), Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    for sheet in book.sheet_names() {
        // Cell by cell: the whole sheet at once would be a block from its first cell to its last.
        let Ok(mut cells) = book.worksheet_cells_reader(&sheet) else { continue };
        while let Some(cell) = cells.next_cell().map_err(|_| Unreadable::Damaged)? {
            let (row, column) = cell.get_position();
            let place = (usize::try_from(row), usize::try_from(column));
            let (Ok(row), Ok(column)) = place else { return Err(Unreadable::TooManyRows) };
            rows.put(row, column, Data::from(cell.get_value().clone()).to_string())?;
        }
        // The first sheet that holds anything; what follows are notes.
        if !rows.rows.is_empty() {
            break;
        }
    }
    Ok(())
}

fn open_spreadsheet(bytes: &[u8], rows: &mut Rows, most_bytes: u64) -> Result<(), Unreadable> {
    let mut folder = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let mut content = String::new();
    let sheets = folder.by_name("content.xml").map_err(|_| Unreadable::Damaged)?;
    sheets.take(most_bytes).read_to_string(&mut content).map_err(|_| Unreadable::Damaged)?;
    repeated::check(&content, rows.most, COLUMNS)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    for (_, sheet) in book.worksheets() {
        let (first_row, first_column) = sheet.start().unwrap_or_default();
        let first = (usize::try_from(first_row), usize::try_from(first_column));
        let (Ok(first_row), Ok(first_column)) = first else { return Err(Unreadable::TooManyRows) };
        for (row, column, value) in sheet.used_cells() {
            rows.put(first_row + row, first_column + column, value.to_string())?;
        }
        if !rows.rows.is_empty() {
            break;
        }
    }
    Ok(())
}

fn document(bytes: &[u8], rows: &mut Rows) -> Result<(), Unreadable> {
    let document = docx_rs::read_docx(bytes).map_err(|_| Unreadable::Damaged)?.document;
    let mut at = 0;
    for child in &document.children {
        let DocumentChild::Table(table) = child else { continue };
        for TableChild::TableRow(row) in &table.rows {
            for (column, TableRowChild::TableCell(cell)) in row.cells.iter().enumerate() {
                rows.put(at, column, text(cell))?;
            }
            at += 1;
        }
    }
    Ok(())
}

/// The paragraphs of a cell, one beneath the other.
fn text(cell: &TableCell) -> String {
    let line = |content: &TableCellContent| match content {
        TableCellContent::Paragraph(paragraph) => Some(paragraph.raw_text()),
        TableCellContent::Table(table) => Some(inner(table)),
        TableCellContent::StructuredDataTag(_) | TableCellContent::TableOfContents(_) => None,
    };
    cell.children.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn inner(table: &Table) -> String {
    let rows = table.rows.iter().map(|TableChild::TableRow(row)| row);
    let cells = rows.flat_map(|row| row.cells.iter().map(|TableRowChild::TableCell(cell)| text(cell)));
    cells.collect::<Vec<_>>().join(" ")
}
