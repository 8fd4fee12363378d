//! The private folder, which lies outside the archive's own.

use std::fs;

use super::StoreError;
use super::archive::Store;

impl Store {
    /// A file of the private folder.
    ///
    /// # Errors
    /// `ReadOnly` when there is no private folder, or the file is not in it:
    /// then this is a copy of an archive that is kept elsewhere.
    pub fn private(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let archive = self.writable()?;
        let path = self.private_dir().unwrap_or_default().join(name);
        match fs::read(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(StoreError::ReadOnly {
                path: archive.to_owned(),
                why: "its key is not in its private folder: a copy, or the key was moved",
            }),
            other => other.map_err(StoreError::io("read", &path)),
        }
    }
}
