//! Which column is which, by the words of its head.

use base::fold;
use province::PetitionLimits;

use super::Unreadable;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Number,
    Place,
    Voter,
    Words,
    Field,
    Agency,
}

impl Column {
    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Number => "petitions-import-number",
            Self::Place => "petitions-import-place",
            Self::Voter => "petitions-import-voter",
            Self::Words => "petitions-import-words",
            Self::Field => "petitions-import-field",
            Self::Agency => "petitions-import-agency",
        }
    }

    /// By the folded words of a head. The order decides: "nội dung kiến nghị của cử tri" holds contents, not voters, and
    /// "đơn vị giải quyết" is no place.
    fn of(head: &str) -> Option<Self> {
        let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
        let is_short = head.split(' ').count() <= 2;
        Some(match head {
            "stt" | "tt" | "so tt" | "so thu tu" | "so" => Self::Number,
            _ if has(&["noi dung"]) => Self::Words,
            _ if has(&["co quan", "tham quyen", "giai quyet", "tra loi"]) => Self::Agency,
            _ if has(&["linh vuc"]) => Self::Field,
            _ if has(&["cu tri", "ho ten", "ho va ten", "nguoi kien nghi"]) => Self::Voter,
            _ if has(&["dia phuong", "dia ban", "noi kien nghi", "don vi"]) => Self::Place,
            _ if is_short && (has(&["xa", "phuong", "dac khu"])) => Self::Place,
            _ if is_short && has(&["kien nghi", "y kien"]) => Self::Words,
            _ => return None,
        })
    }
}

/// One row of a table that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its row in the file, counted from 1.
    pub row: i64,
    pub place: String,
    pub voter: String,
    pub words: String,
    pub field: String,
    pub agency: String,
}

/// A table of petitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What was recognised, with the words of the head.
    pub columns: Vec<(Column, String)>,
    pub entries: Vec<Entry>,
}

/// Above the head stand titles; further down it is none.
const HEADS_WITHIN: usize = 30;

/// Finds the head and reads what stands under it. A place, voter or field left blank is that of the row above in the same
/// place, as merged cells have it; a row of one cell alone is a heading that names the place of those under it.
///
/// # Errors
/// [`Unreadable::NoTable`] without a column of contents, [`Unreadable::TooManyRows`] beyond the limit.
pub fn table(rows: Vec<Vec<String>>, limits: &PetitionLimits) -> Result<Table, Unreadable> {
    let heads = rows.iter().take(HEADS_WITHIN).map(|row| recognised(row));
    let is_head =
        |found: &[(Column, usize)]| found.len() >= 2 && found.iter().any(|(column, _)| *column == Column::Words);
    let (at, found) = heads.enumerate().find(|(_, found)| is_head(found)).ok_or(Unreadable::NoTable)?;
    let columns = found.iter().map(|(column, index)| (*column, rows[at][*index].clone())).collect();
    let mut above = Entry::empty();
    let mut entries = Vec::new();
    for (row, cells) in (1_i64..).zip(&rows).skip(at + 1) {
        let cell = |column: Column| {
            let index = found.iter().find(|(known, _)| *known == column).map(|(_, index)| *index);
            index.and_then(|index| cells.get(index)).map_or("", |text| text.trim())
        };
        let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
        if let [heading] = filled[..] {
            above = Entry { place: heading_of(heading).to_owned(), ..Entry::empty() };
        }
        let words = cell(Column::Words);
        // A head that goes on under another one repeats at the top of a page, or counts its columns: (1) (2) (3).
        if words.is_empty() || filled.len() < 2 || is_repeated_head(cells, &found) {
            continue;
        }
        // What is said in another place is said by others.
        let same_place = [String::new(), above.place.clone()].contains(&cell(Column::Place).to_owned());
        let or_above = |column, above: &str| match cell(column) {
            "" if same_place => above.to_owned(),
            own => own.to_owned(),
        };
        let entry = Entry {
            row,
            place: or_above(Column::Place, &above.place),
            voter: or_above(Column::Voter, &above.voter),
            words: words.to_owned(),
            field: or_above(Column::Field, &above.field),
            agency: cell(Column::Agency).to_owned(),
        };
        if entries.len() == limits.rows {
            return Err(Unreadable::TooManyRows);
        }
        above.clone_from(&entry);
        entries.push(entry);
    }
    if entries.is_empty() { Err(Unreadable::NoTable) } else { Ok(Table { columns, entries }) }
}

