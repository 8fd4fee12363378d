//! The archive's `config` file: git's own settings and ours
//! (`variorum.format`, `variorum.private`, `variorum.check`). Written through
//! libgit2 at `init`, read by the strict reader here, so that reading an
//! archive never depends on libgit2 or on the user's global settings.

use std::fs;
use std::path::{Path, PathBuf};

use super::StoreError;
use crate::digest::Digest;

/// The format of archives this program makes and knows.
pub(super) const FORMAT: u32 = 1;

/// The settings written at `init`, as they are spelt.
const OURS: [&str; 7] = [
    "bare",
    "repositoryformatversion",
    "filemode",
    "fsyncObjectFiles",
    "private",
    "check",
    "format",
];

/// What the config says, as far as it matters here.
#[derive(Debug, Default, Clone)]
pub(super) struct Config {
    /// All settings in order: lower-case `section.key` (subsections kept) and
    /// value.
    settings: Vec<(String, String)>,
    /// Lines that are not git's syntax, from 1.
    pub bad_lines: Vec<usize>,
}

impl Config {
    /// Reads `<archive>/config`.
    pub fn read(archive: &Path) -> Result<Self, StoreError> {
        let path = archive.join("config");
        let bytes = fs::read(&path).map_err(StoreError::io("read", &path))?;
        Ok(Self::parse(&String::from_utf8_lossy(&bytes)))
    }

    fn parse(text: &str) -> Self {
        let mut c = Self::default();
        if !text.ends_with('\n') {
            c.bad_lines.push(text.split('\n').count());
        }
        let mut section = String::new();
        for (n, line) in (1..).zip(text.split('\n')) {
            if line.chars().any(|c| c.is_control() && c != '\t') {
                c.bad_lines.push(n);
                continue;
            }
            let l = line.trim();
            if l.is_empty() || l.starts_with(['#', ';']) {
                continue;
            }
            if let Some(head) = l.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = match head.split_once(' ') {
                    Some((s, sub)) => {
                        format!("{}.{}", s.to_ascii_lowercase(), sub.trim_matches('"'))
                    }
                    None => head.to_ascii_lowercase(),
                };
                let spelt = head.split(' ').next().unwrap_or_default();
                let ours = ["core", "variorum"]
                    .iter()
                    .any(|s| *s != spelt && s.eq_ignore_ascii_case(spelt));
                if section.is_empty() || ours || !section.bytes().all(|b| (b' '..0x7f).contains(&b))
                {
                    c.bad_lines.push(n);
                }
                continue;
            }
            let (key, value) = l.split_once('=').unwrap_or((l, "true"));
            let key = key.trim();
            match unquote(value.trim()) {
                Some(v) if is_key(key) && !section.is_empty() => {
                    // Git ignores case here; a changed letter is damage all the same.
                    if OURS.iter().any(|k| *k != key && k.eq_ignore_ascii_case(key)) {
                        c.bad_lines.push(n);
                    }
                    c.settings.push((format!("{section}.{}", key.to_ascii_lowercase()), v));
                }
                _ => c.bad_lines.push(n),
            }
        }
        c
    }

    /// The last value given to `name` (`section.key`, lower case).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.settings.iter().rev().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// The private folder.
    pub fn private(&self) -> Option<PathBuf> {
        self.get("variorum.private").map(PathBuf::from)
    }

    /// Refuses formats this program does not know.
    pub fn check_format(&self, archive: &Path) -> Result<(), StoreError> {
        let future = |found: String| {
            Err(StoreError::FutureFormat { path: archive.to_owned(), found, known: FORMAT })
        };
        if let Some(f) = self.get("variorum.format")
            && f.parse::<u32>().map_or(true, |f| f > FORMAT)
        {
            return future(f.to_owned());
        }
        if let Some(f) = self.get("extensions.objectformat")
            && f != "sha1"
        {
            return future(format!("git objects {f}"));
        }
        if let Some(f) = self.get("extensions.refstorage")
            && f != "files"
        {
            return future(format!("git refs {f}"));
        }
        Ok(())
    }

    /// What is wrong with the settings an archive was made with.
    pub fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> =
            self.bad_lines.iter().map(|n| format!("line {n} is not a setting")).collect();
        for (name, want) in [("core.bare", "true"), ("core.repositoryformatversion", "0")] {
            if self.get(name) != Some(want) {
                faults.push(format!("{name} is not {want}"));
            }
        }
        if let Some(check) = self.get("variorum.check") {
            if self.get("core.fsyncobjectfiles") != Some("true") {
                faults.push("core.fsyncObjectFiles is not true: a power failure could lose acknowledged records".into());
            }
            if !matches!(self.get("core.filemode"), Some("true" | "false")) {
                faults.push("core.filemode is neither true nor false".into());
            }
            let format = self.get("variorum.format").unwrap_or_default();
            if check_value(format, self.get("variorum.private").unwrap_or_default()) != check {
                faults.push("variorum.private or variorum.format is not what was set".into());
            }
        } else if self
            .settings
            .iter()
            .any(|(k, _)| k.starts_with("variorum.") || k == "core.fsyncobjectfiles")
        {
            faults.push("variorum.check is missing".into());
        }
        faults
    }
}

/// Guards our settings against damage: nothing else would show that a path
/// has lost a letter.
pub(super) fn check_value(format: &str, private: &str) -> String {
    Digest::of(format!("variorum config {format}\n{private}\n").as_bytes()).to_string()
}

fn is_key(k: &str) -> bool {
    k.starts_with(|c: char| c.is_ascii_alphabetic())
        && k.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Git's quoting: `"` around parts, backslash escapes, comments outside.
fn unquote(v: &str) -> Option<String> {
    let (mut out, mut quoted) = (String::new(), false);
    let mut it = v.chars();
    while let Some(c) = it.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' => out.push(match it.next()? {
                'n' => '\n',
                't' => '\t',
                'b' => '\u{8}',
                c @ ('"' | '\\') => c,
                _ => return None,
            }),
            '#' | ';' if !quoted => return Some(out.trim_end().to_owned()),
            c if c.is_control() => return None,
            c => out.push(c),
        }
    }
    (!quoted).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gits_syntax() {
        let c = Config::parse(
            "[core]\n\tbare = true\n\trepositoryformatversion = 0\n[remote \"o.x\"]\n\turl = \"a\\\\b;c\" ; note\n[variorum]\n\tformat = 2\n",
        );
        assert_eq!(c.get("core.bare"), Some("true"));
        assert_eq!(c.get("core.repositoryformatversion"), Some("0"));
        assert_eq!(c.get("remote.o.x.url"), Some("a\\b;c"));
        assert_eq!(c.faults(), ["variorum.check is missing"]);
        assert!(matches!(c.check_format(Path::new("x")), Err(StoreError::FutureFormat { .. })));
        assert_eq!(Config::parse("[core\n\tbare\u{1} = true\n").bad_lines, [1, 2]);
        assert_eq!(Config::parse("[core]\n\tBare = true\n").bad_lines, [2]);
    }
}
