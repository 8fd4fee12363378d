//! Reading and writing the files that a person names.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use crate::desk::DeskError;

/// Bytes that a text or a batch may have; the library may say less.
pub(super) const TEXT_LIMIT: u64 = 256 * 1024 * 1024;

/// The bytes of a file; `-` is standard input.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, DeskError> {
    let trouble = |e| unread(path, &e);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes).map_err(trouble)?;
    } else {
        let len = length(path)?;
        // Room for all of it at once, and for the byte that would be too many.
        bytes.reserve_exact(len.min(limit) as usize + 1);
        fs::File::open(path)
            .map_err(trouble)?
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(trouble)?;
    }
    if bytes.len() as u64 > limit {
        return Err(too_long(path, limit));
    }
    Ok(bytes)
}

/// A file that is read line by line, without holding all of it; `-` is standard
/// input.
pub(super) fn open(path: &Path, limit: u64) -> Result<Box<dyn BufRead>, DeskError> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::Cursor::new(read(path, limit)?)));
    }
    if length(path)? > limit {
        return Err(too_long(path, limit));
    }
    let file = fs::File::open(path).map_err(|e| unread(path, &e))?;
    Ok(Box::new(io::BufReader::with_capacity(1 << 16, file)))
}

/// Bytes of a file that is no folder.
fn length(path: &Path) -> Result<u64, DeskError> {
    let about = fs::metadata(path).map_err(|e| unread(path, &e))?;
    if about.is_dir() {
        let shown = path.display();
        return Err(DeskError::usage("is-a-folder", format!("{shown} is a folder, not a file"))
            .hint("name the files in it, one by one"));
    }
    Ok(about.len())
}

fn unread(path: &Path, e: &io::Error) -> DeskError {
    let shown = path.display();
    match e.kind() {
        io::ErrorKind::NotFound => {
            DeskError::not_found("no-file", format!("there is no file {shown}"))
        }
        _ => DeskError::io("read", format!("{shown} cannot be read: {e}")),
    }
}

fn too_long(path: &Path, limit: u64) -> DeskError {
    let shown = path.display();
    DeskError::usage("too-long", format!("{shown} has more than {limit} bytes"))
        .hint("split it, or send a part of it")
}

/// The text of a file.
pub(super) fn read_text(path: &Path, limit: u64) -> Result<String, DeskError> {
    String::from_utf8(read(path, limit)?).map_err(|e| {
        DeskError::usage(
            "not-utf8",
            format!("{} is not UTF-8 at byte {}", path.display(), e.utf8_error().valid_up_to()),
        )
        .hint("save it as UTF-8 and try again")
    })
}

/// Writes a file that must not be there yet; whole or not at all.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let shown = path.display();
    let trouble = |e: io::Error| match e.kind() {
        io::ErrorKind::AlreadyExists => {
            DeskError::refused("file-there", format!("{shown} is there already"))
                .hint("choose another name, or move it away")
        }
        _ => DeskError::io("write", format!("{shown} cannot be written: {e}")),
    };
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(trouble)?;
    if let Err(e) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        // Half a file would look like a whole one.
        let _ = fs::remove_file(path);
        return Err(trouble(e));
    }
    Ok(())
}

/// Refuses a path at which [`replace`] would not write: a folder, or anything
/// else that is no ordinary file.
pub(super) fn replaceable(path: &Path) -> Result<(), DeskError> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => {
            Err(DeskError::usage("is-a-folder", format!("{shown} is a folder, not a file"))
                .hint("name a file in it"))
        }
        Ok(about) if !about.is_file() => {
            Err(DeskError::usage("not-a-file", format!("{shown} is no ordinary file"))
                .hint("name a new file, or one to replace"))
        }
        _ => Ok(()),
    }
}

/// Writes a file, or replaces one; whole or not at all. The bytes go to a new
/// file in the same folder, which then takes the name (rename(2)); a crash
/// leaves the old file as it was, and at worst a file `.variorum-PROCESS.part`.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    replaceable(path)?;
    let trouble =
        |e: io::Error| DeskError::io("write", format!("{} cannot be written: {e}", path.display()));
    // A link stays a link: what it points to is replaced.
    let to = match fs::canonicalize(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        found => found.map_err(trouble)?,
    };
    let part = to.with_file_name(format!(".variorum-{}.part", std::process::id()));
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(&part).map_err(trouble)?;
    let done = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    done.and_then(|()| fs::rename(&part, &to)).map_err(|e| {
        let _ = fs::remove_file(&part);
        trouble(e)
    })
}

/// A file's name without its folders.
pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
