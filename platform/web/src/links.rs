//! What lists and forms let one pick.

use base::Result;
use serde::Serialize;

/// One way to narrow a list, for `nav::picks`.
pub struct Pick {
    pub text: String,
    pub href: String,
    /// Whether the list is narrowed so now.
    pub current: bool,
}

/// One of several that can be chosen in a form, for `form::select` and `form::radios`.
pub struct Choice {
    pub value: String,
    pub text: String,
}

/// A path with what is wanted of its page; without a `?` where nothing is.
///
/// # Errors
/// For what is not a flat list of fields.
pub fn address(path: &str, wanted: &impl Serialize) -> Result<String> {
    let said = serde_html_form::to_string(wanted)?;
    Ok(if said.is_empty() { path.to_owned() } else { format!("{path}?{said}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_wanted_and_nothing_else() {
        let wanted = |pairs: &[(&str, &str)]| address("/ho-so", &pairs.to_vec()).unwrap();
        assert_eq!(wanted(&[]), "/ho-so");
        assert_eq!(wanted(&[("tim", "nhà ở"), ("sau", "2")]), "/ho-so?tim=nh%C3%A0+%E1%BB%9F&sau=2");
    }
}
