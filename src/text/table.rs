//! The passage table of a text and its root (FORMAT 5): what lets one
//! passage be proved part of a text without showing the rest.
//!
//! A *group* of passages ends after a passage whose digest's first byte is
//! under 8 (one in 32 by chance), or at 256 passages. A group's root is the
//! RFC 6962 tree hash over its 32-byte passage digests; the text's root is the
//! RFC 6962 tree hash over the group roots. Since a passage's digest decides
//! where its group ends, a changed, inserted or split passage costs its own
//! group and the top, not the book (content-defined chunking: Muthitacharoen
//! et al., LBFS, SOSP 2001).

use std::fmt::Write as _;
use std::ops::Range;

use crate::digest::{Digest, Salt, commitment, passage_salt, tree_hash};

use super::passages;

/// A group ends after a passage whose digest begins with a byte under this.
pub(super) const GROUP_END_BELOW: u8 = 8;
/// A group holds at most this many passages.
pub(super) const GROUP_MAX: usize = 256;

/// One passage: its length and its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageEntry {
    /// Length in bytes, never 0; blank lines after the passage included.
    pub len: u64,
    /// SHA-256 of the passage's bytes; in a salted table the commitment to
    /// them with the passage's own salt.
    pub digest: Digest,
}

/// Length and digest of every passage of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PassageTable {
    entries: Vec<PassageEntry>,
    /// First byte of each passage, and the length of the text at the end.
    starts: Vec<u64>,
}

/// Stored bytes that are not a passage table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A line is not "64 hexadecimal digits, space, decimal length".
    #[error("passage table, line {line}: not \"<64 hexadecimal digits> <length>\": {found:?}")]
    Line {
        /// Line number, from 1.
        line: usize,
        /// The first characters of the line.
        found: String,
    },
    /// The last line lacks its line feed.
    #[error("passage table: cut short, the last line has no line feed")]
    Unfinished,
    /// The lengths add up to more than 2^64 - 1 bytes.
    #[error("passage table, line {line}: the lengths add up to more than 2^64 bytes")]
    TooLong {
        /// Line number, from 1.
        line: usize,
    },
}

impl PassageTable {
    /// The table of a published text: plain digests, so that anyone's
    /// `sha256sum` agrees.
    pub fn of(text: &str) -> Self {
        Self::with(text, |_, bytes| Digest::of(bytes))
    }

    /// The table of a text that may have to be withheld: each passage is
    /// committed to with [`passage_salt`] of its index.
    pub fn salted(text: &str, salt: &Salt) -> Self {
        Self::with(text, |index, bytes| commitment(&passage_salt(salt, index), bytes))
    }

    fn with(text: &str, digest: impl Fn(u64, &[u8]) -> Digest) -> Self {
        Self::from_entries((0..).zip(passages(text)).map(|(index, range)| {
            let bytes = &text.as_bytes()[range];
            PassageEntry { len: bytes.len() as u64, digest: digest(index, bytes) }
        }))
    }

    fn from_entries(entries: impl IntoIterator<Item = PassageEntry>) -> Self {
        let entries: Vec<_> = entries.into_iter().collect();
        let mut starts = Vec::with_capacity(entries.len() + 1);
        let mut at = 0;
        starts.push(at);
        for e in &entries {
            at += e.len;
            starts.push(at);
        }
        Self { entries, starts }
    }

    /// The passages, in order.
    pub fn entries(&self) -> &[PassageEntry] {
        &self.entries
    }

    /// Length of the whole text in bytes.
    pub fn len_bytes(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// First byte of the passage with this index, from 0. An index past the
    /// last passage gives the length of the text.
    pub fn start_of(&self, index: usize) -> u64 {
        self.starts.get(index).copied().unwrap_or_else(|| self.len_bytes())
    }

    /// Index of the passage that holds `byte`, and where that passage starts;
    /// `None` past the end of the text.
    pub fn passage_at(&self, byte: u64) -> Option<(usize, u64)> {
        if byte >= self.len_bytes() {
            return None;
        }
        let index = self.starts.partition_point(|&s| s <= byte) - 1;
        Some((index, self.starts[index]))
    }

    /// The groups, as ranges of passage indexes.
    pub fn groups(&self) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut first = 0;
        for (i, e) in self.entries.iter().enumerate() {
            if e.digest.as_bytes()[0] < GROUP_END_BELOW || i + 1 - first == GROUP_MAX {
                out.push(first..i + 1);
                first = i + 1;
            }
        }
        if first < self.entries.len() {
            out.push(first..self.entries.len());
        }
        out
    }

    /// The root of one group: RFC 6962 over the passage digests in it.
    ///
    /// # Panics
    /// When the range does not lie in the table.
    pub fn group_root(&self, group: Range<usize>) -> Digest {
        tree_hash(self.entries[group].iter().map(|e| e.digest.as_bytes()))
    }

    /// The root of the text; that of an empty text is the tree hash of
    /// nothing, SHA-256 of the empty string.
    pub fn root(&self) -> Digest {
        tree_hash(self.groups().into_iter().map(|g| *self.group_root(g).as_bytes()))
    }

