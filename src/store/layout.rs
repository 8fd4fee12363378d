//! Where everything lies in a state of the archive (DESIGN 6). Pure functions;
//! paths use `/` on every system and never start with it.

use crate::digest::Digest;

/// The archive's own description: a projection of records.
pub const ARCHIVE_TOML: &str = "archive.toml";
/// The sealed head of the log.
pub const CHECKPOINT: &str = "log/checkpoint";
/// Who may seal: a projection of key records, in OpenSSH's format.
pub const SIGNERS: &str = "keys/allowed_signers";
/// Largest record, in bytes (DESIGN 6).
pub const MAX_RECORD: usize = 64 * 1024;

/// `records/ab/cd/<sha256>.toml`.
pub fn record_path(id: &Digest) -> String {
    fan_out("records", id, ".toml")
}

/// `records/ab/cd/<sha256>.toml.sig`: the seal over a record, as `ssh-keygen`
/// reads it.
pub fn sig_path(id: &Digest) -> String {
    fan_out("records", id, ".toml.sig")
}

/// `content/ab/cd/<name>`.
pub fn content_path(name: &Digest) -> String {
    fan_out("content", name, "")
}

/// `content/ab/cd/<name>.salt`: 64 hexadecimal digits and a line feed.
pub fn salt_path(name: &Digest) -> String {
    fan_out("content", name, ".salt")
}

/// The record that lies at `path`, if `path` is where a record lies.
pub fn record_name(path: &str) -> Option<Digest> {
    let id: Digest = path.rsplit('/').next()?.strip_suffix(".toml")?.parse().ok()?;
    (record_path(&id) == path).then_some(id)
}

/// The content that lies at `path`, if `path` is where content lies.
pub(super) fn content_name(path: &str) -> Option<Digest> {
    let name: Digest = path.rsplit('/').next()?.parse().ok()?;
    (content_path(&name) == path).then_some(name)
}

/// The place below the tree of a file of the log (`tile/0/000`, `checkpoint`).
pub(super) fn log_path(below: &str) -> String {
    format!("log/{below}")
}

/// Whether a projection may be written at `path`: nothing that the store
/// itself writes, nothing that could leave the tree or confuse git.
pub(super) fn is_projection(path: &str) -> bool {
    if path.starts_with("records/") {
        let id = path
            .rsplit('/')
            .next()
            .and_then(|n| n.strip_suffix(".toml.sig"))
            .and_then(|n| n.parse().ok());
        return id.is_some_and(|id| sig_path(&id) == path);
    }
    let own = path == "records" || path == "content" || path == "log";
    !own && !path.starts_with("content/") && !path.starts_with("log/") && is_safe(path)
}

/// Whether `path` names a place inside a tree on every system: no empty,
/// `.`, `..` or `.git` parts, only ASCII letters, digits and `._-`.
pub(super) fn is_safe(path: &str) -> bool {
    path.len() <= 255
        && path.split('/').all(|part| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && !part.to_ascii_lowercase().starts_with(".git")
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        })
}

fn fan_out(top: &str, name: &Digest, suffix: &str) -> String {
    let hex = name.to_string();
    format!("{top}/{}/{}/{hex}{suffix}", &hex[..2], &hex[2..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fan_out_twice() {
        let d = Digest::of(b"abc");
        assert_eq!(record_path(&d), format!("records/ba/78/{d}.toml"));
        assert_eq!(salt_path(&d), format!("content/ba/78/{d}.salt"));
        assert_eq!(record_name(&record_path(&d)), Some(d));
        assert_eq!(record_name(&sig_path(&d)), None);
        assert_eq!(content_name(&content_path(&d)), Some(d));
        assert_eq!(record_name(&format!("records/00/00/{d}.toml")), None);
    }

    #[test]
    fn projections_stay_in_their_places() {
        let d = Digest::of(b"abc");
        for good in ["archive.toml", "keys/allowed_signers", &sig_path(&d), "README.txt"] {
            assert!(is_projection(good), "{good}");
        }
        for bad in [
            "../x",
            "/etc/passwd",
            "a//b",
            "a/./b",
            ".git/config",
            "a/.GIT/x",
            "log/checkpoint",
            "log",
            "content/x",
            "records/x",
            &record_path(&d),
            "",
            "a\\b",
            "a\nb",
            "a/",
            "CON:",
        ] {
            assert!(!is_projection(bad), "{bad}");
        }
    }
}
