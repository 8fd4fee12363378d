//! The private folder, which lies outside the archive's own: the archive's
//! key, and what people sent that is not, or not yet, to be published.
//!
//! A name is one file, or a folder and a file: `contact/1a2b…`. Only names of
//! ASCII letters, digits, `-`, `_` and inner points are taken, so that none
//! leaves the folder. A file is written beside its place, synced, and given
//! its name: whole or not at all.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::archive::Store;
use super::sync::{publish, sync_dir};

/// How a half-written file ends; such a file is nobody's.
const PART: &str = ".part";

/// A file of a private folder, as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateFile {
    /// Its name in the folder.
    pub name: String,
    /// How long it is, in bytes.
    pub bytes: u64,
}

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

    /// The first `most` bytes of a private file; none where there is no such
    /// file.
    ///
    /// # Errors
    /// `ReadOnly` without a private folder; when the system refuses.
    pub fn private_start(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(path) = self.private_path(name)? else { return Ok(None) };
        let file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(StoreError::io("read", &path)(e)),
        };
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes).map_err(StoreError::io("read", &path))?;
        Ok(Some(bytes))
    }

    /// Writes a private file, in place of an older one of that name, durably,
    /// readable by its owner only.
    ///
    /// # Errors
    /// `ReadOnly` without a private folder, or for a name that is none; when
    /// the system refuses: then the older file is as it was.
    pub fn set_private(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.private_path(name)?.ok_or_else(|| self.no_name())?;
        let dir = path.parent().unwrap_or(&path).to_owned();
        make_dir(&dir)?;
        let part = path.with_extension(format!("{}{PART}", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options
            .open(&part)
            .and_then(|mut f| f.write_all(bytes).and_then(|()| f.sync_all()))
            .map_err(StoreError::io("write", &path))
            .and_then(|()| publish(&part, &path));
        written.inspect_err(|_| {
            // What was half written is of no use to anybody.
            let _ = fs::remove_file(&part);
        })?;
        sync_dir(&dir)
    }

    /// Adds a line to a private file, durably.
    ///
    /// # Errors
    /// As [`Self::set_private`].
    pub fn add_private(&self, name: &str, line: &str) -> Result<(), StoreError> {
        let path = self.private_path(name)?.ok_or_else(|| self.no_name())?;
        let dir = path.parent().unwrap_or(&path).to_owned();
        make_dir(&dir)?;
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(&path)
            .and_then(|mut f| {
                f.write_all(format!("{line}\n").as_bytes()).and_then(|()| f.sync_all())
            })
            .map_err(StoreError::io("write", &path))?;
        sync_dir(&dir)
    }

    /// Takes a private file away; whether it was there.
    ///
    /// # Errors
    /// `ReadOnly` without a private folder; when the system refuses.
    pub fn drop_private(&self, name: &str) -> Result<bool, StoreError> {
        let Some(path) = self.private_path(name)? else { return Ok(false) };
        match fs::remove_file(&path) {
            Ok(()) => sync_dir(path.parent().unwrap_or(&path)).map(|()| true),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(StoreError::io("remove", &path)(e)),
        }
    }

    /// The files of a folder of the private folder, by name.
    ///
    /// # Errors
    /// `ReadOnly` without a private folder; when the system refuses.
    pub fn private_files(&self, folder: &str) -> Result<Vec<PrivateFile>, StoreError> {
        let Some(dir) = self.private_path(folder)? else { return Ok(Vec::new()) };
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(StoreError::io("list", &dir)(e)),
        };
        let mut out = Vec::new();
        for entry in entries {
            let entry = entry.map_err(StoreError::io("list", &dir))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Another writer may take a file away while this goes on.
            let Ok(about) = entry.metadata() else { continue };
            if about.is_file() && !name.ends_with(PART) && is_name(&name) {
                out.push(PrivateFile { name, bytes: about.len() });
            }
        }
        out.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(out)
    }

    /// Where a private file lies; none for a name that is none.
    fn private_path(&self, name: &str) -> Result<Option<PathBuf>, StoreError> {
        self.writable()?;
        let good = name.split('/').count() <= 2 && name.split('/').all(is_name);
        Ok(good.then(|| self.private_dir().unwrap_or_default().join(name)))
    }

    fn no_name(&self) -> StoreError {
        StoreError::ReadOnly {
            path: self.path().to_owned(),
            why: "its private folder takes no file of that name",
        }
    }
}

fn is_name(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 100
        && !part.starts_with('.')
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn make_dir(dir: &Path) -> Result<(), StoreError> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(StoreError::io("make", dir))?;
    dir.parent().map_or(Ok(()), sync_dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_folder() {
        for name in ["..", ".hidden", "", "a b", "a\\b", "é", "a\0", &"x".repeat(101)] {
            assert!(!is_name(name), "{name:?}");
        }
        for name in ["archive.key", "1a2b", "a-b_c.d"] {
            assert!(is_name(name), "{name:?}");
        }
    }
}
