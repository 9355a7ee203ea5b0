//! Codes and numbers as anybody may type them: read whole or refused, and never read twice in different ways.

use std::str::FromStr;

use proptest::prelude::*;

use crate::{AgencyCode, AgencyCode102, Id, PersonalNumber, Phone, TaxCode};

/// Anything, and what nearly is such a thing.
fn typed(nearly: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), nearly, (nearly, "\\PC", "\\PC{0,3}").prop_map(|(a, b, c)| format!("{c}{a}{b}"))]
}

/// Reading what was written gives the same.
fn reads_again<T: FromStr + PartialEq>(text: &str, written: impl Fn(&T) -> String) -> bool {
    let Ok(read) = text.parse::<T>() else { return true };
    written(&read).parse::<T>().is_ok_and(|again| again == read)
}

proptest! {
    #[test]
    fn codes_of_agencies(text in typed("[A-Z][0-9]{2}(\\.[0-9A-Z]{1,4}){0,12}")) {
        prop_assert!(reads_again(&text, AgencyCode::to_string));
        if let Ok(code) = text.parse::<AgencyCode>() {
            prop_assert!(code.as_str() == text && text.len() <= 35 && code.level() >= 1);
        }
    }

    #[test]
    fn older_codes_of_agencies(text in typed("0[0-9]{2}(\\.[0-9]{2}){2}\\.[A-Z][0-9]{2}")) {
        prop_assert!(reads_again(&text, AgencyCode102::to_string));
        if let Ok(code) = text.parse::<AgencyCode102>() {
            let successor = code.likely_successor();
            prop_assert!(successor.is_some_and(|code| text.ends_with(&code.as_str()[..3])));
        }
    }

    #[test]
    fn ids(text in typed("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
        prop_assert!(reads_again(&text, Id::to_string));
    }

    #[test]
    fn personal_numbers(text in typed("0[0-9]{2}[ 0-9]{8,12}")) {
        prop_assert!(reads_again(&text, |number: &PersonalNumber| number.reveal().to_owned()));
        if let Ok(number) = text.parse::<PersonalNumber>() {
            let shown = format!("{number}{number:?}");
            prop_assert!(!shown.contains(&number.reveal()[3..10]));
        }
    }

    #[test]
    fn tax_codes(text in typed("[0-9]{10}(-?[0-9]{3})?")) {
        prop_assert!(reads_again(&text, |code: &TaxCode| code.as_str().to_owned()));
    }

    #[test]
    fn telephones(text in typed("(\\+84|0)[ .()0-9-]{8,14}")) {
        prop_assert!(reads_again(&text, |phone: &Phone| phone.reveal().to_owned()));
        if let Ok(phone) = text.parse::<Phone>() {
            let shown = format!("{phone:?}");
            prop_assert!(!shown.contains(phone.reveal()));
        }
    }
}