    /// The stored form: a line `<64 hexadecimal digits> <length>` a passage.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = String::with_capacity(self.entries.len() * 70);
        for e in &self.entries {
            writeln!(out, "{} {}", e.digest, e.len).expect("a String takes all that is written");
        }
        out.into_bytes()
    }

    /// Reads the stored form, and refuses every other spelling of it, so that
    /// `parse(b)?.to_bytes() == b`.
    ///
    /// # Errors
    /// [`TableError`] names the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, TableError> {
        let mut entries = Vec::new();
        let (mut total, mut rest, mut line) = (0u64, bytes, 0);
        while !rest.is_empty() {
            line += 1;
            let end = rest.iter().position(|&b| b == b'\n').ok_or(TableError::Unfinished)?;
            let entry = parse_line(&rest[..end]).ok_or_else(|| TableError::Line {
                line,
                found: String::from_utf8_lossy(&rest[..end.min(100)]).into_owned(),
            })?;
            total = total.checked_add(entry.len).ok_or(TableError::TooLong { line })?;
            entries.push(entry);
            rest = &rest[end + 1..];
        }
        Ok(Self::from_entries(entries))
    }
}

fn parse_line(line: &[u8]) -> Option<PassageEntry> {
    let line = std::str::from_utf8(line).ok()?;
    let (digest, len) = line.split_once(' ')?;
    // A passage is never empty, and one number has one spelling.
    if !len.bytes().all(|b| b.is_ascii_digit()) || len.starts_with('0') {
        return None;
    }
    Some(PassageEntry { len: len.parse().ok()?, digest: digest.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places() {
        let t = PassageTable::of("One.\n\nTwo.\n");
        assert_eq!(t.len_bytes(), 11);
        assert_eq!(t.passage_at(5), Some((0, 0)));
        assert_eq!(t.passage_at(6), Some((1, 6)));
        assert_eq!(t.passage_at(11), None);
        assert_eq!((t.start_of(1), t.start_of(2), t.start_of(9)), (6, 11, 11));
        assert_eq!(PassageTable::of("").root(), Digest::of(b""));
        assert_eq!(PassageTable::default().len_bytes(), 0);
    }

    #[test]
    fn salted_digests_tell_nothing_plain() {
        let salt = Salt::new([9; 32]);
        let (plain, salted) =
            (PassageTable::of("a\n\na\n\n"), PassageTable::salted("a\n\na\n\n", &salt));
        assert_eq!(plain.entries()[0], plain.entries()[1]);
        assert_ne!(salted.entries()[0].digest, salted.entries()[1].digest);
        assert_eq!(salted.entries()[1].digest, commitment(&passage_salt(&salt, 1), b"a\n\n"));
    }

    #[test]
    fn other_spellings_are_refused() {
        let good = String::from_utf8(PassageTable::of("a").to_bytes()).unwrap();
        assert!(PassageTable::parse(good.as_bytes()).is_ok());
        for bad in [
            good.replace(" 1", " 01"),
            good.replace(" 1", " 0"),
            good.replace(" 1", "  1"),
            good.replace(" 1", " +1"),
            good.replace('\n', "\r\n"),
            good.to_uppercase(),
            format!("\n{good}"),
            format!("{good}\n"),
        ] {
            assert!(
                matches!(PassageTable::parse(bad.as_bytes()), Err(TableError::Line { .. })),
                "{bad:?}"
            );
        }
        assert_eq!(PassageTable::parse(good.trim().as_bytes()), Err(TableError::Unfinished));
        let big = good.replace(" 1", " 18446744073709551615");
        let twice = PassageTable::parse(format!("{big}{big}").as_bytes());
        assert_eq!(twice, Err(TableError::TooLong { line: 2 }));
        assert!(PassageTable::parse(&[0xff, b'\n']).is_err());
    }

    proptest! {
        #[test]
        fn stored_form_round_trips(t in "([a-c \n]|\n\n){0,200}") {
            let table = PassageTable::of(&t);
            prop_assert_eq!(&PassageTable::parse(&table.to_bytes()).unwrap(), &table);
            prop_assert_eq!(table.len_bytes(), t.len() as u64);
            prop_assert_eq!(table.groups().into_iter().flatten().collect::<Vec<_>>(), (0..table.entries().len()).collect::<Vec<_>>());
        }

        /// An edit inside one passage touches only the groups that hold it:
        /// all other group roots are found again.
        #[test]
        fn an_edit_costs_its_group(n in 40usize..400, at in any::<prop::sample::Index>()) {
            let parts: Vec<String> = (0..n).map(|i| format!("passage {i}\n\n")).collect();
            let i = at.index(n);
            let mut edited = parts.clone();
            edited[i] = format!("passage {i} changed\n\n");
            let (a, b) = (PassageTable::of(&parts.concat()), PassageTable::of(&edited.concat()));
            let roots: Vec<_> = b.groups().into_iter().map(|g| b.group_root(g)).collect();
            // The edit may end a group early, or join two: one group and its follower.
            let hit = a.groups().iter().position(|g| g.contains(&i)).unwrap();
            for (k, g) in a.groups().into_iter().enumerate() {
                if k != hit && k != hit + 1 {
                    prop_assert!(roots.contains(&a.group_root(g)), "group {k} of {n} passages, edit in {hit}");
                }
            }
        }
    }
}
