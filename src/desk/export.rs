//! `export plain`: the archive as a folder that needs no software of ours.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::export;

use super::DeskError;
use super::archive::Archive;

/// What was written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExportAnswer {
    /// The folder.
    pub folder: String,
    /// Files in it.
    pub files: u64,
    /// What is not in it.
    pub lossy: String,
}

/// Writes the newest state as plain files into `to`, which must be new or
/// empty.
///
/// # Errors
/// When the folder is not empty or cannot be written, or a file is damaged.
pub fn export_plain(archive: &Archive, to: &Path) -> Result<ExportAnswer, DeskError> {
    let files = export::plain(&archive.store, to)?;
    Ok(ExportAnswer {
        folder: to.display().to_string(),
        files,
        lossy: "earlier states of the folder, which follow from the log; the archive's key"
            .to_string(),
    })
}
