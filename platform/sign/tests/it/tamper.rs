//! Every way of touching a signed file is seen.

use lopdf::{Object, Stream, dictionary};
use proptest::prelude::*;
use sign::{Changes, Finding, Report, Verdict, verify};

use crate::support::{self, People, morning};

fn judged(people: &People, bytes: &[u8]) -> Report {
    verify(bytes, &people.anchors(), morning() + support::minutes(60))
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).rposition(|window| window == wanted).unwrap()
}

#[test]
fn a_flipped_byte_of_the_page_breaks_both_signatures() {
    let people = People::new();
    let mut bytes = support::issued(&people).into_bytes();
    let place = find(&bytes, b"QUYET DINH MAU");
    bytes[place] ^= 1;
    let report = judged(&people, &bytes);
    assert_eq!(report.verdict(), Verdict::Invalid);
    assert!(
        report
            .signatures
            .iter()
            .all(|signature| signature.found(Finding::SignatureMismatch) || signature.found(Finding::DigestMismatch))
    );
}

#[test]
fn a_flipped_byte_of_the_signature_value_is_seen() {
    let people = People::new();
    let mut bytes = support::signed(&people).into_bytes();
    let place = find(&bytes, b"/Contents<") + 1500;
    bytes[place] = if bytes[place] == b'0' { b'1' } else { b'0' };
    assert_eq!(judged(&people, &bytes).verdict(), Verdict::Invalid);
}