impl Entry {
    const fn empty() -> Self {
        Self {
            row: 0,
            place: String::new(),
            voter: String::new(),
            words: String::new(),
            field: String::new(),
            agency: String::new(),
        }
    }
}

/// The columns that a row names, each once: the first that is called so.
fn recognised(row: &[String]) -> Vec<(Column, usize)> {
    let mut found: Vec<(Column, usize)> = Vec::new();
    for (index, head) in row.iter().enumerate() {
        if let Some(column) = Column::of(&fold(head))
            && found.iter().all(|(known, _)| *known != column)
        {
            found.push((column, index));
        }
    }
    found
}

fn is_repeated_head(cells: &[String], found: &[(Column, usize)]) -> bool {
    let counts_columns = |cell: &String| fold(cell).parse::<u16>().is_ok();
    let filled = || cells.iter().filter(|cell| !cell.is_empty());
    recognised(cells).len() >= found.len().max(2) || filled().all(counts_columns)
}

/// "II. Xã Diên Khánh" without its number.
fn heading_of(text: &str) -> &str {
    let (number, rest) = text.split_once(['.', ')', ' ', '-']).unwrap_or(("", text));
    let is_number =
        !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit() || "IVXLC".contains(letter));
    if is_number { rest.trim() } else { text.trim() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rules;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
    }

    fn read(text: &str) -> Result<Table, Unreadable> {
        table(rows(text), &rules().unwrap().limits)
    }

    #[test]
    fn columns_are_known_by_the_words_of_their_heads() {
        let cases = [
            ("STT", Some(Column::Number)),
            ("Địa phương", Some(Column::Place)),
            ("Xã, phường", Some(Column::Place)),
            ("Cử tri", Some(Column::Voter)),
            ("Họ và tên cử tri", Some(Column::Voter)),
            ("Nội dung kiến nghị của cử tri", Some(Column::Words)),
            ("Ý kiến", Some(Column::Words)),
            ("Lĩnh vực", Some(Column::Field)),
            ("Cơ quan có thẩm quyền giải quyết", Some(Column::Agency)),
            ("Đơn vị giải quyết", Some(Column::Agency)),
            ("Ghi chú", None),
        ];
        for (head, column) in cases {
            assert_eq!(Column::of(&fold(head)), column, "{head}");
        }
    }

    #[test]
    fn titles_above_and_merged_cells_are_read_as_people_read_them() {
        let table = read(
            "TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI\n\n\
             STT | Địa phương | Cử tri | Nội dung | Lĩnh vực\n\
             (1) | (2) | (3) | (4) | (5)\n\
             1 | Phường Nha Trang | Tổ dân phố 3 | Sửa đường | Giao thông\n\
             2 | | | Thêm đèn |\n\
             II. Phường Bắc Nha Trang\n\
             3 | | | Mở chợ | Công thương\n\
             4 | Phường Nha Trang | | Thêm cây | \n",
        )
        .unwrap();
        let told: Vec<_> =
            table.entries.iter().map(|entry| (entry.row, &*entry.place, &*entry.voter, &*entry.field)).collect();
        let expected = [
            (5, "Phường Nha Trang", "Tổ dân phố 3", "Giao thông"),
            (6, "Phường Nha Trang", "Tổ dân phố 3", "Giao thông"),
            (8, "Phường Bắc Nha Trang", "", "Công thương"),
            (9, "Phường Nha Trang", "", ""),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn without_a_column_of_contents_there_is_no_table() {
        assert_eq!(read("STT | Địa phương\n1 | Phường Nha Trang"), Err(Unreadable::NoTable));
        assert_eq!(read("STT | Nội dung\n | "), Err(Unreadable::NoTable));
        assert_eq!(read(""), Err(Unreadable::NoTable));
    }

    #[test]
    fn too_many_rows_are_told_and_not_cut_off() {
        let limit = rules().unwrap().limits.rows;
        let of = |count: usize| {
            let lines: Vec<String> = (1..=count).map(|number| format!("{number} | Sửa đường")).collect();
            read(&format!("STT | Nội dung\n{}", lines.join("\n")))
        };
        assert_eq!(of(limit).unwrap().entries.len(), limit);
        assert_eq!(of(limit + 1), Err(Unreadable::TooManyRows));
    }
}
