use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::kind::{FileKind, sniff, sniff_video};

/// Where files lie.
#[derive(Clone, Debug)]
pub enum Place {
    /// A folder; files lie in it by name, as they are.
    Disk(PathBuf),
    /// A bucket of S3 or a service that speaks like it; credentials come from the `AWS_*` environment.
    S3 { bucket: String, endpoint: Option<String> },
}

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one file.
    pub size: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { size: 25 * 1024 * 1024 }
    }
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// SHA-256 in lower-case hex: the file's name.
    pub hash: String,
    pub size: u64,
    pub mime: String,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    #[error("a type of file that is not taken")]
    UnknownType,
    #[error("nothing in it")]
    Empty,
    #[error("the sender broke off")]
    BrokenOff,
    #[error("no room, or the storage is away")]
    Storage(#[from] object_store::Error),
}

/// The files of a province. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    storage: Arc<dyn ObjectStore>,
    limits: Limits,
}

const HEAD: usize = 8192;

impl Files {
    /// # Errors
    /// When the folder cannot be made or the bucket is not described.
    pub fn open(place: &Place, limits: Limits) -> Result<Self, Rejected> {
        let storage: Arc<dyn ObjectStore> = match place {
            Place::Disk(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| object_store::Error::Generic { store: "disk", source: Box::new(error) })?;
                Arc::new(LocalFileSystem::new_with_prefix(folder)?)
            }
            Place::S3 { bucket, endpoint } => {
                let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint).with_allow_http(true);
                }
                Arc::new(builder.build()?)
            }
        };
        Ok(Self { storage, limits })
    }

    /// Takes an upload piece by piece, never the whole in memory; keeps it under its hash.
    pub async fn receive<E>(&self, pieces: impl Stream<Item = Result<Bytes, E>>) -> Result<Stored, Rejected> {
        self.take_in(pieces, self.limits.size, |head| sniff(head).map(FileKind::mime)).await
    }

    /// The same of a video of at most so many bytes, which no other page takes.
    pub async fn receive_video<E>(
        &self,
        pieces: impl Stream<Item = Result<Bytes, E>>,
        most: u64,
    ) -> Result<Stored, Rejected> {
        self.take_in(pieces, most, sniff_video).await
    }

    async fn take_in<E>(
        &self,
        pieces: impl Stream<Item = Result<Bytes, E>>,
        most: u64,
        sniff: Sniff,
    ) -> Result<Stored, Rejected> {
        let waiting = Path::from(format!("waiting/{}", base::Id::new(base::Clock::now(&base::SystemClock))));
        let mut upload = WriteMultipart::new(self.storage.put_multipart(&waiting).await?);
        let mut read = Reading::new(sniff);
        let mut pieces = std::pin::pin!(pieces);
        let outcome = loop {
            match pieces.next().await {
                None => break read.end(),
                Some(Err(_)) => break Err(Rejected::BrokenOff),
                Some(Ok(piece)) => {
                    if let Err(rejected) = read.take(&piece, most) {
                        break Err(rejected);
                    }
                    upload.write(&piece);
                }
            }
        };
        match outcome {
            Err(rejected) => {
                upload.abort().await?;
                Err(rejected)
            }
            Ok(stored) => {
                upload.finish().await?;
                self.storage.rename(&waiting, &Path::from(stored.hash.as_str())).await?;
                Ok(stored)
            }
        }
    }

    /// Keeps a paper that this program made.
    pub async fn keep(&self, content: Bytes, kind: FileKind) -> Result<Stored, Rejected> {
        let hash = hex::encode(Sha256::digest(&content));
        let size = content.len() as u64;
        self.storage.put(&Path::from(hash.as_str()), PutPayload::from_bytes(content)).await?;
        Ok(Stored { hash, size, mime: kind.mime().to_owned() })
    }

    /// The whole of a kept file.
    pub async fn read(&self, hash: &str) -> Result<Bytes, Rejected> {
        Ok(self.storage.get(&Path::from(hash)).await?.bytes().await?)
    }

    /// A kept file, piece by piece.
    pub async fn stream(
        &self,
        hash: &str,
    ) -> Result<impl Stream<Item = Result<Bytes, object_store::Error>> + Send + 'static, Rejected> {
        Ok(self.storage.get(&Path::from(hash)).await?.into_stream())
    }
}

/// Reads the type from the first bytes.
type Sniff = fn(&[u8]) -> Option<&'static str>;

/// What is known of an upload while it comes in.
struct Reading {
    sniff: Sniff,
    hash: Sha256,
    size: u64,
    head: Vec<u8>,
    mime: Option<&'static str>,
}

impl Reading {
    fn new(sniff: Sniff) -> Self {
        Self { sniff, hash: Sha256::default(), size: 0, head: Vec::new(), mime: None }
    }

    fn take(&mut self, piece: &[u8], limit: u64) -> Result<(), Rejected> {
        self.size += piece.len() as u64;
        if self.size > limit {
            return Err(Rejected::TooLarge(limit));
        }
        self.hash.update(piece);
        if self.mime.is_none() && self.head.len() < HEAD {
            let room = HEAD - self.head.len();
            self.head.extend_from_slice(&piece[..piece.len().min(room)]);
            if self.head.len() == HEAD {
                self.mime = Some((self.sniff)(&self.head).ok_or(Rejected::UnknownType)?);
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<Stored, Rejected> {
        if self.size == 0 {
            return Err(Rejected::Empty);
        }
        let mime = self.mime.or_else(|| (self.sniff)(&self.head)).ok_or(Rejected::UnknownType)?;
        Ok(Stored {
            hash: hex::encode(std::mem::take(&mut self.hash).finalize()),
            size: self.size,
            mime: mime.to_owned(),
        })
    }
}
