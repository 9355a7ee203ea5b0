use print::{PrintError, Printer, ResultForm};

use crate::{
    samples::{self, all},
    tools::{self, morning, print, text, try_print},
};

const MARK: &str = "DỮ LIỆU MINH HỌA";

/// Every letter of Vietnamese with every tone, small and capital.
fn alphabet() -> String {
    let small = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ bcdđghklmnpqrstvx";
    format!("{small} {}", small.to_uppercase())
}

#[tokio::test]
async fn every_paper_is_archivable_and_readable() {
    for (name, paper) in all(true) {
        let printed = print(paper).await;
        if let Ok(folder) = std::env::var("TINHSO_PRINT_SAMPLES") {
            std::fs::write(format!("{folder}/{name}.pdf"), &printed.pdf).unwrap();
        }
        let metadata = tools::metadata(&printed.pdf);
        assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{name}: {metadata}");
        assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{name}: {metadata}");
        let fonts = tools::fonts(&printed.pdf);
        assert!(!fonts.is_empty(), "{name}");
        for (font, embedded, subset, unicode) in fonts {
            assert!(font.contains("Tinos") && embedded && subset && unicode, "{name}: {font}");
        }
        let text = text(&printed.pdf);
        assert!(text.contains("Độc lập - Tự do - Hạnh phúc"), "{name}: {text}");
    }
}

#[tokio::test]
async fn every_vietnamese_letter_comes_back_as_text() {
    let mut slip = samples::slip_02(false);
    slip.wanted = vec![alphabet()];
    slip.reason = alphabet();
    let text = text(&print(slip).await.pdf);
    assert_eq!(text.matches(&alphabet()).count(), 2, "{text}");
}

#[tokio::test]
async fn every_page_of_a_demo_province_is_marked() {
    for (name, paper) in all(true) {
        for page in tools::pages(&print(paper).await.pdf) {
            assert!(page.contains(MARK), "{name}: {page}");
        }
    }
    for (name, paper) in all(false) {
        assert!(!text(&print(paper).await.pdf).contains(MARK), "{name}");
    }
}

#[tokio::test]
async fn pages_are_counted_from_the_second() {
    let pages = tools::pages(&print(samples::decision(false)).await.pdf);
    assert!(pages.len() > 2);
    assert!(!pages[0].starts_with('1'), "{}", pages[0]);
    for (page, number) in pages.iter().zip(1..).skip(1) {
        assert!(page.starts_with(&format!("{number} ")), "{page}");
    }
}

#[tokio::test]
async fn a_receipt_says_what_was_received_and_promised() {
    let text = text(&print(samples::slip_01(false)).await.pdf);
    for words in [
        "ỦY BAN NHÂN DÂN XÃ VÍ DỤ",
        "Số: 0012/TNHS",
        "Ví Dụ, ngày 05 tháng 02 năm 2026",
        "Mã hồ sơ: H32.15-261120-0012",
        "Tiếp nhận hồ sơ của: Trần Thị Demo",
        "Bản vẽ thiết kế xây dựng",
        "Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 20 tháng 11 năm 2026",
        "17 giờ 00 phút, ngày 07 tháng 12 năm 2026",
        "hai liên",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn data_is_never_taken_for_a_command() {
    let attack = r#"#panic("x") $1/0$ *đậm* <nhãn> @trích #eval("1") \ "ngoặc" {{ }} /* */ // http://a.vn"#;
    let mut slip = samples::slip_02(false);
    slip.reason = attack.to_owned();
    slip.head.agency = attack.to_owned();
    // Where a line ends inside a word is for the layout to say.
    let close = |text: &str| text.replace(' ', "");
    let text = close(&text(&print(slip).await.pdf));
    assert!(text.contains(&close(attack)), "{text}");
    assert!(text.contains(&close(&attack.to_uppercase())), "{text}");
}

#[tokio::test]
async fn the_same_paper_is_the_same_file() {
    let printer = Printer::new();
    for (name, paper) in all(true) {
        let first = printer.print(paper.clone(), morning()).await.unwrap();
        let second = Printer::new().print(paper, morning()).await.unwrap();
        assert_eq!(first, second, "{name}");
    }
}

#[tokio::test]
async fn the_data_is_not_left_in_the_identifier() {
    let printed = print(samples::slip_01(false)).await;
    assert!(!tools::metadata(&printed.pdf).contains("Trần Thị Demo"));
}

#[tokio::test]
async fn a_stored_paper_prints_as_the_one_it_was() {
    for (name, paper) in all(false) {
        let stored = serde_json::to_string(&paper).unwrap();
        let read: print::Paper = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, paper, "{name}");
    }
}

#[tokio::test]
async fn letters_without_a_shape_are_named_instead_of_lost() {
    let mut slip = samples::slip_01(false);
    slip.applicant.name = "Trần 😀 陈 😀".to_owned();
    let error = try_print(slip).await.unwrap_err();
    assert!(matches!(&error, PrintError::Unprintable(letters) if letters == "陈😀"), "{error}");
}

#[tokio::test]
async fn text_is_printed_whatever_keyboard_it_came_from() {
    let mut slip = samples::slip_02(false);
    slip.reason = "Dòng một\r\nDo\u{300}ng\thai của Tra\u{302}\u{300}n".to_owned();
    let text = text(&print(slip).await.pdf);
    assert!(text.contains("Lý do: Dòng một Dòng hai của Trần."), "{text}");
}

#[tokio::test]
async fn papers_are_printed_side_by_side() {
    let printer = Printer::new();
    let jobs: Vec<_> = (0..16)
        .map(|number| {
            let printer = printer.clone();
            let mut slip = samples::slip_01(true);
            slip.dossier_code = format!("H32.15-261120-{number:04}");
            tokio::spawn(async move {
                let text = text(&printer.print(slip.clone().into(), morning()).await.unwrap().pdf);
                assert!(text.contains(&slip.dossier_code));
            })
        })
        .collect();
    for job in jobs {
        job.await.unwrap();
    }
}

#[test]
fn every_result_of_the_national_packages_has_a_form() {
    let packages = concat!(env!("CARGO_MANIFEST_DIR"), "/../../province/national/procedures");
    let mut found = 0;
    for package in std::fs::read_dir(packages).unwrap() {
        let procedure = std::fs::read_to_string(package.unwrap().path().join("procedure.toml")).unwrap();
        for line in procedure.lines() {
            if let Some(name) = line.strip_prefix("template = ") {
                assert!(ResultForm::of_template(name.trim_matches('"')).is_some(), "{name}");
                found += 1;
            }
        }
    }
    assert!(found > 0);
}
