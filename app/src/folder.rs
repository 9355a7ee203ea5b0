//! The data folder: files, keys, the marks that say what it is, and the lock on it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base::{Random, SystemRandom};

/// A folder of a province that this process has for itself.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    _lock: Option<File>,
}

const DEMO_MARK: &str = "DEMO";
/// Stands in a folder while a copy is put into it.
const RESTORE_MARK: &str = "RESTORING";

/// The files of a SQLite database.
const DATABASE: [&str; 3] = ["tinhso.db", "tinhso.db-wal", "tinhso.db-shm"];

impl Folder {
    /// Opens the folder, making it when there is none. With `alone` it is locked: a second program that would work on
    /// the same SQLite database refuses to start.
    ///
    /// # Errors
    /// When another program works on it, or a restore was cut off in it.
    pub(crate) fn open(path: &Path, alone: bool) -> Result<Self> {
        if path.join(RESTORE_MARK).exists() {
            bail!("a restore into {} was cut off: empty it, and its database, and restore again", path.display());
        }
        fs::create_dir_all(path.join("files")).with_context(|| format!("{} cannot be made", path.display()))?;
        let lock = if alone {
            let file = File::create(path.join("lock"))?;
            if file.try_lock().is_err() {
                bail!("another tinhso works on {}; only one may", path.display());
            }
            Some(file)
        } else {
            None
        };
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Makes the folder for a copy that is put into it; until [`Self::end_restore`] nobody opens it.
    pub(crate) fn begin_restore(path: &Path) -> Result<Self> {
        let folder = Self::open(path, true)?;
        fs::write(path.join(RESTORE_MARK), "Đang khôi phục từ bản sao lưu.\n")?;
        Ok(folder)
    }

    pub(crate) fn end_restore(&self) -> Result<()> {
        fs::remove_file(self.path.join(RESTORE_MARK))?;
        Ok(())
    }

    pub(crate) fn is_demo(path: &Path) -> bool {
        path.join(DEMO_MARK).exists()
    }

    /// Whether a province was ever prepared here.
    pub(crate) fn is_empty(path: &Path) -> bool {
        !path.join("keys").exists() && !path.join("tinhso.db").exists()
    }

    pub(crate) fn mark_demo(&self) -> Result<()> {
        fs::write(self.path.join(DEMO_MARK), "Dữ liệu minh họa. Không dùng cho công việc thật.\n")?;
        Ok(())
    }

    /// Waits until the disk has what was written to the database without waiting.
    pub(crate) fn keep_database(&self) -> Result<()> {
        for name in DATABASE {
            if let Ok(file) = File::open(self.path.join(name)) {
                file.sync_all().with_context(|| format!("{name} cannot be kept"))?;
            }
        }
        Ok(())
    }

    /// Takes away the database of a demo whose preparation was cut off.
    pub(crate) fn drop_database(&self) -> Result<()> {
        for name in DATABASE {
            let file = self.path.join(name);
            if file.exists() {
                fs::remove_file(&file).with_context(|| format!("{} cannot be removed", file.display()))?;
            }
        }
        Ok(())
    }

    /// The secret that signs what a page leaves for the next; made at the first start.
    pub(crate) fn secret(&self) -> Result<[u8; 64]> {
        let keys = self.path.join("keys");
        fs::create_dir_all(&keys)?;
        let file = keys.join("site.key");
        let mut secret = [0; 64];
        if let Ok(mut found) = File::open(&file) {
            found.read_exact(&mut secret).with_context(|| format!("{} is damaged", file.display()))?;
            return Ok(secret);
        }
        SystemRandom.fill(&mut secret);
        let mut made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
        made.write_all(&secret)?;
        made.sync_all()?;
        Ok(secret)
    }
}
