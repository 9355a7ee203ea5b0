//! Keys for the people and agencies of a demo province that sign.

use std::sync::Arc;

use base::{Error, Id, Now, Result};
use journal::Actor;
use store::Store;
use tokio::task::JoinSet;

use super::authority;
use crate::actions;
use crate::holder::Holder;
use crate::keyring::Keyring;

/// The demo's root, in `DATA/keys/trust`.
const ROOT_FILE: &str = "demo-root.pem";

/// Somebody who signs in the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoHolder {
    pub holder: Holder,
    /// "MẪU - " is put before it.
    pub name: String,
    /// The agency, also of a person.
    pub organisation: String,
}

impl Keyring {
    /// Makes a demo authority that this data folder trusts, and a key and certificate for each holder; gives the
    /// certificates' ids in their order. All or none are enrolled. A later call makes another authority beside the first.
    ///
    /// Keys are made on all cores and outside the transaction: each takes a good part of a second.
    ///
    /// # Errors
    /// When a key or a file cannot be made.
    pub async fn enrol_demo(&self, store: &Store, now: Now, holders: &[DemoHolder]) -> Result<Vec<Id>> {
        let authority = Arc::new(authority(now.utc())?);
        self.trust(ROOT_FILE, authority.root_pem())?;
        let mut making = JoinSet::new();
        for (place, demo) in holders.iter().cloned().enumerate() {
            let (authority, keyring) = (authority.clone(), self.clone());
            making.spawn_blocking(move || -> Result<_> {
                let issued = authority.issue(&demo.name, &demo.organisation)?;
                Ok((place, demo.holder, keyring.keep(now, &issued.key_pem, &issued.chain_pem)?))
            });
        }
        let mut made = making.join_all().await.into_iter().collect::<Result<Vec<_>>>()?;
        made.sort_by_key(|(place, _, _)| *place);
        store
            .write(async |tx| {
                let mut ids = Vec::with_capacity(made.len());
                for (_, holder, key) in &made {
                    ids.push(actions::enrol(tx, now, &Actor::PROGRAM, *holder, key).await?);
                }
                Ok::<_, Error>(ids)
            })
            .await
    }
}
