//! A table that pages show, files carry and programs read: the same cells for all of them.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use base::{Error, Result, local};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use files::FileKind;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Map, json};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    /// A number with two decimals.
    Hundredths(i64),
    Day(NaiveDate),
    Moment(DateTime<Utc>),
    Nothing,
}

/// A cell; on a page it may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    pub href: Option<String>,
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, href: None }
    }
}

/// A column: as programs name it, and as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub key: &'static str,
    pub text: String,
}

/// Rows of as many cells as there are columns; the first cell says what the row is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// As what a sheet is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOf {
    Csv,
    Xlsx,
}

/// Days and moments as spreadsheets of Vietnam show them.
const DAY: &str = "dd/mm/yyyy";
const MOMENT: &str = "dd/mm/yyyy hh:mm";
/// The longest name of a sheet that spreadsheets take, and what must not stand in it.
const NAME: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

impl Sheet {
    /// As a file; `name` has neither an ending nor marks.
    pub fn file(&self, kind: FileOf, name: &str) -> Result<Response> {
        let (bytes, mime, ending) = match kind {
            FileOf::Csv => (self.csv()?, "text/csv; charset=utf-8", "csv"),
            FileOf::Xlsx => (self.xlsx()?, FileKind::Xlsx.mime(), FileKind::Xlsx.extension()),
        };
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static(mime)),
            (CONTENT_DISPOSITION, HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\""))?),
            (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ];
        Ok((headers, bytes).into_response())
    }

    /// UTF-8 with a line of names; decimals with a point, days and moments of Vietnam by ISO 8601.
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(self.columns.iter().map(|column| column.text.as_str()))?;
        for row in &self.rows {
            table.write_record(row.iter().map(|cell| written(&cell.value)))?;
        }
        table.into_inner().map_err(|error| Error::inside(error.error()))
    }

    /// A workbook of one sheet: numbers as numbers, days as days.
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let name: String = self.title.chars().filter(|letter| !NOT_IN_NAMES.contains(letter)).take(NAME).collect();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 1)?;
        let bold = Format::new().set_bold();
        for (place, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(0, u16::try_from(place)?, column.text.as_str(), &bold)?;
        }
        for (line, row) in self.rows.iter().enumerate() {
            for (place, cell) in row.iter().enumerate() {
                write(sheet, u32::try_from(line + 1)?, u16::try_from(place)?, &cell.value)?;
            }
        }
        sheet.autofit();
        Ok(book.save_to_buffer()?)
    }

    /// The rows as objects, by the keys of the columns.
    pub fn json(&self) -> serde_json::Value {
        let object = |row: &Vec<Cell>| -> serde_json::Value {
            let pairs = self.columns.iter().zip(row);
            pairs.map(|(column, cell)| (column.key.to_owned(), told(&cell.value))).collect::<Map<_, _>>().into()
        };
        self.rows.iter().map(object).collect()
    }
}

/// Hundredths as a decimal number.
fn decimal(hundredths: i64, point: char) -> String {
    format!("{}{point}{:02}", hundredths / 100, (hundredths % 100).abs())
}

impl Value {
    /// As people read it; decimals with this point.
    pub fn shown(&self, point: char) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Hundredths(hundredths) => decimal(*hundredths, point),
            Self::Day(day) => crate::date(*day),
            Self::Moment(at) => local(*at).format("%d/%m/%Y %H:%M").to_string(),
            Self::Nothing => "–".to_owned(),
        }
    }

    /// Numbers stand to the right.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Hundredths(_))
    }
}

fn written(value: &Value) -> String {
    match value {
        // Such that no spreadsheet takes it for a formula (OWASP, CSV Injection).
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Hundredths(hundredths) => decimal(*hundredths, '.'),
        Value::Day(day) => day.to_string(),
        Value::Moment(at) => local(*at).format("%Y-%m-%d %H:%M").to_string(),
        Value::Nothing => String::new(),
    }
}