#[test]
fn a_word_written_onto_the_page_afterwards_is_seen() {
    let people = People::new();
    let bytes = support::revised(support::signed(&people).bytes(), |update| {
        let added = Stream::new(dictionary! {}, b"BT /F1 12 Tf 90 400 Td (KHONG) Tj ET".to_vec());
        let added = update.new_document.add_object(added);
        let page = support::first_page(update);
        let page = support::changed(update, page);
        let content = page.get(b"Contents").unwrap().clone();
        page.set("Contents", vec![content, added.into()]);
    });
    let report = judged(&people, &bytes);
    assert_eq!(report.signatures[0].changes, Changes::PageContent);
    assert!(report.signatures[0].found(Finding::PageChangedAfter));
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn a_page_stream_overwritten_in_place_is_seen() {
    let people = People::new();
    let bytes = support::revised(support::issued(&people).bytes(), |update| {
        let document = update.get_prev_documents();
        let content = document.get_page_contents(support::first_page(update))[0];
        let other = Stream::new(dictionary! {}, b"BT /F1 12 Tf (TU CHOI) Tj ET".to_vec());
        update.new_document.set_object(content, other);
    });
    let report = judged(&people, &bytes);
    assert!(report.signatures.iter().all(|one| one.changes == Changes::PageContent), "{report:#?}");
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn a_note_laid_over_the_page_is_seen() {
    let people = People::new();
    let bytes = support::revised(support::issued(&people).bytes(), |update| {
        let note = update.new_document.add_object(dictionary! {
            "Type" => "Annot",
            "Subtype" => "FreeText",
            "Rect" => vec![0.into(), 0.into(), 600.into(), 800.into()],
            "Contents" => Object::string_literal("BAI BO"),
        });
        let page = support::first_page(update);
        let page = support::changed(update, page);
        page.get_mut(b"Annots").unwrap().as_array_mut().unwrap().push(note.into());
    });
    let report = judged(&people, &bytes);
    assert_eq!(report.verdict(), Verdict::Invalid, "{report:#?}");
    assert!(report.signatures[1].found(Finding::PageChangedAfter));
}

#[test]
fn appended_bytes_are_seen() {
    let people = People::new();
    let mut bytes = support::issued(&people).into_bytes();
    bytes.extend_from_slice(b"\nthem vao\n");
    let report = judged(&people, &bytes);
    assert_ne!(report.verdict(), Verdict::Valid, "{report:#?}");
    assert!(!report.covers_whole_file());
}

#[test]
fn number_and_date_cannot_change_after_the_seal() {
    let people = People::new();
    let bytes = support::revised(support::issued(&people).bytes(), |update| {
        let number = support::field(update, "SoVanBan");
        support::changed(update, number).set("V", Object::string_literal("So: 06/QD-UBND"));
    });
    let report = judged(&people, &bytes);
    assert!(report.signatures[1].found(Finding::LockedFieldChanged), "{report:#?}");
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn a_signature_cannot_be_taken_out_or_exchanged() {
    let people = People::new();
    let issued = support::issued(&people).into_bytes();
    let emptied = support::revised(&issued, |update| {
        let agency = support::field(update, "KyCoQuan");
        support::changed(update, agency).remove(b"V");
    });
    let report = judged(&people, &emptied);
    // The personal signature alone remains, over a form whose seal has a new look but no signature.
    assert_ne!(report.verdict(), Verdict::Valid, "{report:#?}");

    let moved = support::revised(&issued, |update| {
        let (personal, agency) = (support::field(update, "KyCaNhan"), support::field(update, "KyCoQuan"));
        let before = update.get_prev_documents();
        let value = before.get_dictionary(personal).unwrap().get(b"V").unwrap().clone();
        support::changed(update, agency).set("V", value);
    });
    let report = judged(&people, &moved);
    assert!(report.signatures.iter().any(|one| one.found(Finding::NotInItsRevision)), "{report:#?}");
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn a_script_added_to_the_catalogue_is_seen() {
    let people = People::new();
    let bytes = support::revised(support::issued(&people).bytes(), |update| {
        let root = update.get_prev_documents().trailer.get(b"Root").unwrap();
        let root = root.as_reference().unwrap();
        let action = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
        support::changed(update, root).set("OpenAction", action);
    });
    let report = judged(&people, &bytes);
    assert_eq!(report.verdict(), Verdict::Undetermined, "{report:#?}");
    assert!(report.signatures.iter().all(|one| one.found(Finding::UnknownChangesAfter)));
}

/// Turns the honest numbers of a byte range into others.
type Trick<'a> = &'a dyn Fn([usize; 4]) -> [i64; 4];

/// Rewrites the last `/ByteRange` in place, keeping its width.
fn with_range(bytes: &[u8], change: impl FnOnce([usize; 4]) -> [i64; 4]) -> Vec<u8> {
    let start = find(bytes, b"/ByteRange") + b"/ByteRange".len();
    let length = bytes[start..].iter().position(|byte| *byte == b'/').unwrap();
    let text = std::str::from_utf8(&bytes[start..start + length]).unwrap();
    let numbers: Vec<usize> = text
        .trim_matches(|letter: char| !letter.is_ascii_digit())
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let [a, b, c, d] = change(numbers.try_into().unwrap());
    let text = format!("{:<length$}", format!("[{a} {b} {c} {d}]"));
    let mut bytes = bytes.to_vec();
    bytes[start..start + length].copy_from_slice(text.as_bytes());
    bytes
}

#[test]
fn tricks_with_the_byte_range_are_named() {
    let people = People::new();
    let signed = support::signed(&people).into_bytes();
    let whole = i64::try_from(signed.len()).unwrap();
    let number = |value: usize| i64::try_from(value).unwrap();
    let cases: [(Finding, Trick<'_>); 7] = [
        (Finding::RangeNotFromStart, &|[_, b, c, d]| [1, number(b) - 1, number(c), number(d)]),
        (Finding::RangeOverlaps, &|[_, b, _, _]| [0, number(b), number(b) - 9, whole - number(b) + 9]),
        (Finding::RangeLeavesGap, &|[_, b, c, d]| [0, number(b) - 20, number(c), number(d)]),
        (Finding::RangeLeavesGap, &|[_, b, c, d]| [0, number(b), number(c) + 20, number(d) - 20]),
        (Finding::RangeCutsRevision, &|[_, b, c, d]| [0, number(b), number(c), number(d) - 40]),
        (Finding::RangePastEnd, &|[_, b, c, d]| [0, number(b), number(c), number(d) + 1]),
        (Finding::RangeMalformed, &|[_, b, c, _]| [0, number(b), number(c), -1]),
    ];
    for (finding, change) in cases {
        let report = judged(&people, &with_range(&signed, change));
        assert!(report.signatures[0].found(finding), "{finding:?}: {report:#?}");
        assert_eq!(report.verdict(), Verdict::Invalid);
    }
}

#[test]
fn a_second_piece_that_ends_early_hides_nothing() {
    let people = People::new();
    let mut bytes = support::signed(&people).into_bytes();
    let end = bytes.len();
    bytes = support::revised(&bytes, |update| {
        let page = support::first_page(update);
        support::changed(update, page).set("Rotate", 180);
    });
    assert!(bytes.len() > end);
    let report = judged(&people, &bytes);
    assert!(!report.covers_whole_file());
    assert_eq!(report.signatures[0].changes, Changes::PageContent);
}

#[test]
fn an_allowed_signature_field_may_be_added_only_when_it_is_signed() {
    let people = People::new();
    let bytes = support::revised(support::signed(&people).bytes(), |update| {
        let mark = update.new_document.add_object(dictionary! {
            "Type" => "Annot",
            "Subtype" => "Widget",
            "FT" => "Sig",
            "T" => Object::string_literal("Them"),
            "Rect" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        });
        let document = update.get_prev_documents();
        let form = document.catalog().unwrap().get(b"AcroForm").unwrap().as_reference().unwrap();
        let fields = support::changed(update, form).get_mut(b"Fields").unwrap();
        fields.as_array_mut().unwrap().push(mark.into());
    });
    assert_eq!(judged(&people, &bytes).verdict(), Verdict::Undetermined);
}

/// Damage may hide the last signature from every reader, as cutting it off does; the file is then told as not wholly
/// signed. The value of that signature also holds what nothing covers, such as the root it encloses (RFC 5652, 5.1):
/// damage there may be harmless, but must then change nothing that is told.
#[test]
fn damaged_files_never_panic_and_are_never_wholly_valid() {
    let people = People::new();
    let anchors = people.anchors();
    let bytes = support::issued(&people).into_bytes();
    let judged = |bytes: &[u8]| verify(bytes, &anchors, morning() + support::minutes(60));
    let whole = judged(&bytes);
    let marker = b"/Contents<";
    let value = bytes.windows(marker.len()).rposition(|window| window == marker).unwrap() + marker.len();
    let value = value..value + bytes[value..].iter().position(|byte| *byte == b'>').unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    let edits = prop::collection::vec((0..bytes.len(), 1..=255_u8), 1..8);
    runner
        .run(&edits, |edits| {
            let mut damaged = bytes.clone();
            for (place, flip) in edits {
                damaged[place] ^= flip;
            }
            let report = judged(&damaged);
            let signed_bytes_stand =
                damaged[..value.start] == bytes[..value.start] && damaged[value.end..] == bytes[value.end..];
            let told_whole = report.verdict() == Verdict::Valid && report.covers_whole_file();
            prop_assert!(!told_whole || (signed_bytes_stand && report == whole));
            Ok(())
        })
        .unwrap();
}

#[test]
fn cut_and_spliced_files_never_panic() {
    let people = People::new();
    let anchors = people.anchors();
    let bytes = support::issued(&people).into_bytes();
    let length = bytes.len();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(300));
    runner
        .run(&(0..length, 0..length, 0..length), |(from, to, at)| {
            let (from, to) = (from.min(to), from.max(to));
            let mut spliced = bytes[..at].to_vec();
            spliced.extend_from_slice(&bytes[from..to]);
            spliced.extend_from_slice(&bytes[at..]);
            let report = verify(&spliced, &anchors, morning() + support::minutes(60));
            prop_assert!(from == to || report.verdict() != Verdict::Valid);
            verify(&bytes[..at], &anchors, morning());
            Ok(())
        })
        .unwrap();
}

/// Damage where the mathematics cannot see it: in the signature value itself and in a revision nobody signed.
#[test]
fn damage_outside_the_signed_bytes_never_panics() {
    let people = People::new();
    let anchors = people.anchors();
    let bytes = support::numbered(&people).into_bytes();
    let value = find(&bytes, b"/Contents<") + b"/Contents<".len();
    let unsigned = support::signed(&people).bytes().len()..bytes.len();
    let place = prop_oneof![value..value + 5000, unsigned];
    let hexadecimal = prop::sample::select(b"0123456789abcdef<>/[] R".to_vec());
    let edits = prop::collection::vec((place, hexadecimal), 1..6);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(600));
    runner
        .run(&edits, |edits| {
            let mut damaged = bytes.clone();
            for (place, byte) in edits {
                damaged[place] = byte;
            }
            let report = verify(&damaged, &anchors, morning() + support::minutes(60));
            let harmless = report
                .signatures
                .first()
                .is_some_and(|signature| matches!(signature.changes, Changes::None | Changes::FormOrSignature));
            prop_assert!(harmless || report.verdict() != Verdict::Valid);
            Ok(())
        })
        .unwrap();
}

/// One object serves as the look of a field that may change and of one that may not.
#[test]
fn a_look_shared_with_an_open_field_is_still_guarded() {
    let people = People::new();
    let shared = support::revised(support::prepared().bytes(), |update| {
        let (number, personal) = (support::field(update, "SoVanBan"), support::field(update, "KyCaNhan"));
        let number = update.get_prev_documents().get_dictionary(number).unwrap();
        let look = number.get(b"AP").unwrap().as_dict().unwrap().get(b"N").unwrap().clone();
        support::changed(update, personal).set("MK", dictionary! { "I" => look });
    });
    let signed = sign::Paper::open(shared).unwrap().sign_personal(&people.person, &[], morning()).unwrap();
    let bytes = support::revised(signed.bytes(), |update| {
        let number = support::field(update, "SoVanBan");
        let document = update.get_prev_documents();
        let look = document.get_dictionary(number).unwrap().get(b"AP").unwrap().as_dict().unwrap();
        let look = look.get(b"N").unwrap().as_reference().unwrap();
        update.new_document.set_object(look, Stream::new(dictionary! {}, b"BT ET".to_vec()));
    });
    let report = judged(&people, &bytes);
    assert_eq!(report.signatures[0].changes, Changes::Unknown, "{report:#?}");
}

/// The form moves to the object that was the page's content, which would then be left out of the comparison.
#[test]
fn a_form_moved_onto_the_page_content_is_seen() {
    let people = People::new();
    let bytes = support::revised(support::signed(&people).bytes(), |update| {
        let page = support::first_page(update);
        let document = update.get_prev_documents();
        let content = document.get_page_contents(page)[0];
        let root = document.trailer.get(b"Root").unwrap().as_reference().unwrap();
        let form = document.catalog().unwrap().get_deref(b"AcroForm", document).unwrap().clone();
        update.new_document.set_object(content, form);
        support::changed(update, root).set("AcroForm", content);
    });
    let report = judged(&people, &bytes);
    assert_eq!(report.signatures[0].changes, Changes::PageContent, "{report:#?}");
}
