//! A package on its way from one province to another: one file, a ZIP of the package's own files with a manifest.
//!
//! Provinces have no key of their own, so nothing is signed: the sums say that the file arrived as it was made, and whoever
//! brings it in says by their name that they know where it is from.

mod arrival;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Component, Path, PathBuf};

use base::Result;
use province::Tree;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub use arrival::Choices;
pub(crate) use arrival::{Arrival, Matter, settled};

use crate::package::{PROCESS, draft_procedure, shared_process};

const MANIFEST: &str = "manifest.toml";
const PACKAGE: &str = "package";
const PROCESSES: &str = "processes";
/// The shape of the file; a later one is refused.
const FORMAT: u32 = 1;
/// Files in it, and bytes of all of them unpacked, at most.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// What a parcel says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// Of the procedure.
    pub code: String,
    pub name: String,
    /// Where it was made: key and name of the province.
    pub province: String,
    pub province_name: String,
    /// SHA-256 of each file, in hex.
    pub files: BTreeMap<String, String>,
}

/// A package that came, its sums right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    pub manifest: Manifest,
    pub files: Tree,
    /// The shared process it uses, as it is there.
    pub process: Option<(String, String)>,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the file is no ZIP archive")]
    NoArchive,
    #[error("the archive has no readable manifest")]
    NoManifest,
    #[error("format {0} is not known here")]
    Format(u32),
    #[error("the archive is larger than a package may be")]
    TooLarge,
    #[error("`{0}` is no name of a file of a package")]
    Name(String),
    #[error("`{0}` is not as it was when the file was made")]
    Sum(String),
}

impl Refused {
    /// Key of its text.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoArchive | Self::NoManifest => "procedures-parcel-unreadable",
            Self::Format(_) => "procedures-parcel-format",
            Self::TooLarge => "procedures-parcel-too-large",
            Self::Name(_) => "procedures-parcel-name",
            Self::Sum(_) => "procedures-parcel-sum",
        }
    }
}

fn sum(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// The name of the shared process that a package uses.
fn used_process(files: &Tree) -> Option<String> {
    let text: toml::Table = toml::from_str(files.text(PROCESS)?).ok()?;
    Some(text.get("use")?.as_str()?.to_owned())
}

/// Packs the files of a package. The same files make the same bytes.
///
/// # Errors
/// When the archive cannot be written.
pub fn pack(code: &str, files: &Tree, province: &system::Province) -> Result<Vec<u8>> {
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in files.files() {
        parts.insert(format!("{PACKAGE}/{}", path.to_string_lossy()), text.to_owned());
    }
    if let Some(name) = used_process(files)
        && let Some(text) = shared_process(&name)
    {
        parts.insert(format!("{PROCESSES}/{name}.toml"), text);
    }
    let manifest = Manifest {
        format: FORMAT,
        code: code.to_owned(),
        name: draft_procedure(files).map(|procedure| procedure.name).unwrap_or_default(),
        province: province.key.clone(),
        province_name: province.name.clone(),
        files: parts.iter().map(|(path, text)| (path.clone(), sum(text))).collect(),
    };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let manifest = [(MANIFEST.to_owned(), toml::to_string(&manifest)?)];
    for (path, text) in manifest.into_iter().chain(parts) {
        archive.start_file(path, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Unpacks what came.
///
/// # Errors
/// Why it is not taken; nothing of it is kept then.
pub fn unpack(bytes: &[u8]) -> std::result::Result<Parcel, Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::NoArchive)?;
    if archive.len() > MOST_FILES {
        return Err(Refused::TooLarge);
    }
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| Refused::NoArchive)?;
        let name = file.name().map_err(|_| Refused::NoArchive)?.into_owned();
        if !is_plain(&name) {
            return Err(Refused::Name(name));
        }
        let mut text = String::new();
        // What an archive says of its sizes is not believed.
        let read = file.take(left + 1).read_to_string(&mut text).map_err(|_| Refused::Name(name.clone()))?;
        left = left.checked_sub(read as u64).ok_or(Refused::TooLarge)?;
        parts.insert(name, text);
    }
    let manifest = parts.remove(MANIFEST).ok_or(Refused::NoManifest)?;
    let format = toml::from_str::<toml::Table>(&manifest).ok();
    let format = format.and_then(|table| u32::try_from(table.get("format")?.as_integer()?).ok());
    if let Some(other) = format.filter(|format| *format != FORMAT) {
        return Err(Refused::Format(other));
    }
    let manifest: Manifest = toml::from_str(&manifest).map_err(|_| Refused::NoManifest)?;
    let wrong = parts.iter().find(|(name, text)| manifest.files.get(*name) != Some(&sum(text))).map(|(name, _)| name);
    let missing = manifest.files.keys().find(|name| !parts.contains_key(*name));
    if let Some(name) = wrong.or(missing) {
        return Err(Refused::Sum(name.clone()));
    }
    let mut parcel = Parcel { manifest, files: Tree::default(), process: None };
    for (name, text) in parts {
        let path = PathBuf::from(&name);
        if let Ok(own) = path.strip_prefix(PACKAGE) {
            parcel.files = parcel.files.with(own, text);
        } else if let Some(process) = path.strip_prefix(PROCESSES).ok().and_then(Path::file_stem) {
            parcel.process = Some((process.to_string_lossy().into_owned(), text));
        } else {
            return Err(Refused::Name(name));
        }
    }
    Ok(parcel)
}

