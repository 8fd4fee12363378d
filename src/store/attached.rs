//! Bytes of texts that an archive knows by digest only, supplied by a reader
//! who owns them: in a folder of the reader's own, never in the archive's.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::archive::Store;
use crate::digest::Digest;

impl Store {
    /// The same archive with a folder of attached texts.
    #[must_use]
    pub fn with_attached(mut self, dir: PathBuf) -> Self {
        self.attached = Some(dir);
        self
    }

    /// An attached text; `None` when nobody attached it.
    ///
    /// # Errors
    /// When it cannot be read, or is not what its name says.
    pub fn attached(&self, sha256: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        read_attached(self.attached.as_deref(), sha256)
    }

    /// The folder of attached texts.
    pub fn attached_folder(&self) -> Option<PathBuf> {
        self.attached.clone()
    }

    /// Keeps a text in the folder of attached ones, whole or not at all.
    ///
    /// # Errors
    /// When there is no such folder, it lies inside the archive's own, or the
    /// file cannot be written.
    pub fn attach(&self, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let dir = self.attached.clone().ok_or_else(|| StoreError::ReadOnly {
            path: self.path().to_owned(),
            why: "there is no folder for attached texts",
        })?;
        let absolute = |p: &Path| std::path::absolute(p).map_err(StoreError::io("find", p));
        let (inner, outer) = (absolute(&dir)?, absolute(self.path())?);
        if inner.starts_with(&outer) {
            return Err(StoreError::PrivateInside { path: outer, private: inner });
        }
        fs::create_dir_all(&dir).map_err(StoreError::io("make", &dir))?;
        let path = dir.join(Digest::of(bytes).to_string());
        let part = path.with_extension(format!("part-{}", std::process::id()));
        let write = || {
            let mut file = fs::File::create(&part)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&part, &path)
        };
        write().map_err(|e| {
            // What was half written is of no use to anybody.
            let _ = fs::remove_file(&part);
            StoreError::io("write", &path)(e)
        })?;
        Ok(path)
    }
}

/// A text of a folder of attached ones.
///
/// # Errors
/// When it cannot be read, or is not what its name says.
pub fn read_attached(dir: Option<&Path>, sha256: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(dir) = dir else { return Ok(None) };
    let path = dir.join(sha256.to_string());
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(StoreError::io("read", &path)(e)),
    };
    if Digest::of(&bytes) == *sha256 {
        return Ok(Some(bytes));
    }
    Err(StoreError::Damaged {
        path: format!("the attached text {}", sha256.short(8)),
        place: path.display().to_string(),
        what: "it is not the text that was attached: attach the file again".into(),
    })
}
