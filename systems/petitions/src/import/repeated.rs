//! OpenDocument writes what repeats once, with how often; a reader makes room for all of it. So it is counted before.

use super::Unreadable;

/// Refuses a sheet (`content.xml`) with something written beyond so many rows or columns. Elements are found by the same
/// names as the reader finds them.
pub(super) fn check(content: &str, rows: usize, columns: usize) -> Result<(), Unreadable> {
    let mut last_row = 0_usize;
    for row in content.split("<table:table-row").skip(1) {
        let row = row.split("</table:table-row").next().unwrap_or(row);
        let (head, cells) = row.split_once('>').unwrap_or((row, ""));
        last_row = last_row.saturating_add(times(head, "number-rows-repeated"));
        if !says_something(cells) {
            continue;
        }
        let mut last_column = 0_usize;
        let cells = cells.replace("<table:covered-table-cell", "<table:table-cell");
        for cell in cells.split("<table:table-cell").skip(1) {
            last_column = last_column.saturating_add(times(cell, "number-columns-repeated"));
            if says_something(cell) && last_column > columns {
                return Err(Unreadable::TooManyRows);
            }
        }
        if last_row > rows {
            return Err(Unreadable::TooManyRows);
        }
    }
    Ok(())
}

/// An empty cell has a style at most.
fn says_something(xml: &str) -> bool {
    ["<text:", "office:", "formula"].iter().any(|mark| xml.contains(mark))
}

/// A number that cannot be read is as bad as a large one.
fn times(xml: &str, attribute: &str) -> usize {
    let Some((_, value)) = xml.split_once(attribute) else { return 1 };
    value.split(['"', '\'']).nth(1).and_then(|number| number.parse().ok()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> Result<(), Unreadable> {
        check(&format!("<table:table table:name=\"A\">{rows}</table:table>"), 10, 5)
    }

    const CELL: &str = "<table:table-cell office:value-type=\"string\"><text:p>A</text:p></table:table-cell>";

    fn repeated(cell: &str, times: u32) -> String {
        cell.replacen("<table:table-cell", &format!("<table:table-cell table:number-columns-repeated=\"{times}\""), 1)
    }

    #[test]
    fn blank_space_may_repeat_to_the_end_of_the_sheet_and_nothing_else() {
        let row = |times: u32, cells: &str| {
            format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>")
        };
        let blank = repeated("<table:table-cell table:style-name=\"ce1\"/>", 16_380);
        for sound in [row(10, CELL), format!("{}{}", row(1, &format!("{CELL}{blank}")), row(1_048_575, &blank))] {
            assert_eq!(sheet(&sound), Ok(()), "{sound}");
        }
        for huge in [
            row(1_048_576, CELL),
            row(1, &repeated(CELL, 16_384)),
            row(1, &format!("{blank}{CELL}")),
            row(1, &format!("{blank}<table:table-cell><text:p>A</text:p></table:table-cell>")),
            format!("{}{}", row(1_000_000, &blank), row(1, CELL)),
            "<table:table-row table:number-rows-repeated='99999999999999999999999'><text:p/></table:table-row>"
                .to_owned(),
        ] {
            assert_eq!(sheet(&huge), Err(Unreadable::TooManyRows), "{huge}");
        }
    }
}
