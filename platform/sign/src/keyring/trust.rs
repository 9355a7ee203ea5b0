use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use base::{Error, Result};

use super::folder;
use crate::anchors::Anchors;
use crate::certificate;

/// The certificates of a folder's `*.pem` files, read once and again after a change.
///
/// It looks at the folder at each use: another process, or the operator, may have changed it.
pub(super) struct Trust {
    folder: PathBuf,
    read: Mutex<Option<Reading>>,
}

struct Reading {
    files: Vec<Seen>,
    anchors: Arc<Anchors>,
}

/// How a change of a file shows.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    path: PathBuf,
    changed: Option<SystemTime>,
    size: u64,
}

impl Trust {
    pub(super) fn new(folder: PathBuf) -> Result<Self> {
        folder::make(&folder)?;
        Ok(Self { folder, read: Mutex::new(None) })
    }

    pub(super) fn anchors(&self) -> Result<Arc<Anchors>> {
        let files = self.files().map_err(|error| named(&self.folder, error))?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        match &*read {
            Some(reading) if reading.files == files => Ok(reading.anchors.clone()),
            _ => {
                let mut certificates = Vec::new();
                for file in &files {
                    let pem = fs::read(&file.path).map_err(|error| named(&file.path, error))?;
                    certificates.extend(certificate::read_chain(&pem).map_err(|error| named(&file.path, error))?);
                }
                let anchors = Arc::new(Anchors::new(certificates));
                *read = Some(Reading { files, anchors: anchors.clone() });
                Ok(anchors)
            }
        }
    }

    fn files(&self) -> std::io::Result<Vec<Seen>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "pem") {
                let about = fs::metadata(&path)?;
                files.push(Seen { path, changed: about.modified().ok(), size: about.len() });
            }
        }
        files.sort();
        Ok(files)
    }

    pub(super) fn add(&self, file: &str, pem: &str) -> Result<()> {
        let path = self.folder.join(file);
        let open = OpenOptions::new().append(true).create(true).open(&path);
        open.and_then(|mut open| open.write_all(pem.as_bytes())).map_err(|error| named(&path, error))
    }
}

fn named(path: &Path, error: impl std::fmt::Display) -> Error {
    Error::inside(format!("{}: {error}", path.display()))
}