/// A relative path of plain names.
fn is_plain(name: &str) -> bool {
    let parts = Path::new(name).components();
    !name.contains(['\\', '\0'])
        && name.len() < 200
        && parts.into_iter().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{Package, files_of};

    fn here() -> system::Province {
        system::Province {
            key: "khanh-hoa".to_owned(),
            name: "Tỉnh Khánh Hòa".to_owned(),
            code: "H32".to_owned(),
            hotline: "1022".to_owned(),
        }
    }

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, text) in parts {
            archive.start_file(*path, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn every_package_arrives_as_it_was_sent() {
        for package in Package::embedded().unwrap() {
            let files = files_of(&package).unwrap();
            let code = &package.procedure.code;
            let packed = pack(code, &files, &here()).unwrap();
            assert_eq!(packed, pack(code, &files, &here()).unwrap(), "the same files make the same bytes");
            let parcel = unpack(&packed).unwrap();
            assert_eq!((&parcel.files, parcel.manifest.province.as_str()), (&files, "khanh-hoa"));
            assert_eq!(parcel.process.is_some(), used_process(&files).is_some());
        }
    }

    #[test]
    fn what_was_changed_on_the_way_or_is_no_package_is_refused() {
        let manifest = |sum: &str| {
            format!(
                "format = 1\ncode = \"x\"\nname = \"\"\nprovince = \"a\"\nprovince_name = \"A\"\n[files]\n\"package/fees.toml\" = \"{sum}\"\n"
            )
        };
        let right = manifest(&sum("note = 1"));
        assert!(unpack(&zipped(&[(MANIFEST, &right), ("package/fees.toml", "note = 1")])).is_ok());
        for (parts, refused) in [
            (
                vec![(MANIFEST, right.as_str()), ("package/fees.toml", "note = 2")],
                Refused::Sum("package/fees.toml".to_owned()),
            ),
            (vec![(MANIFEST, right.as_str())], Refused::Sum("package/fees.toml".to_owned())),
            (
                vec![(MANIFEST, right.as_str()), ("package/fees.toml", "note = 1"), ("package/more.toml", "")],
                Refused::Sum("package/more.toml".to_owned()),
            ),
            (vec![("package/fees.toml", "")], Refused::NoManifest),
            (vec![(MANIFEST, "format = 2")], Refused::Format(2)),
            (vec![("../fees.toml", "")], Refused::Name("../fees.toml".to_owned())),
            (vec![("/etc/fees.toml", "")], Refused::Name("/etc/fees.toml".to_owned())),
        ] {
            assert_eq!(unpack(&zipped(&parts)), Err(refused));
        }
        assert_eq!(unpack(b"PK nothing"), Err(Refused::NoArchive));
        let long = "x".repeat(3 * 1024 * 1024);
        assert_eq!(unpack(&zipped(&[("package/long.toml", &long)])), Err(Refused::TooLarge));
    }
}
