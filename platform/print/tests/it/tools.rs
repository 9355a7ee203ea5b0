//! Other people's readers (poppler) judge what we print.

use std::{io::Write, path::Path, process::Command};

use chrono::{DateTime, TimeZone, Utc};
use print::{Paper, PrintError, Printed, Printer};
use tempfile::NamedTempFile;

/// Ten in the morning of 20 November 2026 in Vietnam.
pub(crate) fn morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 20, 3, 0, 0).unwrap()
}

pub(crate) async fn print(paper: impl Into<Paper>) -> Printed {
    try_print(paper).await.unwrap()
}

pub(crate) async fn try_print(paper: impl Into<Paper>) -> Result<Printed, PrintError> {
    Printer::new().print(paper.into(), morning()).await
}

/// The text of the whole PDF with every run of white space made one space, as a search sees it.
pub(crate) fn text(pdf: &[u8]) -> String {
    let text = run("pdftotext", &["-enc", "UTF-8"], pdf, &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of each page.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let text = run("pdftotext", &["-enc", "UTF-8"], pdf, &["-"]);
    text.split_terminator('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Name, embedded, subset and ToUnicode of each font.
pub(crate) fn fonts(pdf: &[u8]) -> Vec<(String, bool, bool, bool)> {
    let table = run("pdffonts", &[], pdf, &[]);
    table
        .lines()
        .skip(2)
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [.., embedded, subset, unicode, _, _] = words.as_slice() else { panic!("{line}") };
            (words[0].to_owned(), *embedded == "yes", *subset == "yes", *unicode == "yes")
        })
        .collect()
}

/// Width and height of the first page in points, and the number of pages.
pub(crate) fn size(pdf: &[u8]) -> (f32, f32, u32) {
    let info = run("pdfinfo", &[], pdf, &[]);
    let value = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let size = value("Page size:");
    (size[1].parse().unwrap(), size[3].parse().unwrap(), value("Pages:")[0].parse().unwrap())
}

/// Left and right edge of a word, in points from the left of the page.
pub(crate) fn extent(pdf: &[u8], word: &str) -> (f32, f32) {
    let words = run("pdftotext", &["-bbox"], pdf, &["-"]);
    let line = words.lines().find(|line| line.contains(&format!(">{word}<"))).unwrap_or_else(|| panic!("{words}"));
    let value = |name: &str| line.split(name).nth(1).unwrap().split('"').nth(1).unwrap().parse().unwrap();
    (value("xMin="), value("xMax="))
}

/// The document's descriptive metadata (XMP).
pub(crate) fn metadata(pdf: &[u8]) -> String {
    run("pdfinfo", &["-meta"], pdf, &[])
}

fn run(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> String {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let output = Command::new(program).args(before).arg::<&Path>(file.path()).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program} (package poppler-utils): {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
