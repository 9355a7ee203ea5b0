//! Where a request may come from.

use base::{Error, Result};
use http::HeaderMap;
use http::header::{HOST, ORIGIN};

/// The one cookie of a signed-in browser.
pub const SESSION_COOKIE: &str = "phien";

/// Refuses a form that another site's page sent, told by the browser itself (`Sec-Fetch-Site`, else `Origin`).
///
/// Signed-in forms carry a token as well; this guards those of people not signed in, the sign-in itself among them.
pub(crate) fn same_site(headers: &HeaderMap) -> Result<()> {
    let foreign = Err(Error::Forbidden("web-same-site"));
    if let Some(site) = headers.get("sec-fetch-site") {
        return if site == "same-origin" || site == "none" { Ok(()) } else { foreign };
    }
    let Some(origin) = headers.get(ORIGIN).and_then(|value| value.to_str().ok()) else { return Ok(()) };
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match origin.split_once("://") {
        Some((_, authority)) if authority == host => Ok(()),
        _ => foreign,
    }
}

/// Compares without telling by the time taken where two values differ.
pub(crate) fn equal(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn forms_of_other_sites_are_refused() {
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
        };
        assert!(same_site(&headers(&[("sec-fetch-site", "same-origin")])).is_ok());
        assert!(same_site(&headers(&[("sec-fetch-site", "cross-site")])).is_err());
        assert!(same_site(&headers(&[("sec-fetch-site", "same-site")])).is_err());
        assert!(same_site(&headers(&[("origin", "http://a.vn:8080"), ("host", "a.vn:8080")])).is_ok());
        assert!(same_site(&headers(&[("origin", "http://b.vn"), ("host", "a.vn:8080")])).is_err());
        assert!(same_site(&headers(&[("origin", "null"), ("host", "a.vn:8080")])).is_err());
        assert!(same_site(&headers(&[])).is_ok());
    }
}
