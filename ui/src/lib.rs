//! Styles, scripts and fonts of every page and every printed paper, inside the program.
//!
//! `build.rs` compiles them; nothing is read from disk or fetched from a CDN at run time.

use std::borrow::Cow;

use rust_embed::RustEmbed;

pub mod fonts;

/// Address under which the web serves [`asset`]s.
pub const PREFIX: &str = "/tai-nguyen/";

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/assets"]
struct Files;

const MANIFEST: &str = include_str!(concat!(env!("OUT_DIR"), "/manifest"));

/// One file as the web serves it.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The file itself.
    pub bytes: Cow<'static, [u8]>,
    /// The same, gzip-compressed, for files that gain by it.
    pub gzip: Option<Cow<'static, [u8]>>,
    /// `Content-Type`.
    pub mime: &'static str,
    /// The name holds a hash of the content: a browser may keep the file for ever.
    pub immutable: bool,
}

/// The file at `path`, the part of its address after [`PREFIX`]; `None` answers 404.
pub fn asset(path: &str) -> Option<Asset> {
    let (_, extension) = path.rsplit_once('.')?;
    let mime = match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => return None,
    };
    Some(Asset {
        bytes: Files::get(path)?.data,
        gzip: Files::get(&format!("{path}.gz")).map(|file| file.data),
        mime,
        // Only the mark keeps a plain name: templates and browsers ask for it without a manifest.
        immutable: extension != "svg",
    })
}

/// The hashed address of an entry, `main.css` or `main.js`; for any other name an address that
/// answers 404.
pub fn url(name: &str) -> &'static str {
    MANIFEST.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap_or("/tai-nguyen/unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Asset {
        let path = url(name).strip_prefix(PREFIX).expect("an address below the prefix");
        asset(path).expect("an address that exists")
    }

    #[test]
    fn entries_are_served_under_hashed_names_and_compressed() {
        for (name, mime) in [("main.css", "text/css"), ("main.js", "text/javascript")] {
            let asset = entry(name);
            assert!(asset.mime.starts_with(mime), "{name}: {}", asset.mime);
            assert!(asset.immutable);
            let gzip = asset.gzip.expect("a compressed form");
            assert!(gzip.starts_with(&[0x1f, 0x8b]) && gzip.len() < asset.bytes.len() / 2);
        }
    }

    #[test]
    fn every_file_named_in_the_style_sheet_is_served() {
        let css = String::from_utf8(entry("main.css").bytes.into_owned()).expect("UTF-8");
        let named: Vec<&str> = css
            .split("url(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .map(|address| address.trim_matches('"'))
            .filter(|address| !address.starts_with("data:"))
            .collect();
        assert_eq!(named.len(), 9, "three weights of three subsets");
        for address in named {
            let path = address.strip_prefix(PREFIX).expect("no address outside the program");
            assert_eq!(asset(path).expect("a served font").mime, "font/woff2");
        }
    }

    #[test]
    fn scripts_and_styles_fit_a_slow_line() {
        let size = |name| entry(name).gzip.map_or(usize::MAX, |gzip| gzip.len());
        assert!(size("main.css") < 16_000, "main.css: {} bytes", size("main.css"));
        assert!(size("main.js") < 24_000, "main.js: {} bytes", size("main.js"));
    }

    #[test]
    fn maps_are_loaded_apart_and_from_here() {
        let named_in = |text: Vec<u8>| {
            let text = String::from_utf8(text).expect("UTF-8");
            let name = text.split("\"/tai-nguyen/map-").nth(1).and_then(|rest| rest.split('"').next());
            asset(&format!("map-{}", name.expect("the address of a part of maps"))).expect("an address that exists")
        };
        let script = named_in(entry("main.js").bytes.into_owned());
        let sheet = named_in(script.bytes.into_owned());
        assert_eq!((script.mime, sheet.mime), ("text/javascript; charset=utf-8", "text/css; charset=utf-8"));
        let sizes = [script.gzip, sheet.gzip].map(|gzip| gzip.map_or(usize::MAX, |gzip| gzip.len()));
        assert!(sizes[0] < 46_000 && sizes[1] < 7_500, "{sizes:?} bytes");
        let css = String::from_utf8(sheet.bytes.into_owned()).expect("UTF-8");
        // Leaflet's sheet names a part of Internet Explorer by `#`.
        let within = |rest: &str| ["data:", "#"].iter().any(|start| rest.trim_start_matches('"').starts_with(start));
        assert!(css.split("url(").skip(1).all(within));
    }

    #[test]
    fn what_is_not_an_asset_is_not_found() {
        for path in ["", "..", "../manifest", "main.css", "mark.svg.gz", "/mark.svg"] {
            assert!(asset(path).is_none(), "{path}");
        }
        assert!(asset("mark.svg").is_some_and(|mark| !mark.immutable));
    }
}