fn told(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        // A number of few digits is written as it is.
        Value::Hundredths(hundredths) => serde_json::from_str(&decimal(*hundredths, '.')).unwrap_or_default(),
        Value::Day(day) => json!(day),
        Value::Moment(at) => json!(local(*at).to_rfc3339()),
        Value::Nothing => serde_json::Value::Null,
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<()> {
    match value {
        Value::Text(text) => sheet.write(row, column, text.as_str())?,
        Value::Number(number) => sheet.write(row, column, *number)?,
        Value::Hundredths(hundredths) => {
            let number = f64::from(i32::try_from(*hundredths)?) / 100.0;
            sheet.write_with_format(row, column, number, &Format::new().set_num_format("0.00"))?
        }
        Value::Day(day) => sheet.write_with_format(row, column, excel(*day)?, &Format::new().set_num_format(DAY))?,
        Value::Moment(at) => {
            let at = local(*at);
            let (hour, minute) = (u16::try_from(at.hour())?, u8::try_from(at.minute())?);
            let moment = excel(at.date_naive())?.and_hms(hour, minute, 0)?;
            sheet.write_with_format(row, column, moment, &Format::new().set_num_format(MOMENT))?
        }
        Value::Nothing => sheet,
    };
    Ok(())
}

fn excel(day: NaiveDate) -> Result<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(day.year())?, u8::try_from(day.month())?, u8::try_from(day.day())?);
    Ok(ExcelDateTime::from_ymd(year, month, day)?)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use base::Now;
    use calamine::{Data, Reader as _, Xlsx};

    use super::*;

    fn sheet() -> Sheet {
        let column = |key, text: &str| Column { key, text: text.to_owned() };
        let values = [
            Value::Text("=1+1".to_owned()),
            Value::Number(1234),
            Value::Hundredths(6667),
            Value::Day(NaiveDate::from_ymd_opt(2026, 10, 1).unwrap()),
            Value::Moment(Now::parse("2026-10-01T17:30:00+07:00").utc()),
            Value::Nothing,
        ];
        let keys = ["name", "count", "share", "day", "at", "none"];
        let names = ["Tên", "Số hồ sơ", "Tỷ lệ", "Ngày", "Lúc", "Không có"];
        Sheet {
            title: "Theo cơ quan: tháng 10/2026, toàn tỉnh Ví Dụ".to_owned(),
            columns: keys.into_iter().zip(names).map(|(key, name)| column(key, name)).collect(),
            rows: vec![values.map(Cell::from).to_vec()],
        }
    }

    #[test]
    fn in_a_file_of_lines_nothing_is_a_formula() {
        let csv = String::from_utf8(sheet().csv().unwrap()).unwrap();
        let expected = "Tên,Số hồ sơ,Tỷ lệ,Ngày,Lúc,Không có\n'=1+1,1234,66.67,2026-10-01,2026-10-01 17:30,\n";
        assert_eq!(csv, expected);
    }

    #[test]
    fn in_a_workbook_numbers_are_numbers_and_days_are_days() {
        let mut book = Xlsx::new(Cursor::new(sheet().xlsx().unwrap())).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let cells: Vec<Data> = range.rows().nth(1).unwrap().to_vec();
        assert_eq!(cells[..3], [Data::String("=1+1".to_owned()), Data::Float(1234.0), Data::Float(66.67)]);
        for (cell, days) in [(&cells[3], 46_296.0), (&cells[4], 46_296.0 + 17.5 / 24.0)] {
            let Data::DateTime(at) = cell else { panic!("{cell:?} is no date") };
            assert!((at.as_f64() - days).abs() < 1e-6, "{at:?}");
        }
    }

    #[test]
    fn programs_read_numbers_and_days_by_the_names_of_columns() {
        let row = json!([{
            "name": "=1+1", "count": 1234, "share": 66.67, "day": "2026-10-01",
            "at": "2026-10-01T17:30:00+07:00", "none": null,
        }]);
        assert_eq!(sheet().json(), row);
    }
}
