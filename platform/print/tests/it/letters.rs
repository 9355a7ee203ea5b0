use docx_rs::{Document, DocumentChild, Table, TableCellContent, TableChild, TableRowChild, read_docx};
use print::{Letter, Part, PrintError, Printer};

use crate::samples;
use crate::tools::{pages, print, text};

async fn docx(letter: Letter) -> Vec<u8> {
    Printer::new().docx(letter).await.unwrap()
}

/// Every word of a document, those of its tables too.
fn words(document: &Document) -> String {
    let mut all = Vec::new();
    for child in &document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => all.push(paragraph.raw_text()),
            DocumentChild::Table(table) => all.extend(cells(table)),
            _ => {}
        }
    }
    all.join("\n")
}

fn cells(table: &Table) -> Vec<String> {
    let mut all = Vec::new();
    for TableChild::TableRow(row) in &table.rows {
        for TableRowChild::TableCell(cell) in &row.cells {
            for content in &cell.children {
                if let TableCellContent::Paragraph(paragraph) = content {
                    all.push(paragraph.raw_text());
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn a_letter_says_to_whom_it_goes_and_repeats_the_head_of_its_table() {
    let printed = print(samples::letter(false)).await;
    let all = text(&printed.pdf);
    for expected in [
        "BÁO CÁO",
        "Kính gửi: - Thường trực Hội đồng nhân dân xã Ví Dụ; - Ban Kinh tế - Ngân sách.",
        "Căn cứ Luật Tổ chức chính quyền địa phương.",
        "1. Đã tiếp nhận 45 kiến nghị. 2. Đã giải quyết xong 30 kiến nghị.",
        "Lưu: VT.",
    ] {
        assert!(all.contains(expected), "{expected}: {all}");
    }
    let pages = pages(&printed.pdf);
    let with_table: Vec<_> = pages.iter().filter(|page| page.contains("Nâng cấp tuyến đường")).collect();
    assert!(with_table.len() > 1);
    assert!(with_table.iter().all(|page| page.contains("Nội dung kiến nghị")));
    let one = Letter { addressees: vec!["Sở Xây dựng".to_owned()], ..samples::letter(false) };
    assert!(text(&print(one).await.pdf).contains("Kính gửi: Sở Xây dựng"));
}

#[tokio::test]
async fn the_document_has_the_words_of_the_letter_and_a_table_to_go_on_with() {
    let file = docx(samples::letter(true)).await;
    let document = read_docx(&file).unwrap().document;
    let all = words(&document);
    for expected in [
        "ỦY BAN NHÂN DÂN XÃ VÍ DỤ",
        "Số: ……/BC-UBND",
        "Ví Dụ, ngày 05 tháng 02 năm 2026",
        "DỮ LIỆU MINH HỌA",
        "- Ban Kinh tế - Ngân sách.",
        "2. Đã giải quyết xong 30 kiến nghị.",
        "PHÓ CHỦ TỊCH",
        "- Lưu: VT.",
    ] {
        assert!(all.contains(expected), "{expected}: {all}");
    }
    let rows = |child: &DocumentChild| match child {
        DocumentChild::Table(table) => table.rows.len(),
        _ => 0,
    };
    assert_eq!(document.children.iter().map(rows).max(), Some(46), "a head and 45 rows");
    if let Ok(folder) = std::env::var("TINHSO_PRINT_SAMPLES") {
        std::fs::write(format!("{folder}/letter.docx"), &file).unwrap();
    }
    assert_eq!(docx(samples::letter(true)).await, file);
}

#[tokio::test]
async fn a_document_takes_no_letter_that_paper_would_lose() {
    let letter = Letter { body: vec![Part::Text("một \u{1} hai".to_owned())], ..samples::letter(false) };
    let error = Printer::new().docx(letter).await.unwrap_err();
    assert!(matches!(&error, PrintError::Unprintable(letters) if letters == "\u{1}"), "{error}");
}
