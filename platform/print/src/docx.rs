//! A letter for word processors: the words and their order of the printed one, in styles that a clerk can go on with.

use std::io::Cursor;

use chrono::{Datelike, NaiveDate};
use docx_rs::{
    AlignmentType, BreakType, Docx, Header, LineSpacing, PageMargin, PageNum, Paragraph, Run, RunFonts,
    SpecialIndentType, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};

use crate::PrintError;
use crate::paper::{Head, Letter, Part, Signer, Table};

/// Twentieths of a point, in which word processors measure.
const MILLIMETRE: f32 = 56.7;
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: PageMargin =
    PageMargin { top: 1134, left: 1701, bottom: 1134, right: 850, header: 567, footer: 567, gutter: 0 };
/// Between the margins.
const WIDTH: usize = 9355;
/// Half points.
const BODY: usize = 28;
const LINE: usize = 26;
const SMALL: usize = 22;
const TABLE: usize = 23;
/// The font of official papers (Decree 30/2020/NĐ-CP, Appendix I).
const FONT: &str = "Times New Roman";

pub(crate) fn write(letter: Letter) -> Result<Vec<u8>, PrintError> {
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT);
    let page_number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut docx = Docx::new()
        .default_fonts(fonts)
        .default_size(BODY)
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .title_pg()
        .first_header(Header::new())
        .header(Header::new().add_paragraph(page_number))
        .add_table(letterhead(&letter.head));
    if letter.head.demo {
        docx = docx.add_paragraph(centred(bold("DỮ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ", LINE)));
    }
    docx = docx.add_paragraph(spaced(centred(bold(&letter.title.to_uppercase(), BODY)), 240, 60));
    if let Some(subject) = &letter.subject {
        docx = docx.add_paragraph(spaced(centred(bold(subject, BODY)), 0, 240));
    }
    docx = addressees(docx, &letter.addressees);
    docx = body(docx, letter.body);
    let mut file = Cursor::new(Vec::new());
    let closed = docx.add_paragraph(Paragraph::new()).add_table(closing(&letter.recipients, &letter.signer));
    closed.pack(&mut file).map_err(|error| PrintError::Packing(error.to_string()))?;
    Ok(file.into_inner())
}

fn letterhead(head: &Head) -> docx_rs::Table {
    let mut issuer = Vec::new();
    issuer.extend(head.parent.iter().map(|parent| centred(plain(&parent.to_uppercase(), LINE - 1))));
    issuer.push(centred(bold(&head.agency.to_uppercase(), LINE - 1)));
    issuer.extend(head.number.iter().map(|number| {
        let value = number.value.as_deref().unwrap_or("……");
        centred(plain(&format!("Số: {}{value}{}", number.before, number.after), LINE))
    }));
    let date = head.date.map_or_else(|| "ngày … tháng … năm …".to_owned(), day);
    let nation = vec![
        centred(bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LINE - 1)),
        centred(bold("Độc lập - Tự do - Hạnh phúc", LINE).underline("single")),
        centred(plain(&format!("{}, {date}", head.place), LINE).italic()),
    ];
    columns([(issuer, 4000), (nation, WIDTH - 4000)])
}

