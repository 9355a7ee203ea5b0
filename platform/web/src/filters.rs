//! What templates may say of a value: `{{ "dossiers-title"|text }}`, `{{ dossier.at|moment }}`.
//!
//! A system's page module says `use web::filters;`.

use askama::Values;
use base::Money;
use chrono::{DateTime, NaiveDate, Utc};

use crate::visitor::Visitor;

/// Under this name the visitor stands among the values of a template.
pub(crate) const VISITOR: &str = "visitor";

fn visitor(values: &dyn Values) -> askama::Result<&Visitor> {
    askama::get_value::<Visitor>(values, VISITOR)
}

/// A text by its key, in the reader's language.
#[askama::filter_fn]
pub fn text(key: impl AsRef<str>, values: &dyn Values) -> askama::Result<String> {
    Ok(visitor(values)?.text(key.as_ref()))
}

/// A text with one parameter.
#[askama::filter_fn]
pub fn text_with<V: std::fmt::Display>(
    key: impl AsRef<str>,
    values: &dyn Values,
    name: &str,
    value: V,
) -> askama::Result<String> {
    Ok(visitor(values)?.text_with(key.as_ref(), &[(name, value.to_string())]))
}

/// A text with two parameters.
#[askama::filter_fn]
pub fn text_with_two<V: std::fmt::Display, W: std::fmt::Display>(
    key: impl AsRef<str>,
    values: &dyn Values,
    first: &str,
    first_value: V,
    second: &str,
    second_value: W,
) -> askama::Result<String> {
    let parameters = [(first, first_value.to_string()), (second, second_value.to_string())];
    Ok(visitor(values)?.text_with(key.as_ref(), &parameters))
}

/// `08:12 ngày 09/11/2026`.
#[askama::filter_fn]
pub fn moment(at: &DateTime<Utc>, values: &dyn Values) -> askama::Result<String> {
    Ok(crate::moment(visitor(values)?.lang, *at))
}

/// `09/11/2026`, the day of an instant in Vietnam.
#[askama::filter_fn]
pub fn day(at: &DateTime<Utc>, _: &dyn Values) -> askama::Result<String> {
    Ok(crate::date(base::local(*at).date_naive()))
}

/// `09/11 · 08:12`, where the year is plain.
#[askama::filter_fn]
pub fn short_moment(at: &DateTime<Utc>, _: &dyn Values) -> askama::Result<String> {
    Ok(base::local(*at).format("%d/%m · %H:%M").to_string())
}

/// `09/11/2026`.
#[askama::filter_fn]
pub fn date(day: &NaiveDate, _: &dyn Values) -> askama::Result<String> {
    Ok(crate::date(*day))
}

/// `75.000 đ`.
#[askama::filter_fn]
pub fn dong(amount: &i64, _: &dyn Values) -> askama::Result<String> {
    Ok(Money(*amount).to_string())
}
