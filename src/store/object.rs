//! Git's object model as far as the store writes it: ids, trees, commits.
//! Pure. Source: git's `Documentation/gitformat-pack`, `git-hash-object`.
//!
//! SHA-1 is used only as transport and as a checksum of the disk: identity is
//! our own SHA-256. The choice of git's hash stands in this one file.

use std::fmt;

use sha1::{Digest as _, Sha1};

/// The name git gives to an object: SHA-1 over header and bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ObjectId(pub [u8; 20]);

impl ObjectId {
    /// Bytes in an id.
    pub const LEN: usize = 20;

    /// The id of an object with these bytes.
    pub fn of(kind: Kind, bytes: &[u8]) -> Self {
        let mut h = Sha1::new();
        h.update(format!("{} {}\0", kind.name(), bytes.len()));
        h.update(bytes);
        Self(h.finalize().into())
    }

    /// Reads 40 lower-case hexadecimal digits and nothing else.
    pub fn parse(s: &str) -> Option<Self> {
        if s.len() != 40 || s.bytes().any(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut out = [0; 20];
        hex::decode_to_slice(s, &mut out).ok()?;
        Some(Self(out))
    }

    /// Takes 20 bytes out of a longer slice.
    pub fn from_slice(b: &[u8]) -> Option<Self> {
        Some(Self(b.get(..20)?.try_into().ok()?))
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// SHA-1 over bytes that arrive in pieces: the trailer of packs.
#[derive(Clone, Default)]
pub(super) struct Checksum(Sha1);

impl Checksum {
    /// Adds `bytes`.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The checksum so far.
    pub fn finish(self) -> [u8; 20] {
        self.0.finalize().into()
    }
}

/// The four kinds of git object, with the numbers packs give them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A state of the archive.
    Commit = 1,
    /// A folder.
    Tree = 2,
    /// A file.
    Blob = 3,
    /// Never written by us; foreign clones may hold some.
    Tag = 4,
}

impl Kind {
    /// As written in the object's header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Blob => "blob",
            Self::Tag => "tag",
        }
    }

    /// The kind of this name.
    pub fn from_name(s: &[u8]) -> Option<Self> {
        [Self::Commit, Self::Tree, Self::Blob, Self::Tag]
            .into_iter()
            .find(|k| k.name().as_bytes() == s)
    }

    /// The kind of this pack number.
    pub fn from_number(n: u8) -> Option<Self> {
        [Self::Commit, Self::Tree, Self::Blob, Self::Tag].into_iter().find(|k| *k as u8 == n)
    }
}

/// One line of a tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry<'a> {
    /// Whether it is a folder.
    pub dir: bool,
    /// Its name.
    pub name: &'a str,
    /// What it names.
    pub id: ObjectId,
}

const FILE: &[u8] = b"100644 ";
const DIR: &[u8] = b"40000 ";

/// The lines of a tree, in their order; `None` stands for bytes that are no
/// tree of ours (other modes included) and ends the iteration.
pub(super) fn entries(tree: &[u8]) -> impl Iterator<Item = Option<Entry<'_>>> {
    let mut rest = tree;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let one = split_entry(rest);
        rest = one.map_or(&[], |(_, r)| r);
        Some(one.map(|(e, _)| e))
    })
}

fn split_entry(b: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let (dir, b) = match (b.strip_prefix(FILE), b.strip_prefix(DIR)) {
        (Some(b), _) => (false, b),
        (_, Some(b)) => (true, b),
        _ => return None,
    };
    let nul = b.iter().position(|&c| c == 0)?;
    let name = std::str::from_utf8(&b[..nul]).ok()?;
    let id = ObjectId::from_slice(&b[nul + 1..])?;
    Some((Entry { dir, name, id }, &b[nul + 1 + ObjectId::LEN..]))
}

/// Adds one line to the bytes of a tree.
pub(super) fn push_entry(tree: &mut Vec<u8>, e: &Entry<'_>) {
    tree.extend_from_slice(if e.dir { DIR } else { FILE });
    tree.extend_from_slice(e.name.as_bytes());
    tree.push(0);
    tree.extend_from_slice(&e.id.0);
}

/// What the store needs to know of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Commit {
    /// The state's tree.
    pub tree: ObjectId,
    /// The states before it.
    pub parents: Vec<ObjectId>,
}

impl Commit {
    /// Reads the header of a commit.
    pub fn parse(b: &[u8]) -> Option<Self> {
        let mut lines = b.split(|&c| c == b'\n').map(|l| std::str::from_utf8(l).unwrap_or(""));
        let tree = ObjectId::parse(lines.next()?.strip_prefix("tree ")?)?;
        let mut parents = Vec::new();
        for l in lines {
            match l.strip_prefix("parent ") {
                Some(p) => parents.push(ObjectId::parse(p)?),
                None => break,
            }
        }
        Some(Self { tree, parents })
    }

    /// The bytes of a commit made by the archive itself at `time` (seconds
    /// since 1970, UTC). The author is always the program: who said what is
    /// in the records.
    pub fn encode(&self, time: u64, message: &str) -> Vec<u8> {
        let mut s = format!("tree {}\n", self.tree);
        for p in &self.parents {
            s.push_str(&format!("parent {p}\n"));
        }
        let who = format!("variorum <archive@localhost> {time} +0000");
        let message: String = message.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        s.push_str(&format!("author {who}\ncommitter {who}\n\n{}\n", message.trim()));
        s.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_git_gives() {
        // git hash-object of the empty blob and the empty tree.
        assert_eq!(
            ObjectId::of(Kind::Blob, b"").to_string(),
            "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
        );
        assert_eq!(
            ObjectId::of(Kind::Tree, b"").to_string(),
            "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        );
    }

    #[test]
    fn trees_and_commits_round_trip() {
        let id = ObjectId::of(Kind::Blob, b"");
        let mut t = Vec::new();
        push_entry(&mut t, &Entry { dir: true, name: "log", id });
        push_entry(&mut t, &Entry { dir: false, name: "x.toml", id });
        let back: Vec<_> = entries(&t).map(|e| e.unwrap().name).collect();
        assert_eq!(back, ["log", "x.toml"]);
        assert!(entries(&t[..t.len() - 1]).any(|e| e.is_none()));
        let c = Commit { tree: id, parents: vec![id, id] };
        assert_eq!(Commit::parse(&c.encode(5, "a\0b\r\nc")).unwrap(), c);
    }
}
