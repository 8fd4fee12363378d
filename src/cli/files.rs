//! Reading and writing the files that a person names.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::desk::DeskError;

/// The bytes of a file; `-` is standard input.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, DeskError> {
    let shown = path.display();
    let trouble = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => {
            DeskError::not_found("no-file", format!("there is no file {shown}"))
        }
        _ => DeskError::io("read", format!("{shown} cannot be read: {e}")),
    };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes).map_err(trouble)?;
    } else {
        let about = fs::metadata(path).map_err(trouble)?;
        if about.is_dir() {
            return Err(DeskError::usage(
                "is-a-folder",
                format!("{shown} is a folder, not a file"),
            )
            .hint("name the files in it, one by one"));
        }
        fs::File::open(path)
            .map_err(trouble)?
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(trouble)?;
    }
    if bytes.len() as u64 > limit {
        return Err(DeskError::usage("too-long", format!("{shown} has more than {limit} bytes"))
            .hint("split it, or send a part of it"));
    }
    Ok(bytes)
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

/// A file's name without its folders.
pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
