//! `site`: what was written of a static site.

use schemars::JsonSchema;
use serde::Serialize;

/// A static site that was written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SiteAnswer {
    /// The folder.
    pub folder: String,
    /// Files in it.
    pub files: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// Pages for people among the files.
    pub pages: u64,
    /// Log entries of the checkpoint that it shows.
    pub log_size: u64,
    /// Sigla of texts whose words are on no page: not held, not supplied,
    /// private.
    pub without: Vec<String>,
    /// What else is not in it.
    pub lossy: String,
}
