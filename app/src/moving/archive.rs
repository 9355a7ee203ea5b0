//! The archive of a copy.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Held;

const ABOUT: &str = "about.json";
const FORMAT: u32 = 1;

/// What an archive holds; the last thing that is written into it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) format: u32,
    /// Of the program that made it.
    pub(super) version: String,
    pub(super) made_at: DateTime<Utc>,
    /// The steps that made the shape of its database.
    pub(super) migrations: Vec<String>,
    /// In an order in which they can be filled again.
    pub(super) tables: Vec<Held>,
    pub(super) files: Vec<HeldFile>,
}

/// A file of the data folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct HeldFile {
    /// From the data folder.
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

fn of_table(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

fn of_file(path: &str) -> String {
    format!("folder/{path}")
}

/// How many bytes went over, and their SHA-256.
fn copy(from: &mut impl Read, to: &mut impl Write) -> Result<(u64, String)> {
    let (mut sum, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let read = from.read(&mut piece)?;
        if read == 0 {
            return Ok((bytes, hex::encode(sum.finalize())));
        }
        sum.update(&piece[..read]);
        to.write_all(&piece[..read])?;
        bytes += u64::try_from(read)?;
    }
}

/// An archive in the making.
pub(super) struct Packing {
    zip: ZipWriter<BufWriter<File>>,
    about: About,
}

impl Packing {
    pub(super) fn begin(file: File, made_at: DateTime<Utc>, migrations: Vec<String>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let about = About { format: FORMAT, version, made_at, migrations, tables: Vec::new(), files: Vec::new() };
        Self { zip: ZipWriter::new(BufWriter::new(file)), about }
    }

    fn enter(&mut self, name: &str) -> Result<()> {
        // Zip's own limit of four gigabytes is lifted: a journal is longer.
        self.zip.start_file(name, SimpleFileOptions::default().large_file(true))?;
        Ok(())
    }

    /// The lines that follow are the rows of this table.
    pub(super) fn begin_table(&mut self, name: &str) -> Result<()> {
        self.enter(&of_table(name))
    }

    pub(super) fn line(&mut self, line: &str) -> Result<()> {
        self.zip.write_all(line.as_bytes())?;
        self.zip.write_all(b"\n")?;
        Ok(())
    }

    pub(super) fn end_table(&mut self, held: Held) {
        self.about.tables.push(held);
    }

    pub(super) fn file(&mut self, path: &str, mut content: impl Read) -> Result<()> {
        self.enter(&of_file(path))?;
        let (bytes, sha256) = copy(&mut content, &mut self.zip)?;
        self.about.files.push(HeldFile { path: path.to_owned(), bytes, sha256 });
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<About> {
        self.enter(ABOUT)?;
        serde_json::to_writer_pretty(&mut self.zip, &self.about)?;
        let file = self.zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(self.about)
    }
}

/// An archive that is read.
pub(super) struct Unpacking {
    zip: ZipArchive<BufReader<File>>,
    pub(super) about: About,
}

impl Unpacking {
    /// # Errors
    /// For a file that is no whole archive of this kind.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let whole = || format!("{} is no whole copy of a province", path.display());
        let mut zip = ZipArchive::new(BufReader::new(file)).with_context(whole)?;
        let about: About = serde_json::from_reader(zip.by_name(ABOUT).with_context(whole)?).with_context(whole)?;
        if about.format != FORMAT {
            bail!("{} is of the format {}, which this program does not know", path.display(), about.format);
        }
        Ok(Self { zip, about })
    }

    /// The rows of a table, as they were read.
    pub(super) fn rows(&mut self, name: &str) -> Result<impl Iterator<Item = std::io::Result<String>>> {
        Ok(BufReader::new(self.zip.by_name(&of_table(name))?).lines())
    }

    /// Writes a file into the data folder.
    ///
    /// # Errors
    /// When it is not the one that was put in, or would lie outside the folder.
    pub(super) fn file(&mut self, held: &HeldFile, folder: &Path) -> Result<()> {
        let mut packed = self.zip.by_name(&of_file(&held.path))?;
        let inside = packed.enclosed_name().and_then(|path| path.strip_prefix("folder").map(Path::to_owned).ok());
        let Some(inside) = inside else { bail!("{} lies outside the folder", held.path) };
        let to = folder.join(inside);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&to);
        let mut file = file.with_context(|| format!("{} cannot be made", to.display()))?;
        let (_, sha256) = copy(&mut packed, &mut file)?;
        file.sync_all()?;
        if sha256 != held.sha256 {
            bail!("{} is damaged", held.path);
        }
        Ok(())
    }
}