/// Only the first two months take a zero.
fn day(date: NaiveDate) -> String {
    let month = if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

fn addressees(docx: Docx, names: &[String]) -> Docx {
    match names {
        [] => docx,
        [one] => docx.add_paragraph(spaced(centred(plain(&format!("Kính gửi: {one}"), BODY)), 0, 240)),
        several => {
            let docx = docx
                .add_paragraph(Paragraph::new().indent(Some(1701), None, None, None).add_run(plain("Kính gửi:", BODY)));
            let last = several.len() - 1;
            several.iter().enumerate().fold(docx, |docx, (index, name)| {
                let end = if index == last { "." } else { ";" };
                let line = Paragraph::new().indent(Some(2268), None, None, None);
                docx.add_paragraph(line.add_run(plain(&format!("- {name}{end}"), BODY)))
            })
        }
    }
}

/// Articles and points are counted as the printed paper counts them.
fn body(mut docx: Docx, parts: Vec<Part>) -> Docx {
    let (mut articles, mut points) = (0, 0);
    let mut bases = parts.iter().filter(|part| matches!(part, Part::Basis(_))).count();
    for part in parts {
        docx = match part {
            Part::Basis(words) => {
                bases -= 1;
                let end = if bases == 0 { "." } else { ";" };
                docx.add_paragraph(paragraph(plain(&format!("{words}{end}"), BODY).italic()))
            }
            Part::Text(words) => docx.add_paragraph(paragraph(plain(&words, BODY))),
            Part::Formula(words) => docx.add_paragraph(spaced(centred(bold(&words, BODY)), 120, 120)),
            Part::Article(words) => {
                articles += 1;
                let head = bold(&format!("Điều {articles}. "), BODY);
                docx.add_paragraph(paragraph(head).add_run(plain(&words, BODY)))
            }
            Part::Point(words) => {
                points += 1;
                docx.add_paragraph(paragraph(plain(&format!("{points}. {words}"), BODY)))
            }
            Part::Rows(rows) => rows.iter().fold(docx, |docx, row| {
                docx.add_paragraph(paragraph(plain(&format!("- {}: {}", row.label, row.value), BODY)))
            }),
            Part::Heading(words) => {
                let heading = spaced(Paragraph::new(), 240, 120).keep_next(true).outline_lvl(1);
                docx.add_paragraph(heading.add_run(bold(&words, BODY)))
            }
            Part::Table(table) => docx.add_table(grid(table)).add_paragraph(Paragraph::new()),
        };
    }
    docx
}

fn grid(table: Table) -> docx_rs::Table {
    let shares: usize = table.columns.iter().map(|column| usize::from(column.share)).sum();
    let widths: Vec<usize> =
        table.columns.iter().map(|column| WIDTH * usize::from(column.share) / shares.max(1)).collect();
    let cell = |run: Run, centred: bool, width: usize| {
        let align = if centred { AlignmentType::Center } else { AlignmentType::Left };
        let line = Paragraph::new().align(align).add_run(run);
        TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(line)
    };
    let head = table.columns.iter().zip(&widths).map(|(column, width)| cell(bold(&column.title, TABLE), true, *width));
    let mut rows = vec![TableRow::new(head.collect()).cant_split()];
    rows.extend(table.rows.iter().map(|row| {
        let cells = row.iter().zip(&table.columns).zip(&widths);
        TableRow::new(cells.map(|((words, column), width)| cell(plain(words, TABLE), column.centred, *width)).collect())
    }));
    docx_rs::Table::new(rows).layout(TableLayoutType::Fixed).width(WIDTH, WidthType::Dxa).set_grid(widths)
}

fn closing(names: &[String], signer: &Signer) -> docx_rs::Table {
    let mut recipients = Vec::new();
    if !names.is_empty() {
        recipients.push(Paragraph::new().add_run(bold("Nơi nhận:", SMALL + 2).italic()));
    }
    let last = names.len().saturating_sub(1);
    recipients.extend(names.iter().enumerate().map(|(index, name)| {
        let end = if index == last { "." } else { ";" };
        Paragraph::new().add_run(plain(&format!("- {name}{end}"), SMALL))
    }));
    if recipients.is_empty() {
        recipients.push(Paragraph::new());
    }
    let mut signed: Vec<Paragraph> =
        signer.authority.iter().map(|line| centred(bold(&line.to_uppercase(), BODY))).collect();
    // Room for the signature and the seal.
    signed.extend((0..4).map(|_| Paragraph::new()));
    signed.push(centred(bold(&signer.name, BODY)));
    columns([(recipients, WIDTH / 2), (signed, WIDTH / 2)])
}

/// Two columns without lines around them.
fn columns(columns: [(Vec<Paragraph>, usize); 2]) -> docx_rs::Table {
    let widths = columns.iter().map(|(_, width)| *width).collect();
    let cells = columns.map(|(paragraphs, width)| {
        paragraphs.into_iter().fold(TableCell::new().width(width, WidthType::Dxa), TableCell::add_paragraph)
    });
    docx_rs::Table::without_borders(vec![TableRow::new(cells.into()).cant_split()])
        .layout(TableLayoutType::Fixed)
        .width(WIDTH, WidthType::Dxa)
        .set_grid(widths)
}

fn paragraph(run: Run) -> Paragraph {
    #[expect(clippy::cast_possible_truncation, reason = "a constant: 12.7 mm")]
    let first_line = (12.7 * MILLIMETRE) as i32;
    spaced(Paragraph::new().align(AlignmentType::Both), 0, 120)
        .indent(None, Some(SpecialIndentType::FirstLine(first_line)), None, None)
        .add_run(run)
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(run)
}

fn spaced(paragraph: Paragraph, before: u32, after: u32) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().before(before).after(after))
}

/// A line break in the words is one on the page.
fn plain(words: &str, size: usize) -> Run {
    let mut run = Run::new().size(size);
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

fn bold(words: &str, size: usize) -> Run {
    plain(words, size).bold()
}
