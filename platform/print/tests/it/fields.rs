use chrono::NaiveDate;
use print::{Field, FieldText, Place, PrintError, Printed, Printer};

use crate::{
    samples::{self, all},
    tools::{self, morning, print, text},
};

fn date(year: i32, month: u32, day: u32) -> FieldText<'static> {
    FieldText::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn of(printed: &Printed, field: Field) -> Place {
    *printed.place(field).unwrap_or_else(|| panic!("no {field:?}"))
}

#[tokio::test]
async fn every_field_lies_on_a_page_and_none_twice() {
    for (name, paper) in all(false) {
        let printed = print(paper).await;
        let (width, height, pages) = tools::size(&printed.pdf);
        for (index, place) in printed.places.iter().enumerate() {
            let area = place.area;
            assert!((1..=pages).contains(&place.page), "{name}: {place:?}");
            assert!(area.x > 0.0 && area.x + area.width < width, "{name}: {place:?}");
            assert!(area.y > 0.0 && area.y + area.height < height, "{name}: {place:?}");
            assert!(area.width > 10.0 && area.height > 10.0, "{name}: {place:?}");
            assert!(printed.places[index + 1..].iter().all(|other| other.field != place.field), "{name}");
        }
    }
}

#[tokio::test]
async fn a_result_leaves_number_date_signature_and_seal_open() {
    let printed = print(samples::permit(false)).await;
    let (number, day) = (of(&printed, Field::Number).area, of(&printed, Field::Date).area);
    let (person, seal) = (of(&printed, Field::PersonalSignature).area, of(&printed, Field::AgencySignature).area);
    assert!(number.x < 298.0 && day.x > 250.0, "number left, date right");
    assert!(number.y > 600.0 && day.y > 600.0, "both at the top");
    assert!(person.x > 298.0 && person.y < number.y, "signature on the right, below");
    let overlap = (seal.x + seal.width - person.x) / person.width;
    assert!((overlap - 1.0 / 3.0).abs() < 0.01, "the seal covers {overlap} of the signature");
}

#[tokio::test]
async fn the_fields_of_a_long_paper_are_on_its_last_page() {
    let printed = print(samples::decision(false)).await;
    let (_, _, pages) = tools::size(&printed.pdf);
    assert!(pages > 1);
    assert_eq!(of(&printed, Field::Number).page, 1);
    assert_eq!(of(&printed, Field::PersonalSignature).page, pages);
    assert_eq!(of(&printed, Field::AgencySignature).page, pages);
}

#[tokio::test]
async fn what_is_known_is_printed_and_leaves_no_field() {
    let printed = print(samples::slip_01(false)).await;
    assert_eq!(printed.place(Field::Number), None);
    assert_eq!(printed.place(Field::Date), None);
}

#[tokio::test]
async fn a_filled_field_has_its_size_and_only_what_was_filled_in() {
    let printed = print(samples::permit(false)).await;
    for (field, filling, words) in [
        (Field::Number, FieldText::Number("10693"), "10693"),
        (Field::Date, date(2026, 2, 5), "05 02 2026"),
        (Field::Date, date(2026, 11, 20), "20 11 2026"),
    ] {
        let place = of(&printed, field);
        let pdf = Printer::new().field_appearance(&place, filling, morning()).await.unwrap();
        let (width, height, pages) = tools::size(&pdf);
        assert_eq!(pages, 1);
        assert!((width - place.area.width).abs() < 0.01 && (height - place.area.height).abs() < 0.01);
        assert_eq!(text(&pdf), words);
        assert!(tools::fonts(&pdf).iter().all(|(_, embedded, ..)| *embedded));
    }
}

#[test]
fn a_filled_date_reads_as_decree_30_writes_it() {
    assert_eq!(date(2026, 2, 5).to_string(), "ngày 05 tháng 02 năm 2026");
    assert_eq!(date(2026, 3, 15).to_string(), "ngày 15 tháng 3 năm 2026");
    assert_eq!(FieldText::Number("15/2026").to_string(), "15/2026");
}

#[tokio::test]
async fn a_long_number_is_made_smaller_never_cut() {
    let printed = print(samples::permit(false)).await;
    let place = of(&printed, Field::Number);
    let number = "1234567890/2026";
    let pdf = Printer::new().field_appearance(&place, FieldText::Number(number), morning()).await.unwrap();
    let (left, right) = tools::extent(&pdf, number);
    assert!(left >= -0.1 && right <= place.area.width + 0.1, "{left} to {right}");
}

#[tokio::test]
async fn a_date_does_not_go_where_the_number_belongs() {
    let printed = print(samples::permit(false)).await;
    let place = of(&printed, Field::Number);
    let error = Printer::new().field_appearance(&place, date(2026, 2, 5), morning()).await.unwrap_err();
    assert!(matches!(error, PrintError::WrongField { wanted: Field::Date, place: Field::Number }), "{error}");
}
