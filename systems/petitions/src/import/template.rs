use std::io::Cursor;

use base::Result;
use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};

const HEAD: [&str; 6] = ["STT", "Địa phương", "Cử tri", "Nội dung kiến nghị", "Lĩnh vực", "Cơ quan giải quyết"];

/// A table to be filled in, with three examples: the first two are of these places and much the same, the third says its
/// place in words that name no commune.
pub fn template(places: [&str; 2]) -> Result<Vec<u8>> {
    let examples = [
        [
            "1",
            places[0],
            "Cử tri thôn Ví Dụ",
            "Đề nghị sửa đường liên thôn Ví Dụ hư hỏng nặng, ngập khi mưa",
            "Giao thông",
            "",
        ],
        ["2", places[1], "", "Đề nghị sửa chữa đường liên thôn Ví Dụ bị hư hỏng nặng, mưa là ngập", "Giao thông", ""],
        ["3", "Thôn Ví Dụ", "", "Đề nghị tăng bác sĩ cho trạm y tế Ví Dụ", "Y tế", ""],
    ];
    let cell = |run: Run| TableCell::new().add_paragraph(Paragraph::new().add_run(run));
    let head = TableRow::new(HEAD.map(|words| cell(Run::new().add_text(words).bold())).into());
    let rows = examples.map(|cells| TableRow::new(cells.map(|words| cell(Run::new().add_text(words))).into()));
    let table = Table::new([head].into_iter().chain(rows).collect());
    let mut file = Cursor::new(Vec::new());
    Docx::new().add_table(table).pack(&mut file)?;
    Ok(file.into_inner())
}

#[cfg(test)]
mod tests {
    use files::FileKind;

    use super::super::{cells, table};
    use super::*;
    use crate::rules::rules;
    use crate::twins::likeness;

    #[test]
    fn what_we_give_out_we_read_back() {
        let rules = rules().unwrap();
        let bytes = template(["Phường Nha Trang", "Phường Bắc Nha Trang"]).unwrap();
        let rows = cells(&bytes, FileKind::Docx, &rules.limits).unwrap();
        let read = table(rows, &rules.limits).unwrap();
        assert_eq!((read.columns.len(), read.entries.len()), (HEAD.len(), 3));
        assert!(likeness(&read.entries[0].words, &read.entries[1].words) >= rules.twins.percent);
    }
}
