//! Tables as offices make them, written by the same programs that word processors' files are tested with.

use std::io::{Cursor, Write};

use docx_rs::{Docx, Paragraph, Run, TableCell, TableRow};
use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Title, head and rows of a usual table; the third place is no commune of the province.
pub(crate) const ROWS: &[&[&str]] = &[
    &["STT", "Địa phương", "Cử tri", "Nội dung kiến nghị", "Lĩnh vực", "Cơ quan giải quyết"],
    &[
        "1",
        "Phường Nha Trang",
        "Tổ dân phố Ví Dụ",
        "Đề nghị sửa đường Ví Dụ bị hư hỏng nặng, ngập khi mưa",
        "Giao thông",
        "Sở Xây dựng",
    ],
    &["2", "", "", "Đề nghị lắp thêm đèn chiếu sáng ở hẻm Ví Dụ", "", ""],
    &["3", "Xã Không Có Thật", "Bà Trần Thị Demo", "Đề nghị sớm mở lại chợ Ví Dụ", "Công thương", ""],
    &[
        "4",
        "P. Bắc Nha Trang",
        "",
        "Đề nghị sửa chữa đường Ví Dụ hư hỏng nặng, mưa là ngập",
        "Giao thông",
        "Sở Xây dựng",
    ],
];

pub(crate) fn docx(rows: &[&[&str]]) -> Vec<u8> {
    let line = |text: &str| Paragraph::new().add_run(Run::new().add_text(text));
    let row =
        |cells: &&[&str]| TableRow::new(cells.iter().map(|cell| TableCell::new().add_paragraph(line(cell))).collect());
    let table = docx_rs::Table::new(rows.iter().map(row).collect());
    let document = Docx::new().add_paragraph(line("TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI")).add_table(table);
    let mut file = Cursor::new(Vec::new());
    document.pack(&mut file).unwrap();
    file.into_inner()
}

pub(crate) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI").unwrap();
    for (row, cells) in (2_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// A sheet with one cell far away from everything.
pub(crate) fn far_cell() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Nội dung").unwrap();
    sheet.write(1_048_575, 16_383, "xa").unwrap();
    book.save_to_buffer().unwrap()
}

pub(crate) fn ods(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row =
        |cells: &&[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Kiến nghị\">{}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        rows.iter().map(row).collect::<String>()
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let mut folder = ZipWriter::new(Cursor::new(Vec::new()));
    // Its type stands first and unpacked, so that it can be read from the first bytes.
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text, options) in [
        ("mimetype", kind, plain),
        ("content.xml", content.as_str(), SimpleFileOptions::default()),
        ("META-INF/manifest.xml", manifest.as_str(), SimpleFileOptions::default()),
    ] {
        folder.start_file(name, options).unwrap();
        folder.write_all(text.as_bytes()).unwrap();
    }
    folder.finish().unwrap().into_inner()
}
