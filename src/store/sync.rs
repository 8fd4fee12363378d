//! Files that must survive a power failure: write, sync, rename, sync the
//! folder. Neither git nor libgit2 syncs by default.

use std::fs::{self, File};
use std::path::Path;

use super::StoreError;

/// Makes the names in a folder durable.
///
/// # Errors
/// When the system refuses.
pub(super) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    // Windows cannot open a folder as a file, and keeps names durable itself.
    if cfg!(windows) {
        return Ok(());
    }
    File::open(dir).and_then(|f| f.sync_all()).map_err(StoreError::io("sync", dir))
}

/// Gives a synced file its final name. The folder is left to the caller, who
/// may have more to name in it.
///
/// # Errors
/// When the system refuses.
pub(super) fn publish(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(StoreError::io("name", to))
}

/// Reads exactly `buf.len()` bytes at `offset`, or as many as there are.
///
/// # Errors
/// When the system refuses.
pub(super) fn read_at(file: &File, buf: &mut [u8], offset: u64) -> std::io::Result<usize> {
    let mut done = 0;
    while done < buf.len() {
        match read_some(file, &mut buf[done..], offset + done as u64) {
            Ok(0) => break,
            Ok(n) => done += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(done)
}

#[cfg(unix)]
fn read_some(file: &File, buf: &mut [u8], offset: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buf, offset)
}

#[cfg(windows)]
fn read_some(file: &File, buf: &mut [u8], offset: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buf, offset)
}
