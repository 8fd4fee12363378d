//! The same layout as a plain folder: an export, a USB stick, a clone's
//! checkout. Read-only. Links are never followed: a folder from elsewhere
//! could point anywhere with them.

use std::fs;
use std::path::Path;

use super::{StoreError, loose};

/// What `Store::walk` calls for each file: its path and its bytes, or why
/// they cannot be had. An error it returns ends the walk.
pub type Visit<'a> = dyn FnMut(&str, Result<Vec<u8>, StoreError>) -> Result<(), StoreError> + 'a;

/// The bytes of the file at `path` below `root`, if it is there.
pub(super) fn file(root: &Path, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
    if !super::layout::is_safe(path) {
        return Ok(None);
    }
    let mut at = root.to_owned();
    for part in path.split('/') {
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(m) if m.is_symlink() => return Err(link(path, &at)),
            Ok(_) => {}
            Err(e) if is_absent(&e) => return Ok(None),
            Err(e) => return Err(StoreError::io("read", &at)(e)),
        }
    }
    if at.is_dir() {
        return Ok(None);
    }
    fs::read(&at).map(Some).map_err(StoreError::io("read", &at))
}

/// All files below `root`, in the order of their names; `.git` is left out.
pub(super) fn walk(root: &Path, prefix: &str, each: &mut Visit<'_>) -> Result<(), StoreError> {
    for (entry, at, name) in loose::listing(&root.join(prefix))? {
        if prefix.is_empty() && name.starts_with(".git") {
            continue;
        }
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        match entry.file_type().map_err(StoreError::io("read", &at))? {
            t if t.is_dir() => walk(root, &path, each)?,
            t if t.is_file() => each(&path, fs::read(&at).map_err(StoreError::io("read", &at)))?,
            _ => each(&path, Err(link(&path, &at)))?,
        }
    }
    Ok(())
}

fn link(path: &str, at: &Path) -> StoreError {
    StoreError::Damaged {
        path: path.to_owned(),
        place: at.display().to_string(),
        what: "a link or a device stands where a file belongs; it was not followed".into(),
    }
}

fn is_absent(e: &std::io::Error) -> bool {
    matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}
