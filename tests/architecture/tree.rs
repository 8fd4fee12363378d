//! The files of one package, held in memory: read from a folder, or planted.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Sources by path from the package's root, with `/` between parts.
#[derive(Clone)]
pub struct Tree {
    pub manifest: String,
    pub sources: BTreeMap<String, String>,
}

impl Tree {
    /// Reads `Cargo.toml` and every `.rs` file below `src`.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut sources = BTreeMap::new();
        let mut folders = vec!["src".to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else if path.ends_with(".rs") {
                    sources.insert(path, fs::read_to_string(entry.path())?);
                }
            }
        }
        Ok(Self { manifest: fs::read_to_string(root.join("Cargo.toml"))?, sources })
    }
}
