//! Folders of the person at the terminal, outside every archive.

use std::path::PathBuf;

use crate::desk::DeskError;

/// Where keys lie when nobody says otherwise (XDG Base Directory).
pub(super) fn private() -> Result<PathBuf, DeskError> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("VARIORUM_PRIVATE") {
        return Ok(dir);
    }
    if let Some(data) = set("XDG_DATA_HOME") {
        return Ok(data.join("variorum"));
    }
    match set("HOME").or_else(|| set("USERPROFILE")) {
        Some(home) => Ok(home.join(".local/share/variorum")),
        None => Err(DeskError::usage(
            "no-private",
            "there is no home folder to keep keys and attached texts in",
        )
        .hint("name one: set VARIORUM_PRIVATE")),
    }
}

/// Where texts are kept that a reader owns and an archive knows by digest.
pub(super) fn attached() -> Option<PathBuf> {
    private().ok().map(|dir| dir.join("attached"))
}

/// Where indexes of plain folders are kept: they can be deleted at any time.
pub(super) fn indexes() -> Option<PathBuf> {
    private().ok().map(|dir| dir.join("indexes"))
}
