use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use cargo_metadata::camino::Utf8Path;

use crate::process::{cargo, must_succeed};

/// Where things are.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) crates: Vec<Crate>,
}

/// A crate of this house and the crates of this house it names in its manifest, for whatever purpose.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    pub(crate) name: String,
    /// From the root: `platform/base`.
    pub(crate) folder: String,
    pub(crate) depends_on: Vec<String>,
}

impl Workspace {
    /// Builds everything that demo and tests run, in one set of features: building the program alone would choose fewer
    /// features of its dependencies and compile them all a second time.
    pub(crate) fn build(&self) -> Result<()> {
        must_succeed(cargo().args(["build", "--workspace", "--all-targets"]).current_dir(&self.root))
    }

    pub(crate) fn open() -> Result<Self> {
        let own = env::var_os("CARGO_MANIFEST_DIR").context("to be run as `cargo xtask`")?;
        let metadata = MetadataCommand::new()
            .manifest_path(Path::new(&own).join("Cargo.toml"))
            .no_deps()
            .exec()
            .context("cargo metadata")?;
        let root = metadata.workspace_root.into_std_path_buf();
        let crates = metadata.packages.iter().map(|package| {
            let folder = package.manifest_path.parent().map(Utf8Path::as_std_path);
            let folder = folder.and_then(|folder| folder.strip_prefix(&root).ok()).unwrap_or(Path::new(""));
            Crate {
                name: package.name.to_string(),
                folder: folder.to_string_lossy().into_owned(),
                depends_on: package
                    .dependencies
                    .iter()
                    .filter(|dependency| dependency.path.is_some())
                    .map(|dependency| dependency.name.clone())
                    .collect(),
            }
        });
        let crates = crates.collect();
        Ok(Self { target: metadata.target_directory.into_std_path_buf(), crates, root })
    }
}

/// What is costly to make and outlives the clone: tools, the Python environment.
pub(crate) fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let base = base.or_else(|| env::home_dir().map(|home| home.join(".cache"))).context("no home directory")?;
    Ok(base.join("tinhso"))
}
