//! Files that only the program's user may read.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use base::{Error, Result};

/// Makes the folder, and closes one that others may enter.
pub(super) fn make(folder: &Path) -> Result<()> {
    let named = |error| Error::inside(format!("{}: {error}", folder.display()));
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(named)?;
    fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(named)
}

/// Writes a new file and waits for the disk: the row that names it must never outlive it.
pub(super) fn write_secret(path: &Path, text: &str) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    };
    write().map_err(|error| Error::inside(format!("{}: {error}", path.display())))
}
