//! The real texts, so that a missing key or argument shows.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

const VI: &str = include_str!("../../texts/vi.ftl");
const EN: &str = include_str!("../../texts/en.ftl");

pub(crate) fn vietnamese(key: &str, args: &[(&str, String)]) -> String {
    format(VI, key, args)
}

fn format(source: &str, key: &str, args: &[(&str, String)]) -> String {
    let mut bundle = FluentBundle::new(Vec::new());
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(source.to_owned()).unwrap()).unwrap();
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    let pattern = pattern.unwrap_or_else(|| panic!("no text `{key}`"));
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    assert!(errors.is_empty(), "{key}: {errors:?}");
    text
}

fn keys(source: &str) -> BTreeSet<&str> {
    let lines = source.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(key, _)| key).collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    assert_eq!(keys(VI), keys(EN));
}

#[test]
fn every_error_has_a_text() {
    use form::ErrorKind::*;
    let day = chrono::NaiveDate::default();
    let (min, max) = ("1".to_owned(), "2".to_owned());
    let kinds = [
        Required,
        NotTicked,
        TooLong { max: 1 },
        TooShort { min: 1 },
        Pattern,
        NotADate,
        FutureDate,
        PastDate,
        TooEarly { min: day },
        TooLate { max: day },
        NotANumber,
        NotWhole,
        Below { min },
        Above { max },
        NotInList,
        IdNumber,
        Phone,
        Email,
        TooFew { min: 1 },
        TooMany { max: 1 },
        Repeated,
        Unknown,
        Invalid,
    ];
    for kind in kinds {
        let mut args = kind.args();
        args.push(("label", "Họ tên".to_owned()));
        for source in [VI, EN] {
            assert!(!format(source, kind.key(), &args).is_empty());
        }
    }
}
