//! The one ref of an archive, `refs/heads/main`: read here, moved through
//! libgit2 by compare-and-swap only (a forced write loses updates: of 800
//! commits by four processes only 108 stayed).

use std::fs;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, Repository};

use super::StoreError;
use super::object::ObjectId;

/// The ref that names the newest state.
pub(super) const MAIN: &str = "refs/heads/main";

/// Where the ref lies on disk.
pub(super) fn path(archive: &Path) -> PathBuf {
    archive.join("refs").join("heads").join("main")
}

/// The newest state, or `None` before the first commit.
pub(super) fn read(archive: &Path) -> Result<Option<ObjectId>, StoreError> {
    let path = path(archive);
    let text = match fs::read(&path) {
        Ok(b) => String::from_utf8_lossy(&b).into_owned(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => match packed(archive)? {
            Some(line) => format!("{line}\n"),
            None => return Ok(None),
        },
        Err(e) => return Err(StoreError::io("read", &path)(e)),
    };
    text.strip_suffix('\n').and_then(ObjectId::parse).map(Some).ok_or_else(|| StoreError::Damaged {
        path: MAIN.to_owned(),
        place: path.display().to_string(),
        what: "it does not name a state (40 hexadecimal digits and a line feed)".into(),
    })
}

/// `git gc` and `git clone --bare` move refs into one file.
fn packed(archive: &Path) -> Result<Option<String>, StoreError> {
    let path = archive.join("packed-refs");
    match fs::read(&path) {
        Ok(b) => Ok(String::from_utf8_lossy(&b)
            .lines()
            .find_map(|l| l.strip_suffix(MAIN)?.strip_suffix(' ').map(str::to_owned))),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(StoreError::io("read", &path)(e)),
    }
}

/// Moves the ref from `old` (`None`: it must not exist) to `new`, durably.
///
/// # Errors
/// `Moved` when it was not `old`: nothing has changed then.
pub(super) fn swap(
    archive: &Path,
    repo: &Repository,
    old: Option<&ObjectId>,
    new: &ObjectId,
) -> Result<(), StoreError> {
    let oid =
        |id: &ObjectId| Oid::from_bytes(&id.0).map_err(StoreError::git("name a state of", archive));
    let new = oid(new)?;
    let path = path(archive);
    let moved = match old {
        Some(old) => repo.reference_matching(MAIN, new, true, oid(old)?, "commit"),
        None => repo.reference(MAIN, new, false, "first commit"),
    };
    match moved {
        // With core.fsyncObjectFiles libgit2 has synced the file before and the
        // folder after the rename; tests/durability.rs watches that.
        Ok(_) => Ok(()),
        Err(e)
            if matches!(
                e.code(),
                ErrorCode::Modified | ErrorCode::Exists | ErrorCode::NotFound | ErrorCode::Locked
            ) =>
        {
            Err(StoreError::Moved { path })
        }
        Err(e) => Err(StoreError::git("move", &path)(e)),
    }
}

/// Removes the lock a killed writer may have left on the ref. The caller holds
/// `archive.lock`, so no writer of ours is at work.
pub(super) fn clear_stale_lock(archive: &Path) -> Result<(), StoreError> {
    let lock = path(archive).with_extension("lock");
    match fs::remove_file(&lock) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(StoreError::io("remove the stale lock", &lock)(e)),
    }
}
