//! The archive as a folder: the tree of its newest state, a list of digests
//! that `sha256sum -c` takes, and a page that says what the archive is, in its
//! keeper's words, and explains the layout.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::digest::Digest;
use crate::model::{ArchiveFile, Document, HIDDEN};
use crate::store::{ARCHIVE_TOML, Store, StoreError};

/// Name of the list of digests, one line a file as `sha256sum` writes it.
pub const MANIFEST: &str = "MANIFEST.sha256";
/// Name of the page.
pub const README: &str = "README.md";

const PAGE: &str = "\
## What lies here

This folder holds a variorum archive. It needs no program to be read.

- `archive.toml`: what the archive is; the key of its log.
- `records/ab/cd/<sha256>.toml`: every record. Its name is the SHA-256 of its
  bytes. Texts, replies, decisions, persons, keys: the first line says which.
- `records/…/<sha256>.toml.sig`: its seal, an OpenSSH signature. Check it with
  `ssh-keygen -Y verify -f keys/allowed_signers -I PRINCIPAL -n NAMESPACE`.
- `content/ab/cd/<name>`: the exact bytes of texts and replies. The name is
  their SHA-256; where a file `<name>.salt` stands beside it, HMAC-SHA256 of
  the bytes under that salt.
- `log/`: an append-only log of all records (C2SP tlog-tiles). An entry is the
  32-byte SHA-256 of a record; `log/checkpoint` is its signed head.
- `keys/allowed_signers`: who may seal what, as OpenSSH writes it.

Check every file with nothing but coreutils: `sha256sum -c MANIFEST.sha256`.
Whoever changes a file can change that list, too; what cannot be changed
unseen is the log: keep a receipt, or a copy of `log/checkpoint`.
";

/// Writes the newest state into `dir`, which must be new or empty. Returns the
/// number of files.
///
/// # Errors
/// When the folder is not empty or cannot be written, or a file is damaged.
pub fn plain(store: &Store, dir: &Path) -> Result<u64, StoreError> {
    let files = store.export_plain(dir)?;
    let mut lines = Vec::new();
    let mut page = String::from("# An archive of texts and of what people say about them\n\n");
    store.walk(&mut |path, bytes| {
        if dir.join(path).is_file() {
            let bytes = bytes?;
            if path == ARCHIVE_TOML
                && let Ok(about) = ArchiveFile::from_bytes(&bytes)
            {
                page = head(&about);
            }
            lines.push((path.to_owned(), Digest::of(&bytes)));
        }
        Ok(())
    })?;
    page.push_str(PAGE);
    lines.push((README.to_owned(), Digest::of(page.as_bytes())));
    lines.sort();
    let manifest: String =
        lines.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
    write(&dir.join(README), page.as_bytes())?;
    write(&dir.join(MANIFEST), manifest.as_bytes())?;
    Ok(files + 2)
}

/// What the archive is, as its newest policy has it: title and invitation are
/// its keeper's words, quoted so that they cannot pass for ours.
fn head(about: &ArchiveFile) -> String {
    let title: String = about.title.chars().filter(|c| shown(*c)).collect();
    let mut out = format!("# {title}\n\nLog: `{}`\n\n", about.origin);
    if let Some(invitation) = &about.invitation {
        for line in invitation.trim().lines() {
            let line: String = line.chars().filter(|c| shown(*c)).collect();
            out.push_str(format!("> {line}").trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// Not a control, nor anything that hides or reorders text.
fn shown(c: char) -> bool {
    !c.is_control() && !HIDDEN.iter().any(|(a, b)| (*a..=*b).contains(&c))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let trouble = |source| StoreError::Io { doing: "write", path: path.to_owned(), source };
    let mut file = fs::File::create_new(path).map_err(trouble)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(trouble)
}
